"""Answers as files: every row, with its evidence, the question and what it rests on."""

import csv
import io
import json
import zipfile

import openpyxl
import pytest
from rest_framework.test import APIClient

from questions.address.parameters import LEDGERS
from questions.api.files import rows as files_rows
from questions.api.files.download import files_of
from questions.api.files.writers import FORMATS
from registry.models import Entity
from tests import factories

pytestmark = pytest.mark.django_db
# Lines of words are of some words.
NEEDED = {"words": {"q": "work*"}}


@pytest.fixture
def client_of(seeded, indexed):
    person = factories.user("reviewer")
    factories.membership(seeded, person, "reviewer")
    client = APIClient()
    client.force_authenticate(person)
    return client


@pytest.fixture
def file(client_of, seeded):
    def file(ledger, name, status=200, **query):
        answer = client_of.get(f"/api/v1/corpora/{seeded.slug}/ask/{ledger}/file/", {"format": name, **query})
        assert answer.status_code == status, answer.content
        return answer.getvalue()

    return file


def tables(content):
    archive = zipfile.ZipFile(io.BytesIO(content))
    return {name: list(csv.reader(io.StringIO(archive.read(name).decode("utf-8-sig")))) for name in archive.namelist()}


@pytest.fixture
def rows(client_of, seeded):
    def rows(ledger, **query):
        return client_of.get(f"/api/v1/corpora/{seeded.slug}/ask/{ledger}/", {"limit": 200, **query}).json()["results"]

    return rows


@pytest.mark.parametrize("ledger", LEDGERS)
def test_lines_are_the_rows_of_the_api_and_an_end(file, rows, ledger):
    *lines, end = map(json.loads, file(ledger, "jsonl", **NEEDED.get(ledger, {})).splitlines())
    assert lines == rows(ledger, **NEEDED.get(ledger, {}))
    assert (end["end"]["rows"], end["end"]["marked"]) == (len(lines), 1)


@pytest.mark.parametrize("ledger", [ledger for ledger in LEDGERS if ledger != "disputes"])
def test_a_table_has_each_row_with_every_column_explained(file, rows, ledger):
    needed = NEEDED.get(ledger, {})
    sheets = tables(file(ledger, "csv", **needed))
    header, *records = sheets[f"{ledger}.csv"]
    assert header == [name for name, _ in sheets["columns.csv"][1:]]
    assert len(records) >= len(rows(ledger, **needed)) > 0
    assert dict(sheets["question.csv"])["articles"] == "1"


def test_a_line_has_its_statement_and_its_exact_words(file, gold):
    header, *records = tables(file("figures", "csv", label="PEOPLE"))["figures.csv"]
    lines = [dict(zip(header, record, strict=True)) for record in records]
    assert [line["quotation"] for line in lines] == ["300", "170", "130", "20", "approximately 5000 to 7000"]
    second = lines[1]
    assert second["statement"].startswith("An unnamed manager")
    assert (second["value.low"], second["value.counted"]) == ("170", "Workers of the textile factory who were sent home")
    assert gold.document.text[523:526] == second["quotation"]
    assert len(second["seal"].split(":")) == 3


def test_a_workbook_opens_on_the_question(file):
    book = zipfile.ZipFile(io.BytesIO(file("events", "xlsx", type="REPATRIATE")))
    sheets = book.read("xl/workbook.xml").decode()
    assert sheets.index('name="question"') < sheets.index('name="events"') < sheets.index('name="columns"')
    assert (
        "Return home"
        in book.read("xl/sharedStrings.xml" if "xl/sharedStrings.xml" in book.namelist() else "xl/worksheets/sheet1.xml").decode()
    )


def test_a_report_has_the_question_as_its_heading_and_what_it_rests_on_at_its_end(file):
    text = file("events", "markdown", type="REPATRIATE", figure="1").decode()
    assert text.startswith("# Return home · happened, ongoing")
    assert "From 1 of 1 articles; 0 not annotated; 0 copies" in text.splitlines()[-1]
    assert text.count("\n> ") == 3
    document = (
        zipfile.ZipFile(io.BytesIO(file("events", "docx", type="REPATRIATE", figure="1"))).read("word/document.xml").decode()
    )
    assert "Return home · happened, ongoing" in document
    assert "From 1 of 1 articles" in document


def test_a_file_says_what_is_not_among_its_rows(file, client_of, seeded):
    place = str(Entity.objects.get(corpus=seeded, key="E-DDG").pk)
    asked = {"type": "REPATRIATE", "figure": "1", "place": place, "undated": "0"}
    answer = client_of.get(f"/api/v1/corpora/{seeded.slug}/ask/events/", asked).json()
    parts, unplaced, undated = answer["parts"], answer["unplaced"], answer["totals"]["undated"]
    assert (parts["counted"], unplaced, undated) == (2, 0, 1)
    end = json.loads(file("events", "jsonl", **asked).splitlines()[-1])["end"]
    assert (end["parts"], end["unplaced"], end["undated"]) == (parts, unplaced, undated)
    numbers = {f"parts.{part}": number for part, number in parts.items()} | {"unplaced": unplaced, "undated": undated}
    facts = dict(tables(file("events", "csv", **asked))["question.csv"])
    assert facts | {name: str(number) for name, number in numbers.items()} == facts
    book = openpyxl.load_workbook(io.BytesIO(file("events", "xlsx", **asked)), read_only=True)
    sheet = {row[0]: row[1] for row in book.worksheets[0].iter_rows(values_only=True)}
    assert sheet | numbers == sheet
    assert "Not in these rows: undated: 1. From 1 of 1 articles" in closing_of(file("events", "markdown", **asked))
    others = "Not in these rows: expected: 1, no counted figure: 1, place not stated: 4. From 1 of 1 articles"
    assert others in closing_of(file("events", "markdown", **asked | {"undated": "1"}))


def closing_of(text):
    return text.decode().splitlines()[-1]


def test_an_answer_without_rows_is_a_file_too(file):
    assert "From 1 of 1" in file("events", "markdown", type="SHIP").decode()
    assert tables(file("events", "csv", type="SHIP"))["events.csv"][1:] == []


@pytest.mark.parametrize(
    ("ledger", "query", "status"),
    [
        ("events", {"format": "pdf"}, 400),
        ("sources", {"format": "docx"}, 400),
        ("events", {"format": "csv", "type": "NOTHING"}, 400),
        ("events", {"format": "csv", "from": "2018-01-01", "to": "2017-01-01"}, 400),
        ("events", {"format": "csv", "place": "3b241101-e2bb-4255-8caf-4136c566a962"}, 404),
        ("nothing", {"format": "csv"}, 404),
        ("events", {"format": "csv", "nothing": "1"}, 400),
    ],
)
def test_what_cannot_be_asked_is_refused_before_a_file_begins(client_of, seeded, ledger, query, status):
    assert client_of.get(f"/api/v1/corpora/{seeded.slug}/ask/{ledger}/file/", query).status_code == status


def test_every_ledger_offers_the_formats_that_it_can_be_had_in():
    assert [each["name"] for each in files_of("sources")] == ["csv", "xlsx", "jsonl"]
    assert [each["name"] for each in files_of("events")] == list(FORMATS)


class TestMoreRowsThanAFileHas:
    @pytest.fixture(autouse=True)
    def _four_rows(self, monkeypatch):
        monkeypatch.setattr(files_rows, "AT_ONCE", 2)
        monkeypatch.setattr(files_rows, "MOST", 4)

    @pytest.mark.parametrize("ledger", ["events", "figures", "sources", "network", "counts", "screening", "words", "findings"])
    def test_says_so_and_how_many_there_are(self, file, client_of, seeded, ledger):
        needed = NEEDED.get(ledger, {})
        answer = client_of.get(f"/api/v1/corpora/{seeded.slug}/ask/{ledger}/", {"limit": 200, **needed}).json()
        *lines, end = map(json.loads, file(ledger, "jsonl", **needed).splitlines())
        assert (len(lines), end["end"]["rows"], end["end"]["whole"]) == (4, 4, False)
        assert end["end"]["rows_in_all"] == len(answer["results"]) > 4
        facts = dict(tables(file(ledger, "csv", **needed))["question.csv"])
        assert (facts["rows"], facts["whole"], facts["rows_in_all"]) == ("4", "no", str(len(answer["results"])))

    def test_in_a_workbook(self, file):
        book = openpyxl.load_workbook(io.BytesIO(file("events", "xlsx")), read_only=True)
        facts = {row[0]: row[1] for row in book.worksheets[0].iter_rows(values_only=True)}
        assert (facts["rows"], facts["whole"]) == (4, False)
        assert facts["rows_in_all"] > 4

    def test_in_an_evidence_table(self, file):
        assert "The first 4 rows of more." in file("events", "markdown").decode()

    def test_an_answer_of_as_many_is_whole(self, file):
        *lines, end = map(json.loads, file("figures", "jsonl", label="PEOPLE", use="reported", value_min="100").splitlines())
        assert (len(lines), end["end"]["whole"], "rows_in_all" in end["end"]) == (4, True, False)
