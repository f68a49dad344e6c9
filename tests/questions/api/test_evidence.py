"""Fields of the evidence table in answers: the same as in files, for those who ask for them."""

import csv
import io
import json
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from annotations.models import Assignment, Span
from questions.api.evidence import EVIDENCE
from questions.api.row_shapes import ROW_SHAPES, has_entries
from questions.saved import store
from tests import factories, marks
from tests.questions.ledgers.asking import take_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer(seeded, indexed):
    person = factories.user("reviewer")
    factories.membership(seeded, person, "reviewer")
    return person


@pytest.fixture
def get(reviewer, seeded):
    client = APIClient()
    client.force_authenticate(reviewer)

    def get(address, expected=200, **query):
        address = address if address.startswith("/") else f"/api/v1/corpora/{seeded.slug}/ask/{address}/"
        answer = client.get(address, query)
        assert answer.status_code == expected, answer.content
        return answer

    return get


def lines_of(rows):
    return [line for row in rows for entry in row["entries"] for line in entry["evidence"]]


def csv_lines(content, ledger):
    file = zipfile.ZipFile(io.BytesIO(content)).read(f"{ledger}.csv").decode("utf-8-sig")
    return [{name: record[name] for name in EVIDENCE} for record in csv.DictReader(io.StringIO(file))]


@pytest.mark.parametrize("ledger", [ledger for ledger in ROW_SHAPES if has_entries(ledger)])
def test_they_are_those_of_the_file(get, ledger):
    rows = get(ledger, fields=",".join(EVIDENCE)).json()["results"]
    file = get(f"{ledger}/file", format="csv").getvalue()
    assert lines_of(rows) == csv_lines(file, ledger) != []
    assert all([line["line"] for line in entry["evidence"]] == entry["lines"] for row in rows for entry in row["entries"])


def test_a_statement_and_a_footnote_can_be_printed_as_they_stand(get):
    (row,) = get("figures", label="PEOPLE", value_min=20, value_max=20, fields="statement,footnote").json()["results"]
    (line,) = row["entries"][0]["evidence"]
    assert list(line) == ["statement", "footnote"]
    assert line["statement"].startswith("Daily NK")
    assert line["footnote"].startswith("Daily NK, ‘More North Korean factory workers in Dandong repatriated’, [date inferred:")


def test_without_fields_a_row_is_as_ever(get):
    plain = get("events").json()["results"]
    asked = get("events", fields="footnote").json()["results"]
    for row in asked:
        for entry in row["entries"]:
            del entry["evidence"]
    assert asked == plain


@pytest.mark.parametrize(
    ("ledger", "fields", "words"),
    [
        ("events", "statement,nothing", "nothing"),
        ("events", "", "fields"),
        ("events", "statement ", "statement "),
        ("figures", "<script>", "<script>"),
        ("sources", "statement", "fields"),
        ("counts", "statement", "fields"),
    ],
)
def test_what_is_no_field_is_refused_by_its_name(get, ledger, fields, words):
    (error,) = get(ledger, 400, fields=fields).json()["errors"]
    assert words in json.dumps(error)
    assert "fields" in json.dumps(error)


def test_a_page_with_them_is_bounded(get):
    (error,) = get("events", 400, limit=51, fields="statement").json()["errors"]
    assert (error["field"], "from 1 to 50 with fields" in error["detail"]) == ("limit", True)
    get("events", limit=51)


def test_the_next_page_has_them_too(get):
    body = get("events", limit=1, fields="statement").json()
    assert "fields" not in body["question"]["self"]
    assert lines_of(get(body["next"].removeprefix("http://testserver")).json()["results"])


def test_the_rows_of_a_saved_question_have_them(get, seeded, reviewer):
    saved = store.create(seeded, reviewer, {"name": "Paid", "ledger": "figures", "query": "label=MONEY"})
    rows = get(f"/api/v1/questions/{saved.pk}/rows/", fields="line,seal").json()["results"]
    assert rows == get("figures", label="MONEY", fields="line,seal").json()["results"]
    get(f"/api/v1/questions/{saved.pk}/rows/", 400, fields="nothing")
    saved = store.create(seeded, reviewer, {"name": "Who", "ledger": "sources"})
    get(f"/api/v1/questions/{saved.pk}/rows/", 400, fields="statement")


def test_what_is_not_indexed_yet_has_them_too(get, gold):
    marks.event(gold, "terminated", "EMPLOY", status="happened")
    Assignment.objects.filter(pk=gold.pk).update(revision=gold.revision + 1)
    rows = get("events", fields="line,statement").json()["results"]
    assert all(line["statement"] for line in lines_of(rows))


def test_what_has_no_words_is_no_line_and_its_fields_are_empty(get, gold):
    event = marks.event(gold, "terminated", "EMPLOY", status="happened")
    Span.objects.filter(event=event).delete()
    Assignment.objects.filter(pk=gold.pk).update(revision=gold.revision + 1)
    rows = get("events", fields="statement,seal").json()["results"]
    assert [line for line in lines_of(rows) if not line["statement"]] == [{"statement": "", "seal": ""}]


def test_the_number_of_queries_does_not_grow_with_the_rows(get, gold, seeded):
    def numbers(rows):
        query = {"status": "any", "limit": 50, "fields": "statement,footnote"}
        get("events", **query)
        with CaptureQueriesContext(connection) as queries:
            assert len(get("events", **query).json()["results"]) == rows
        return len(queries)

    few = numbers(len(get("events", status="any", limit=50).json()["results"]))
    for number in range(20):
        document = factories.document(f"Some were terminated, it said in report {number}.", corpus=seeded)
        reading = factories.assignment(document, factories.user(), role="adjudication", scheme=gold.scheme)
        marks.event(reading, "terminated", "EMPLOY", status="happened")
    take_up()
    assert numbers(50) == few
