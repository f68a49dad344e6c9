"""The pages that ask the corpus, on the worked article: journeys 8, 9 and 10 as far as they are pages."""

import re

from playwright.sync_api import expect

from questions.address.parameters import LEDGERS
from questions.drawing.every import VIEWS
from tests.browser.asking import reach, rows
from tests.browser.test_pages_access import faults


def the_three_rows(page):
    expect(rows(page)).to_have_count(3)
    expect(page.locator(".value-cell strong")).to_have_text([re.compile("170"), re.compile("^20"), re.compile("50|half")])
    expect(rows(page).nth(0)).to_contain_text("From: Dandong")
    expect(rows(page).nth(1)).to_contain_text("via: Dandong Railway Station", ignore_case=True)
    expect(rows(page).nth(2)).to_contain_text("possibly the same as “")
    expect(page.locator(".apart").get_by_role("link", name="expected: 1")).to_be_visible()


def test_the_desk_officer_asks_by_keyboard_alone(asking):
    page = asking
    page.goto("/corpora/seeded/ask/")
    reach(page, "Events")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Events", level=1).wait_for()
    reach(page, "Filters")
    page.keyboard.press("Enter")
    reach(page, "Return home")
    page.keyboard.press("Space")
    for name, words in (("Place", "dandong"), ("From", "2017-08-01"), ("To", "2017-12-31")):
        reach(page, name)
        page.keyboard.type(words)
    reach(page, "More filters")
    page.keyboard.press("Enter")
    reach(page, "Figures")
    page.keyboard.type("Only with")
    reach(page, "Filter")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("type=REPATRIATE&figure=1&place=.+&from=2017-08-01&to=2017-12-31"))
    the_three_rows(page)
    answered = page.url
    quotation = page.locator(".ledger .quotation").first
    reach(page, quotation.inner_text())
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("#mark="))
    expect(page.locator("main")).to_contain_text("170 were forced to return")
    page.go_back()
    page.wait_for_url(answered)
    the_three_rows(page)
    piece = page.get_by_role("navigation", name="Question").get_by_role("link", name=re.compile("Dandong"))
    reach(page, piece.get_attribute("aria-label"))
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "place=" not in address)
    expect(rows(page).nth(2)).to_be_visible()
    page.go_back()
    the_three_rows(page)


def test_the_same_without_script(new_page, sign_in, reviewer):
    page = new_page(java_script_enabled=False)
    sign_in(page, reviewer)
    page.goto("/corpora/seeded/ask/events/")
    page.locator(".filter-box > summary").click()
    page.get_by_label("Return home").check()
    for name, words in (("place", "dandong"), ("from", "2017-08-01"), ("to", "2017-12-31")):
        page.locator(f"#filter-{name}").fill(words)
    page.locator(".more-filters > summary").click()
    page.get_by_label("Figures", exact=True).select_option("1")
    page.get_by_role("button", name="Filter", exact=True).click()
    the_three_rows(page)


def test_ticked_rows_become_an_evidence_table(asking, returns):
    page = asking
    page.goto(returns)
    for number in (1, 2):
        page.get_by_label(f"Choose row {number}").check()
    page.get_by_role("button", name="Add the ticked rows to an evidence table").click()
    page.wait_for_url("**/evidence/**")
    for words in ("170", "20 North Korean workers"):
        expect(page.locator("main")).to_contain_text(words)


def test_an_edge_of_the_network_leads_to_its_events(asking):
    page = asking
    page.goto("/corpora/seeded/ask/network/")
    number = rows(page).first.locator("td.number a")
    count = int(number.inner_text())
    number.click()
    page.get_by_role("heading", name="Events", level=1).wait_for()
    expect(rows(page)).to_have_count(count)


def test_the_timeline_has_a_lane_for_what_is_undated(asking):
    asking.goto("/corpora/seeded/ask/events/?view=timeline")
    expect(asking.locator("svg.plot")).to_contain_text("Undated")


def test_every_page_of_questions_is_for_everybody(asking, seeded, returns):
    page = asking
    page.goto(returns)
    as_of = page.locator(".rests-on a").last.get_attribute("href")
    ids = [each.get_attribute("value") for each in rows(page).locator("input[name=row]").all()]
    asked = [f"/corpora/seeded/ask/{name}/" for name in LEDGERS]
    plotted = [f"/corpora/seeded/ask/{name}/?view={view}" for name, view in VIEWS.items()]
    linked = [f"/linked-events/{ids[0]}/", f"/corpora/seeded/ask/events/sum/?row={ids[0]}&row={ids[1]}"]
    paired = ["/corpora/seeded/pairs/", f"/corpora/seeded/pairs/?row={ids[0]}&row={ids[1]}"]
    page.set_viewport_size({"width": 390, "height": 844})
    listed = {}
    for address in [
        "/corpora/seeded/ask/",
        *asked,
        "/corpora/seeded/ask/words/?q=terminat*",
        *plotted,
        *linked,
        *paired,
        returns,
        as_of,
    ]:
        page.goto(address)
        for summary in page.locator(".filter-box:not([open]) > summary").all():
            expect(page.get_by_role("form", name="Filters")).to_be_hidden()
            summary.click()
        listed[address] = faults(page)
        page.set_viewport_size({"width": 390, "height": 844})
    assert {address: each for address, each in listed.items() if each} == {}


def test_an_answer_on_paper(asking, returns):
    """Sentence, what it rests on, rows, and the addresses behind their numbers; nothing that is only there to be pressed."""
    page = asking
    page.goto(returns)
    expect(page.locator(".paper").first).to_be_hidden()
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"
    for hidden in (".filter-box", ".ledger ~ .buttons", ".tick-cell", ".topbar", ".crumbs"):
        expect(page.locator(hidden).first).to_be_hidden()
    the_three_rows(page)
    heads = page.locator(".ledger thead th").all()
    cells = rows(page).first.locator("> *:not(.tick-cell)").all()
    assert [head.bounding_box()["x"] for head in heads] == [cell.bounding_box()["x"] for cell in cells]
    expect(page.get_by_role("navigation", name="Question")).to_contain_text("Return home")
    expect(page.locator(".rests-on")).to_be_visible()
    addresses = page.locator(".addresses li")
    expect(page.locator(".ledger sup.paper").first).to_have_text("[1]")
    links = page.locator(".ledger .quotation").evaluate_all("links => links.map((link) => link.href)")
    numbers = [int(each.strip("[]")) for each in page.locator(".ledger sup.paper").all_inner_texts()]
    listed = addresses.all_inner_texts()
    assert [listed[number - 1].split("\n")[-1] for number in numbers] == links
    assert "Daily NK" in listed[0]
    cited = page.locator(".addresses p").first.inner_text()
    assert re.search(r"^This answer: http.*/ask/events/\?type=REPATRIATE.*&at=\d+&moment=.*Z$", cited)
