"""Two readers who do not know of each other make one entity twice: proposed for a merge, never merged by itself."""

import uuid

import pytest

from annotations.models import Adjudication, Assignment, Merge
from annotations.write.adjudicate import ACCEPT, DecisionDraft, decide, start
from annotations.write.adjudication_state import AdjudicationState
from annotations.write.apply import apply_changes
from annotations.write.errors import Invalid
from annotations.write.same_entities import apart_of, keep_apart, merge_pair, pairs_of, undo_apart
from annotations.write.undo_decision import undo
from registry.models import Entity
from tests import factories, readings
from tests.api.world import change, new

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(scheme):
    corpus = factories.corpus("reports")
    factories.adopt(corpus)
    people = {name: factories.user(name) for name in ("ann", "ben", "chief")}
    for name, role in (("ann", "annotator"), ("ben", "annotator"), ("chief", "reviewer")):
        factories.membership(corpus, people[name], role)
    return people | {"corpus": corpus}


@pytest.fixture
def begun(cast):
    pair = twice_made(cast, "The manager")
    return start(pair[0].document, cast["chief"])[0]


def twice_made(cast, name):
    """Ben means a manager that he has made himself."""
    pk = new()

    def own(named):
        named["manager"][1]["attributes"]["entity"] = named["claim"][1]["source_entity"] = pk

    helper = factories.assignment(factories.document("Elsewhere.", corpus=cast["corpus"]), cast["ben"])
    made = {"id": pk, "type": "PERSON", "name": name, "reference": "specific"}
    apply_changes(helper, cast["ben"], 0, [change("create", "entity", made)])
    return readings.readings(cast["corpus"], [cast["ann"], cast["ben"]], [readings.no_edit, own])


def state_of(begun):
    return AdjudicationState(Adjudication.objects.get(pk=begun.pk))


def ids(pair):
    return str(pair.kept.pk), str(pair.other.pk)


def gold_entity(begun):
    return Assignment.objects.get(pk=begun.gold_id).spans.get(quote="a manager").entity.name


def test_it_is_proposed_with_its_readers_and_nothing_is_merged(begun):
    [pair] = pairs_of(state_of(begun))
    assert {pair.kept.name, pair.other.name} == {"Manager", "The manager"}
    assert (pair.letters, pair.why) == ("AB", "They mark the same words")
    assert not Merge.objects.exists()


def test_merged_there_is_one_and_no_proposal(begun, cast):
    [pair] = pairs_of(state_of(begun))
    merge_pair(begun, cast["chief"], *ids(pair))
    assert list(Entity.objects.filter(type="PERSON")) == [pair.kept]
    assert pairs_of(state_of(begun)) == []
    assert Merge.objects.get().user == cast["chief"]
    with pytest.raises(Invalid, match="Reload the page"):
        merge_pair(begun, cast["chief"], *ids(pair))


def test_kept_apart_they_are_a_difference_that_a_person_decides(begun, cast):
    assert state_of(begun).undecided == []
    [pair] = pairs_of(state_of(begun))
    keep_apart(begun, cast["chief"], *ids(pair))
    begun.refresh_from_db()
    assert begun.apart[0]["user"] == cast["chief"].pk
    state = state_of(begun)
    assert pairs_of(state) == []
    assert sorted(group.kind for group in state.undecided) == ["claim", "entity"]
    assert gold_entity(begun) == pair.kept.name, "the gold stays until then"
    for group in state.undecided:
        base = Assignment.objects.get(pk=begun.gold_id).revision
        decide(begun, cast["chief"], DecisionDraft(uuid.uuid4(), str(group.location), ACCEPT, base, "B"))
    assert gold_entity(begun) == pair.other.name
    [claim] = Assignment.objects.get(pk=begun.gold_id).claims.all()
    assert claim.source_entity == pair.other
    assert state_of(begun).undecided == []


def test_undone_they_are_proposed_as_one_again(begun, cast):
    [pair] = pairs_of(state_of(begun))
    keep_apart(begun, cast["chief"], *ids(pair))
    begun.refresh_from_db()
    assert apart_of(begun) == [pair.sides]
    undo_apart(begun, cast["chief"], *ids(pair))
    begun.refresh_from_db()
    assert (begun.kept_apart, apart_of(begun)) == (frozenset(), [])
    assert begun.apart[0]["undone"]["user"] == cast["chief"].pk, "who did what stays"
    state = state_of(begun)
    assert (state.undecided, [each.sides for each in pairs_of(state)]) == ([], [pair.sides])
    with pytest.raises(Invalid, match="not kept apart"):
        undo_apart(begun, cast["chief"], *ids(pair))
    keep_apart(begun, cast["chief"], *ids(pair))
    assert len(state_of(begun).undecided) == 2


def test_not_undone_while_what_was_decided_since_rests_on_it(begun, cast):
    [pair] = pairs_of(state_of(begun))
    keep_apart(begun, cast["chief"], *ids(pair))
    begun.refresh_from_db()
    [group, *_] = state_of(begun).undecided
    base = Assignment.objects.get(pk=begun.gold_id).revision
    decide(begun, cast["chief"], DecisionDraft(uuid.uuid4(), str(group.location), ACCEPT, base, "B"))
    with pytest.raises(Invalid, match="Undo these decisions first"):
        undo_apart(begun, cast["chief"], *ids(pair))
    undo(Adjudication.objects.get(pk=begun.pk), cast["chief"], uuid.uuid4(), None)
    undo_apart(begun, cast["chief"], *ids(pair))
    assert state_of(begun).undecided == []


def test_an_entity_of_both_is_proposed_to_nobody(cast):
    pair = readings.readings(cast["corpus"], [cast["ann"], cast["ben"]], [readings.no_edit, readings.no_edit])
    assert pairs_of(state_of(start(pair[0].document, cast["chief"])[0])) == []


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"name": "manager "}, "They have the same name"),
        ({"name": "Director", "identifiers": [{"scheme": "wikidata", "value": "Q1"}]}, "They have the same identifier"),
        ({"name": "Director"}, None),
    ],
)
def test_names_and_identifiers_propose_it_where_the_marks_are_elsewhere(cast, fields, why):
    state = state_of(start(elsewhere(cast, fields)[0].document, cast["chief"])[0])
    assert [pair.why for pair in pairs_of(state)] == ([why] if why else [])


def elsewhere(cast, fields):
    """Ann marks *a manager*, Ben *Daily News* as the person that he made."""
    pk = new()

    def own(named):
        part = named["manager"][1]["fragments"][0]
        start_ = part["end"] + len(" told ")
        named["manager"][1]["fragments"] = [{"start": start_, "end": start_ + len("Daily News"), "quote": "Daily News"}]
        named["manager"][1]["attributes"]["entity"] = named["claim"][1]["source_entity"] = pk

    helper = factories.assignment(factories.document("Elsewhere.", corpus=cast["corpus"]), cast["ben"])
    made = {"id": pk, "type": "PERSON", "reference": "specific", **fields}
    apply_changes(helper, cast["ben"], 0, [change("create", "entity", made)])
    pair = readings.readings(cast["corpus"], [cast["ann"], cast["ben"]], [readings.no_edit, own])
    Entity.objects.get(name="Manager").identifiers.create(scheme="wikidata", value="Q1")
    return pair


def test_only_who_adjudicates_sees_it(begun, cast, client):
    address = begun.get_absolute_url()
    for name, status, seen in (("ann", 403, False), ("ben", 403, False), ("chief", 200, True)):
        client.force_login(cast[name])
        page = client.get(address)
        assert (page.status_code, "Same entity?" in page.text) == (status, seen), name
