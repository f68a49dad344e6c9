"""The bar of a corpus and its search: by keys, on a phone, and for everybody."""

import pytest
from playwright.sync_api import expect

from corpus.passages.index import index_all
from tests import factories
from tests.browser.test_pages_access import faults_as_it_is

CORPUS = "/corpora/seeded/"
SIZES = [(1280, 800), (320, 640)]


@pytest.fixture
def seeded(seeded):
    index_all()
    return seeded


def test_g_and_a_letter_go_to_an_entry(asking):
    asking.goto(CORPUS)
    for keys, address in (("ge", "ask/"), ("gc", "entities/"), ("ga", ""), ("gt", None)):
        for key in keys:
            asking.keyboard.press(key)
        asking.wait_for_url(f"**{CORPUS}{address}" if address is not None else "**/queue/?corpus=seeded")
    asking.keyboard.press("g")
    asking.keyboard.press("x")
    asking.keyboard.press("e")
    expect(asking).to_have_url(asking.url)
    assert "/queue/" in asking.url


def test_a_slash_searches_articles_entities_and_words(asking):
    asking.goto(f"{CORPUS}ask/events/")
    asking.keyboard.press("/")
    asking.keyboard.type("ge terminat*")
    expect(asking.locator("[data-search]:focus")).to_have_value("ge terminat*")
    asking.locator("[data-search]:focus").fill("terminat*")
    asking.keyboard.press("Enter")
    asking.wait_for_url("**/search/?q=terminat*")
    for heading in ("Articles", "Entities", "Words"):
        expect(asking.get_by_role("heading", name=heading, exact=True)).to_be_visible()
    expect(asking.locator("#found-words ~ ul mark")).to_have_count(4)
    asking.locator("#found-words ~ ul a").first.focus()
    asking.keyboard.press("Enter")
    asking.wait_for_url("**/annotate/**")


def test_keys_can_be_switched_off(asking):
    asking.goto(f"{CORPUS}search/?q=workers")
    asking.get_by_label("Single-key shortcuts").uncheck()
    asking.locator("h1").click()
    asking.keyboard.press("g")
    asking.keyboard.press("e")
    asking.keyboard.press("/")
    assert asking.evaluate("document.activeElement.tagName") != "INPUT"
    assert "/search/" in asking.url


def test_the_annotator_keeps_its_own_g_and_slash(desk):
    before = desk.page.url
    desk.press("g", "e")
    assert desk.page.url == before
    desk.page.keyboard.press("Escape")
    desk.press("?")
    expect(desk.page.get_by_text("On the other pages of the corpus")).to_be_visible()


def test_the_list_of_articles_begins_on_the_first_screen(asking, seeded):
    factories.article(seeded, "Another")
    asking.set_viewport_size({"width": 1280, "height": 800})
    asking.goto(CORPUS)
    box = asking.locator("tbody tr").first.bounding_box()
    assert box["y"] + box["height"] < 600


def test_the_act_of_a_row_stays_in_sight_beside_an_interval(asking, seeded):
    factories.article(seeded, "Another", published_edtf="2017-09-04/2017-09-30", published_basis="inferred")
    asking.set_viewport_size({"width": 1280, "height": 800})
    asking.goto(CORPUS)
    row = asking.locator("tbody tr").filter(has_text="Another")
    expect(row.locator(".date")).to_contain_text("between 2017-09-04 and 2017-09-30 (inferred)")
    assert asking.locator(".scroll").evaluate("box => box.scrollWidth - box.clientWidth") == 0


def test_a_chip_takes_a_filter_away(asking):
    asking.goto(f"{CORPUS}?q=workers&progress=gold")
    asking.get_by_role("link", name="Remove: Progress: Gold").press("Enter")
    asking.wait_for_url("**/?q=workers")
    asking.get_by_text("More filters").press("Enter")
    expect(asking.get_by_label("Progress", exact=True)).to_have_value("")
    asking.keyboard.press("Escape")
    expect(asking.get_by_label("Progress", exact=True)).to_be_hidden()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_is_for_everybody(asking, theme):
    asking.emulate_media(color_scheme=theme)
    for width, height in SIZES:
        asking.set_viewport_size({"width": width, "height": height})
        for address in (f"{CORPUS}?q=workers", f"{CORPUS}ask/causes/", f"{CORPUS}search/?q=terminat*"):
            asking.goto(address)
            if "causes" in address:
                asking.locator(".corpus-bar summary").click()
            assert faults_as_it_is(asking) == [], (address, width)


def test_on_a_phone_the_current_entry_and_tab_are_in_sight(asking):
    asking.set_viewport_size({"width": 390, "height": 844})
    asking.goto(f"{CORPUS}guidelines/")
    for name in ("Team", "Guidelines"):
        expect(asking.locator(".corpus-bar [aria-current]", has_text=name)).to_be_in_viewport(ratio=1)
    asking.keyboard.press("/")
    asking.wait_for_url("**/search/")
    expect(asking.get_by_role("searchbox")).to_be_focused()
