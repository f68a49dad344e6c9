"""A question that leads to many entries is answered out of an index that has their order, with the same rows."""

from collections import Counter
from itertools import product
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from questions.address.question import read
from questions.asking import answer
from questions.asking.asker import Asker
from questions.asking.condition import Condition
from questions.asking.time_limits import within_time
from questions.asking.walk import BY_DAY, source_alone, walk
from questions.ledgers import entries
from questions.models import Entry, LinkedEvent, Stale
from tests import factories, marks
from tests.questions.same_answers import be_patient, take_up_all
from tests.questions.writing_at_random import RandomWriter

pytestmark = pytest.mark.django_db
POINTING = {"entity": "takes", "actor": "actors", "source": "around", "place": "places"}
BESIDE: list[dict[str, str]] = [
    {"status": "any"},
    {"status": "happened,ongoing", "copies": "1"},
    {"status": "any", "from": "2016-01-01", "to": "2018-01-01", "undated": "1"},
]
WALKING = {"LARGE": -2, "FEW": -1, "MANY_WALKED": 9}
# Of an index of middle size a few rows are listed by their ids, and many are walked to and counted.
OF_MIDDLE_SIZE = [{"BROAD": -2}, {"BROAD": -2, "FEW": -1, "MANY_WALKED": 9}]


@pytest.fixture
def corpus():
    writer = RandomWriter(5)
    for _ in range(40):
        writer.batch()
    take_up_all()
    return writer.corpus


def pages(question, corpus, person):
    """All rows with their parts, eight on a page."""
    rows, after, parts = [], None, []
    while not parts or after:
        with within_time(corpus):
            page = entries.page(Asker(question, corpus, person), 8, after)
        rows += page.rows
        parts.append(page.parts)
        after = page.after
    return rows, parts[0]


def walked(question, corpus, person, monkeypatch):
    with CaptureQueriesContext(connection) as queries:
        rows, parts = of_size(WALKING, question, corpus, person, monkeypatch)
    assert any("CROSS JOIN LATERAL" in query["sql"] for query in queries)
    return rows, parts


def of_size(size, question, corpus, person, monkeypatch):
    with monkeypatch.context() as sized:
        for name, value in size.items():
            sized.setattr(answer, name, value)
        return pages(question, corpus, person)


def questions(corpus):
    """Of each way to point at an entity, those of the corpus at which most point, with whatever may be asked beside it."""
    for name, column in POINTING.items():
        often = Counter(
            pk for ids in Entry.objects.filter(corpus=corpus, is_best=True).values_list(column, flat=True) for pk in ids
        )
        for (pk, _), beside in product(often.most_common(1), BESIDE):
            for ledger in ("events", "figures") if name != "actor" else ("events",):
                yield read(ledger, [(name, str(pk)), ("polarity", "any"), *beside.items()])


def test_the_rows_are_the_same_in_the_same_order(seeded, corpus, monkeypatch):
    """Also while the index is behind with one reading: what is derived of it stands between the others and is counted."""
    be_patient(monkeypatch)
    take_up_all()
    person, with_pages = factories.user(is_superuser=True), 0
    for asked in (seeded, corpus):
        reading = Entry.objects.filter(corpus=asked, is_best=True).values_list("assignment", flat=True)[0]
        for question in questions(asked):
            rows, parts = pages(question, asked, person)
            where = f"{question.ledger.name}/?{question.query}"
            for behind in (False, True):
                if behind:
                    Stale.objects.create(assignment=reading)
                assert walked(question, asked, person, monkeypatch) in ((rows, parts), (rows, None)), where
                for size in OF_MIDDLE_SIZE:
                    assert of_size(size, question, asked, person, monkeypatch) == (rows, parts), (where, size)
            assert pages(question, asked, person) == (rows, parts), where
            Stale.objects.all().delete()
            with_pages += len(rows) > 8
    assert with_pages > 2


def test_rows_that_an_index_alone_counts_are_as_many(seeded, corpus, monkeypatch):
    """Beside those that are copies, told again or linked, and while the index is behind with one reading."""
    be_patient(monkeypatch)
    take_up_all()
    person, counted, of_entries = factories.user(is_superuser=True), 0, Entry.objects.filter(corpus=corpus, is_best=True)
    assert of_entries.exclude(copy_of=None, story=None).exists()
    one, other = Entry.objects.filter(corpus=seeded, kind="event", status="happened", polarity="positive").order_by("pk")[:2]
    LinkedEvent.objects.bulk_create(LinkedEvent(event=each.pk, linked=one.pk) for each in (one, other))
    Entry.objects.filter(pk__in=[one.pk, other.pk]).update(linked=one.pk)
    for asked, ledger, beside in product((seeded, corpus), ("events", "figures"), [*BESIDE, {"figure": "1"}]):
        if "figure" in beside and ledger == "figures":
            continue
        question = read(ledger, [*beside.items()])
        rows, parts = pages(question, asked, person)
        for behind in (False, True):
            if behind:
                Stale.objects.create(
                    assignment=Entry.objects.filter(corpus=asked, is_best=True).values_list("assignment", flat=True)[0]
                )
            assert of_size({"BROAD": -2}, question, asked, person, monkeypatch) == (rows, parts), question.query
        Stale.objects.all().delete()
        counted += len(parts)
    assert counted > 8


def test_an_entry_that_points_at_more_than_a_line_has_room_for_is_asked_itself(seeded, monkeypatch):
    take_up_all()
    entity = marks.entity(seeded)
    entry = Entry.objects.filter(corpus=seeded, kind="event", is_best=True, linked=None, story=None, copy_of=None).first()
    Entry.objects.filter(pk=entry.pk).update(takes=[entity.pk, *(uuid4() for _ in range(200))])
    entry.refresh_from_db()
    assert entry.entities is None
    question = read("events", [("entity", str(entity.pk)), ("status", "any"), ("polarity", "any")])
    rows, _ = walked(question, seeded, factories.user(is_superuser=True), monkeypatch)
    assert [row["id"] for row in rows] == [entry.pk]


def test_entries_of_several_sources_stand_between_those_of_one(seeded, monkeypatch):
    take_up_all()
    source = marks.entity(seeded)
    alone = Entry.objects.filter(corpus=seeded, kind="event", is_best=True, linked=None, story=None, copy_of=None)
    events = list(alone.order_by("earliest", "pk").values_list("pk", flat=True)[:5])
    for number, pk in enumerate(events):
        Entry.objects.filter(pk=pk).update(around=[source.pk] if number % 2 else [uuid4(), source.pk])
    question = read("events", [("source", str(source.pk)), ("status", "any"), ("polarity", "any")])
    rows, _ = walked(question, seeded, factories.user(is_superuser=True), monkeypatch)
    assert len(events) == 5
    assert [row["id"] for row in rows] == events


@pytest.mark.parametrize(
    ("beside", "name"),
    [
        ({}, "source"),
        ({"type": "PAY"}, ""),
        ({"from": "2016-01-01"}, ""),
        ({"entity": ""}, ""),
        ({"certainty": "certain"}, "source"),
    ],
)
def test_a_source_is_walked_by_its_own_index_where_days_pass_over_no_more(seeded, beside, name):
    source = str(marks.entity(seeded).pk)
    question = read("events", [("source", source), *((key, value or source) for key, value in beside.items())])
    asker = Asker(question, seeded, factories.user(is_superuser=True))
    conditions = answer.IndexAnswer(asker).conditions
    assert source_alone(asker, BY_DAY, conditions) == name
    assert source_alone(asker, answer.IN_TEXT, conditions) == ""


def test_what_the_index_does_not_have_is_left_to_the_entry():
    conditions = [Condition("{e}.corpus_id = 1"), Condition("{e}.certainty = 'certain' OR {e}.status = ''")]
    within, beside = walk("entries", ("earliest", "id"), conditions).split("CROSS JOIN")
    assert "w.corpus_id = 1" in within
    assert "certainty" not in within + beside


def test_a_few_are_counted_whatever_postgresql_expects_of_that(seeded, monkeypatch):
    """And the entity that is asked for is looked up once."""
    be_patient(monkeypatch)
    take_up_all()
    question = next(questions(seeded))
    rows, parts = pages(question, seeded, person := factories.user(is_superuser=True))
    monkeypatch.setattr(answer, "LARGE", -2)
    monkeypatch.setattr(answer, "MOST_COST", 0)
    with CaptureQueriesContext(connection) as queries, within_time(seeded):
        page = entries.page(Asker(question, seeded, person), len(rows), None)
    assert (page.rows, page.parts) == (rows, parts)
    looked_up = [query for query in queries if query["sql"].startswith('SELECT "registry_entity"."id" AS "pk"')]
    assert len(looked_up) == 1
