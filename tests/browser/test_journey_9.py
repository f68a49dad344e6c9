"""Journey 9 whole, in Chromium: from the answer of journey 8 to the table of a report. B1 to B5 are those of the journey.

By keys alone, by touch on a phone, and on paper.

What a later change makes out of date (B6) is in `test_questions_to_reports.py`.
"""

import csv
import io
import re
import zipfile

import pytest
from playwright.sync_api import expect

from annotations.models import Assignment
from corpus.models import Article
from tests.browser.hands import HANDS
from tests.browser.paper import letters_of, piled, words_of

# What each line has, as the journey lists it; figures besides: value and unit, and what it is per.
STATED = ["statement", "quotation", "article", "outlet", "date", "paragraph", "source", "modality", "rating", "annotated"]
FOOTNOTE = re.compile(r"^Daily NK, ‘.+’, \[date inferred: September 2017\]")
FORMULA = '=HYPERLINK("http://x.invalid","More")'


@pytest.fixture(params=HANDS)
def hand(request, new_page, sign_in, reviewer, seeded):
    page = new_page(permissions=["clipboard-read", "clipboard-write"], **HANDS[request.param].context)
    sign_in(page, reviewer)
    return HANDS[request.param](page)


@pytest.fixture
def text(seeded):
    return Assignment.objects.get(document__corpus=seeded).document.text


def test_journey_9(hand, returns, seeded, text):
    page = hand.page
    Article.objects.filter(corpus=seeded).update(title=FORMULA)
    page.goto(returns)
    for number in (1, 2, 3):
        hand.tick(f"Choose row {number}")
    hand.go("Add the ticked rows to an evidence table")
    expect(page.get_by_role("heading", name="3 lines selected")).to_be_visible()
    before = page.locator(".report .said").all_inner_texts()
    hand.go("Move line 3 up")
    expect(page.locator(".report .said")).to_have_text([before[0], before[2], before[1]])
    lines = records(saved(hand, "CSV tables"))
    each_line_is_whole(lines, text)
    no_cell_is_a_formula(saved(hand, "CSV tables"), saved(hand, "Excel workbook"))
    for title in ("Evidence table (Markdown)", "Evidence table (Word)"):
        assert saved(hand, title).stat().st_size > 1000
    hand.press("Copy the footnote of line 1")
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert FOOTNOTE.match(page.evaluate("navigator.clipboard.readText()"))
    on_paper(page, lines)
    of_several_fragments(hand, text)


def on_paper(page, lines):
    """The lines in their order with quotation and footnote; no list to choose from, and nothing to press."""
    printed = page.pdf()
    assert piled(printed) == []
    words, letters = words_of(printed), letters_of(printed)
    statements = [words.index(line["statement"]) for line in lines]
    assert statements == sorted(statements)
    for line in lines:
        assert "".join(line["footnote"].split()) in letters
        assert line["quotation"] in words
    for other in ("Lines of the corpus", "Annotator", "Order", "Select lines", "✓", "Copied"):
        assert other not in words


def of_several_fragments(hand, text):
    """B3: an amount whose words are apart."""
    hand.page.goto("/corpora/seeded/ask/figures/?label=MONEY&attr=payment_type:levy")
    hand.tick("Choose row 1")
    hand.go("Add the ticked rows to an evidence table")
    lines = records(saved(hand, "CSV tables"))
    (apart,) = [line for line in lines if " … " in line["quotation"]]
    assert (apart["low"], apart["per"]) != ("", "")
    parts = apart["quotation"].split(" … ")
    assert len(parts) == 2
    assert all(part in text[int(apart["start"]) : int(apart["end"])] for part in parts)


def saved(hand, title):
    """B1: as a file."""
    with hand.page.expect_download() as started:
        hand.press(title)
    return started.value.path()


def table_of(path):
    archive = zipfile.ZipFile(path)
    (name,) = [name for name in archive.namelist() if name.endswith("evidence.csv")]
    return archive.read(name).decode("utf-8-sig")


def records(path):
    return list(csv.DictReader(io.StringIO(table_of(path))))


def each_line_is_whole(lines, text):
    """B2 to B4."""
    for line in lines:
        assert [name for name in STATED if not line[name]] == []
        start, end = int(line["start"]), int(line["end"])
        assert text[start:end] == line["quotation"]
        assert "inferred" in line["date"]
        assert FOOTNOTE.match(line["footnote"])
    returned, more_than_half, photographed = lines
    assert (returned["low"], returned["high"], returned["comparator"]) == ("170", "170", "eq")
    assert "2371" in returned["measure"]
    assert (more_than_half["low"], more_than_half["high"], more_than_half["comparator"]) == ("50", "", "gt")
    assert more_than_half["unit"] == "%"
    assert (photographed["low"], photographed["source"]) == ("20", "Daily NK")


def no_cell_is_a_formula(tables, book):
    """B5: a title that begins with an equals sign is words."""
    written = list(csv.reader(io.StringIO(table_of(tables))))
    titles = [cell for row in written for cell in row if "HYPERLINK" in cell and cell.lstrip("'").startswith("=")]
    assert titles
    assert not [cell for row in written for cell in row if cell[:1] in ("=", "+", "@") or re.match(r"-(?!\d)", cell)]
    sheets = [zipfile.ZipFile(book).read(name).decode() for name in zipfile.ZipFile(book).namelist() if "worksheets/" in name]
    assert sheets
    assert not [sheet for sheet in sheets if "<f>" in sheet or "<f " in sheet]
