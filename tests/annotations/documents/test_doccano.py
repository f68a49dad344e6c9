"""doccano's lines as PostgreSQL builds them are those that `flatten` and `formats.doccano` write, and so are the losses."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.documents import doccano
from annotations.documents.export import Export
from annotations.documents.selection import Selection
from annotations.formats.middle.mapping import Mapping
from annotations.imports.load import load
from corpus.intake.ingest import ingest
from tests import factories, marks

pytestmark = pytest.mark.django_db
SEED = factories.DOMAIN / "gold_seed.txt"
HOSTILE = 'Title “q” \\ "\n\nน้ำ 300 คน \u0001 😀 sent 170 \u2028 workers \u200f</script> e\u0301nd. The rest came home, é said.'
WORDS = Mapping(
    marks={"Firm": "ACTOR.COMPANY", "Zitat „x“": "CLAIM", "People": "FIGURE.PEOPLE"},
    ties={"what": "counted", "doer": "role:agent", "said_by": "source", "again": "counted"},
)
OPTIONS = [{}, {"project": "spans"}, {"unit": "utf16"}, {"unit": "graphemes"}, {"unit": "graphemes", "project": "spans"}]


@pytest.fixture
def corpus(scheme, annotator):
    """The gold with the ids of its file, one of each kind of object, and marks on a text that is made to break files."""
    corpus = factories.corpus("all")
    ingest(corpus, [(SEED.name, SEED.read_bytes())], door="command")
    content = (factories.DOMAIN / "gold_seed.json").read_bytes()
    load(corpus, content, name="gold.json", annotator=annotator, user=annotator, role="annotation")
    made = factories.assignment(factories.document(HOSTILE, corpus=corpus), annotator)
    firm = marks.entity(corpus, "Firm \\ “x” \u0001")
    whole = marks.span(made, "The rest", "COMPANY", entity=firm)
    half = marks.span(made, "rest came", "COMPANY", extra={"odd": {"deep": 1}, "none": None})
    figure = marks.figure(made, "170", counted_span=half, counted_text="workers", note="of them")
    marks.figure(made, "300", counted_entity=firm, approximate=False)
    home = marks.event(made, "came home", note="a note")
    marks.argument(home, span=whole)
    marks.argument(home, entity=firm)
    marks.argument(home, filler_event=marks.event(made, "sent"))
    marks.claim(made, "é said", firm)
    marks.link(whole, half)
    marks.link(half, figure.span)
    marks.note(made)
    marks.citation(made, "Title “q”")
    return corpus


def left(corpus, options, mapping):
    export = Export(Selection(drafts=True).rows(corpus), "doccano", options=options, mapping=mapping)
    return b"".join(export.pieces()), export.losses.to_dict(), export.end()["documents"], export.last


@pytest.mark.parametrize("options", OPTIONS, ids=str)
@pytest.mark.parametrize("mapping", [Mapping(), WORDS], ids=["usual words", "words of the file"])
@pytest.mark.parametrize("full", [True, False], ids=["nothing to name", "everything to name"])
def test_both_ways_write_the_same(corpus, monkeypatch, options, mapping, full):
    monkeypatch.setattr(doccano, "is_full", lambda losses, kind: full)
    plain, built = doccano.plain, []
    monkeypatch.setattr(doccano, "plain", lambda *given: built.append(given) or plain(*given))
    ours = left(corpus, options, mapping)
    monkeypatch.setattr(doccano, "is_plain", lambda *_: False)
    theirs = left(corpus, options, mapping)
    assert ours[0] == theirs[0]
    counts = [{kind: lost["count"] for kind, lost in losses.items()} for losses in (ours[1], theirs[1])]
    assert counts[0] == counts[1]
    assert ours[2:] == theirs[2:]
    assert built or not full or options.get("unit") == "graphemes"  # of which these texts all need the other way
    if not full:
        assert ours[1] == theirs[1]


def test_where_all_that_is_lost_is_named_the_statements_do_not_grow(corpus, monkeypatch):
    monkeypatch.setattr(doccano, "is_full", lambda losses, kind: True)
    with CaptureQueriesContext(connection) as few:
        left(corpus, {}, Mapping())
    for n in range(3):
        factories.assignment(factories.document(f"Plain text {n}", corpus=corpus), factories.user(f"other {n}"))
    with CaptureQueriesContext(connection) as more:
        assert left(corpus, {}, Mapping())[2] == 5
    assert len(more) == len(few)
