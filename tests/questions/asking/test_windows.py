"""Windows of days: both ends are part of them, and an open end reaches as far as it can."""

import pytest

from tests import factories, marks
from tests.questions.ledgers.asking import ask, take_up

pytestmark = pytest.mark.django_db
FIRST, LAST = "2017-08-05", "2017-09-30"


@pytest.fixture
def corpus(db):
    """An event from the one day to the other, one that has no end, and one without a day in an article of 4 October."""
    made = factories.corpus()
    factories.adopt(made)
    article = factories.article(made, published_edtf="2017-10-04", published_earliest="2017-10-04", published_latest="2017-10-04")
    reading = factories.assignment(
        factories.document("Some went. Others go. They left.", of=article), factories.user(), "adjudication"
    )
    for words, days in (("went", (FIRST, LAST)), ("go", (FIRST, None)), ("left", (None, None))):
        marks.event(reading, words, status="happened", time_earliest=days[0], time_latest=days[1])
    take_up()
    return made


@pytest.mark.parametrize(
    ("first", "last", "dates", "words"),
    [
        ("", FIRST, "meet", "went go left"),
        ("", "2017-08-04", "meet", "left"),
        (LAST, "", "meet", "went go left"),
        ("2017-10-01", "", "meet", "go left"),
        ("2017-10-04", "", "meet", "go left"),
        ("2017-10-05", "", "meet", "go"),
        (LAST, LAST, "meet", "went go left"),
        (FIRST, FIRST, "meet", "went go left"),
        (FIRST, LAST, "within", "went"),
        ("2017-08-06", LAST, "within", ""),
        (FIRST, "2017-09-29", "within", ""),
        (FIRST, "", "within", "went go"),
        ("", LAST, "within", "went"),
    ],
)
def test_which_events_are_in_a_window(corpus, first, last, dates, words):
    given = {name: value for name, value in (("from_", first), ("to", last), ("dates", dates)) if value}
    rows = ask(corpus, "events", **given).rows
    assert sorted(row["entries"][0]["triggers"][0]["quote"] for row in rows) == sorted(words.split())


@pytest.mark.parametrize(
    ("name", "day", "count"),
    [
        ("published_from", "2017-10-04", 3),
        ("published_from", "2017-10-05", 0),
        ("published_to", "2017-10-04", 3),
        ("published_to", "2017-10-03", 0),
    ],
)
def test_the_day_of_publication_is_in_its_window(corpus, name, day, count):
    assert len(ask(corpus, "events", **{name: day}).rows) == count
