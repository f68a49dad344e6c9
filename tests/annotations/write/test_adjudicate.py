"""Adjudication in the database: the start, decisions, their undo, and the gold that is submitted at the end."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.db import Error, IntegrityError, connection, transaction

from annotations.adjudication.look import drawn
from annotations.assign import reopen, submit
from annotations.documents.build import document as native
from annotations.models import Adjudication, AdjudicationDecision, Assignment, Change
from annotations.queries.findings import findings
from annotations.scoring.looks import look_counts, wilson
from annotations.scoring.report import AgreementReport
from annotations.write.adjudicate import ACCEPT, DROP, MOST, DecisionDraft, decide, look_names, start
from annotations.write.adjudication_state import AdjudicationState
from annotations.write.apply import apply_changes
from annotations.write.errors import (
    BeingAdjudicated,
    CannotAdjudicate,
    Closed,
    Conflict,
    Invalid,
    Malformed,
    NoBase,
    Reused,
    Undecided,
)
from annotations.write.look import LOOKED, look_at
from annotations.write.merge_entities import merge
from annotations.write.undo_decision import undo
from registry.models import Entity
from tests import factories, readings
from tests.api.world import change, fragment, new

pytestmark = pytest.mark.django_db


@pytest.fixture
def corpus(scheme):
    corpus = factories.corpus("reports")
    factories.adopt(corpus)
    return corpus


@pytest.fixture
def people(corpus):
    roles = {"ann": "annotator", "ben": "annotator", "chief": "reviewer"}
    cast = {name: factories.user(name) for name in roles}
    for name, role in roles.items():
        factories.membership(corpus, cast[name], role)
    return cast


@pytest.fixture
def pair(corpus, people):
    return readings.readings(corpus, [people["ann"], people["ben"]], [readings.no_edit, readings.some_differences])


@pytest.fixture
def chief(people):
    return people["chief"]


@pytest.fixture
def adjudication(pair, chief):
    return start(pair[0].document, chief)[0]


@pytest.fixture
def anns(adjudication, pair):
    """The letter of the first annotator."""
    return next(each.letter for each in adjudication.inputs.all() if each.assignment_id == pair[0].pk)


def state_of(adjudication):
    return AdjudicationState(Adjudication.objects.get(pk=adjudication.pk))


def draft(adjudication, group, outcome=ACCEPT, reader="A", **fields):
    base = Assignment.objects.get(pk=adjudication.gold_id).revision
    return DecisionDraft(
        **{"id": uuid.uuid4(), "difference": str(group.location), "outcome": outcome, "base": base, "reader": reader} | fields
    )


def undecided(adjudication, kind):
    [group] = [group for group in state_of(adjudication).undecided if group.kind == kind]
    return group


def gold(adjudication):
    return native(Assignment.objects.get(pk=adjudication.gold_id))


def test_the_readings_of_the_tests_can_be_submitted(pair):
    assert [finding.detail for finding in findings(pair[0]) if finding.level == "error"] == []


def test_it_begins_with_all_that_is_agreed_and_a_decision_for_each(adjudication):
    body = gold(adjudication)
    assert (len(body["mentions"]), len(body["events"]), len(body["attributions"]), len(body["relations"])) == (3, 0, 0, 1)
    assert body["revision"] == 1
    autos = AdjudicationDecision.objects.filter(outcome="auto")
    assert {each.kind for each in autos} == {"mark", "entity", "argument", "citation", "link"}
    logged = set(Change.objects.filter(assignment=adjudication.gold_id).values_list("pk", flat=True))
    assert logged == {pk for each in autos for pk in each.changes}
    assert len(state_of(adjudication).undecided) == 5


def test_it_begins_once(adjudication, pair, chief):
    assert start(pair[0].document, chief) == (adjudication, False)


def test_whoever_has_read_the_text_may_not(pair, corpus):
    with pytest.raises(PermissionDenied):
        start(pair[0].document, pair[0].annotator)
    reader = factories.user("reader")
    factories.membership(corpus, reader, "reviewer")
    factories.assignment(pair[0].document, reader)
    with pytest.raises(PermissionDenied, match="yourself"):
        start(pair[0].document, reader)


def test_two_submitted_readings_are_needed(pair, chief):
    Assignment.objects.filter(pk=pair[0].pk).update(status="open", submitted=None)
    with pytest.raises(CannotAdjudicate, match="fewer than two"):
        start(pair[0].document, chief)


def test_a_gold_with_annotations_is_not_overwritten(pair, chief):
    own = factories.assignment(pair[0].document, chief, role="adjudication", status="open")
    body = {"id": new(), "layer": "FIGURE", "label": "PEOPLE", "fragments": [fragment(readings.TEXT, "300")]}
    apply_changes(own, chief, 0, [change("create", "span", body)])
    with pytest.raises(CannotAdjudicate, match="annotations already"):
        start(pair[0].document, chief)
    assert Adjudication.objects.count() == 0


def test_an_empty_gold_of_another_person_is_theirs(pair, chief, corpus):
    factories.assignment(pair[0].document, factories.user("other"), role="adjudication", status="open")
    with pytest.raises(CannotAdjudicate, match="other has begun"):
        start(pair[0].document, chief)


def test_a_reading_is_closed_while_a_gold_is_made_of_it(adjudication, pair):
    with pytest.raises(BeingAdjudicated):
        reopen(pair[0])


def test_decisions_lead_to_a_gold_that_says_what_was_taken(adjudication, anns, chief, pair):
    before = [native(each) for each in pair]
    with pytest.raises(Undecided, match="5"):
        submit(adjudication.gold)
    for group in state_of(adjudication).undecided:
        decide(adjudication, chief, draft(adjudication, group, reader=anns, reason="slip", note="as in the text"))
    state = state_of(adjudication)
    assert (state.undecided, state.counts["accepted"]) == ([], 5)
    with pytest.raises(Undecided, match="not checked: 1"):
        submit(adjudication.gold)
    readings.look_at_all(adjudication, chief)
    assert submit(adjudication.gold).status == "submitted"
    assert [native(each) for each in pair] == before
    body, first = gold(adjudication), before[0]
    for array in ("mentions", "events", "attributions", "measure_refs", "relations"):
        assert len(body[array]) == len(first[array])
    assert body["events"][0]["status"] == "happened"
    assert {argument["role"] for argument in body["events"][0]["arguments"]} == {"people", "count"}
    for each in pair:
        each.refresh_from_db()
        assert each.released


def test_a_decision_and_its_changes_are_one_transaction(adjudication, chief, anns):
    group = undecided(adjudication, "event")
    made = decide(adjudication, chief, draft(adjudication, group, reader=anns))
    logged = Change.objects.filter(assignment=adjudication.gold_id, revision=made.revision)
    assert {each.pk for each in logged} == set(made.changes)
    assert {(each.op, each.kind) for each in logged} == {("create", "event"), ("create", "span")}


def test_a_version_that_is_not_there_drops_it_and_dropping_can_be_changed_again(adjudication, chief, anns):
    group = undecided(adjudication, "claim")
    other = "B" if anns == "A" else "A"
    assert decide(adjudication, chief, draft(adjudication, group, reader=other)).outcome == "dropped"
    assert gold(adjudication)["attributions"] == []
    decide(adjudication, chief, draft(adjudication, group, reader=anns))
    [claim] = gold(adjudication)["attributions"]
    assert claim["source_mention"] is None  # the mark of the manager is not decided yet
    decide(
        adjudication,
        chief,
        draft(adjudication, next(g for g in state_of(adjudication).undecided if g.location.layer == "ACTOR"), reader=anns),
    )
    [claim] = gold(adjudication)["attributions"]
    assert claim["source_mention"]
    decide(adjudication, chief, draft(adjudication, group, DROP))
    assert gold(adjudication)["attributions"] == []


def test_undoing_brings_the_gold_back_as_it_was(adjudication, chief, anns):
    states = [gold(adjudication)]
    for group in state_of(adjudication).undecided:
        decide(adjudication, chief, draft(adjudication, group, reader=anns))
        states.append(gold(adjudication))
    for state in reversed(states[:-1]):
        undo(adjudication, chief, uuid.uuid4())
        assert without_revisions(gold(adjudication)) == without_revisions(state)
    assert len(state_of(adjudication).undecided) == 5
    with pytest.raises(Invalid, match="No decision"):
        undo(adjudication, chief, uuid.uuid4())


def without_revisions(value):
    if isinstance(value, dict):
        return {name: without_revisions(each) for name, each in value.items() if name not in ("revision", "rated")}
    return [without_revisions(each) for each in value] if isinstance(value, list) else value


def test_dropping_a_mark_makes_what_hung_on_it_undecided(adjudication, chief, anns):
    for group in state_of(adjudication).undecided:
        decide(adjudication, chief, draft(adjudication, group, reader=anns))
    manager = next(g for g in state_of(adjudication).differences if g.location.layer == "ACTOR")
    decide(adjudication, chief, draft(adjudication, manager, DROP))
    [claim] = state_of(adjudication).undecided
    assert claim.kind == "claim"
    assert gold(adjudication)["attributions"][0]["source_mention"] is None
    decide(adjudication, chief, draft(adjudication, claim, DROP))
    assert state_of(adjudication).undecided == []


def test_to_send_a_decision_again_changes_nothing_and_another_body_is_refused(adjudication, chief, anns):
    sent = draft(adjudication, undecided(adjudication, "event"), reader=anns)
    made = decide(adjudication, chief, sent)
    assert decide(adjudication, chief, sent) == made
    with pytest.raises(Reused):
        decide(adjudication, chief, sent._replace(note="another"))
    assert AdjudicationDecision.objects.exclude(outcome="auto").count() == 1


def test_what_somebody_decided_meanwhile_is_a_conflict(adjudication, chief, anns):
    first, second = (draft(adjudication, undecided(adjudication, "event"), reader=anns) for _ in range(2))
    decide(adjudication, chief, first)
    with pytest.raises(Conflict):
        decide(adjudication, chief, second)
    with pytest.raises(NoBase):
        decide(adjudication, chief, second._replace(base=None))
    with pytest.raises(Malformed):
        decide(adjudication, chief, second._replace(base=99))
    with pytest.raises(Malformed):
        decide(adjudication, chief, second._replace(base=2, reader="Z"))
    with pytest.raises(Invalid, match="no such difference"):
        decide(adjudication, chief, second._replace(difference="mark-ACTOR--0-1-0"))


def test_two_readings_are_even_and_three_are_not(corpus, people, chief):
    third = factories.user("third")
    factories.membership(corpus, third, "annotator")
    edits = [readings.no_edit, readings.some_differences, readings.no_edit]
    three = readings.readings(corpus, [people["ann"], people["ben"], third], edits)
    adjudication, _ = start(three[0].document, chief)
    for group in state_of(adjudication).undecided:
        decide(adjudication, chief, draft(adjudication, group, MOST))
    readings.look_at_all(adjudication, chief)
    assert gold(adjudication)["events"][0]["status"] == "happened"
    assert submit(adjudication.gold).status == "submitted"


def test_even_readings_have_no_majority(adjudication, chief):
    with pytest.raises(Invalid, match="even"):
        decide(adjudication, chief, draft(adjudication, undecided(adjudication, "event"), MOST))


def test_what_was_edited_by_hand_is_changed_and_kept_as_a_decision(adjudication, chief, anns):
    for group in state_of(adjudication).undecided:
        decide(adjudication, chief, draft(adjudication, group, reader=anns))
    own = Assignment.objects.get(pk=adjudication.gold_id)
    [event] = native(own)["events"]
    workers = next(mark["id"] for mark in native(own)["mentions"] if mark["quote"] == "North Korean workers")
    values = {"low": 1, "high": 1, "comparator": "eq", "approximate": False, "vague": False, "use": "reported"}
    figure = {"id": new(), "layer": "FIGURE", "label": "PEOPLE", "fragments": [fragment(readings.TEXT, "2371")]}
    added = figure | {"attributes": values | {"counted": {"mention": workers}}}
    apply_changes(own, chief, own.revision, [change("update", "event", {"id": event["id"], "certainty": "probable"})])
    own.refresh_from_db()
    apply_changes(own, chief, own.revision, [change("create", "span", added)])
    assert state_of(adjudication).counts["changed"] == 1
    with pytest.raises(Conflict):
        decide(
            adjudication,
            chief,
            draft(adjudication, next(g for g in state_of(adjudication).differences if g.kind == "event"), DROP, base=2),
        )
    readings.look_at_all(adjudication, chief)
    submit(own)
    rows = AdjudicationDecision.objects.filter(outcome__in=["changed", "added"]).order_by("position")
    assert [(each.outcome, each.kind) for each in rows] == [("changed", "event"), ("added", "mark")]
    with pytest.raises(Closed):
        decide(adjudication, chief, draft(adjudication, state_of(adjudication).differences[0], reader=anns))


def test_what_was_edited_after_a_decision_is_not_undone(adjudication, chief, anns):
    decide(adjudication, chief, draft(adjudication, undecided(adjudication, "event"), reader=anns))
    own = Assignment.objects.get(pk=adjudication.gold_id)
    [event] = native(own)["events"]
    apply_changes(own, chief, own.revision, [change("update", "event", {"id": event["id"], "certainty": "probable"})])
    with pytest.raises(Conflict):
        undo(adjudication, chief, uuid.uuid4())
    assert gold(adjudication)["events"][0]["certainty"] == "probable"


def test_a_field_that_was_edited_survives_a_later_decision(adjudication, chief, anns):
    decide(adjudication, chief, draft(adjudication, undecided(adjudication, "event"), reader=anns))
    own = Assignment.objects.get(pk=adjudication.gold_id)
    [event] = native(own)["events"]
    apply_changes(own, chief, own.revision, [change("update", "event", {"id": event["id"], "certainty": "probable"})])
    decide(adjudication, chief, draft(adjudication, undecided(adjudication, "argument"), reader=anns))
    [event] = gold(adjudication)["events"]
    assert (event["certainty"], len(event["arguments"])) == ("probable", 2)


@pytest.mark.parametrize("table", ["annotations_adjudicationdecision", "annotations_adjudicationinput"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET position = 99", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_the_database_refuses_to_change_or_delete_a_row(adjudication, statement, table):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(Error, match=r"grow"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table))


def test_a_merge_of_entities_is_no_edit_and_what_it_makes_equal_is_still_decided(corpus, people, chief):
    other = Entity.objects.create(corpus=corpus, type="GROUP", name="Labourers")

    def other_entity(named):
        group = named["workers"][1]["attributes"]["entity"]
        named["workers"][1]["attributes"]["entity"] = str(other.pk)
        named["before"][1]["attributes"]["counted"] = {"entity": group}  # known to this reading, so not taken for the same

    made = readings.readings(corpus, [people["ann"], people["ben"]], [other_entity, readings.no_edit])
    adjudication, _ = start(made[0].document, chief)
    assert {group.kind for group in state_of(adjudication).undecided} == {"mark", "entity"}
    decide(adjudication, chief, draft(adjudication, undecided(adjudication, "mark"), reader="A"))
    kept = Entity.objects.get(name="Workers")
    merge(other, kept, chief)
    merge(Entity.objects.get(name="Manager"), Entity.objects.create(corpus=corpus, type="PERSON", name="Boss"), chief)
    assert {mark["attributes"].get("entity") for mark in gold(adjudication)["mentions"] if mark["quote"] == "a manager"} == {
        str(Entity.objects.get(name="Boss").pk)
    }
    state = state_of(adjudication)
    assert (state.edits, state.counts["changed"]) == ([], 0)
    [entity] = state.undecided
    decide(adjudication, chief, draft(adjudication, entity, reader="B"))
    [mark] = [mark for mark in gold(adjudication)["mentions"] if mark["quote"] == "North Korean workers"]
    assert mark["attributes"]["entity"] == str(kept.pk)
    assert state_of(adjudication).undecided == []


def test_whoever_holds_the_gold_makes_no_independent_reading(adjudication, chief):
    own = factories.assignment(adjudication.gold.document, chief)
    submit(own)
    own.refresh_from_db()
    assert own.independent is None


# What all agree in


def test_of_what_all_agree_in_some_is_drawn_figures_first_and_the_same_for_a_seed(adjudication):
    state = state_of(adjudication)
    [group] = state.looks
    assert (group.kind, group.location.layer, group.is_agreed) == ("mark", "FIGURE", True)
    assert look_names(state, adjudication.seed) == adjudication.look
    names = {name for seed in range(20) for name in look_names(state, seed)}
    assert {name.split("-")[1] for name in names} == {"FIGURE"}
    assert len(names) > 1, "which ones depends on the seed"
    many = [group for group in state.groups if group.is_agreed] * 30
    assert len(drawn(many, [], 1)) == -(-len(many) // 50), "2 %, rounded up"


def test_a_look_is_a_decision_that_changes_nothing_and_can_be_undone(adjudication, chief):
    [group] = state_of(adjudication).looks
    before = gold(adjudication)
    made = look_at(adjudication, chief, draft(adjudication, group, LOOKED))
    assert look_at(adjudication, chief, draft(adjudication, group, LOOKED)._replace(id=made.pk)) == made
    state = state_of(adjudication)
    assert (made.outcome, state.unseen, state.counts["looked"], len(state.undecided)) == ("looked", [], 1, 5)
    assert gold(adjudication) == before
    undo(adjudication, chief, uuid.uuid4())
    assert state_of(adjudication).unseen
    with pytest.raises(Invalid, match="not drawn"):
        look_at(adjudication, chief, draft(adjudication, undecided(adjudication, "event"), LOOKED))
    with pytest.raises(Invalid, match="no such difference"):
        decide(adjudication, chief, draft(adjudication, group))


def test_what_is_wrong_in_a_look_is_dropped_or_edited_and_counts_as_seen(adjudication, chief, anns):
    [group] = state_of(adjudication).looks
    decide(adjudication, chief, draft(adjudication, group, DROP))
    assert state_of(adjudication).look_outcome(group) == "dropped"
    undo(adjudication, chief, uuid.uuid4())
    [pk] = state_of(adjudication).current.ids_at(group.location)
    own = Assignment.objects.get(pk=adjudication.gold_id)
    apply_changes(own, chief, own.revision, [change("update", "span", {"id": pk, "attributes": {"approximate": True}})])
    assert (state_of(adjudication).look_outcome(group), state_of(adjudication).unseen) == ("changed", [])
    for each in state_of(adjudication).undecided:
        decide(adjudication, chief, draft(adjudication, each, reader=anns))
    submit(adjudication.gold)
    assert AdjudicationDecision.objects.filter(outcome="changed", kind="mark").exists()
    assert look_counts(AgreementReport(own.document.corpus, chief))[:3] == (1, 1, 1)


def test_nothing_drawn_needs_no_seed_and_names_do(adjudication):
    Adjudication.objects.filter(pk=adjudication.pk).update(seed=None, look=[])
    assert state_of(adjudication).unseen == []
    with pytest.raises(IntegrityError), transaction.atomic():
        Adjudication.objects.filter(pk=adjudication.pk).update(look=["mark"])


def test_wilson_against_a_worked_value():
    assert wilson(1, 10) == pytest.approx((0.0179, 0.4042), abs=1e-4)
    assert (wilson(0, 0), wilson(0, 10)[0]) == ((None, None), 0)
    assert wilson(10, 10)[1] == pytest.approx(1)


def test_what_another_window_has_dropped_is_a_conflict_though_the_gold_stays_as_it_is(adjudication, chief):
    state = state_of(adjudication)
    group = state.undecided[0]
    first = draft(adjudication, group, DROP, decisions=len(state.decisions))
    second = draft(adjudication, group, ACCEPT, decisions=len(state.decisions))
    before = Assignment.objects.get(pk=adjudication.gold_id).revision
    decide(adjudication, chief, first)
    assert Assignment.objects.get(pk=adjudication.gold_id).revision == before
    with pytest.raises(Conflict):
        decide(adjudication, chief, second)
    other = state.undecided[1]
    assert decide(adjudication, chief, draft(adjudication, other, DROP, decisions=len(state.decisions))).outcome == "dropped"
    now = len(state_of(adjudication).decisions)
    assert decide(adjudication, chief, draft(adjudication, group, ACCEPT, decisions=now)).outcome == "accepted"


def test_an_undo_takes_back_what_was_the_last_decision_when_it_was_read(adjudication, chief):
    one, two = state_of(adjudication).undecided[:2]
    decide(adjudication, chief, draft(adjudication, one, DROP))
    read = len(state_of(adjudication).decisions)
    decide(adjudication, chief, draft(adjudication, two, DROP))
    with pytest.raises(Conflict):
        undo(adjudication, chief, uuid.uuid4(), read)
    assert undo(adjudication, chief, uuid.uuid4(), read + 1).start == two.location.start
