"""A manager fills up everybody's articles in progress."""

import pytest

from annotations.models import Assignment, Notice, TeamSettings
from annotations.plans.assign_now import assign_now
from annotations.plans.change import change_state
from annotations.plans.take import take_next
from corpus.edits.history import EditError
from corpus.models import Edit, Membership
from tests import factories
from tests.annotations.plans.conftest import running


@pytest.fixture
def plan(corpus, manager, texts):
    TeamSettings.objects.update_or_create(corpus=corpus, defaults={"open_at_once": 2})
    return running(corpus, manager, readings=2, share=100)


def test_in_turns_up_to_the_limit_and_each_is_told(plan, ann, ben, manager):
    Membership.objects.filter(user=manager).update(paused=True)
    take_next(ann)
    assert assign_now(plan, manager).counts == {"ann": 1, "ben": 2}
    assert Assignment.objects.filter(plan=plan, status="open").count() == 4
    assert dict(Notice.objects.filter(kind="assigned").values_list("user__username", "number")) == {"ann": 1, "ben": 2}
    assert assign_now(plan, manager) == ({}, None)


def test_nobody_who_is_paused_or_has_tests_to_pass_or_for_whom_the_plan_is_not(corpus, texts, ann, ben, manager):
    own = running(corpus, manager, people={ben: None})
    Membership.objects.filter(user=manager).update(paused=True)
    assert set(assign_now(own, manager).counts) == {"ben"}
    Membership.objects.filter(user=ben).update(paused=True)
    assert assign_now(own, manager) == ({}, None)
    Membership.objects.update(paused=False)
    TeamSettings.objects.update_or_create(corpus=corpus, defaults={"practice_tests": 1})
    assert assign_now(own, manager) == ({}, None)


def test_a_plan_that_does_not_run_assigns_nothing(plan, manager):
    change_state(plan, "paused", manager)
    with pytest.raises(EditError, match="start or resume it first"):
        assign_now(plan, manager)


def test_the_button_says_who_got_how_many(client, plan, ann, ben, manager):
    Membership.objects.filter(user=manager).update(paused=True)
    client.force_login(manager)
    assert "Assign now" in client.get(plan.get_absolute_url()).text
    answer = client.post(plan.get_absolute_url(), {"act": "assign"}, follow=True)
    assert "Articles assigned: ann 2, ben 2." in answer.text
    again = client.post(plan.get_absolute_url(), {"act": "assign"}, follow=True)
    assert "No article assigned" in again.text
    client.force_login(factories.user("stranger"))
    assert client.post(plan.get_absolute_url(), {"act": "assign"}).status_code == 404


def test_what_was_assigned_at_once_is_undone_at_once(client, corpus, plan, ann, ben, manager):
    Membership.objects.filter(user=manager).update(paused=True)
    client.force_login(manager)
    assert "Undo assigning" not in client.get(plan.get_absolute_url()).text
    batch = assign_now(plan, manager).batch
    address = f"/corpora/{corpus.slug}/assigned/{batch}/"
    assert f'href="{address}"' in client.get(plan.get_absolute_url()).text
    begun = Assignment.objects.filter(plan=plan, annotator=ann).first()
    Assignment.objects.filter(pk=begun.pk).update(revision=1)
    taken = sum(plan.articles.values_list("live", flat=True))
    assert "Undone: 3 readings. 1 begun since" in client.post(address, follow=True).text
    assert [each.pk for each in Assignment.objects.filter(plan=plan, status="open")] == [begun.pk]
    assert sum(plan.articles.values_list("live", flat=True)) == taken - 3
    assert "Undo assigning" not in client.get(plan.get_absolute_url()).text
    assert assign_now(plan, manager).counts == {"ann": 1, "ben": 2}


def test_assigning_is_in_the_history_of_a_reading(plan, ann, ben, manager):
    assigned = assign_now(plan, manager)
    edits = Edit.objects.filter(batch=assigned.batch)
    readings = Assignment.objects.filter(plan=plan)
    assert {edit.object for edit in edits} == {str(reading.pk) for reading in readings}
    assert {edit.label for edit in edits} <= {reading.document.article.title for reading in readings}
    assert {edit.after["annotator"] for edit in edits} == set(assigned.counts)
