"""Where in its article a row begins: the names are those of the evidence table."""

import pytest

from annotations.models import Span
from corpus.models import Segment
from questions.api.evidence import add_evidence
from questions.models import Stale
from tests import factories, marks
from tests.questions.ledgers.asking import ask, superuser, take_up

pytestmark = pytest.mark.django_db
TEXT = "Workers went\n\nSome went home.\n\nOthers left, and 170 went."


@pytest.fixture
def reading():
    corpus = factories.corpus()
    factories.adopt(corpus)
    document = factories.document(TEXT, corpus=corpus)
    document.segments.all().delete()
    starts = [0, TEXT.index("Some"), TEXT.index("Others"), len(TEXT)]
    for position, (kind, start, end) in enumerate(zip(["title", "paragraph", "paragraph"], starts, starts[1:], strict=False)):
        Segment.objects.create(document=document, position=position, code=f"s{position}", kind=kind, start=start, end=end)
    return factories.assignment(document, factories.user(), "adjudication")


def segments(reading, ledger, **asked):
    take_up()
    return [entry["segment"] for row in ask(reading.document.corpus, ledger, **asked).rows for entry in row["entries"]]


def test_an_event_is_where_its_first_trigger_is(reading):
    last = marks.event(reading, "left", status="happened")
    assert segments(reading, "events") == ["paragraph 2"]
    # A trigger made later stands before it.
    first = Span.objects.get(event=last)
    trigger = marks.event(reading, "Some went", status="happened")
    Span.objects.filter(event=trigger).update(event=last, label=first.label)
    trigger.delete()
    Stale.objects.get_or_create(assignment=reading.pk)
    assert segments(reading, "events") == ["paragraph 1"]


def test_a_kind_of_one_segment_has_no_number(reading):
    marks.event(reading, "went", status="happened")
    assert segments(reading, "events") == ["title"]


def test_a_figure_is_where_its_words_are(reading):
    marks.figure(reading, "170", "PEOPLE")
    assert segments(reading, "figures", use="any") == ["paragraph 2"]


def test_outside_of_all_segments_nothing_is_named(reading):
    Segment.objects.filter(kind="title").delete()
    marks.event(reading, "went", status="happened")
    assert segments(reading, "events") == [""]


@pytest.mark.parametrize("ledger", ["events", "figures"])
def test_the_evidence_table_has_the_same(seeded, ledger):
    """Of an event with figures each line is where its figure is."""
    rows = [row for row in ask(seeded, ledger, 200).rows if ledger == "figures" or not row["entries"][0]["figures"]]
    add_evidence(superuser(), rows, ["paragraph"])
    entries = [entry for row in rows for entry in row["entries"]]
    assert [entry["segment"] for entry in entries] == [line["paragraph"] for entry in entries for line in entry["evidence"]]
    assert len({entry["segment"] for entry in entries}) > 3
