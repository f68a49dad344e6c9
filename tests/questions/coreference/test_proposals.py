"""Which pairs of events are proposed, what speaks for each, and in which pages."""

from datetime import date, timedelta
from itertools import permutations

import pytest

from annotations.models import Role
from questions.coreference import proposals as module
from questions.coreference.judge import judge, undo
from questions.coreference.proposals import proposals, proposals_about
from questions.models import Judgement
from tests import factories, marks
from tests.questions.coreference.conftest import take_up

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def scheme(corpus):
    return factories.adopt(corpus).scheme


def fill(event, role, entity):
    marks.Argument.objects.create(
        event=event,
        assignment=event.assignment,
        role=Role.objects.get(label=event.label, code=role),
        position=event.arguments.count(),
        entity=entity,
    )
    return event


def proposed(corpus, user, limit=100, after=None):
    take_up()
    return proposals(corpus, user, limit, after)


def pairs(corpus, user):
    return [{pair.one, pair.other} for pair in proposed(corpus, user).pairs]


@pytest.fixture
def workers(corpus):
    return marks.entity(corpus, "Workers")


class TestPeople:
    def test_the_same_people(self, corpus, boss, event_of, workers):
        first, second = (fill(event_of(), "people", workers) for _ in range(2))
        fill(event_of(), "people", marks.entity(corpus, "Others"))
        (pair,) = proposed(corpus, boss).pairs
        assert (pair.one, pair.other) == (second.pk, first.pk)
        assert (pair.people, pair.places, pair.days_apart, pair.is_reading) == ([[workers.pk, workers.pk]], [], None, False)

    @pytest.mark.parametrize("turned", [False, True])
    def test_people_that_may_be_the_same(self, corpus, boss, event_of, workers, turned):
        others = marks.entity(corpus, "Others")
        marks.relation(*((others, workers) if turned else (workers, others)), "possible_same_as")
        fill(event_of(), "people", workers), fill(event_of(), "people", others)
        (pair,) = proposed(corpus, boss).pairs
        assert pair.people == [[others.pk, workers.pk]]

    def test_another_relation_says_nothing(self, corpus, boss, event_of, workers):
        others = marks.entity(corpus, "Others")
        marks.relation(workers, others, "part_of")
        fill(event_of(), "people", workers), fill(event_of(), "people", others)
        assert pairs(corpus, boss) == []

    def test_the_people_that_a_figure_counts(self, corpus, boss, event_of, workers):
        first, second = event_of(), fill(event_of(), "people", workers)
        number = marks.figure(first.assignment, "Some", low=20, high=20, comparator="eq", use="reported", counted_entity=workers)
        marks.Argument.objects.create(
            event=first,
            assignment=first.assignment,
            role=Role.objects.get(label=first.label, code="count"),
            position=0,
            span=number.span,
        )
        assert pairs(corpus, boss) == [{first.pk, second.pk}]

    @pytest.mark.parametrize("other", [{"code": "EMPLOY"}, {"polarity": "negative"}])
    def test_another_type_or_polarity(self, corpus, boss, event_of, workers, other):
        role = "worker" if "code" in other else "people"
        fill(event_of(), "people", workers), fill(event_of(**other), role, workers)
        assert pairs(corpus, boss) == []

    def test_one_article(self, corpus, boss, event_of, workers):
        first = fill(event_of(), "people", workers)
        fill(marks.event(first.assignment, "home"), "people", workers)
        assert pairs(corpus, boss) == []

    def test_what_a_copy_says_again(self, corpus, boss, event_of, workers):
        first, copy, third = (fill(event_of(), "people", workers) for _ in range(3))
        article = copy.assignment.document.article
        type(article).objects.filter(pk=article.pk).update(copy_of=first.assignment.document.article)
        assert pairs(corpus, boss) == [{first.pk, third.pk}]


class TestAbout:
    """What is proposed of some events, whether the others came earlier or later."""

    def about(self, corpus, user, *events, limit=10):
        take_up()
        return [(pair.one, pair.other) for pair in proposals_about(corpus, user, [event.pk for event in events], limit)]

    def test_earlier_and_later_ones(self, corpus, boss, event_of, workers):
        first, second, third = (fill(event_of(), "people", workers) for _ in range(3))
        fill(event_of(), "people", marks.entity(corpus, "Others"))
        assert self.about(corpus, boss, second) == sorted([(second.pk, first.pk), (second.pk, third.pk)])
        assert len(self.about(corpus, boss, second, limit=1)) == 1

    def test_what_is_judged_is_not_proposed(self, corpus, boss, event_of, workers):
        first, second, third = (fill(event_of(), "people", workers) for _ in range(3))
        judge(first, second, "different", boss)
        judge(second, third, "same", boss)
        assert self.about(corpus, boss, second) == []
        assert self.about(corpus, boss, first) == []

    def test_nothing_that_one_may_not_see(self, corpus, boss, event_of, workers):
        who = factories.user()
        factories.membership(corpus, who, "annotator")
        first, _ = (fill(event_of(), "people", workers) for _ in range(2))
        type(first.assignment).objects.filter(pk=first.assignment.pk).update(annotator=who)
        assert len(self.about(corpus, boss, first)) == 1
        assert self.about(corpus, who, first) == []


class TestDaysAndPlaces:
    @pytest.fixture
    def city(self, corpus):
        return marks.entity(corpus, "City")

    @pytest.fixture
    def station(self, corpus, city):
        made = marks.entity(corpus, "Station")
        marks.relation(made, city, "located_in")
        return made

    def on(self, event_of, day, entity, last=None, role="via"):
        last = date(2017, 9, 4) if last is None and day is None else last or day
        return fill(event_of(time_earliest=day, time_latest=last), role, entity)

    @pytest.mark.parametrize(("days", "is_proposed"), [(0, True), (14, True), (15, False), (-14, True), (-15, False)])
    def test_at_most_fourteen_days_apart(self, corpus, boss, event_of, station, city, days, is_proposed):
        day = date(2017, 9, 4)
        first = self.on(event_of, day, station)
        second = self.on(event_of, day + timedelta(days), city)
        rows = proposed(corpus, boss).pairs
        assert [(pair.places, pair.days_apart) for pair in rows] == (
            [([[city.pk, station.pk]], abs(days))] if is_proposed else []
        )
        assert all((pair.one, pair.other) == (second.pk, first.pk) for pair in rows)

    def test_the_place_of_the_later_one_may_lie_in_the_other(self, corpus, boss, event_of, station, city):
        day = date(2017, 9, 4)
        self.on(event_of, day, city), self.on(event_of, day, station)
        assert [pair.places for pair in proposed(corpus, boss).pairs] == [[[station.pk, city.pk]]]

    def test_places_beside_each_other(self, corpus, boss, event_of, station, city):
        other = marks.entity(corpus, "Another station")
        marks.relation(other, city, "located_in")
        day = date(2017, 9, 4)
        self.on(event_of, day, station), self.on(event_of, day, other)
        assert pairs(corpus, boss) == []

    def test_a_loop_of_places_ends(self, corpus, boss, event_of, station, city):
        marks.relation(city, station, "located_in")
        day = date(2017, 9, 4)
        self.on(event_of, day, station), self.on(event_of, day, city)
        assert len(pairs(corpus, boss)) == 1

    def test_days_are_needed_of_both(self, corpus, boss, event_of, station):
        self.on(event_of, date(2017, 9, 4), station), fill(event_of(), "via", station)
        assert pairs(corpus, boss) == []

    def test_from_the_nearest_ends(self, corpus, boss, event_of, station):
        self.on(event_of, date(2017, 8, 5), station, last=date(2017, 9, 30))
        self.on(event_of, date(2017, 10, 10), station)
        assert [pair.days_apart for pair in proposed(corpus, boss).pairs] == [10]

    def test_where_people_return_to_is_no_place_of_it(self, corpus, boss, event_of, station):
        day = date(2017, 9, 4)
        self.on(event_of, day, station, role="destination"), self.on(event_of, day, station, role="destination")
        assert pairs(corpus, boss) == []


class TestJudged:
    @pytest.fixture
    def three(self, event_of, workers):
        return [fill(event_of(), "people", workers) for _ in range(3)]

    @pytest.mark.parametrize("verdict", Judgement.Verdict.values)
    def test_a_pair_is_proposed_until_it_is_judged_and_again_when_that_is_undone(self, corpus, boss, three, verdict):
        before = pairs(corpus, boss)
        assert len(before) == 3
        made = judge(three[0], three[1], verdict, boss)
        assert pairs(corpus, boss) == [pair for pair in before if pair != {three[0].pk, three[1].pk}]
        undo(made, boss)
        assert pairs(corpus, boss) == before

    @pytest.mark.parametrize("order", list(permutations(range(3))))
    def test_a_difference_holds_for_their_sets(self, corpus, boss, three, order):
        one, both, other = (three[number] for number in order)
        judge(one, both, "same", boss)
        judge(both, other, "different", boss)
        assert pairs(corpus, boss) == []

    def test_another_reading_of_a_linked_event(self, corpus, boss, three):
        own = factories.assignment(
            three[0].assignment.document, factories.user("annotator"), status="submitted", submitted="2026-01-02T00:00Z"
        )
        gold = three[0].assignment
        type(gold).objects.filter(pk=gold.pk).update(status="submitted", submitted="2026-01-03T00:00Z")
        same, other = marks.event(own, "went"), marks.event(own, "home")
        judge(same, three[2], "same", boss)
        rows = proposed(corpus, boss).pairs
        (pair,) = [pair for pair in rows if pair.is_reading]
        assert (pair.one, pair.other) == (three[0].pk, same.pk)
        assert other.pk not in {pk for row in rows for pk in (row.one, row.other)}


class TestPages:
    @pytest.fixture
    def many(self, event_of, workers):
        return [fill(event_of(), "people", workers) for _ in range(6)]

    @pytest.mark.parametrize("limit", [1, 2, 4, 15, 16])
    @pytest.mark.parametrize("compared", [1, 2, 200])
    def test_every_pair_once_whatever_the_size(self, corpus, boss, many, monkeypatch, limit, compared):
        whole = proposed(corpus, boss).pairs
        assert len(whole) == 15
        monkeypatch.setattr(module, "COMPARED", compared)
        rows, after = [], None
        for _ in range(40):
            page = proposed(corpus, boss, limit, after)
            assert len(page.pairs) <= limit
            rows += page.pairs
            after = page.after
            if after is None:
                break
        assert after is None
        assert rows == whole


class TestVisible:
    def test_what_one_may_not_see_is_in_no_pair(self, corpus, boss, event_of, workers):
        first = fill(event_of(), "people", workers)
        second = fill(event_of(), "people", workers)
        annotator, viewer = factories.user("annotator"), factories.user("viewer")
        factories.membership(corpus, annotator, "annotator")
        factories.membership(corpus, viewer, "viewer")
        document = factories.document("Some went home.", of=factories.article(corpus))
        own = factories.assignment(document, annotator, status="submitted", submitted="2026-01-02T00:00Z")
        third = fill(marks.event(own, "went"), "people", workers)
        assert len(pairs(corpus, boss)) == 3
        assert pairs(corpus, viewer) == [{first.pk, second.pk}]
        assert pairs(corpus, annotator) == []
        fill(
            marks.event(
                factories.assignment(
                    factories.document("They went.", of=factories.article(corpus)),
                    annotator,
                    status="submitted",
                    submitted="2026-01-02T00:00Z",
                ),
                "went",
            ),
            "people",
            workers,
        )
        assert [third.pk in pair for pair in pairs(corpus, annotator)] == [True]
