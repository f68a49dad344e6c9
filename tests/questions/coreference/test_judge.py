"""Events are joined and told apart, and that is undone; the sets and the entries follow."""

import threading
from io import StringIO
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from annotations.models import Event
from annotations.write.errors import Invalid
from questions.coreference.judge import Contradiction, judge, undo
from questions.coreference.sets import JudgedPair, path, sets_of
from questions.index import keep
from questions.models import Entry, Judgement, LinkedEvent
from tests import marks

pytestmark = pytest.mark.django_db


def sets():
    """The sets, each as the numbers of its events; what is stored is what the entries say."""
    order = sorted(Event.objects.values_list("pk", flat=True))
    stored = dict(LinkedEvent.objects.values_list("event", "linked"))
    assert stored == dict(Entry.objects.exclude(linked=None).values_list("pk", "linked"))
    groups = {}
    for event, linked in stored.items():
        groups.setdefault(linked, []).append(order.index(event))
    assert all(order.index(linked) == min(group) for linked, group in groups.items())
    return sorted(sorted(group) for group in groups.values())


def assert_index_agrees():
    out = StringIO()
    call_command("index", "--check", stdout=out)
    assert "agrees" in out.getvalue()


def test_joined_events_are_one_set_in_whichever_order(events, boss):
    judge(events[1], events[0], "same", boss, "One station, one day.")
    assert sets() == [[0, 1]]
    judge(events[3], events[4], "same", boss)
    assert sets() == [[0, 1], [3, 4]]
    judge(events[4], events[1], "same", boss)
    assert sets() == [[0, 1, 3, 4]]
    assert_index_agrees()
    row = Judgement.objects.order_by("at").first()
    assert (row.one, row.other, row.by, row.note) == (events[0].pk, events[1].pk, boss, "One station, one day.")


def test_undoing_parts_what_that_judgement_alone_linked(events, boss):
    first, second = judge(events[0], events[1], "same", boss), judge(events[1], events[2], "same", boss)
    judge(events[2], events[3], "same", boss)
    undo(second, boss)
    assert sets() == [[0, 1], [2, 3]]
    undo(first, boss)
    assert sets() == [[2, 3]]
    assert_index_agrees()


def test_what_is_linked_by_another_way_stays_so(events, boss):
    for one, other in ((0, 1), (1, 2)):
        judge(events[one], events[other], "same", boss)
    undo(judge(events[0], events[2], "same", boss), boss)
    assert sets() == [[0, 1, 2]]


def test_joining_and_undoing_changes_no_entry(events, boss):
    before = list(Entry.objects.values())
    undo(judge(events[0], events[1], "same", boss), boss)
    assert list(Entry.objects.values()) == before
    assert Judgement.objects.count() == 1


def test_no_mark_changes(events, boss):
    judge(events[0], events[1], "same", boss)
    assert set(Event.objects.values_list("revision", "assignment__revision")) == {(1, 0)}


def test_entries_that_are_made_anew_know_their_sets(events, boss):
    judge(events[0], events[1], "same", boss)
    keep.write([events[0].assignment_id])
    assert sets() == [[0, 1]]


def test_an_event_that_is_gone_keeps_its_judgements(events, boss):
    judge(events[0], events[1], "same", boss)
    judge(events[0], events[2], "same", boss)
    events[0].triggers.all().delete()
    gone = events[0].pk
    events[0].delete()
    keep.write([events[0].assignment_id])
    assert set(Entry.objects.exclude(linked=None).values_list("pk", "linked")) == {(events[1].pk, gone), (events[2].pk, gone)}
    assert Judgement.objects.about(gone).count() == 2
    assert_index_agrees()


class TestRefusals:
    def test_a_join_that_would_hold_a_difference(self, events, boss):
        for one, other in ((0, 1), (2, 3)):
            judge(events[one], events[other], "same", boss)
        apart = judge(events[3], events[0], "different", boss)
        with pytest.raises(Contradiction, match="judged different") as error:
            judge(events[1], events[2], "same", boss)
        steps = [(edge.one, edge.other, edge.verdict) for edge in error.value.path]
        pk = [event.pk for event in events]
        assert steps == [(pk[1], pk[0], "same"), (pk[0], pk[3], "different"), (pk[3], pk[2], "same")]
        assert sets() == [[0, 1], [2, 3]]
        undo(apart, boss)
        judge(events[1], events[2], "same", boss)
        assert sets() == [[0, 1, 2, 3]]

    def test_a_difference_inside_a_set(self, events, boss):
        for one, other in ((0, 1), (1, 2)):
            judge(events[one], events[other], "same", boss)
        with pytest.raises(Contradiction, match="make these events the same") as error:
            judge(events[0], events[2], "different", boss)
        assert [(edge.one, edge.other) for edge in error.value.path] == [
            (events[0].pk, events[1].pk),
            (events[1].pk, events[2].pk),
        ]

    def test_what_is_judged_already(self, events, boss):
        judge(events[0], events[1], "same", boss)
        with pytest.raises(Invalid, match=r"boss judged these events the same on .*: nothing to do"):
            judge(events[1], events[0], "same", boss)
        with pytest.raises(Contradiction, match="undo that judgement first"):
            judge(events[0], events[1], "different", boss)
        assert Judgement.objects.count() == 1

    def test_events_of_two_types(self, events, boss):
        other = marks.event(events[0].assignment, "home", "PAY")
        with pytest.raises(Invalid, match="different types: REPATRIATE and PAY"):
            judge(events[0], other, "same", boss)

    def test_an_event_with_itself(self, events, boss):
        with pytest.raises(Invalid, match="itself"):
            judge(events[0], events[0], "same", boss)

    def test_what_is_undone_already(self, events, boss):
        row = undo(judge(events[0], events[1], "same", boss), boss)
        assert (row.undone_by, row.undone_at is None) == (boss, False)
        with pytest.raises(Invalid, match="already undone"):
            undo(row, boss)
        judge(events[0], events[1], "same", boss)
        assert sets() == [[0, 1]]


class TestDatabase:
    """What nobody can write, whatever the code does."""

    @pytest.fixture
    def row(self, events, boss):
        return judge(events[0], events[1], "same", boss, "Read both.")

    @pytest.mark.parametrize("change", ["note = 'other'", "verdict = 'different'", "at = now()", "undone_at = now()"])
    def test_a_judgement_stays(self, row, boss, change):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE questions_judgement SET {change}")

    def test_an_undone_one_too(self, row, boss):
        undo(row, boss)
        with pytest.raises(IntegrityError, match="only made and undone"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE questions_judgement SET undone_at = NULL, undone_by_id = NULL")

    @pytest.mark.parametrize(
        "how", ["DELETE FROM questions_judgement", "SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE questions_judgement"]
    )
    def test_it_is_not_deleted(self, row, how):
        with pytest.raises(IntegrityError, match="only made and undone"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(how)

    def test_one_that_holds_for_a_pair(self, row, boss):
        with pytest.raises(IntegrityError, match="judgement_once"), transaction.atomic():
            Judgement.objects.create(corpus=row.corpus, one=row.one, other=row.other, verdict="different", by=boss)

    def test_events_in_their_order(self, row, boss):
        with pytest.raises(IntegrityError, match="judgement_events_in_order"), transaction.atomic():
            Judgement.objects.create(corpus=row.corpus, one=row.other, other=row.one, verdict="same", by=boss)


class TestIntegrity:
    def check(self):
        err = StringIO()
        with pytest.raises(CommandError):
            call_command("index", "--check", stderr=err)
        return err.getvalue()

    def test_a_set_that_no_judgement_makes(self, events, boss):
        judge(events[0], events[1], "same", boss)
        LinkedEvent.objects.filter(event=events[1].pk).delete()
        assert f"{events[1].pk}: is linked to None" in self.check()
        call_command("index", jobs=1, stdout=StringIO())
        assert sets() == [[0, 1]]
        assert_index_agrees()

    def test_a_difference_inside_a_set(self, events, boss):
        judge(events[0], events[1], "same", boss)
        judge(events[1], events[2], "same", boss)
        row = Judgement.objects.create(
            corpus=events[0].assignment.document.corpus, one=events[0].pk, other=events[2].pk, verdict="different", by=boss
        )
        assert f"{row.pk}: its events are judged different" in self.check()


@pytest.mark.django_db(transaction=True)
class TestTwoAtOnce:
    def meanwhile(self, first, second):
        """The second begins while the first is not committed yet, and ends after it."""
        outcome = []

        def other():
            try:
                outcome.append(second())
            except Contradiction as error:
                outcome.append(error)
            finally:
                connection.close()

        thread = threading.Thread(target=other)
        with transaction.atomic():
            first()
            thread.start()
            thread.join(1)
            assert thread.is_alive(), "the second did not wait"
        thread.join()
        return outcome[0]

    def test_two_joins_make_one_set(self, events, boss):
        self.meanwhile(
            lambda: judge(events[0], events[1], "same", boss),
            lambda: judge(events[1], events[2], "same", boss),
        )
        assert sets() == [[0, 1, 2]]

    def test_a_join_and_a_difference(self, events, boss):
        judge(events[0], events[1], "same", boss)
        outcome = self.meanwhile(
            lambda: judge(events[1], events[2], "same", boss),
            lambda: judge(events[0], events[2], "different", boss),
        )
        assert isinstance(outcome, Contradiction)
        assert_index_agrees()

    def test_a_join_and_what_indexes(self, events, boss):
        ids = [events[0].assignment_id, events[1].assignment_id]

        def index():
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"SELECT pg_advisory_xact_lock({keep.LOCK})")
                keep.write(ids)

        self.meanwhile(index, lambda: judge(events[0], events[1], "same", boss))
        assert sets() == [[0, 1]]


class TestSets:
    """Of small numbers as ids."""

    def edges(self, *pairs, verdict="same"):
        return [JudgedPair(UUID(int=100 + n), UUID(int=one), UUID(int=two), verdict) for n, (one, two) in enumerate(pairs)]

    def test_the_shortest_way(self):
        way = path(UUID(int=1), UUID(int=4), self.edges((1, 2), (2, 3), (3, 4), (2, 4)))
        assert [(edge.one.int, edge.other.int) for edge in way] == [(1, 2), (2, 4)]
        assert path(UUID(int=1), UUID(int=9), self.edges((1, 2))) is None

    def test_a_difference_links_nothing(self):
        assert sets_of([UUID(int=1), UUID(int=2)], self.edges((1, 2), verdict="different")) == {}

    def test_a_long_chain_is_one_set(self):
        edges = self.edges(*((n, n + 1) for n in range(1, 2000)))
        sets = sets_of({event for edge in edges for event in edge[1:3]}, reversed(edges))
        assert (len(sets), set(sets.values())) == (2000, {UUID(int=1)})
