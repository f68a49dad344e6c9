"""Copies, later tellings and linked events together: what one of them hides, the others do not lose."""

import pytest

from corpus.models import Article
from corpus.near_duplicates import stories
from questions.asking.answer import IndexAnswer
from questions.coreference.judge import judge
from questions.ledgers import entries
from tests import factories, marks
from tests.questions.ledgers.asking import ask, fill, pages, take_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def corpus(db):
    made = factories.corpus()
    factories.adopt(made)
    return made


@pytest.fixture
def event_on(corpus):
    """A return home in an article of its own: on a day, with as many people."""

    def made(day, count=None):
        number = corpus.articles.count()
        document = factories.document(f"Some went home {number}.", of=factories.article(corpus, f"Article {number}"))
        event = marks.event(factories.assignment(document, factories.user(), "adjudication"), "went", status="happened",
                            time_earliest=day, time_latest=day)  # fmt: skip
        if count:
            figure = marks.figure(event.assignment, str(number), low=count, high=count, comparator="eq", use="reported")
            fill(event, count=figure.span)
        return event

    return made


def article(event):
    return event.assignment.document.article


def copy(event, of):
    Article.objects.filter(pk=article(event).pk).update(copy_of=article(of))


def listed(corpus, **given):
    return [[entry["event"] for entry in row["entries"]] for row in ask(corpus, "events", **given).rows]


def test_a_copy_that_comes_first_does_not_hide_what_it_is_linked_to(corpus, event_on):
    original, copied, other = event_on("2017-09-04"), event_on("2017-09-04"), event_on("2017-09-10")
    copy(copied, original)
    take_up()
    assert listed(corpus) == [[original.pk], [other.pk]]
    judge(copied, other, "same", factories.user())
    assert listed(corpus) == [[original.pk], [other.pk]]
    assert ask(corpus, "events").parts == {"counted": 2}
    assert sorted(map(sorted, listed(corpus, copies="1"))) == sorted([[original.pk], sorted([copied.pk, other.pk])])


def test_a_later_telling_that_comes_first_does_not_either(corpus, event_on):
    first, again, other = event_on("2017-09-05", 20), event_on("2017-09-04", 20), event_on("2017-09-10", 30)
    stories.join(article(first), article(again))
    take_up()
    assert listed(corpus) == [[first.pk, again.pk], [other.pk]]
    judge(again, other, "same", factories.user())
    assert listed(corpus) == [[first.pk], [other.pk, again.pk]]
    assert [row["tellings"] for row in ask(corpus, "events").rows] == [0, 0]
    one_by_one = [row for page in pages(corpus, "events", 1) for row in page.rows]
    assert one_by_one == ask(corpus, "events").rows


def test_later_tellings_that_are_linked_among_themselves_stay_tellings(corpus, event_on):
    first, again, once_more = event_on("2017-09-04", 20), event_on("2017-09-05", 20), event_on("2017-09-06", 20)
    for other in (again, once_more):
        stories.join(article(first), article(other))
    take_up()
    judge(again, once_more, "same", factories.user())
    (row,) = ask(corpus, "events").rows
    assert (row["tellings"], [entry["event"] for entry in row["entries"]]) == (2, [first.pk, again.pk, once_more.pk])


def test_only_what_the_original_does_not_say_is_only_in_the_copy(corpus, event_on):
    original, copied = event_on("2017-09-04"), event_on("2017-09-04")
    copy(copied, original)
    added = marks.event(copied.assignment, "home", status="happened")
    take_up()
    only = {entry["event"]: entry["only_in_copy"] for row in ask(corpus, "events", copies="1").rows for entry in row["entries"]}
    assert only == {original.pk: False, copied.pk: False, added.pk: True}
    assert listed(corpus) == [[original.pk], [added.pk]]


class TestWhatMayBeTheSame:
    """Entities that a question names, and those that somebody calls possibly the same."""

    @pytest.fixture
    def people(self, corpus, event_on):
        people = [marks.entity(corpus, name) for name in ("Workers", "Women", "Others")]
        events = [event_on(f"2017-09-0{number}") for number in (1, 2)]
        for event, who in zip(events, people, strict=False):
            fill(event, people=who)
        marks.relation(people[0], people[1], "possible_same_as")
        take_up()
        return people, events

    def maybe(self, corpus, **given):
        return {row["entries"][0]["event"]: row["maybe"] for row in ask(corpus, "events", **given).rows}

    def test_a_row_says_so(self, corpus, people):
        (workers, women, _), (one, other) = people
        assert self.maybe(corpus) == {one.pk: False, other.pk: False}
        assert self.maybe(corpus, entity=str(workers.pk)) == {one.pk: False, other.pk: True}
        assert self.maybe(corpus, acted=str(women.pk)) == {one.pk: True, other.pk: False}
        assert self.maybe(corpus, entity=str(workers.pk), maybe="0") == {one.pk: False}

    def test_a_part_is_asked_for(self, corpus, people):
        (_, women, others), (one, other) = people
        marks.relation(women, others, "part_of")
        assert self.maybe(corpus, entity=str(others.pk), parts="1") == {one.pk: True, other.pk: False}

    def test_linked_events_that_have_both_are_found_for_certain(self, corpus, people):
        (workers, *_), (one, other) = people
        judge(one, other, "same", factories.user())
        (row,) = ask(corpus, "events", entity=str(workers.pk)).rows
        assert not row["maybe"]


def test_copies_and_linked_events_are_one_row_where_no_more_is_told_than_how_many_there_are(corpus, event_on, monkeypatch):
    """Those that stand alone are counted first, out of an index, and the others behind them."""
    original, copied, one, other, *_ = (event_on(f"2017-09-{day:02}") for day in range(4, 10))
    copy(copied, original)
    take_up()
    judge(one, other, "same", factories.user())
    assert ask(corpus, "events").parts == {"counted": 4}
    monkeypatch.setattr(IndexAnswer, "parts", lambda self: None)
    assert ask(corpus, "events").totals == {"more_than_rows": 3}
    for most in (3, 2):
        monkeypatch.setattr(entries, "MANY", most)
        assert ask(corpus, "events").totals == {"more_than_rows": most}
