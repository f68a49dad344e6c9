"""All of the worked article's gold goes in through the page, by keys alone, and comes out as it is in the file."""

import json

import pytest

from annotations.imports.load import load
from annotations.models import Assignment
from corpus.intake.ingest import ingest
from tests import factories
from tests.browser.desk import Desk
from tests.browser.typed_actors import type_actors, type_outlet, type_relations
from tests.browser.typed_claims import type_citations, type_claims, type_notes
from tests.browser.typed_events import type_events
from tests.browser.typed_figures import type_figures
from tests.browser.typist import Typist
from tests.native_diff import compare

SEED = factories.DOMAIN / "000_3e4db3711cb7c38f.txt"
GOLD = json.loads((factories.DOMAIN / "gold_seed.json").read_text("utf-8"))
SCHEME = json.loads((factories.DOMAIN / "scheme.json").read_text("utf-8"))


def bare() -> bytes:
    """What is known before anybody annotates: facts of the article, and that its outlet is an entity."""
    kept = {name: GOLD[name] for name in ("format", "scheme", "document", "default_attribution")}
    [outlet] = [entity for entity in GOLD["entities"] if entity["id"] == GOLD["document"]["outlet"]]
    return json.dumps(kept | {"entities": [{"id": outlet["id"], "type": outlet["type"], "name": outlet["name"]}]}).encode()


@pytest.fixture
def desk(page, sign_in, transactional_db):
    person = factories.user("annotator")
    corpus = factories.corpus()
    factories.adopt(corpus)
    factories.membership(corpus, person, "annotator")
    ingest(corpus, [(SEED.name, SEED.read_bytes())], door="command")
    load(corpus, bare(), name="facts.json", annotator=person, user=person, role="annotation")
    sign_in(page, person)
    desk = Desk(page, Assignment.objects.get(annotator=person)).open()
    yield desk
    desk.idle()


def differences(desk):
    desk.saved()
    return [str(difference) for difference in compare(GOLD, desk.stored())]


def test_the_whole_gold_by_keys_alone(desk):
    typist = Typist(desk.page, SCHEME)
    type_actors(typist, GOLD)
    type_outlet(typist, GOLD)
    type_citations(typist, GOLD)
    type_figures(typist, GOLD)
    type_events(typist, GOLD)
    type_claims(typist, GOLD)
    type_relations(typist, GOLD)
    type_notes(typist, GOLD)
    assert differences(desk) == []
