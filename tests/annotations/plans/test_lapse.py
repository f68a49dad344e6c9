"""What lapses: a reading of a running plan, or one past its due date, without a write for as many days as the corpus has set."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from annotations.assign import reopen
from annotations.models import Assignment, Change, TeamSettings, Transition
from annotations.plans.change import change_state
from annotations.plans.lapse import lapse, lapse_all
from annotations.plans.take import take_next
from tests import factories
from tests.annotations.plans.conftest import running

pytestmark = pytest.mark.django_db


def aged(reading, days):
    Assignment.objects.filter(pk=reading.pk).update(created=timezone.now() - timedelta(days=days))
    return reading


@pytest.fixture
def planned(corpus, manager, ann, texts):
    running(corpus, manager)
    return aged(take_next(ann).assignment, 15)


def status(reading):
    reading.refresh_from_db()
    return reading.status


def test_a_reading_of_a_plan_lapses_and_its_place_is_free(planned, ben):
    assert lapse_all() == 1
    assert status(planned) == "lapsed"
    assert Transition.objects.values_list("kind", "user").get() == ("lapsed", None)
    assert take_next(ben).assignment.document == planned.document
    assert lapse_all() == 0


def test_what_was_opened_without_a_plan_never_lapses(corpus, ann, texts):
    reading = aged(factories.assignment(texts[0], ann), 999)
    assert lapse_all() == 0
    assert status(reading) == "open"


@pytest.mark.parametrize(("due_in", "lapses"), [(-1, 1), (0, 0), (30, 0)])
def test_with_a_due_date_it_lapses_after_that_day(corpus, ann, texts, due_in, lapses):
    due = timezone.now().date() + timedelta(days=due_in)
    aged(factories.assignment(texts[0], ann, due=due), 20)
    assert lapse_all() == lapses


def test_a_write_or_a_step_counts(planned):
    whole = {"id": uuid4(), "revision": 1, "position": 0, "op": "create", "kind": "note", "object_id": uuid4(), "after": {}}
    Change.objects.create(assignment=planned, user=planned.annotator, **whole)
    assert lapse_all() == 0


def test_taking_it_up_again_counts(planned):
    lapse_all()
    reopen(planned)
    assert lapse_all() == 0
    assert status(planned) == "open"


def test_a_corpus_sets_the_days_or_that_nothing_lapses(corpus, planned):
    settings = TeamSettings.objects.create(corpus=corpus, lapse_days=None)
    assert lapse_all() == 0
    settings.lapse_days = 16
    settings.save()
    assert lapse_all() == 0
    settings.lapse_days = 14
    settings.save()
    assert lapse_all() == 1


def test_nothing_lapses_while_the_plan_is_paused(planned, manager):
    change_state(planned.plan, "paused", manager)
    assert lapse_all() == 0


def test_what_was_submitted_meanwhile_stays(planned):
    factories.submitted(planned)
    assert not lapse(planned.pk)
    assert status(planned) == "submitted"
