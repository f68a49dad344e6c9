"""What holds of every answer, tried on what people marked at random. Of values, days and sources alone: tests/questions/values."""

from itertools import cycle, pairwise, permutations

import pytest
from django.db import transaction

from annotations.models import Assignment, Event
from corpus.models import Article
from corpus.near_duplicates import duplicates
from questions.asking.answer import IndexAnswer
from questions.asking.asker import Asker
from questions.asking.rows import LedgerRows
from questions.asking.time_limits import within_time
from questions.coreference.judge import judge, undo
from questions.index import keep
from questions.ledgers.every import LEDGER_PAGES
from questions.models import Entry
from registry.models import Entity, Relation
from tests import factories, marks
from tests.questions.asking_at_random import RandomAsker
from tests.questions.same_answers import SameAnswers, be_patient, take_up_all
from tests.questions.writing_at_random import RandomWriter

pytestmark = pytest.mark.django_db
DAYS = ("2016-12-31", "2017-01-01", "2017-08-05", "2017-09-04", "2017-09-30", "2018-01-01", "2026-01-01")
MANY = 12


@pytest.fixture
def corpus(monkeypatch):
    be_patient(monkeypatch)
    writer = RandomWriter(7, articles=4)
    for _ in range(30):
        writer.batch()
    take_up_all()
    return writer.corpus


@pytest.fixture
def boss(db):
    return factories.user(is_superuser=True)


@pytest.fixture
def asked(corpus):
    """Questions about events and figures, whatever part of the answer they are about."""
    dice = RandomAsker(7, corpus)
    left_out = ("part", "filter", "from", "to", "place", "tie", "unplaced")
    questions = (dice.question(ledger).without(*left_out) for _ in range(MANY) for ledger in ("events", "figures"))
    return [question.having(whose="all") for question in questions]


@pytest.fixture
def rows_of(corpus, boss):
    """By part, the ids of the rows."""

    def rows_of(question):
        with within_time(corpus):
            parts = page(question).parts
            rows = {part: [row["id"] for row in page(question.having(part=part)).rows] for part in parts}
        assert {part: len(ids) for part, ids in rows.items()} == parts, question
        return rows

    def page(question):
        return LEDGER_PAGES[question.ledger.name](Asker(question, corpus, boss), 1_000, None)

    return rows_of


def ids(rows):
    return [pk for part in rows.values() for pk in part]


def test_parts_are_a_partition(asked, rows_of):
    some = 0
    for question in asked:
        by_part = ids(rows_of(question))
        open_to_all = {name: "any" for name in ("status", "polarity", "use") if name in question.ledger.parameters}
        assert sorted(by_part) == sorted(ids(rows_of(question.without("figure").having(**open_to_all)))), question
        assert len(set(by_part)) == len(by_part), question
        some += bool(by_part)
    assert some > MANY // 2


@pytest.mark.parametrize("dates", ["meet", "within"])
def test_a_wider_window_loses_no_row(asked, rows_of, dates):
    windows = [(DAYS[at], DAYS[-1 - at]) for at in range(3, -1, -1)]
    sizes = set()
    for question in asked[::3]:
        answers = [set(ids(rows_of(question.having(**{"copies": "1", "dates": dates, "from": a, "to": b})))) for a, b in windows]
        assert all(narrow <= wide for narrow, wide in pairwise(answers)), question
        sizes |= {len(answer) for answer in answers}
    assert len(sizes) > 2


def test_a_wider_place_loses_no_row(asked, rows_of, corpus):
    inner, middle, outer = Entity.objects.filter(corpus=corpus, type="TERRITORY").order_by("name")
    Relation.objects.filter(corpus=corpus, type="located_in").delete()
    for one, other in ((inner, middle), (middle, outer)):
        marks.relation(one, other, "located_in")
    counts = set()
    for question in asked[::2]:
        answers = [set(ids(rows_of(question.having(copies="1", place=str(place.pk))))) for place in (inner, middle, outer)]
        assert answers[0] <= answers[1] <= answers[2], question
        counts |= {tuple(map(len, answers))}
    assert any(first < last for first, _, last in counts)


def test_joining_and_undoing_is_the_identity(corpus, boss):
    writer = RandomWriter(8)
    for _ in range(30):
        writer.batch()
    take_up_all()
    same, joined = SameAnswers(8, writer), 0
    for _ in range(4):
        questions = same.questions(4)
        before, entries = same.answers(questions), sorted(Entry.objects.values_list(), key=str)
        one, other = unlinked(writer.corpus)[joined : joined + 2]
        made = judge(one, other, "same", boss)
        assert len({*Entry.objects.filter(pk__in=(one.pk, other.pk)).values_list("linked", flat=True)}) == 1
        joined += same.answers(questions) != before
        undo(made, boss)
        assert same.answers(questions) == before
        assert sorted(Entry.objects.values_list(), key=str) == entries
    assert joined


def unlinked(corpus):
    """Events of one type that nobody has linked."""
    free = Entry.objects.filter(corpus=corpus, kind="event", linked=None, type="REPATRIATE")
    return Event.objects.filter(pk__in=free.values("pk")).order_by("pk")


def test_a_copy_never_raises_a_count(asked, rows_of, corpus):
    articles = Article.objects.filter(corpus=corpus).order_by("created", "title")
    articles.update(copy_of=None)
    for reading in Assignment.objects.filter(document__corpus=corpus):
        marks.event(reading, "home", "REPATRIATE", status="happened", polarity="positive")
    list(keep.rebuild(corpus))
    fewer = 0
    for question, (one, other) in zip(asked[::3], cycle(permutations(articles, 2)), strict=False):
        before = len(ids(rows_of(question)))
        with transaction.atomic():
            duplicates.declare(one, other)
            while keep.take_up():
                pass
            after = len(ids(rows_of(question)))
            transaction.set_rollback(True)
        one.refresh_from_db()
        assert after <= before, question
        fewer += after < before
    assert fewer


def test_sources_are_an_interval_that_a_doubt_only_widens(asked, corpus, boss):
    for article in Article.objects.filter(corpus=corpus):
        article.outlet = factories.outlet(corpus, f"Wire of {article}")
        article.save()
        marks.entity(corpus, f"Editors of {article}", outlet=article.outlet)
    for one, other in pairwise(unlinked(corpus)):
        judge(one, other, "same", boss)
    take_up_all()
    people = list(Entity.objects.filter(corpus=corpus, type__in=["GROUP", "PERSON", "ORG"]).order_by("name"))
    before = intervals(asked, corpus, boss)
    assert before
    assert all(fewest <= most for fewest, most in before.values())
    for one, other in pairwise(people):
        Relation.objects.get_or_create(corpus=corpus, source=one, target=other, type="possible_same_as")
    after = intervals(asked, corpus, boss)
    assert after.keys() == before.keys()
    assert all(after[key][0] <= before[key][0] and after[key][1] == before[key][1] for key in before)
    assert after != before


def intervals(questions, corpus, boss):
    """By question and row, and by each value of it, the fewest and the most independent sources."""
    found = {}
    for question in questions:
        with within_time(corpus):
            answer = IndexAnswer(Asker(question, corpus, boss))
            for row in LedgerRows(answer, answer.page(200)).listed():
                for number, count in enumerate([row["independent"], *(value["independent"] for value in row["values"])]):
                    found[question.query, row["id"], number] = count["fewest"], count["most"]
    return found
