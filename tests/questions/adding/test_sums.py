"""Rows of events added up where each two are known to be apart, and what is said where they are not."""

import uuid
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.models import Assignment, Event, Figure, Link
from questions.adding.sums import answered_sum
from questions.address.question import AddressError
from questions.coreference.judge import judge, undo
from tests import factories, marks
from tests.questions.ledgers.asking import fill, take_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def corpus():
    made = factories.corpus()
    factories.adopt(made)
    return made


@pytest.fixture
def boss(corpus):
    who = factories.user("boss")
    factories.membership(corpus, who, "reviewer")
    return who


def reported(corpus, low, *, high=None, comparator="eq", code="REPATRIATE", people=None, who=None, role="adjudication", **values):
    """An event with its figure, in an article of its own."""
    reading = factories.assignment(factories.document("They went, 20 of them.", corpus=corpus), who or factories.user(), role)
    high = low if comparator == "eq" else high
    number = {"low": low, "high": high, "comparator": comparator, "use": "reported", "counted_entity": people, **values}
    event = marks.event(reading, "went", code, status="happened")
    fill(event, count=marks.figure(reading, "20", **number).span)
    return event


def sum_of(corpus, *events, user=None, **given):
    who = user or factories.user(is_superuser=True)
    return answered_sum(corpus, who, [getattr(event, "pk", event) for event in events], **given)


def apart(boss, one, other, note="One left by train, the other by bus."):
    return judge(one, other, "different", boss, note)


def reasons(added):
    return [pair.reason.value for pair in added.pairs]


class TestSeed:
    @pytest.fixture
    def events(self, gold, indexed):
        return {event.key: event for event in Event.objects.all()}

    def test_parts_of_one_whole_that_fit_are_added(self, seeded, events):
        """170 went and 130 are to go, of 300."""
        added = sum_of(seeded, events["EV07"], events["EV08"])
        assert (added.total.low, added.total.high) == (300, 300)
        assert reasons(added) == ["parts_of_whole"]
        assert added.pairs[0].finding is not None
        assert [term.row["status"] for term in added.terms] == ["happened", "expected"]
        assert added.measure["label"] == "PEOPLE"

    def test_what_nobody_has_judged_is_not_added(self, seeded, events):
        added = sum_of(seeded, events["EV07"], events["EV16"])
        assert (added.total, reasons(added)) == (None, ["unknown"])
        boss = factories.user(is_superuser=True)
        apart(boss, events["EV07"], events["EV16"])
        added = sum_of(seeded, events["EV07"], events["EV16"])
        assert (added.total.low, added.total.high) == (190, 190)
        assert (added.pairs[0].reason, added.pairs[0].note[:8]) == ("judged_different", "One left")

    def test_the_same_before_and_after_it_is_indexed(self, seeded, gold):
        events = {event.key: event for event in Event.objects.all()}
        before = sum_of(seeded, events["EV07"], events["EV08"])
        take_up()
        after = sum_of(seeded, events["EV07"], events["EV08"])
        assert (before.terms, before.pairs, before.total) == (after.terms, after.pairs, after.total)

    def test_parts_that_exceed_their_whole_are_not_added(self, seeded, events, gold):
        Figure.objects.filter(span__key="F02").update(low=200, high=200)
        Assignment.objects.filter(pk=gold.pk).update(revision=gold.revision + 1)
        added = sum_of(seeded, events["EV07"], events["EV08"])
        assert (added.total, reasons(added)) == (None, ["exceeds_whole"])

    def test_a_part_and_its_whole_are_not_added(self, seeded, events):
        added = sum_of(seeded, events["EV05"], events["EV07"])
        assert (added.total, reasons(added)) == (None, ["part_of"])

    def test_a_share_is_not_added(self, seeded, events):
        with pytest.raises(AddressError, match="no reported amount"):
            sum_of(seeded, events["EV07"], events["EV27"])

    def test_people_and_money_are_not_added(self, seeded, events):
        with pytest.raises(
            AddressError, match=r"^rows are of different kinds.* has PEOPLE; .* has MONEY, KPW, 1 months, for every 300$"
        ):
            sum_of(seeded, events["EV07"], events["EV26"])


def test_as_many_queries_for_two_rows_as_for_five(corpus, boss):
    events, numbers = [reported(corpus, number) for number in range(1, 6)], []
    apart(boss, *events[:2])
    take_up()
    sum_of(corpus, *events, user=boss)
    for count in (2, 5):
        with CaptureQueriesContext(connection) as queries:
            sum_of(corpus, *events[:count], user=boss)
        numbers.append(len(queries))
    assert numbers[0] == numbers[1] <= 45


def test_a_judgement_without_a_note_is_not_enough(corpus, boss):
    one, other = reported(corpus, 20), reported(corpus, 30)
    made = apart(boss, one, other, "  ")
    added = sum_of(corpus, one, other)
    assert (added.total, reasons(added), added.pairs[0].judgement) == (None, ["no_note"], made.pk)


def test_a_judgement_that_was_undone_is_none(corpus, boss):
    one, other = reported(corpus, 20), reported(corpus, 30)
    undo(apart(boss, one, other), boss)
    assert reasons(sum_of(corpus, one, other)) == ["unknown"]


def test_each_two_of_three(corpus, boss):
    events = [reported(corpus, number) for number in (20, 30, 40)]
    apart(boss, events[0], events[1])
    apart(boss, events[1], events[2])
    added = sum_of(corpus, *events)
    assert (added.total, reasons(added)) == (None, ["judged_different", "unknown", "judged_different"])
    assert [(pair.one, pair.other) for pair in added.overlaps] == [(events[0].pk, events[2].pk)]
    apart(boss, events[0], events[2])
    assert sum_of(corpus, *events).total.low == 90


def test_an_open_end_leaves_the_sum_open(corpus, boss):
    one, other = reported(corpus, 20, comparator="gt"), reported(corpus, 30)
    apart(boss, one, other)
    assert sum_of(corpus, one, other).total == (Decimal(50), False, None, False)


def test_an_approximate_figure_is_said_to_be_so(corpus, boss):
    one, other = reported(corpus, 100, approximate=True), reported(corpus, 30)
    apart(boss, one, other)
    added = sum_of(corpus, one, other)
    assert (added.total.low, added.total.high, added.is_approximate) == (125, 135, True)


def test_linked_events_are_one_row(corpus, boss):
    """All values of the linked events are one term; two of them are the same event."""
    one, other, third = reported(corpus, 20), reported(corpus, 20, comparator="gt"), reported(corpus, 5)
    judge(one, other, "same", boss)
    apart(boss, one, third)
    take_up()
    added = sum_of(corpus, other, third)
    assert (added.total.low, added.total.high, added.total.has_low) == (25, None, True)
    assert reasons(sum_of(corpus, one, other)) == ["linked"]


@pytest.mark.parametrize("kind", ["part_of", "possible_same_as"])
def test_a_relation_between_who_is_counted(corpus, kind):
    people, others = marks.entity(corpus, "Workers"), marks.entity(corpus, "Group")
    between = marks.entity(corpus, "Between") if kind == "part_of" else others
    one, other = reported(corpus, 20, people=people), reported(corpus, 30, people=others)
    if between is not others:
        marks.relation(between, others, kind)
    marks.relation(people, between, kind)
    assert reasons(sum_of(corpus, one, other)) == [kind]
    assert reasons(sum_of(corpus, other, one)) == [kind]


def test_the_same_people(corpus):
    people = marks.entity(corpus, "Workers")
    one, other = reported(corpus, 20, people=people), reported(corpus, 30, people=people)
    assert reasons(sum_of(corpus, one, other)) == ["same_counted"]


def test_a_link_between_the_events(corpus):
    one = reported(corpus, 20)
    reading = one.assignment
    other = marks.event(reading, "of them", status="happened")
    fill(other, count=marks.figure(reading, "They", low=5, high=5, comparator="eq", use="reported").span)
    Link.objects.create(assignment=reading, type="possible_same_as", source_event=one, target_event=other, revision=1)
    assert reasons(sum_of(corpus, one, other)) == ["possible_same_as"]


class TestRefused:
    @pytest.mark.parametrize(
        "values", [{"use": "basis"}, {"use": "limit"}, {"statistic": "mean"}, {"per_currency": "USD"}, {"per_unit": "t"}]
    )
    def test_what_is_no_amount(self, corpus, values):
        one, other = reported(corpus, 20), reported(corpus, 30, **values)
        with pytest.raises(AddressError, match=f"^rows has {other.pk}, which has no reported amount"):
            sum_of(corpus, one, other)

    @pytest.mark.parametrize("values", [{"per_period": "P1M"}, {"unit": "d"}, {"per_count_n": 300}])
    def test_another_basis(self, corpus, values):
        with pytest.raises(AddressError, match="different kinds"):
            sum_of(corpus, reported(corpus, 20), reported(corpus, 30, **values))

    def test_several_figures_of_one_report(self, corpus):
        one, other = reported(corpus, 20), reported(corpus, 30)
        number = marks.figure(one.assignment, "They", low=7, high=7, comparator="eq", use="reported")
        fill(one, count=number.span)
        with pytest.raises(AddressError, match=f"{one.pk}, of which one report states several figures of PEOPLE"):
            sum_of(corpus, one, other)

    def test_too_few_too_many_and_twice(self, corpus):
        one = reported(corpus, 20)
        with pytest.raises(AddressError, match=r"^rows takes 2 to 50 ids of events, and has 1$"):
            sum_of(corpus, one)
        with pytest.raises(AddressError, match="and has 51"):
            sum_of(corpus, *(uuid.uuid4() for _ in range(51)))
        with pytest.raises(AddressError, match=f"^rows has {one.pk} more than once$"):
            sum_of(corpus, one, one)

    def test_what_nobody_may_see_is_as_what_is_not_there(self, corpus):
        who = factories.user()
        factories.membership(corpus, who, "annotator")
        own, others = reported(corpus, 20, who=who, role="annotation"), reported(corpus, 30)
        foreign = reported(factories.corpus(), 40)
        for hidden in (others.pk, foreign.pk, uuid.uuid4()):
            with pytest.raises(AddressError, match=f"^rows has no event {hidden}$"):
                sum_of(corpus, own, hidden, user=who, whose="mine")

    def test_a_judgement_that_somebody_may_not_see_joins_and_parts_nothing(self, corpus, boss):
        viewer = factories.user()
        factories.membership(corpus, viewer, "viewer")
        one, other = reported(corpus, 20), reported(corpus, 30)
        draft = reported(corpus, 30, who=boss, role="annotation")
        judge(other, draft, "same", boss)
        apart(boss, one, draft)
        take_up()
        assert reasons(sum_of(corpus, one, other, user=viewer)) == ["unknown"]
