"""A plan gets another name, due date and other people: readings follow, people are notified, and the history says what was."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from annotations.models import Assignment, Notice, Plan, PlanArticle, Transition
from annotations.plans.change import change_state
from annotations.plans.due import change_due
from annotations.plans.people import PlanConflict, change_plan
from annotations.plans.take import NotQualified, take_next
from annotations.write.apply import apply_changes
from corpus.edits.history import EditError
from corpus.models import Edit
from tests import factories
from tests.annotations.conftest import new
from tests.annotations.plans.conftest import draft, running

pytestmark = pytest.mark.usefixtures("stays_whole")
MAY, JUNE = date(2031, 5, 1), date(2031, 6, 1)


def change(plan, by, people=None, **values):
    return change_plan(plan, Plan.objects.get(pk=plan.pk).revision, values, people, by)


def notices(kind):
    rows = Notice.objects.filter(kind=kind).order_by("user__username")
    return list(rows.values_list("user__username", "plan", "assignment"))


def last_edit(kind="plan"):
    edit = Edit.objects.filter(kind=kind).latest("pk")
    return edit.before, edit.after, edit.user.username


def test_who_is_added_to_a_running_plan_takes_articles_and_is_notified(corpus, manager, ann, ben, texts):
    plan = running(corpus, manager, {ann: None})
    with pytest.raises(NotQualified):
        take_next(ben)
    change(plan, manager, {ann: 2, ben: None})
    assert take_next(ben).assignment.plan == plan
    assert notices("joined") == [("ben", plan.pk, None)]
    assert last_edit() == ({"people": ["ann"]}, {"people": ["ann (weight 2)", "ben"]}, "manager")


def test_who_is_removed_gives_untouched_articles_back_and_keeps_begun_ones(corpus, manager, ann, ben, texts):
    plan = running(corpus, manager, {ann: None, ben: None})
    begun, untouched = (take_next(ann).assignment for _ in range(2))
    bens = take_next(ben).assignment
    note = {"id": new(), "order": 0, "text": "Begun."}
    apply_changes(begun, ann, 0, [{"id": new(), "op": "create", "kind": "note", "object": note}])
    change(plan, manager, {ben: None})
    states = dict(Assignment.objects.values_list("pk", "status"))
    assert states == {begun.pk: "open", untouched.pk: "lapsed", bens.pk: "open"}
    assert PlanArticle.objects.get(document=untouched.document_id).live == 0
    step = Transition.objects.get()
    assert (step.assignment, step.kind, step.user) == (untouched, "lapsed", manager)
    assert notices("lapsed") == [("ann", None, untouched.pk)]
    with pytest.raises(NotQualified):
        take_next(ann)


def test_a_plan_for_all_becomes_one_for_some_and_the_other_way_round(corpus, manager, ann, ben, texts):
    plan = running(corpus, manager)
    untouched = take_next(ann).assignment
    change(plan, manager, {ben: None})
    assert Assignment.objects.get(pk=untouched.pk).status == "lapsed"
    change(plan, manager, {})
    assert take_next(ann).assignment.plan == plan
    assert notices("joined") == [], "who could take articles before is not added"


def test_another_due_date_goes_along_with_what_is_not_submitted_and_had_the_old_one(corpus, manager, ann, ben, texts):
    plan = running(corpus, manager, due=MAY)
    open_one, own_date = (take_next(ann).assignment for _ in range(2))
    submitted = factories.submitted(take_next(ben).assignment)
    change_due(own_date, date(2031, 4, 1), manager)
    Notice.objects.all().delete()
    change(plan, manager, due=JUNE)
    dates = dict(Assignment.objects.values_list("pk", "due"))
    assert dates == {open_one.pk: JUNE, own_date.pk: date(2031, 4, 1), submitted.pk: MAY}
    assert notices("rescheduled") == [("ann", plan.pk, None)], "one of the plan, and none to who has submitted"
    assert last_edit() == ({"due": "2031-05-01"}, {"due": "2031-06-01"}, "manager")
    change(plan, manager, due=None)
    assert Assignment.objects.get(pk=open_one.pk).due is None
    change(plan, manager, due=MAY)
    assert Assignment.objects.get(pk=open_one.pk).due == MAY


def test_a_draft_changes_silently_and_what_is_done_not_at_all(corpus, manager, ann, ben, texts):
    plan = draft(corpus, manager, {ann: None})
    change(plan, manager, {ben: 3}, name="Second look", due=MAY)
    plan.refresh_from_db()
    assert (plan.name, plan.due, list(plan.people.values_list("user__username", "weight"))) == ("Second look", MAY, [("ben", 3)])
    assert not Notice.objects.exists()
    other = running(corpus, manager, name="Other")
    change_state(other, "done", manager)
    with pytest.raises(EditError, match="The plan is done"):
        change(other, manager, name="Too late")


def test_who_read_an_older_plan_changes_nothing(corpus, manager, ann, ben, texts):
    plan = running(corpus, manager, {ann: None})
    seen = Plan.objects.get(pk=plan.pk).revision
    change(plan, manager, {ben: None})
    with pytest.raises(PlanConflict):
        change_plan(plan, seen, {"name": "Mine"}, {ann: None}, manager)
    seen = Plan.objects.get(pk=plan.pk).revision
    change_state(plan, "paused", manager)
    with pytest.raises(PlanConflict):
        change_plan(plan, seen, {"name": "Mine"}, None, manager)
    plan.refresh_from_db()
    assert (plan.name, [person.user for person in plan.people.all()]) == ("Overlap", [ben])


def test_a_change_of_nothing_is_none(corpus, manager, ann, texts):
    plan = running(corpus, manager, {ann: 2})
    edits, revision = Edit.objects.count(), Plan.objects.get().revision
    change(plan, manager, {ann: 2}, name="Overlap", due=None)
    assert (Edit.objects.count(), Plan.objects.get().revision) == (edits, revision)


def test_the_name_of_another_plan_is_refused_as_a_whole(corpus, manager, ann, ben, texts):
    running(corpus, manager, name="First")
    plan = draft(corpus, manager, {ann: None})
    with pytest.raises(EditError, match="has this name"):
        change(plan, manager, {ben: None}, name="First")
    assert [person.user for person in Plan.objects.get(pk=plan.pk).people.all()] == [ann]


def test_managers_alone_change_plans_and_dates(corpus, manager, ann, texts):
    plan = running(corpus, manager)
    reading = take_next(ann).assignment
    with pytest.raises(PermissionDenied):
        change(plan, ann, name="Mine")
    with pytest.raises(PermissionDenied):
        change_due(reading, MAY, ann)


def test_the_due_date_of_a_reading_has_a_history_and_a_notice(corpus, manager, ann, texts):
    reading = factories.assignment(texts[0], ann)
    change_due(reading, MAY, manager)
    change_due(reading, MAY, manager)
    assert notices("rescheduled") == [("ann", None, reading.pk)]
    assert Edit.objects.get(kind="reading").object == str(reading.pk)
    assert last_edit("reading") == ({"due": None}, {"due": "2031-05-01"}, "manager")
    Notice.objects.all().delete()
    change_due(factories.submitted(reading), None, manager)
    assert (last_edit("reading")[1], notices("rescheduled")) == ({"due": None}, [])
