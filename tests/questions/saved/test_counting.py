"""The worker's numbers of what is new."""

import threading
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone

from annotations.models import Assignment, Event
from questions.coreference import judge
from questions.models import SavedQuestion, SeenState
from questions.saved import counting
from questions.saved.counting import count_next
from questions.saved.news import look
from tests import marks
from tests.questions.ledgers.asking import take_up
from tests.questions.saved.test_news import touch


@pytest.fixture
def state(save, reviewer):
    """Of an answer that was seen two minutes ago."""
    row = save()
    state = look(row, reviewer)
    long_ago()
    return state


def long_ago():
    """Counted so long ago that it may be counted again."""
    SeenState.objects.update(counted_at=timezone.now() - timedelta(minutes=2))


def out_of_order(question, user):
    raise DatabaseError("a broken index")


def numbers():
    return SeenState.objects.values_list("new", "changed", "gone").get()


@pytest.mark.django_db
class TestNumbers:
    def test_what_is_new_is_counted(self, state, gold):
        marks.event(gold, "terminated", "REPATRIATE", status="happened")
        touch(gold)
        take_up()
        assert count_next()
        assert numbers() == (1, 0, 0)
        assert not count_next()

    def test_at_most_once_a_minute(self, state, gold):
        SeenState.objects.update(counted_at=timezone.now() - timedelta(seconds=50))
        touch(gold)
        assert not count_next()
        SeenState.objects.update(counted_at=timezone.now() - timedelta(seconds=70))
        assert count_next()

    def test_not_where_nothing_was_written(self, state, monkeypatch):
        moved = counting.last_movement(timezone.now())
        SeenState.objects.update(counted_at=moved + timedelta(minutes=2, seconds=1))
        monkeypatch.setattr(counting.timezone, "now", lambda: moved + timedelta(minutes=10))
        monkeypatch.setattr(counting, "midnight_before", lambda now: now - timedelta(days=1))
        assert not count_next()

    def test_anew_each_day_since_days_move(self, state, monkeypatch):
        SeenState.objects.update(counted_at=timezone.now() - timedelta(days=1))
        monkeypatch.setattr(counting, "last_movement", lambda now: None)
        assert count_next()

    def test_the_state_that_waits_longest_comes_first(self, state, save, reviewer):
        other = look(save("Paid", query="type=PAY"), reviewer)
        SeenState.objects.filter(pk=other.pk).update(counted_at=None, new=None, changed=None, gone=None)
        assert counting.next_state() == other

    def test_who_may_no_longer_ask_has_no_numbers(self, state, seeded):
        seeded.memberships.all().delete()
        assert count_next()
        assert numbers() == (None, None, None)

    def test_what_can_no_longer_be_asked_has_no_numbers(self, state):
        SavedQuestion.objects.update(query="type=NO_LONGER")
        assert count_next()
        assert numbers() == (None, None, None)

    def test_one_that_cannot_be_counted_holds_up_no_other(self, state, save, reviewer, monkeypatch):
        other = look(save("Paid", query="type=PAY"), reviewer)
        SeenState.objects.filter(pk=other.pk).update(counted_at=timezone.now() - timedelta(seconds=90))
        touch(Assignment.objects.get())
        monkeypatch.setattr(counting, "news_of", out_of_order)
        with pytest.raises(DatabaseError):
            count_next()
        assert counting.next_state() == other

    def test_a_look_meanwhile_counts(self, state, gold, reviewer, monkeypatch):
        marks.event(gold, "terminated", "REPATRIATE", status="happened")
        touch(gold)
        take_up()
        count = counting.numbers

        def looked_at(state):
            counts = count(state)
            look(state.question, reviewer)
            return counts

        monkeypatch.setattr(counting, "numbers", looked_at)
        assert count_next()
        assert numbers() == (0, 0, 0)


@pytest.mark.django_db(transaction=True)
def test_one_at_a_time_counts(state):
    outcome = []

    def other():
        try:
            outcome.append(count_next())
        finally:
            connection.close()

    with counting.alone() as is_alone:
        assert is_alone
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
    assert outcome == [False]
    assert count_next()


@pytest.mark.django_db(transaction=True)
def test_a_judgement_and_its_undoing_move_an_answer(state, reviewer):
    one, other = Event.objects.filter(label__code="REPATRIATE")[:2]
    judgement = judge.judge(one, other, "different", reviewer)
    take_up()
    assert counting.last_movement(timezone.now()) == judgement.at
    undone = judge.undo(judgement, reviewer)
    take_up()
    assert counting.last_movement(timezone.now()) == undone.undone_at > judgement.at
