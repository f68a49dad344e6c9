"""Where rows lead: a figure to those of other articles that exclude it, an article to its other readings."""

import html

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from questions.asking import time_limits
from questions.ledgers import disputes
from tests import factories, marks
from tests.questions.ledgers.asking import fill, take_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def get(client, seeded, indexed):
    reviewer = factories.user("reviewer")
    factories.membership(seeded, reviewer, "reviewer")

    def get(address, by=reviewer):
        client.force_login(by)
        answer = client.get(address)
        assert answer.status_code == 200, answer.content.decode()[:3000]
        return answer

    return get


@pytest.fixture
def people(seeded):
    return marks.entity(seeded, "Loggers")


def counted(corpus, people, **value):
    """The id of a figure of these people, in an article of its own."""
    document = factories.document("Workers: 20 went.", corpus=corpus)
    event = marks.event(factories.assignment(document, factories.user(), "adjudication"), "went", status="happened")
    number = marks.figure(event.assignment, "20", use="reported", counted_entity=people, **value)
    fill(event, count=number.span)
    return number.pk


def numbers(rows):
    return {row["id"]: row["excluded"]["number"] for row in rows if "excluded" in row}


class TestExcluded:
    @pytest.fixture
    def figures(self, seeded, people):
        """20, more than 20, and one that agrees with both."""
        values = ({"low": 20, "high": 20, "comparator": "eq"}, {"low": 20, "comparator": "gt"}, {"low": 20, "comparator": "ge"})
        made = [counted(seeded, people, **value) for value in values]
        take_up()
        return made

    def test_a_figure_leads_to_those_that_exclude_it(self, get, seeded, people, figures):
        page = get(f"/corpora/{seeded.slug}/ask/figures/?counted={people.pk}")
        assert numbers(page.context["rows"]) == {figures[0]: 1, figures[1]: 1}
        (address,) = (row["excluded"]["address"] for row in page.context["rows"] if row["id"] == figures[0])
        assert address == f"/corpora/{seeded.slug}/ask/disputes/?mark={figures[0]}"
        assert f'≠ <a href="{address}">1 figure of other articles</a>' in html.unescape(page.content.decode())
        (pair,) = get(address).context["rows"]
        assert [each["id"] for each in pair["figures"]] == figures[:2]

    def test_by_api_it_has_the_same_number_and_the_question_of_the_pairs(self, client, get, seeded, people, figures):
        rows = get(f"/api/v1/corpora/{seeded.slug}/ask/figures/?counted={people.pk}").json()["results"]
        excluded = {row["id"]: row.get("excluded") for row in rows}
        of = {str(pk): {"number": 1, "query": f"mark={pk}"} for pk in figures[:2]}
        assert excluded == {**of, str(figures[2]): None}
        pairs = get(f"/api/v1/corpora/{seeded.slug}/ask/disputes/?{excluded[str(figures[0])]['query']}").json()["results"]
        assert [[each["id"] for each in pair["figures"]] for pair in pairs] == [[str(pk) for pk in figures[:2]]]

    def test_whatever_else_is_asked_of_the_rows_is_not_asked_of_the_others(self, get, seeded, people, figures):
        again = counted(seeded, people, low=90, high=90, comparator="eq")
        take_up()
        page = get(f"/corpora/{seeded.slug}/ask/figures/?value_min=80&counted={people.pk}&copies=1")
        assert {row["id"] for row in page.context["rows"]} == {again, *figures[1:]}
        assert numbers(page.context["rows"]) == {again: 1, figures[1]: 1}
        (row,) = (row for row in page.context["rows"] if row["id"] == again)
        assert row["excluded"]["address"].endswith(f"/disputes/?mark={again}&copies=1")
        (pair,) = get(row["excluded"]["address"]).context["rows"]
        assert [each["id"] for each in pair["figures"]] == [figures[0], again]

    def test_nothing_leads_to_what_one_may_not_see(self, get, seeded, people, figures):
        who = factories.user()
        factories.membership(seeded, who, "viewer")
        document = factories.document("Workers: 20 went.", corpus=seeded)
        hidden = factories.submitted(factories.assignment(document, factories.user()))
        event = marks.event(hidden, "went", status="happened")
        number = marks.figure(hidden, "20", use="reported", counted_entity=people, low=7, high=7, comparator="eq")
        fill(event, count=number.span)
        take_up()
        address = f"/corpora/{seeded.slug}/ask/figures/?counted={people.pk}"
        assert numbers(get(address).context["rows"])[figures[0]] == 2
        assert numbers(get(address, by=who).context["rows"]) == {figures[0]: 1, figures[1]: 1}

    def test_the_page_stands_where_counting_takes_too_long(self, get, seeded, people, figures, monkeypatch):
        monkeypatch.setattr(time_limits, "COUNTING_SECONDS", 0.1)
        monkeypatch.setattr(disputes, "NUMBER_OF_EACH", "SELECT id, pg_sleep(2)::text FROM pairs")
        page = get(f"/corpora/{seeded.slug}/ask/figures/?counted={people.pk}")
        assert len(page.context["rows"]) == 3
        assert numbers(page.context["rows"]) == {}


class TestReadings:
    @pytest.fixture
    def other(self, gold):
        """Another reading of the article, by somebody who has marked nothing else."""
        return factories.submitted(factories.assignment(gold.document, factories.user("other")))

    @pytest.mark.parametrize("ledger", ["events", "figures"])
    def test_an_article_leads_to_the_same_question_of_all_its_readings(self, get, seeded, gold, other, ledger):
        marks.event(other, "repatriated", status="happened")
        take_up()
        page = get(f"/corpora/{seeded.slug}/ask/{ledger}/?type=REPATRIATE")
        entries = [entry for row in page.context["rows"] for entry in row["entries"]]
        address = f"/corpora/{seeded.slug}/ask/{ledger}/?type=REPATRIATE&article={gold.document.article_id}&whose=all"
        assert entries
        assert [entry["readings"] for entry in entries] == [{"number": 1, "address": address}] * len(entries)
        assert f'<a href="{address}">1 other reading</a>' in html.unescape(page.content.decode())
        everybody = get(address)
        assert "other reading" not in everybody.content.decode()
        readers = {entry["annotator"] for row in everybody.context["rows"] for entry in row["entries"]}
        assert ("other" in readers) == (ledger == "events")

    def test_what_one_may_not_see_is_no_reading(self, get, seeded, other):
        who = factories.user()
        factories.membership(seeded, who, "viewer")
        page = get(f"/corpora/{seeded.slug}/ask/events/?type=REPATRIATE", by=who)
        assert page.context["rows"]
        assert "other reading" not in page.content.decode()

    def test_what_was_skipped_is_no_reading(self, get, seeded, other):
        type(other).objects.filter(pk=other.pk).update(status="skipped", submitted=None)
        assert "other reading" not in get(f"/corpora/{seeded.slug}/ask/events/?type=REPATRIATE").content.decode()


def test_queries_do_not_grow_with_the_rows(get, seeded, people):
    def queries():
        take_up()
        with CaptureQueriesContext(connection) as captured:
            get(f"/corpora/{seeded.slug}/ask/figures/?counted={people.pk}")
        return len(captured)

    for low in (20, 30):
        counted(seeded, people, low=low, high=low, comparator="eq")
    queries()  # what is kept from then on
    few = queries()
    for low in (40, 50, 60):
        counted(seeded, people, low=low, high=low, comparator="eq")
    assert queries() == few
