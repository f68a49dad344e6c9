"""A corpus with the seed article and its gold."""

import json

import pytest
from django.core.management import call_command

from annotations.models import Assignment
from corpus.models import Corpus
from tests import factories

GOLD = factories.DOMAIN / "gold_seed.json"


@pytest.fixture
def seeded(db, tmp_path) -> Corpus:
    """The seed with its gold, as a file of marks brings it."""
    corpus = factories.corpus("seeded")
    factories.scheme()
    native = json.loads(GOLD.read_text("utf-8"))
    native["text"] = (factories.DOMAIN / "gold_seed.txt").read_text("utf-8")
    file = tmp_path / "gold.jsonl"
    file.write_text(json.dumps(native), "utf-8")
    call_command("load", "--corpus", corpus.slug, "--format", "native", "--gold", str(file), verbosity=0)
    return corpus


@pytest.fixture
def gold(seeded) -> Assignment:
    return Assignment.objects.get(document__corpus=seeded)
