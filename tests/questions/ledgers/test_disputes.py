"""Figures of different articles that exclude each other."""

from decimal import Decimal
from uuid import uuid4

import pytest

from annotations.assign import reopen
from annotations.models import Figure
from corpus.models import Article
from questions.address.question import read
from questions.ledgers.answered import answered, answered_then
from questions.past.cut import present
from tests import factories, marks
from tests.questions.ledgers.asking import ask, fill, pages, take_up

pytestmark = pytest.mark.django_db
PEOPLE = {"low": 20, "high": 20, "comparator": "eq", "use": "reported"}


@pytest.fixture
def corpus():
    made = factories.corpus()
    factories.adopt(made)
    return made


def stated(
    corpus,
    people,
    *,
    who=None,
    status="happened",
    polarity="positive",
    label="REPATRIATE",
    time=("2017-09-01", "2017-09-30"),
    **values,
):
    """An article with one event and its figure."""
    of = factories.document("They went, 20 of them.", corpus=corpus)
    who = who or factories.user()
    reading = factories.assignment(of, who, "adjudication")
    number = marks.figure(reading, "20", counted_entity=people, **{**PEOPLE, **values})
    event = marks.event(reading, "went", label, status=status, polarity=polarity, time_earliest=time[0], time_latest=time[1])
    fill(event, count=number.span)
    return number


def disputes(corpus, **given):
    take_up()
    page = ask(corpus, "disputes", **given)
    # The database counts pairs, and Python compares those of a page.
    assert sum(page.totals.values()) == len(page.rows)
    return [(row["level"], *(figure["id"] for figure in row["figures"])) for row in page.rows]


def test_two_values_of_the_same_people(corpus):
    people = marks.entity(corpus, "Workers")
    one, other = stated(corpus, people), stated(corpus, people, low=20, high=None, comparator="gt")
    assert disputes(corpus) == [("same", one.pk, other.pk)]
    page = ask(corpus, "disputes")
    assert page.parts == {"counted": 1}
    assert page.totals == {"same": 1, "maybe": 0}
    values = [figure["values"][0] for figure in page.rows[0]["figures"]]
    assert [(value["comparator"], value["low"]) for value in values] == [("eq", Decimal(20)), ("gt", Decimal(20))]
    assert [value["figures"][0]["counted"][0]["name"] for value in values] == ["Workers", "Workers"]


@pytest.mark.parametrize(
    "values",
    [
        {"low": 19, "high": None, "comparator": "gt"},
        {"low": 21, "high": 21, "approximate": True},
        {"low": 21, "high": 21, "unit": "d"},
        {"low": 21, "high": 21, "use": "basis"},
        {"low": 21, "high": 21, "status": "expected"},
        {"low": 21, "high": 21, "polarity": "negative"},
        {"low": 21, "high": 21, "label": "PERMIT"},
        {"low": 21, "high": 21, "time": ("2017-10-01", "2017-10-31")},
        {"low": None, "high": None, "comparator": ""},
    ],
)
def test_no_dispute(corpus, values):
    people = marks.entity(corpus, "Workers")
    stated(corpus, people)
    stated(corpus, people, **values)
    assert disputes(corpus) == []


def test_one_article_does_not_dispute_itself(corpus):
    people = marks.entity(corpus, "Workers")
    number = stated(corpus, people)
    reading = number.span.assignment
    other = marks.figure(reading, "They", counted_entity=people, **(PEOPLE | {"low": 30, "high": 30}))
    fill(marks.event(reading, "of them", status="happened"), count=other.span)
    assert disputes(corpus) == []


def test_people_who_may_be_the_same(corpus):
    one, other = marks.entity(corpus, "Workers"), marks.entity(corpus, "Group")
    figures = stated(corpus, one), stated(corpus, other, low=300, high=300)
    assert disputes(corpus) == []
    marks.relation(other, one, "possible_same_as")
    assert disputes(corpus) == [("maybe", *(figure.pk for figure in figures))]
    assert disputes(corpus, maybe="0") == []


def test_one_of_the_two_is_what_is_asked(corpus):
    people = marks.entity(corpus, "Workers")
    figures = [stated(corpus, people, low=number, high=number) for number in (20, 30, 40)]
    article = str(Article.objects.get(documents__assignments__spans=figures[1].pk).pk)
    assert len(disputes(corpus)) == 3
    assert disputes(corpus, article=article) == [
        ("same", figures[0].pk, figures[1].pk),
        ("same", figures[1].pk, figures[2].pk),
    ]
    assert disputes(corpus, type="PERMIT") == []


def test_pairs_of_one_figure(corpus):
    people = marks.entity(corpus, "Workers")
    figures = [stated(corpus, people, low=number, high=number) for number in (20, 30, 40)]
    assert disputes(corpus, mark=str(figures[1].pk)) == [
        ("same", figures[0].pk, figures[1].pk),
        ("same", figures[1].pk, figures[2].pk),
    ]
    assert disputes(corpus, mark=str(uuid4())) == []


def test_pages_neither_skip_nor_repeat(corpus):
    people = marks.entity(corpus, "Workers")
    for number in (20, 30, 40, 50):
        stated(corpus, people, low=number, high=number)
    take_up()
    paged = [row for page in pages(corpus, "disputes", 4) for row in page.rows]
    assert paged == ask(corpus, "disputes").rows
    assert len(paged) == 6


def test_a_copy_disputes_nothing(corpus):
    people = marks.entity(corpus, "Workers")
    one, other = stated(corpus, people), stated(corpus, people, low=30, high=30)
    copy = stated(corpus, people)
    articles = [figure.span.assignment.document.article for figure in (one, copy)]
    Article.objects.filter(pk=articles[1].pk).update(copy_of=articles[0])
    assert disputes(corpus) == [("same", one.pk, other.pk)]


def test_what_the_asker_may_not_see_is_in_no_pair(corpus):
    """An annotator reads their own marks alone, a viewer the gold."""
    people, who = marks.entity(corpus, "Workers"), factories.user()
    factories.membership(corpus, who, "annotator")
    viewer, outsider = factories.user(), factories.user()
    factories.membership(corpus, viewer, "viewer")
    figures = [stated(corpus, people, who=who), stated(corpus, people, low=30, high=30)]
    assert disputes(corpus, user=who) == []
    assert ask(corpus, "disputes", user=who).totals == {"same": 0, "maybe": 0}
    assert disputes(corpus, user=viewer) == [("same", *(figure.pk for figure in figures))]
    assert disputes(corpus, user=outsider) == []
    assert Figure.objects.count() == 2


def test_as_of_then_a_viewer_sees_no_pair_with_what_they_may_not_see_today(corpus):
    people, viewer = marks.entity(corpus, "Workers"), factories.user()
    factories.membership(corpus, viewer, "viewer")
    figures = [stated(corpus, people), stated(corpus, people, low=30, high=30)]
    take_up()
    asked, then = read("disputes", []), present()
    assert len(answered(asked, corpus, viewer, 50).page.rows) == 1
    reopen(figures[1].assignment)
    assert answered_then(asked, corpus, viewer, 50, then).page.rows == []
