"""A manager fills up everybody's articles in progress."""

import pytest

from annotations.models import Assignment, Notice, TeamSettings
from annotations.plans.assign_now import assign_now
from annotations.plans.change import change_state
from annotations.plans.take import take_next
from corpus.edits.history import EditError
from corpus.models import Membership
from tests import factories
from tests.annotations.plans.conftest import running


@pytest.fixture
def plan(corpus, manager, texts):
    TeamSettings.objects.update_or_create(corpus=corpus, defaults={"open_at_once": 2})
    return running(corpus, manager, readings=2, share=100)


def test_in_turns_up_to_the_limit_and_each_is_told(plan, ann, ben, manager):
    Membership.objects.filter(user=manager).update(paused=True)
    take_next(ann)
    assert assign_now(plan, manager) == {"ann": 1, "ben": 2}
    assert Assignment.objects.filter(plan=plan, status="open").count() == 4
    assert dict(Notice.objects.filter(kind="assigned").values_list("user__username", "number")) == {"ann": 1, "ben": 2}
    assert assign_now(plan, manager) == {}


def test_nobody_who_is_paused_or_has_tests_to_pass_or_for_whom_the_plan_is_not(corpus, texts, ann, ben, manager):
    own = running(corpus, manager, people={ben: None})
    Membership.objects.filter(user=manager).update(paused=True)
    assert set(assign_now(own, manager)) == {"ben"}
    Membership.objects.filter(user=ben).update(paused=True)
    assert assign_now(own, manager) == {}
    Membership.objects.update(paused=False)
    TeamSettings.objects.update_or_create(corpus=corpus, defaults={"practice_tests": 1})
    assert assign_now(own, manager) == {}


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
