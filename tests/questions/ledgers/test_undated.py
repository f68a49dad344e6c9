"""A question that asks for stated days says how many events or figures it leaves out for want of one."""

import pytest

from annotations.models import Event
from questions.coreference.judge import judge
from questions.wording.times import stated_time
from tests import factories, marks
from tests.questions.ledgers.asking import ask, take_up

pytestmark = pytest.mark.django_db
WINDOW = {"from_": "2017-08-01", "to": "2017-12-31"}


@pytest.fixture
def corpus(db):
    """Events in the window, reaching beyond it, before it, and two without a day: one of them is expected."""
    made = factories.corpus()
    factories.adopt(made)
    article = factories.article(made, published_edtf="2017-10-04", published_earliest="2017-10-04", published_latest="2017-10-04")
    reading = factories.assignment(factories.document("One two three four five.", of=article), factories.user(), "adjudication")
    for words, first, last in (
        ("One", "2017-09-04", "2017-09-04"),
        ("two", "2017-12-30", "2018-01-03"),
        ("three", "2016-01-01", "2016-01-01"),
        ("four", None, None),
    ):
        marks.event(reading, words, status="happened", time_earliest=first, time_latest=last)
    marks.event(reading, "five", status="expected")
    take_up()
    return made


@pytest.mark.parametrize(
    ("given", "rows", "undated"),
    [
        (WINDOW, 3, None),
        (WINDOW | {"undated": "0"}, 2, 1),
        (WINDOW | {"dates": "within"}, 1, 1),
        (WINDOW | {"dates": "within", "undated": "0"}, 1, 1),
        ({"undated": "0"}, 3, 1),
        ({"undated": "0", "status": "any"}, 3, 2),
        ({"undated": "0", "part": "expected"}, 0, 1),
        ({"undated": "0", "from_": "2018-01-01"}, 1, 0),
        ({"dates": "within"}, 4, None),
    ],
)
def test_what_is_left_out_has_its_number(corpus, given, rows, undated):
    answer = ask(corpus, "events", **given)
    assert len(answer.rows) == rows
    assert answer.totals.get("undated") == undated


def test_a_linked_event_with_a_day_is_not_left_out(corpus):
    article = factories.article(corpus, "Another")
    reading = factories.assignment(factories.document("Six.", of=article), factories.user(), "adjudication")
    other = marks.event(reading, "Six", status="happened")
    take_up()
    assert ask(corpus, "events", undated="0").totals["undated"] == 2
    judge(Event.objects.get(time_earliest="2017-09-04"), other, "same", factories.user(is_superuser=True))
    answer = ask(corpus, "events", undated="0")
    assert (len(answer.rows), answer.totals["undated"]) == (3, 1)


def test_figures_too(corpus):
    assert ask(corpus, "figures", undated="0").totals["undated"] == 0


def test_only_what_happened_is_told_to_be_not_later_than_its_report(corpus):
    day = {"published_edtf": "2017-10-04", "published_earliest": "2017-10-04", "published_latest": "2017-10-04"}
    article = factories.article(corpus, "Another", **day)
    reading = factories.assignment(factories.document("One two three.", of=article), factories.user(), "adjudication")
    marks.event(reading, "One", status="unrealised")
    marks.event(reading, "two", status="")
    take_up()
    rows = ask(corpus, "events", status="any").rows
    told = {row["status"] or "open": stated_time(row["time"]) for row in rows if row["time"]["undated"]}
    assert told == {
        "happened": "undated, not later than 4 Oct 2017",
        "expected": "undated, not before 4 Oct 2017",
        "unrealised": "undated",
        "open": "undated",
    }
