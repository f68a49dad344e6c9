"""Numbers of lines by outlet, year and label: they are those of the lines, and each leads to as many."""

import re
from collections import Counter
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from annotations.models import Assignment
from corpus.models import Article, Outlet, SearchPassage
from corpus.passages.index import index_all
from questions.address.question import read
from questions.asking.asker import Asker
from questions.concordance import breakdown as columns
from questions.concordance import numbers, walk
from questions.concordance.walk import Concordance
from questions.views import ask as asking
from questions.views.breakdown import narrow
from tests import factories, marks
from tests.questions.ledgers.asking import ask, pages, superuser

pytestmark = pytest.mark.django_db
NAMES = ("outlet", "year", "label")


@pytest.fixture
def reports(db):
    """Two outlets and none, two years, a range over both and none; "sent" is marked in some."""
    corpus = factories.corpus("reports")
    factories.adopt(corpus)
    wire, daily = (factories.outlet(corpus, name) for name in ("Wire & <Co>", "Daily"))
    days = [("2016-05-01", "2016-05-01"), ("2017-01-01", "2017-12-31"), ("2016-12-31", "2017-01-01"), (None, None)]
    for number, outlet in enumerate((wire, wire, daily, None)):
        first, last = days[number]
        article = factories.article(
            corpus, f"Report {number}", outlet=outlet, published_earliest=first, published_latest=last, language="en"
        )
        document = factories.document("They were sent home, sent away, and resent.", of=article)
        reading = factories.assignment(document, factories.user(), "adjudication")
        if number < 3:
            marks.event(reading, "sent home", "REPATRIATE", status="expected" if number == 1 else "happened")
        if number == 0:
            marks.event(reading, "were sent", "DISPATCH")
    index_all()
    return corpus


def values(page):
    """{column: {value: lines, or (lines,) where there may be more}}."""
    return {
        name: column
        and {
            row["value"]: row["lines"] if "lines" in row else (row["more_than_lines"],)
            for row in column["values"]
        }
        for name, column in page.breakdown.items()
    }  # fmt: skip


SENT = {
    "outlet": {"Wire & <Co>": 4, "Daily": 2, None: 2},
    "year": {"2016": 2, "2017": 2, None: 4},
    "label": {"REPATRIATE": 3, "DISPATCH": 1, None: 5},
}


def test_all_lines_are_counted_whatever_the_page(reports):
    for limit in (1, 50):
        assert [values(page) for page in pages(reports, "words", limit, q="sent")] == [SENT] * (8 if limit == 1 else 1)
    assert values(ask(reports, "words", q="sent", order="left")) == SENT
    assert list(SENT["label"]) == [row["value"] for row in ask(reports, "words", q="sent").breakdown["label"]["values"]]


@pytest.mark.parametrize(
    "given",
    [
        {"q": "sent"},
        {"q": "sent", "with": "away", "near": "1"},
        {"on": "label:REPATRIATE"},
        {"q": "sent", "on": "status:expected"},
        {"q": "sent", "on": "polarity:positive", "published_from": "2016-06-01"},
        {"q": "sent", "published_to": "2017-06-30"},
        {"q": "were ..3 home"},
    ],
)
def test_each_value_leads_to_as_many_lines(reports, given):
    asker = Asker(read("words", list(given.items())), reports, superuser())
    page = ask(reports, "words", 2, **given)
    followed = 0
    for name in ("outlet", "label"):
        for value, number in values(page)[name].items():
            narrowed = value and narrow(asker, name, value)
            if narrowed:
                followed += 1
                assert ask(reports, "words", 200, **narrowed.given).totals["lines"] == number, (name, value)
    for value, number in values(page)["year"].items():
        if value:
            # What was published in one of two years may be of either.
            rows = ask(reports, "words", 200, **narrow(asker, "year", value).given).rows
            assert len([row for row in rows if row["title"] != "Report 2"]) == number
    assert followed > 1


def test_a_year_stays_inside_the_days_that_are_asked_for(reports):
    asker = Asker(
        read("words", [("q", "sent"), ("published_from", "2016-06-01"), ("published_to", "2018-02-01")]), reports, superuser()
    )
    queries = [narrow(asker, "year", year).query for year in ("2016", "2017", "2018")]
    assert queries == [
        "q=sent&published_from=2016-06-01&published_to=2016-12-31",
        "q=sent&published_from=2017-01-01&published_to=2017-12-31",
        "q=sent&published_from=2018-01-01&published_to=2018-02-01",
    ]


def test_what_no_address_can_say_leads_nowhere(reports):
    asker = Asker(read("words", [("on", ",".join(f"attr:a{n}:1" for n in range(10)))]), reports, superuser())
    assert narrow(asker, "label", "REPATRIATE") is None
    assert narrow(asker, "outlet", "two  spaces") is None
    assert narrow(asker, "outlet", "a\u200bb") is None


def test_a_sample_counts_its_own_lines(reports):
    page = ask(reports, "words", 1, q="sent", sample="5")
    assert {sum(values(page)[name].values()) for name in ("outlet", "year")} == {5}
    assert page.totals["lines"] == 8


class TestMany:
    """What was not read is not claimed."""

    def test_lines_of_words_are_more_than_their_passages(self, reports, monkeypatch):
        monkeypatch.setattr(walk, "MOST_SURE", 3)
        page = ask(reports, "words", 2, q="sent")
        assert page.totals == {"more_than_lines": 3, "articles": 4, "not_indexed": 0}
        assert values(page) == {
            "outlet": {"Wire & <Co>": (1,), "Daily": (0,), None: (0,)},
            "year": {"2016": (0,), "2017": (0,), None: (1,)},
            "label": None,
        }

    def test_marks_are_counted_by_the_index(self, reports, monkeypatch):
        whole = values(ask(reports, "words", 1, on="label:REPATRIATE"))
        monkeypatch.setattr(walk, "MOST_SURE", 2)
        assert values(ask(reports, "words", 1, on="label:REPATRIATE")) == {**whole, "label": None}
        monkeypatch.setattr(walk, "MOST_COUNTED", 2)
        monkeypatch.setattr(numbers, "MOST_COUNTED", 2)
        page = ask(reports, "words", 1, on="label:REPATRIATE")
        assert all(isinstance(number, tuple) for number in values(page)["outlet"].values())
        assert page.totals["more_than_lines"] == 2

    def test_several_marks_of_an_article(self, reports, monkeypatch):
        reading = Assignment.objects.get(document__article__title="Report 0")
        for words in ("They", "away", "resent"):
            marks.event(reading, words, "REPATRIATE")
        whole = ask(reports, "words", 1, on="label:REPATRIATE")
        assert values(whole)["outlet"] == {"Wire & <Co>": 5, "Daily": 1}
        monkeypatch.setattr(walk, "MOST_SURE", 2)
        counted = ask(reports, "words", 1, on="label:REPATRIATE")
        assert (counted.totals, values(counted)) == (whole.totals, {**values(whole), "label": None})
        assert counted.totals["articles"] == 3

    def test_several_passages_of_an_article(self, reports, monkeypatch):
        """Those that surely have a line, by outlet and year; an article counts once, however many it has."""
        outlets = [*Outlet.objects.order_by("name"), None]
        for number in range(1, 5):
            day = date(2016 + number % 2, 1, 1)
            own = {"outlet": outlets[number % 3], "published_earliest": day, "published_latest": day}
            article = factories.article(reports, f"Long {number}", **own)
            segments = ["Someone was sent there."] * number + ["Others were sent and came back again. " * 300]
            factories.document("\n\n".join(segments), of=article)
        index_all()
        passages = SearchPassage.objects.filter(document__isnull=False).values_list("next", "end", "article__outlet__name")
        sure = Counter(outlet for following, end, outlet in passages if following == end)
        assert len(passages) > sum(sure.values()) > 8 + 4
        monkeypatch.setattr(walk, "MOST_SURE", 3)
        page = ask(reports, "words", 2, q="sent")
        assert page.totals == {"more_than_lines": sum(sure.values()) - 1, "articles": 8, "not_indexed": 0}
        assert values(page)["outlet"] == {outlet: (lines - 1,) for outlet, lines in sure.items()}
        assert sum(lines + 1 for (lines,) in values(page)["year"].values()) == sum(sure.values())

    def test_assignments_are_looked_up_for_each_passage(self, reports):
        """However dear PostgreSQL thinks that: it would read those of all corpora first."""
        candidates = Concordance(Asker(read("words", [("q", "sent")]), reports, superuser())).candidates
        with CaptureQueriesContext(connection) as queries:
            assert len(candidates.first(5, is_common=True)) == 4
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE; SET LOCAL enable_indexscan = off; SET LOCAL enable_bitmapscan = off")
            cursor.execute(f"EXPLAIN VERBOSE {queries[-1]['sql']}")
            plan = "\n".join(line for (line,) in cursor.fetchall())
        assert "annotations_assignment" in plan
        assert "hashed" not in plan

    def test_lines_that_may_be_others_are_at_least_those_of_the_page(self, reports, monkeypatch):
        monkeypatch.setattr(walk, "MOST_SURE", 2)
        page = ask(reports, "words", 2, q="were ..1 sent")
        assert values(page)["outlet"] == {"Wire & <Co>": (1,)}
        assert values(page)["label"] == {"DISPATCH": (0,), None: (0,)}

    def test_where_counting_takes_too_long_there_are_no_numbers(self, reports, monkeypatch):
        monkeypatch.setattr(walk, "counted_candidates", lambda *_: None)
        page = ask(reports, "words", 2, q="sent")
        assert (page.totals, page.breakdown) == (None, None)

    def test_of_many_values_those_with_most_lines(self, reports, monkeypatch):
        monkeypatch.setattr(columns, "MOST_VALUES", 1)
        breakdown = ask(reports, "words", q="sent").breakdown
        assert breakdown["outlet"] == {"values": [{"value": "Wire & <Co>", "lines": 4}], "further": 2}


def test_labels_are_of_marks_that_the_asker_may_see(reports):
    viewer, annotator = factories.user(), factories.user()
    factories.membership(reports, viewer, "viewer")
    factories.membership(reports, annotator, "annotator")
    draft = factories.assignment(Article.objects.get(title="Report 3").documents.get(), annotator)
    marks.event(draft, "sent", "EMPLOY")
    labels = {who: values(ask(reports, "words", user=who, q="sent", whose="all"))["label"] for who in (viewer, annotator)}
    assert labels == {viewer: SENT["label"], annotator: {"EMPLOY": 1, None: 7}}


@pytest.fixture
def person(client, reports):
    person = factories.user("reviewer")
    factories.membership(reports, person, "reviewer")
    client.force_login(person)
    return person


def test_the_page_links_each_value(client, reports, person):
    page = client.get("/corpora/reports/ask/words/?q=sent").content.decode()
    assert "Wire & <Co>" not in page
    tables = re.findall(r"<table class=\"table small\">.*?</table>", page, re.DOTALL)
    assert [re.search("By (.*?)</caption>", table)[1] for table in tables] == list(NAMES)
    links = re.findall(
        r'<th scope="row"><a href="([^"]+)"[^>]*>.*?</a></th><td class="number" data-name="Lines">(\d+)</td>', "".join(tables)
    )
    assert len(links) == 6
    for address, number in links:
        answer = client.get(address.replace("&amp;", "&"))
        assert answer.status_code == 200
        assert len([row for row in answer.context["rows"] if row["title"] != "Report 2" or "published" not in address]) == int(
            number
        )
    assert "no single year" in page


def test_the_page_says_what_it_does_not_count(client, reports, person, monkeypatch):
    monkeypatch.setattr(walk, "MOST_SURE", 3)
    monkeypatch.setattr(asking, "PAGE", 2)
    page = client.get("/corpora/reports/ask/words/?q=sent").content.decode()
    assert '<td class="number" data-name="Lines">more than 1</td>' in page
    assert "By label: too many lines to count." in page
    assert "%</td>" not in page
    assert 'aria-labelledby="breakdown"' not in client.get("/corpora/reports/ask/words/?q=nowhere").content.decode()


def test_programs_have_the_same_numbers(reports, person):
    api = APIClient()
    api.force_authenticate(person)
    body = api.get("/api/v1/corpora/reports/ask/words/", {"q": "sent"}).json()
    assert {name: {row["value"]: row["lines"] for row in body["breakdown"][name]["values"]} for name in NAMES} == SENT
    assert "breakdown" not in api.get("/api/v1/corpora/reports/ask/counts/").json()


def test_outlets_and_days_of_many_articles_are_read_out_of_an_index_alone():
    """PostgreSQL reads no article where a statement speaks of the columns of an index, and of no others."""
    index = next(index for index in Article._meta.indexes if index.name == "article_published")
    known = {Article._meta.get_field(field).column for field in (*index.fields, *index.include)}
    assert set(re.findall(r"\bx\.(\w+)", numbers.COUNTED)) == known
