"""Journey 9: from an answer to the evidence table of a report, its files, its footnotes, and what of it is out of date later."""

import csv
import io
import zipfile
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from annotations.models import Assignment, Figure
from annotations.write.apply import apply_changes
from tests import factories
from tests.api.world import change
from tests.browser.asking import reach, rows
from tests.browser.test_pages_access import faults

FOOTNOTE = "Daily NK, ‘More North Korean factory workers in Dandong repatriated’, [date inferred:"


@pytest.fixture
def gold(seeded):
    return Assignment.objects.get(document__corpus=seeded)


@pytest.fixture
def table(new_page, sign_in, reviewer, returns):
    """The lines of the three rows, in a browser that has a clipboard."""
    page = new_page(permissions=["clipboard-read", "clipboard-write"])
    sign_in(page, reviewer)
    page.goto(returns)
    for box in rows(page).get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="Add the ticked rows to an evidence table").click()
    page.get_by_role("heading", name="3 lines selected").wait_for()
    page.wait_for_load_state()
    return page


def download(page, title):
    with page.expect_download() as given:
        page.get_by_role("link", name=title).click()
    return given.value.path()


def records(path):
    """Of the evidence table in an archive of CSV tables."""
    archive = zipfile.ZipFile(path)
    (name,) = [name for name in archive.namelist() if name.endswith("evidence.csv")]
    return list(csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig"))))


def stated(page):
    return page.locator(".report .said").all_inner_texts()


def test_ticked_rows_are_ordered_and_leave_in_four_formats(table, gold):
    first, second, third = stated(table)
    table.get_by_role("button", name="Move line 3 up").click()
    expect(table.locator(".report .said")).to_have_text([first, third, second])
    lines = records(download(table, "CSV tables"))
    assert [line["statement"] for line in lines] == [first, third, second]
    for line in lines:
        assert gold.document.text[int(line["start"]) : int(line["end"])] == line["quotation"]
        assert line["footnote"].startswith(FOOTNOTE)
    markdown = download(table, "Evidence table (Markdown)").read_text("utf-8")
    assert [markdown.index(words) for words in (first, third, second)] == sorted(map(markdown.index, (first, second, third)))
    word = zipfile.ZipFile(download(table, "Evidence table (Word)"))
    assert first in word.read("word/document.xml").decode()
    assert FOOTNOTE in word.read("word/footnotes.xml").decode()
    book = zipfile.ZipFile(download(table, "Excel workbook"))
    assert any(first in book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))


def test_the_table_is_for_everybody(table):
    assert not faults(table)


def test_the_footnote_of_a_line_is_copied_by_mouse_and_by_keyboard(table):
    table.get_by_role("button", name="Copy the footnote of line 2").click()
    expect(table.get_by_role("button", name="Copied")).to_be_visible()
    copied = table.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(FOOTNOTE)
    assert copied == table.locator(".footnote bdi").nth(1).inner_text()
    table.evaluate("navigator.clipboard.writeText('')")
    table.locator("#chosen").focus()
    reach(table, "Copy the footnote of line 1")
    table.keyboard.press("Enter")
    expect(table.get_by_role("button", name="Copied")).to_have_count(2)
    assert table.evaluate("navigator.clipboard.readText()") == copied


def test_a_saved_table_says_which_row_a_later_change_made_out_of_date(table, gold):
    saved = download(table, "CSV tables")
    figure = Figure.objects.get(assignment=gold, low=Decimal(170))
    gold.refresh_from_db()
    Assignment.objects.filter(pk=gold.pk).update(status="open", submitted=None)
    corrected = {"id": str(figure.pk), "attributes": {"low": 171, "high": 171}}
    apply_changes(gold, gold.annotator, gold.revision, [change("update", "span", corrected)])
    factories.submitted(gold)
    table.goto("/corpora/seeded/evidence/")
    table.get_by_label("Table").set_input_files(saved)
    table.get_by_role("button", name="Check", exact=True).click()
    table.get_by_role("heading", name="1 of 3 rows is out of date").wait_for()
    row = table.locator("tbody tr")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("171")
    row.get_by_role("link").click()
    expect(table.locator("#text")).to_contain_text("170 were forced to return")
