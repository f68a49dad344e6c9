"""Progress of a corpus: what is in which state, by week and by person, and who sees whose."""

import csv
import io
from datetime import timedelta

import pytest
from django.utils import timezone

from annotations.assign import skip
from annotations.models import Assignment, Plan, PlanArticle
from corpus.models import Article
from tests import factories
from tests.annotations.pages.conftest import submitted

ADDRESS = "/corpora/reports/progress/"


@pytest.fixture
def other(corpus):
    person = factories.user("other")
    factories.membership(corpus, person, "annotator")
    return person


@pytest.fixture
def work(corpus, people, other):
    """Two not begun, one of them skipped; two open, one of them late; three submitted, one of them with a gold."""
    texts = [factories.document(f"Text {number}.", corpus=corpus) for number in range(7)]
    now = timezone.now()
    skip(factories.assignment(texts[1], people.annotator), people.annotator, "copy")
    factories.assignment(texts[2], people.annotator, due=now.date() - timedelta(days=3))
    factories.assignment(texts[3], other)
    for text, person, weeks in ((texts[4], people.annotator, 0), (texts[5], other, 2), (texts[6], other, 40)):
        factories.assignment(text, person, status="submitted", submitted=now - timedelta(weeks=weeks))
    submitted(texts[4], people.manager, role="adjudication")
    return texts


def rows(as_, role, table, query=""):
    answer = as_(role).get(f"{ADDRESS}{table}/{query}")
    return list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))


def test_readings_by_state(as_, work):
    assert {row["state"]: (row["number"], row["late"]) for row in rows(as_, "manager", "states")} == {
        "Not begun": ("2", "0"), "In progress": ("2", "1"), "Submitted, without gold": ("2", "0"),
        "Submitted, with gold": ("1", "0"), "Skipped": ("1", "0"), "Lapsed": ("0", "0"), "Gold in progress": ("0", "0"), "Gold": ("1", "0"),
    }  # fmt: skip
    oldest = {row["state"] for row in rows(as_, "manager", "states") if row["oldest"]}
    assert oldest == {"Not begun", "In progress", "Submitted, without gold"}


def test_only_what_is_open_is_late(as_, corpus, people):
    ago = timezone.now() - timedelta(days=3)
    states = [{"status": "submitted", "submitted": ago}, {"status": "skipped"}, {"status": "lapsed"}, {"status": "open"}]
    for number, state in enumerate(states):
        factories.assignment(factories.document(f"Due {number}.", corpus=corpus), people.annotator, due=ago.date(), **state)
    lines = {row["state"]: (row["number"], row["late"]) for row in rows(as_, "manager", "states")}
    assert lines["In progress"] == ("1", "1")
    assert [lines[name] for name in ("Submitted, without gold", "Skipped", "Lapsed")] == [("1", "0")] * 3


def test_a_period_leaves_earlier_submissions(as_, page, people, work):
    weeks = lambda query: [(row["readings"], row["readings_until"]) for row in rows(as_, "manager", "weeks", query)]  # noqa: E731
    assert weeks("?period=4") == [("1", "3"), ("0", "2"), ("1", "2"), ("0", "1")]
    assert len(weeks("?period=52")) == 41
    assert weeks("?period=5") == weeks("")
    totals = lambda query: {row["name"]: row["submitted"] for row in rows(as_, "manager", "people", query)}  # noqa: E731
    assert (totals(""), totals("?period=13")) == ({"annotator": "1", "other": "2"}, {"annotator": "1", "other": "1"})
    text = page("manager", f"{ADDRESS}?period=13")
    assert ("Submitted in 13 weeks" in text, "weeks/?period=13" in text) == (True, True)
    Assignment.objects.filter(role="annotation", status="submitted").update(submitted=timezone.now() - timedelta(weeks=40))
    Assignment.objects.filter(role="adjudication").delete()
    assert "No reading submitted in this period" in page("manager", f"{ADDRESS}?period=4")


def test_weeks_add_up_and_go_on_from_before_the_first_that_is_shown(as_, work):
    weeks = rows(as_, "manager", "weeks")
    assert len(weeks) == 26
    assert [row["readings"] for row in weeks[:3]] == ["1", "0", "1"]
    assert (weeks[0]["readings_until"], weeks[0]["gold_until"]) == ("3", "1")
    assert (weeks[-1]["readings"], weeks[-1]["readings_until"]) == ("0", "1")


def test_an_annotator_sees_their_own_and_a_reviewer_letters(as_, page, work):
    assert [row["state"] for row in rows(as_, "annotator", "states")] == [
        "In progress", "Submitted, without gold", "Submitted, with gold", "Skipped", "Lapsed",
    ]  # fmt: skip
    assert rows(as_, "annotator", "people") == [{"name": "annotator", "open": "1", "late": "1", "submitted": "1", "recent": "1"}]
    assert [row["name"] for row in rows(as_, "reviewer", "people")] == ["A", "B"]
    assert [row["name"] for row in rows(as_, "manager", "people")] == ["annotator", "other"]
    assert "Your own readings." in page("annotator", ADDRESS)
    assert as_("viewer").get(ADDRESS).status_code == 403
    assert as_("manager").get(f"{ADDRESS}other/").status_code == 404


def test_filters_leave_articles(as_, page, corpus, people, work):
    Article.objects.filter(pk=work[4].article_id).update(language="ko", outlet=factories.outlet(corpus, "Wire & Co"))
    plan = Plan.objects.create(corpus=corpus, name="Overlap", created_by=people.manager, state="running", started=timezone.now())
    PlanArticle.objects.create(plan=plan, document=work[0], needed=1, chance=1, position=1)
    named = lambda query: {row["state"]: row["number"] for row in rows(as_, "manager", "states", query) if row["number"] != "0"}  # noqa: E731
    assert named("?language=ko") == named("?outlet=Wire+%26+Co") == {"Submitted, with gold": "1", "Gold": "1"}
    assert named(f"?plan={plan.pk}") == {"Not begun": "1"}
    text = page("manager", f"{ADDRESS}?outlet=Wire+%26+Co")
    assert f"{ADDRESS}weeks/?outlet=Wire+%26+Co" in text
    assert "No reading submitted yet" in page("manager", f"{ADDRESS}?plan={plan.pk}")


def test_the_pace_of_the_last_weeks_is_told_where_there_is_one(page, corpus, work, other):
    assert "at this pace" not in page("manager", ADDRESS)
    for number in range(2):
        submitted(factories.document(f"More {number}.", corpus=corpus), other)
    assert "1.0 readings a week in the last four weeks. 4 to be submitted: 4 weeks at this pace." in page("manager", ADDRESS)
    assert "at this pace" not in page("annotator", ADDRESS)


def test_a_forecast_needs_four_whole_weeks_and_is_drawn_and_told(page, corpus, work, other):
    """Of the last 12 weeks one had a reading: the four that are left take long, and nobody knows how long."""
    text = page("manager", ADDRESS)
    assert "Forecast: the rest is submitted between" in text
    assert "80 % forecast" in text
    assert "Readings until" in text
    assert "Forecast" not in page("annotator", ADDRESS)


def test_no_more_queries_for_more_readings(queries, corpus, work, other):
    before = queries("manager", ADDRESS)
    for number in range(5):
        submitted(factories.document(f"More {number}.", corpus=corpus), factories.user(f"person{number}"))
    assert queries("manager", ADDRESS) == before


def test_the_age_of_the_oldest_in_each_state_is_drawn(page, corpus, people):
    reading = factories.assignment(factories.document("Old", corpus=corpus), people.annotator)
    assert "Days since" not in page("manager", ADDRESS)  # bars of no days say nothing; the table has minutes
    Assignment.objects.filter(pk=reading.pk).update(created=timezone.now() - timedelta(days=12))
    text = page("manager", ADDRESS)
    assert "Days since the oldest is in its state" in text
    assert ": the oldest for 12 days" in text


def test_weeks_of_gold_alone_have_no_bars_of_readings(page, corpus, people):
    text = factories.document("Read", corpus=corpus)
    submitted(text, people.manager, role="adjudication")
    shown = page("manager", ADDRESS)
    assert ("Plot of sums" in shown, "Plot of weeks" in shown) == (True, False)
    submitted(text, people.annotator)
    assert "Plot of weeks" in page("manager", ADDRESS)
