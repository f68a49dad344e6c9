"""Many people take articles at one moment, each over a connection of their own: every text gets exactly its readings."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
from django.db import connections
from django.utils import timezone

from annotations.assign import skip
from annotations.models import Assignment, PlanArticle, TeamSettings
from annotations.plans.take import NothingLeft, take_next
from tests import factories
from tests.annotations.plans.conftest import running

PEOPLE, TEXTS = 8, 200
CROWD, MANY = 20, 1_000


@pytest.fixture
def corpus(transactional_db):
    made = factories.corpus("reports")
    factories.scheme()
    factories.adopt(made)
    TeamSettings.objects.create(corpus=made, open_at_once=100)
    for number in range(TEXTS):
        factories.document(f"Text {number}", corpus=made)
    return made


def at_once(people, act):
    barrier = Barrier(len(people))

    def run(person):
        try:
            barrier.wait()
            return act(person)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(people)) as pool:
        return list(pool.map(run, people))


def everything(person, then=lambda reading: None):
    """As many as there are: where others are taking the last ones, a person asks again."""
    count = 0
    while True:
        try:
            taken = take_next(person)
            count += taken.is_new
            then(taken.assignment)
        except NothingLeft as nothing:
            if "all are being taken" not in str(nothing):
                return count


def people_of(corpus, number=PEOPLE):
    people = [factories.user(f"person{each}") for each in range(number)]
    for person in people:
        factories.membership(corpus, person, "annotator")
    manager = factories.user("manager")
    factories.membership(corpus, manager, "manager")
    return people, manager


def done(reading):
    """So that its annotator may have a further one."""
    Assignment.objects.filter(pk=reading.pk).update(status="submitted", submitted=timezone.now())


def test_every_text_has_exactly_its_readings(corpus):
    for number in range(TEXTS, MANY):
        factories.document(f"Text {number}", corpus=corpus)
    people, manager = people_of(corpus, CROWD)
    running(corpus, manager, readings=2, share=100)
    assert sum(at_once(people, partial(everything, then=done))) == 2 * MANY
    assert set(PlanArticle.objects.values_list("live", "needed")) == {(2, 2)}
    readings = Counter(Assignment.objects.values_list("document", flat=True))
    assert set(readings.values()) == {2}
    assert max(Counter(Assignment.objects.values_list("document", "annotator")).values()) == 1


def test_places_that_are_given_away_meanwhile_are_taken_once(corpus):
    people, manager = people_of(corpus)
    running(corpus, manager, readings=2, share=50)

    def takes_and_skips(person):
        for _ in range(3):
            skip(take_next(person).assignment, person, "too-long")
        return everything(person)

    at_once(people, takes_and_skips)
    live = Counter(Assignment.objects.live().values_list("document", flat=True))
    for row in PlanArticle.objects.all():
        assert live[row.document_id] == row.live <= row.needed


def test_one_person_with_two_windows_takes_no_more_than_are_open_at_once(corpus):
    people, manager = people_of(corpus)
    running(corpus, manager)
    TeamSettings.objects.update(open_at_once=3)
    at_once([people[0]] * 6, take_next)
    assert Assignment.objects.count() == 3
