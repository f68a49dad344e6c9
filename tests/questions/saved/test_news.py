"""What is new since a person has seen an answer, whatever the cause."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.models import Assignment, Claim, Event
from questions.address.parameters import LEDGERS
from questions.coreference import judge
from questions.models import SeenState
from questions.saved import news
from questions.saved.news import AnswerMoved, look, news_of
from questions.values.seals import ASPECT_OF, SKIPPED
from registry.models import Entity, Relation
from tests import factories, marks
from tests.questions.ledgers.asking import take_up

pytestmark = pytest.mark.django_db
# Fields that belong to whatever holds them.
WITHIN = set(
    """entity name unnamed kind label unit acted actor approximate by comparator currency deadline edtf effect entries events exact fewest
    figures list_links measure most paragraph part_of_day per_count per_period possible_before possible_from requires role roles
    summary step symbol tie topic triggers undated vague value words start end marks mark""".split()
)
# What a check works out has names of its own.
WORKED_OUT = {"derived", "numbers"}
OPEN = {ledger.name: "status=any&polarity=any" for ledger in LEDGERS.values() if {"status", "polarity"} <= ledger.parameters}
OPEN["words"] = "q=work*"


@pytest.fixture
def seen(save, reviewer):
    """A question of returns that the reviewer has seen."""
    row = save()
    look(row, reviewer)
    return row


def key_of(name):
    return str(Event.objects.get(key=name).pk)


def touch(assignment):
    """As the one write does."""
    Assignment.objects.filter(pk=assignment.pk).update(revision=Assignment.objects.get(pk=assignment.pk).revision + 1)


def test_nothing_is_new_before_anything_was_seen(save, reviewer):
    row = save()
    fresh = news_of(row, reviewer)
    assert fresh.at is None
    assert fresh.counts == {"new": 0, "changed": 0, "gone": 0}
    assert len(fresh.answer.rows) > 3
    assert not SeenState.objects.exists()


@pytest.mark.parametrize("ledger", LEDGERS)
def test_of_every_ledger_each_row_has_a_key_and_nothing_is_new_after_a_look(ledger, save, reviewer):
    row = save(ledger=ledger, query=OPEN.get(ledger, ""))
    state = look(row, reviewer)
    fresh = news_of(row, reviewer)
    assert len(state.rows) == len(news.LEDGER_PAGES[ledger](*asked(row, reviewer)).rows)
    assert (fresh.new, fresh.changed, fresh.gone) == ([], {}, [])
    assert fresh.at == state.at


def asked(row, user):
    return news.Asker(news.question_of(row.ledger, row.query), row.corpus, user), 200, None


@pytest.mark.parametrize("ledger", LEDGERS)
def test_the_index_changes_no_seal(ledger, seeded, gold, save, reviewer):
    row = save(ledger=ledger, query=OPEN.get(ledger, ""))
    touch(gold)
    before = look(row, reviewer).rows
    take_up()
    assert news_of(row, reviewer).answer.seals == before


@pytest.mark.parametrize("ledger", LEDGERS)
def test_every_field_of_a_row_belongs_to_an_aspect(ledger, save, reviewer):
    """A field that is new is named in `ASPECT_OF`, in `SKIPPED` or here; and `RULES` is raised, since it changes seals that are stored."""
    rows = news_of(save(ledger=ledger, query=OPEN.get(ledger, "")), reviewer).answer.rows.values()
    assert set(fields(list(rows))) - ASPECT_OF.keys() - SKIPPED - WITHIN == set()


def fields(value):
    if isinstance(value, dict):
        for name, inner in value.items():
            yield name
            yield from [] if name in WORKED_OUT else fields(inner)
    elif isinstance(value, list):
        for member in value:
            yield from fields(member)


def test_seals_of_other_rules_are_no_news(seen, reviewer):
    """Else every row would be, after an update."""
    SeenState.objects.update(rows={key: f"0{seal[1:]}" for key, seal in SeenState.objects.get().rows.items()})
    assert news_of(seen, reviewer).counts == {"new": 0, "changed": None, "gone": 0}
    look(seen, reviewer)
    assert news_of(seen, reviewer).counts == {"new": 0, "changed": 0, "gone": 0}


def test_an_event_that_is_added_is_new(seen, gold, reviewer):
    added = marks.event(gold, "terminated", "REPATRIATE", status="happened")
    touch(gold)
    fresh = news_of(seen, reviewer)
    assert (fresh.new, fresh.changed, fresh.gone) == ([str(added.pk)], {}, [])


def test_an_event_that_no_longer_fits_is_gone(seen, gold, reviewer):
    Event.objects.filter(key="EV07").update(polarity="negative")
    touch(gold)
    assert news_of(seen, reviewer).gone == [key_of("EV07")]


def test_a_rating_is_news(seen, gold, reviewer):
    claims = Claim.objects.filter(assignment=gold)
    claims.update(reliability="B")
    touch(gold)
    changed = news_of(seen, reviewer).changed
    assert changed
    assert {aspect for aspects in changed.values() for aspect in aspects} == {"rating"}


def test_a_relation_is_news(seen, seeded, reviewer):
    """Without it there is no doubt that two sources are two."""
    events = [Event.objects.get(key=name) for name in ("EV07", "EV16")]
    judge.judge(*events, "same", reviewer)
    take_up()
    look(seen, reviewer)
    row = news_of(seen, reviewer).answer.rows[str(min(event.pk for event in events))]
    assert row["independent"]["fewest"] < row["independent"]["most"]
    Relation.objects.filter(corpus=seeded, type="possible_same_as").delete()
    fresh = news_of(seen, reviewer)
    assert (fresh.new, fresh.changed, fresh.gone) == ([], {str(row["id"]): ["sources"]}, [])


def test_a_name_is_news(seen, seeded, reviewer):
    Entity.objects.filter(corpus=seeded, key="E-DDG").update(name="Dandong City")
    assert {tuple(aspects) for aspects in news_of(seen, reviewer).changed.values()} == {("place",)}


def test_a_join_and_a_copy_are_news(seen, seeded, gold, reviewer):
    article = factories.article(seeded, "Another article")
    other = factories.assignment(factories.document("Some went home.", of=article), reviewer, "adjudication")
    added = marks.event(other, "went", "REPATRIATE", status="happened")
    take_up()
    look(seen, reviewer)
    one = Event.objects.get(key="EV07")
    judge.judge(one, added, "same", reviewer)
    take_up()
    joined = news_of(seen, reviewer)
    stays, goes = sorted([one.pk, added.pk])
    assert (list(joined.changed), joined.gone) == ([str(stays)], [str(goes)])
    assert "reports" in joined.changed[str(stays)]


def test_a_copy_is_news(seen, seeded, gold, reviewer):
    factories.article(seeded, "A copy", copy_of=gold.document.article, similarity=0.9)
    assert {tuple(aspects) for aspects in news_of(seen, reviewer).changed.values()} == {("copies",)}


def test_each_person_has_news_of_their_own(save, reviewer, viewer, gold):
    row = save(is_shared=True)
    look(row, reviewer)
    assert news_of(row, viewer).at is None
    look(row, viewer)
    draft = factories.assignment(gold.document, reviewer)
    marks.event(draft, "terminated", "REPATRIATE", status="happened")
    touch(draft)
    assert news_of(row, viewer).counts == {"new": 0, "changed": 0, "gone": 0}


def test_only_what_was_shown_is_stored_as_seen(seen, gold, reviewer):
    shown = news_of(seen, reviewer).answer.seal
    assert look(seen, reviewer, shown).rows
    marks.event(gold, "terminated", "REPATRIATE", status="happened")
    touch(gold)
    with pytest.raises(AnswerMoved):
        look(seen, reviewer, shown)
    assert len(news_of(seen, reviewer).new) == 1


def test_of_more_rows_than_are_compared_nobody_says_which_come_and_go(seen, gold, reviewer, monkeypatch):
    monkeypatch.setattr(news, "MOST_ROWS", 3)
    assert news_of(seen, reviewer).counts == {"new": 0, "changed": 0, "gone": None}
    state = look(seen, reviewer)
    assert (len(state.rows), state.is_whole, state.new, state.gone) == (3, False, None, None)
    monkeypatch.setattr(news, "MOST_ROWS", 2000)
    assert news_of(seen, reviewer).counts == {"new": None, "changed": 0, "gone": 0}


def test_as_many_queries_whatever_the_rows(save, reviewer, monkeypatch):
    row = save(query="status=any&polarity=any")
    look(row, reviewer)
    numbers = []
    for most in (12, 2000):
        monkeypatch.setattr(news, "MOST_ROWS", most)
        with CaptureQueriesContext(connection) as queries:
            news_of(row, reviewer)
        numbers.append(len(queries))
    assert numbers[0] == numbers[1] < 40
