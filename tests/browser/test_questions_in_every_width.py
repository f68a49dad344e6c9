"""Answers where there is little room: between a phone and a screen, and on paper."""

import pytest
from playwright.sync_api import expect

from questions.address.parameters import LEDGERS
from questions.drawing.every import VIEWS
from questions.views import ask
from tests.browser.asking import rows
from tests.browser.paper import letters_of, piled
from tests.browser.test_pages_access import too_wide

# Pixels: the narrowest page on which tables have columns, and two others up to where they have room.
WIDTHS = (640, 650, 800)


def asked(ledger):
    return f"/corpora/seeded/ask/{ledger}/{'?q=terminat*' if ledger == 'words' else ''}"


@pytest.mark.parametrize("ledger", LEDGERS)
def test_a_ledger(asking, ledger):
    page = asking
    page.goto(asked(ledger))
    listed = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 844})
        listed[width] = too_wide(page)
    assert {width: faults for width, faults in listed.items() if faults} == {}
    printed = page.pdf()
    assert piled(printed) == []
    letters = letters_of(printed)
    for head in rows(page).get_by_role("rowheader").all_inner_texts():
        assert all("".join(line.split()) in letters for line in head.splitlines())


def test_all_rows_on_paper(asking, monkeypatch):
    """More than a page of them, from the page that has a part."""
    page = asking
    page.goto(asked("figures"))
    quotations = page.locator(".ledger .quotation").all_inner_texts()
    monkeypatch.setattr(ask, "PAGE", 3)
    page.goto(asked("figures"))
    expect(rows(page)).to_have_count(3)
    page.get_by_role("link", name="Up to 500 rows on one page").press("Enter")
    page.wait_for_url("**?rows=all")
    expect(page.locator(".ledger .quotation")).to_have_text(quotations)
    assert len(quotations) > 3
    page.set_viewport_size({"width": 390, "height": 844})
    assert too_wide(page) == []
    printed = page.pdf()
    assert piled(printed) == []
    letters = letters_of(printed)
    assert [words for words in quotations if "".join(words.split()) not in letters] == []
    assert "onthenextpage" not in letters


@pytest.mark.parametrize("ledger", [ledger for ledger, view in VIEWS.items() if view != "network"])
def test_a_plot_on_paper(asking, ledger):
    """Without networks: there names of nodes and edges may touch."""
    asking.goto(f"{asked(ledger)}?view={VIEWS[ledger]}")
    printed = asking.pdf()
    assert piled(printed) == []
    written = asking.locator("svg.plot text").all_text_contents()
    letters = letters_of(printed)
    assert written
    assert [words for words in written if "".join(words.split()) not in letters] == []
