"""The readings of an adjudication are laid over each other once, and anew when what an entity is has changed."""

import contextlib
import uuid

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from annotations.kinds.write_context import WriteContext
from annotations.models import Adjudication, Assignment
from annotations.write import frozen_inputs
from annotations.write.adjudicate import ACCEPT, DecisionDraft, decide, start
from annotations.write.adjudication_state import AdjudicationState
from annotations.write.apply import apply_changes
from annotations.write.lookup import BatchContext
from annotations.write.merge_entities import merge
from corpus.db import round_trip
from registry.models import Entity, Relation
from tests import factories, readings
from tests.api.world import change, new

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief():
    return factories.user("chief", is_superuser=True)


@pytest.fixture
def pair(scheme):
    corpus = factories.corpus("reports")
    factories.adopt(corpus)
    people = [factories.user(name) for name in ("ann", "ben")]
    return readings.readings(corpus, people, [readings.no_edit, readings.some_differences])


@pytest.fixture
def adjudication(pair, chief):
    frozen_inputs.compared.clear()
    return start(pair[0].document, chief)[0]


@pytest.fixture
def laid(monkeypatch):
    """How often readings were laid over each other."""
    calls = []
    alignment = frozen_inputs.Alignment
    monkeypatch.setattr(frozen_inputs, "Alignment", lambda *readings: calls.append(1) or alignment(*readings))
    return calls


def fresh(adjudication):
    return AdjudicationState(Adjudication.objects.select_related("gold").get(pk=adjudication.pk))


def draft(adjudication, group):
    base = Assignment.objects.get(pk=adjudication.gold_id).revision
    return DecisionDraft(uuid.uuid4(), str(group.location), ACCEPT, base, "A")


def test_decisions_read_no_reading_again(adjudication, chief, laid, monkeypatch):
    groups = fresh(adjudication).undecided
    numbers, trips = set(), set()
    sent = round_trip.sent
    for group in groups:
        decision, calls = draft(adjudication, group), []
        monkeypatch.setattr(round_trip, "sent", lambda *how, calls=calls: calls.append(how[1]) or sent(*how))
        with CaptureQueriesContext(connection) as asked:
            decide(adjudication, chief, decision)
        numbers.add(len(asked))
        trips.add(len(calls))
        assert all(calls), "a round trip asks something"
        assert not any("source_map" in query["sql"] for query in asked)
        assert not any("registry_entity m" in query["sql"] for query in asked), "entities are known"
    assert (len(groups), laid, fresh(adjudication).undecided) == (5, [], [])
    assert max(numbers) <= 20
    # Lock and state, what the gold has, what changes, what that points at, what points at it, and all that is written.
    assert max(trips) <= 6


def other_type(adjudication, pair):
    Entity.objects.filter(name="Workers").update(name="Labourers", revision=2)


def other_relation(adjudication, pair):
    ends = Entity.objects.get(name="Workers"), Entity.objects.get(name="Manager")
    Relation.objects.create(corpus=ends[0].corpus, source=ends[0], target=ends[1], type="works_for")


def merged(adjudication, pair):
    kept = Entity.objects.get(name="Manager")
    merge(Entity.objects.create(corpus=kept.corpus, type="PERSON", name="Boss"), kept, factories.user("root", is_superuser=True))


def edited(adjudication, pair):
    Assignment.objects.filter(pk=pair[0].pk).update(status="open", submitted=None)
    note = {"id": new(), "text": "seen later"}
    apply_changes(pair[0], pair[0].annotator, pair[0].revision, [change("create", "note", note)])


@pytest.mark.parametrize("happens", [other_type, other_relation, merged, edited])
def test_they_are_laid_anew_where_something_changed(happens, adjudication, pair, laid):
    fresh(adjudication)
    assert laid == []
    happens(adjudication, pair)
    state = fresh(adjudication)
    assert (len(laid), len(state.undecided)) == (1, 5)
    fresh(adjudication)
    assert len(laid) == 1


def test_a_name_is_the_one_of_now(adjudication, pair):
    assert "Workers" in str(fresh(adjudication).alignment.readings[0].native["entities"])
    other_type(adjudication, pair)
    assert "Labourers" in str(fresh(adjudication).alignment.readings[0].native["entities"])


def test_entities_are_known_as_the_database_has_them_now(adjudication, pair):
    for _ in range(2):
        known = entities_of(adjudication)
        assert len(known) == 2
        assert known == {item["id"]: item for item in stored_entities(adjudication)}
        other_type(adjudication, pair)


def entities_of(adjudication):
    return {pk: item for (_, pk), item in fresh(adjudication).frozen.registered.items()}


def stored_entities(adjudication):
    gold = adjudication.gold
    return BatchContext(WriteContext(gold, gold.annotator, 1, timezone.now())).load("entity")


def test_of_decisions_only_the_new_ones_are_read(adjudication, chief):
    first, second, *_ = fresh(adjudication).undecided
    decide(adjudication, chief, draft(adjudication, first))
    before = fresh(adjudication).decided
    decide(adjudication, chief, draft(adjudication, second))
    after = fresh(adjudication).decided
    assert [each.position for each in after] == [before[0].position, before[0].position + 1]
    decide(adjudication, chief, draft(adjudication, first))
    assert [id(each) for each in fresh(adjudication).decided[:1]] == [id(after[0])]
    assert [each.pk for each in fresh(adjudication).decided[:2]] == [each.pk for each in after]


def test_a_decision_that_was_taken_back_with_its_transaction_is_not_known(adjudication, chief):
    first, second, third, *_ = fresh(adjudication).undecided
    kept = decide(adjudication, chief, draft(adjudication, first))
    with contextlib.suppress(ZeroDivisionError), transaction.atomic():
        for each in (second, third):
            decide(adjudication, chief, draft(adjudication, each))
        assert len(fresh(adjudication).decided) == 3
        1 / 0  # noqa: B018
    assert [each.pk for each in fresh(adjudication).decided] == [kept.pk]
    again = decide(adjudication, chief, draft(adjudication, second))
    assert [each.pk for each in fresh(adjudication).decided] == [kept.pk, again.pk]


def test_few_are_kept(adjudication, monkeypatch):
    monkeypatch.setattr(frozen_inputs, "MOST_OBJECTS", 1)
    frozen_inputs.keep(uuid.uuid4(), frozen_inputs.compared[adjudication.pk])
    assert len(frozen_inputs.compared) == 1
