"""The statement that makes entries, held against what Python derives from the same marks."""

import pytest
from django.db import connection

from annotations.models import Assignment, Event, Figure
from questions.index import keep
from questions.index.compare import disagreements
from questions.models import Entry, IndexedAssignment, IndexedFinding, Stale
from tests import factories, marks
from tests.questions.index import reckoned

pytestmark = pytest.mark.django_db


def said(entry: Entry, name: str):
    value = getattr(entry, name)
    return [str(each) for each in value] if isinstance(value, list) else str(value) if name == "event" and value else value


def assert_same(assignment: Assignment):
    wanted = reckoned.entries(assignment)
    entries = {str(entry.pk): entry for entry in Entry.objects.filter(assignment=assignment)}
    assert entries.keys() == wanted.keys()
    for pk, entry in entries.items():
        names = wanted[pk].keys() - {"id"}
        assert {name: said(entry, name) for name in names} == {name: wanted[pk][name] for name in names}
    return entries


def take_up():
    while keep.take_up():
        pass
    assert not Stale.objects.exists()


@pytest.fixture
def reading():
    """An open assignment on a text with two sentences."""
    text = factories.document("Some went. “We sent 300 and 20 home, says the boss”, says the paper. It paid ¥ 5 a month.")
    return factories.assignment(text, factories.user())


def test_each_entry_of_the_gold(gold, indexed):
    entries = assert_same(gold)
    assert {entry.kind for entry in entries.values()} == {"event", "figure"}
    assert len(entries) == 54
    assert all(entry.is_best and entry.is_best_gold for entry in entries.values())


def test_the_innermost_claim_says_it(reading):
    """Of claims as long as each other the one that stands inside the other; what no claim holds is the outlet's."""
    corpus = reading.document.corpus
    paper, boss, other = (marks.entity(corpus, name) for name in ("Paper", "Boss", "Other"))
    outer = marks.claim(reading, "We sent 300 and 20 home, says the boss", paper, modality="reported")
    marks.claim(reading, "We sent 300 and 20 home", boss, modality="asserted", evidence="testimony")
    marks.claim(reading, "We sent 300 and 20 home", other, parent=outer, modality="denied")
    outlet = factories.outlet(corpus)
    outlet.articles.add(reading.document.article)
    wire = marks.entity(corpus, "Wire", outlet=outlet)
    inside, outside = marks.event(reading, "sent"), marks.event(reading, "went")
    take_up()
    entries = assert_same(reading)
    assert [entry.kind for entry in entries.values()].count("claim") == 2  # the two around the innermost
    assert entries[str(inside.pk)].sources == [other.pk]
    assert set(entries[str(inside.pk)].around) == {paper.pk, boss.pk, other.pk}
    assert entries[str(outside.pk)].sources == [wire.pk]
    assert entries[str(outside.pk)].is_narrated


@pytest.mark.parametrize(
    "values",
    [
        {"low": 20, "high": None, "comparator": "gt"},
        {"low": 20, "high": None, "comparator": "gt", "approximate": True},
        {"low": None, "high": 20, "comparator": "lt"},
        {"low": None, "high": 20, "comparator": "le"},
        {"low": 5000, "high": 7000, "comparator": "between", "approximate": True},
        {"low": 12000, "high": 12000, "comparator": "eq", "currency": "CNY", "per_period": "P1Y", "per_count_n": 300},
        {"low": 1, "high": 2, "comparator": "between", "per_period": "P10D"},
        {"low": -5, "high": -5, "comparator": "eq", "approximate": True},
        {},
    ],
)
def test_each_kind_of_value(reading, values):
    marks.figure(reading, "300", **values)
    take_up()
    assert_same(reading)


def test_a_figure_goes_with_the_first_event_that_it_fills(reading):
    number = marks.figure(reading, "300", low=300, high=300, comparator="eq", use="reported")
    later, first = marks.event(reading, "paid", "PAY"), marks.event(reading, "went")
    for event in (later, first):
        marks.argument(event, span=number.span)
    take_up()
    entries = assert_same(reading)
    assert entries[str(number.pk)].type == "REPATRIATE"


def test_a_mark_of_several_pieces_is_said_by_the_claim_that_holds_all_of_them(reading):
    corpus = reading.document.corpus
    half, whole = marks.entity(corpus, "Half"), marks.entity(corpus, "Whole")
    marks.claim(reading, "We sent 300", half)
    marks.claim(reading, "We sent 300 and 20 home", whole)
    text = reading.document.text
    event = marks.event(reading, "sent")
    pieces = [[text.index(words), text.index(words) + len(words)] for words in ("sent", "home")]
    event.triggers.update(fragments=pieces, quote="sent … home")
    take_up()
    assert assert_same(reading)[str(event.pk)].sources == [whole.pk]


def test_a_loop_of_claims_ends(reading):
    one = marks.claim(reading, "We sent 300 and 20 home", marks.entity(reading.document.corpus, "One"))
    two = marks.claim(reading, "We sent 300 and 20 home", marks.entity(reading.document.corpus, "Two"), parent=one)
    type(one).objects.filter(pk=one.pk).update(parent=two)
    marks.event(reading, "sent")
    take_up()
    assert_same(reading)


class TestBest:
    """Of each article one assignment is evidence before the others."""

    def best(self):
        take_up()
        return set(Entry.objects.filter(is_best=True).values_list("assignment", flat=True))

    def reading(self, of, role="annotation", status="submitted", at="2026-01-02T00:00Z"):
        made = factories.assignment(of, factories.user(), role, status=status, submitted=at if status == "submitted" else None)
        marks.event(made, "went")
        return made.pk

    def test_a_draft_is_no_evidence(self, reading):
        marks.event(reading, "went")
        assert self.best() == set()

    def test_gold_comes_before_what_was_handed_in_first(self, reading):
        first = self.reading(reading.document, at="2026-01-01T00:00Z")
        self.reading(reading.document)
        assert self.best() == {first}
        gold = self.reading(reading.document, "adjudication")
        assert self.best() == {gold}

    def test_what_is_submitted_comes_before_gold_that_is_not(self, reading):
        handed_in = self.reading(reading.document)
        gold = self.reading(reading.document, "adjudication", "open")
        assert self.best() == {handed_in}
        take_up()
        assert not Entry.objects.filter(is_best_gold=True).exists()
        factories.submitted(Assignment.objects.get(pk=gold))
        take_up()
        assert set(Entry.objects.filter(is_best_gold=True).values_list("assignment", flat=True)) == {gold}

    def test_a_newer_text_comes_before_an_older_one(self, reading):
        self.reading(reading.document, "adjudication")
        newer = factories.document("Some went home.", of=reading.document.article)
        handed_in = self.reading(newer)
        assert self.best() == {handed_in}


def test_a_wrong_count_of_articles_is_reported(reading):
    take_up()
    row = IndexedAssignment.objects.filter(pk=reading.pk)
    assert row.values_list("is_first", "is_best", "is_copy").get() == (True, False, False)
    row.update(is_best=True)
    assert [(fault.kind, fault.detail) for fault in disagreements()] == [("assignment", "the index says it and the marks do not")]
    row.delete()
    assert [(fault.kind, fault.detail) for fault in disagreements()] == [
        ("assignment", "the marks say it and the index does not")
    ]
    list(keep.rebuild())
    assert list(disagreements()) == []


def test_few_statements_whatever_the_number_of_assignments(reading, django_assert_max_num_queries):
    for _ in range(5):
        marks.event(factories.assignment(reading.document, factories.user()), "went")
    keep.take_up()
    Stale.objects.bulk_create(Stale(assignment=pk) for pk in Assignment.objects.values_list("pk", flat=True))
    with django_assert_max_num_queries(13):
        keep.take_up()
    assert Entry.objects.count() == 5
    assert connection.in_atomic_block


def versions():
    """By id, where each row of the index lies: a row that is written lies elsewhere."""
    rows = {}
    with connection.cursor() as cursor:
        for table, key in (("entry", "id"), ("indexedassignment", "assignment_id"), ("indexedfinding", "id")):
            cursor.execute(f"SELECT {key}, ctid::text FROM questions_{table}")
            rows |= cursor.fetchall()
    return rows


def test_what_says_what_it_said_is_not_written_again(reading):
    went = marks.event(reading, "went", status="happened")
    whole, part = (marks.figure(reading, str(low), low=low, high=low, comparator="eq", use="reported") for low in (300, 20))
    marks.link(part.span, whole.span)
    take_up()
    before = versions()
    [finding] = IndexedFinding.objects.values_list("pk", flat=True)
    assert before.keys() == {went.pk, whole.pk, part.pk, reading.pk, finding}
    list(keep.rebuild())
    assert versions() == before
    Figure.objects.filter(pk=whole.pk).update(low=400, high=400)
    Event.objects.filter(pk=went.pk).update(status="expected")
    list(keep.rebuild())
    assert {pk for pk, version in versions().items() if version != before[pk]} == {went.pk, whole.pk, finding}
    assert list(disagreements()) == []
