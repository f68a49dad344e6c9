"""Lists of the admin over tables of any length: what they count, where they look, and what they offer."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.admin import events, spans
from annotations.models import Change, Event, Figure, Span
from corpus.admin import paging
from corpus.templatetags.admin_dates import Days
from tests import factories, marks
from tests.staff import address

TEXT = "Title\n\nKoryo Trading sent 170 workers home. The firm was paid 300 yuan."


@pytest.fixture
def assignment(ours):
    made = factories.assignment(factories.document(TEXT, corpus=ours), factories.user("annotator"))
    firm = marks.span(made, "Koryo Trading", "COMPANY", entity=marks.entity(ours, "Koryo Trading Company"))
    marks.argument(marks.event(made, "sent"), span=firm)
    marks.figure(made, "170 workers", "PEOPLE")
    marks.figure(made, "300 yuan", "MONEY")
    return made


def listed(client, model, **query):
    return client.get(address(model, "changelist"), query).context["cl"]


def test_rows_are_counted_up_to_a_bound_and_the_page_says_so(assignment, as_administrator, monkeypatch):
    monkeypatch.setattr(paging, "MOST_COUNTED", 2)
    page = as_administrator.get(address(Span, "changelist"))
    assert page.context["cl"].result_count == 2
    assert "more than 2 marks" in page.text


def test_a_later_page_has_the_rows_that_follow(assignment, as_administrator, monkeypatch):
    whole = [row.pk for row in listed(as_administrator, Span).result_list]
    monkeypatch.setattr("annotations.admin.spans.SpanAdmin.list_per_page", 3)
    pages = [[row.pk for row in listed(as_administrator, Span, p=number).result_list] for number in (1, 2)]
    assert [*pages[0], *pages[1]] == whole
    assert len(pages[0]) == 3


@pytest.mark.parametrize("model", [Change, Span, Figure, Event])
def test_of_who_may_see_everything_no_row_is_asked_whose_it_is(assignment, as_administrator, model):
    with CaptureQueriesContext(connection) as asked:
        as_administrator.get(address(model, "changelist"))
    tables = [query["sql"] for query in asked if f'FROM "{model._meta.db_table}"' in query["sql"]]
    assert tables
    looked_up = [part for sql in tables for part in sql.split("IN (SELECT")[1:]]
    assert not [part for part in looked_up if 'deletion_id" IS NOT NULL' not in part], "but those in the bin, all at once"


@pytest.mark.parametrize("are_few", [True, False], ids=["rare", "usual"])
@pytest.mark.parametrize(
    ("model", "words", "number"),
    [
        (Event, "SENT", 1), (Event, "koryo", 1), (Event, "Trading Company", 0), (Event, "nothing", 0), (Event, "sent koryo", 1),
        (Figure, "yuan", 1), (Figure, "'170 workers'", 1), (Figure, "170 yuan", 0),
        (Span, "trading", 1), (Span, "Koryo Company", 1), (Span, "Title", 4), (Span, "50%", 0),
    ],
)  # fmt: skip
def test_search_looks_in_words_entities_and_titles(assignment, as_manager, monkeypatch, model, words, number, are_few):
    for module in (events, spans):
        monkeypatch.setattr(module, "are_few", lambda rows: are_few)
    assert listed(as_manager, model, q=words).result_count == number


def test_dates_are_offered_from_the_first_to_the_last():
    days = Days(date(2017, 11, 3), date(2019, 2, 5), 2019, None)
    assert [day.year for day in days.dates("", "year")] == [2017, 2018, 2019]
    assert days.dates("", "month") == [date(2019, 1, 1), date(2019, 2, 1)]
    assert days.dates("", "day")[-1] == date(2019, 2, 5)
    assert Days(None, None, None, None).dates("", "year") == []


def test_one_wrong_date_does_not_offer_two_thousand_years():
    assert len(Days(date(17, 1, 1), date(2019, 2, 5), None, None).dates("", "year")) == 100
