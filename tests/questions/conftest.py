"""A corpus with the seed article and its gold."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.core.management import call_command

from annotations.models import Assignment
from corpus.models import Corpus
from tests import factories
from tests.fixtures.standing import Standing
from tests.questions.ledgers.asking import take_up

GOLD = factories.DOMAIN / "gold_seed.json"


def load_seed() -> None:
    """The seed with its gold, as a file of marks brings it."""
    corpus = factories.corpus("seeded")
    factories.scheme()
    native = json.loads(GOLD.read_text("utf-8"))
    native["text"] = (factories.DOMAIN / "gold_seed.txt").read_text("utf-8")
    with TemporaryDirectory() as folder:
        file = Path(folder, "gold.jsonl")
        file.write_text(json.dumps(native), "utf-8")
        call_command("load", "--corpus", corpus.slug, "--format", "native", "--gold", str(file), verbosity=0)


def index_seed() -> None:
    load_seed()
    take_up()


standing_index = Standing("indexed", Path(__file__).parent, index_seed)
standing_seed = Standing("seeded", Path(__file__).parent, load_seed)


@pytest.fixture
def seeded(db) -> Corpus:
    if not standing_seed.stands and not standing_index.stands:
        load_seed()
    return Corpus.objects.get(slug="seeded")


@pytest.fixture
def gold(seeded) -> Assignment:
    return Assignment.objects.get(document__corpus=seeded)


@pytest.fixture
def indexed(seeded) -> Corpus:
    """What stands in it is in the index of questions and in that of words."""
    if not standing_index.stands:
        take_up()
    return seeded
