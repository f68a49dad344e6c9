"""Plots of answers by keys and pointer: what has the focus is named, a press goes to its row, a drag asks for a period or for values."""

import re

import pytest
from playwright.sync_api import expect

PAGE = "/corpora/seeded/ask/"


@pytest.mark.parametrize("look", ["events/?view=timeline", "figures/?view=ranges", "network/?view=network"])
def test_focus_names_the_row_and_enter_goes_to_it(asking, look):
    page = asking
    page.goto(PAGE + look)
    part = page.locator("svg.plot a").last if "network" in look else page.locator("svg.plot a").first
    address = part.get_attribute("href")
    if "network" in look:  # a node has no row, an edge has
        address = page.locator(".ledger tbody td.number a").first.get_attribute("href")
        part = page.locator(f'svg.plot a[href="{address}"]').first
    part.focus()
    expect(page.locator("[data-named]")).to_have_text(part.locator("title").text_content())
    row = page.locator("tr.pointed")
    expect(row.locator(f'a[href="{address}"]').first).to_be_attached()
    page.keyboard.press("Enter")
    expect(page.locator("tr:focus").locator(f'a[href="{address}"]').first).to_be_attached()
    assert page.url.endswith(look)


@pytest.mark.parametrize(
    ("look", "asked"),
    [
        ("events/?view=timeline", r"from=20\d\d-\d\d-\d\d&to=20\d\d-\d\d-\d\d"),
        ("figures/?view=ranges", r"value_min=[\d.]+&value_max=[\d.]+"),
    ],
)
def test_a_drag_along_the_axis_asks_for_what_lies_there(asking, look, asked):
    page = asking
    page.goto(PAGE + look)
    box = page.locator("svg.plot").bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.35, box["y"] + 4)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + 8, steps=4)
    expect(page.locator("svg.plot .brush")).to_be_visible()
    page.mouse.up()
    page.wait_for_url(re.compile(asked))
    expect(page.get_by_role("navigation", name="Question")).to_be_visible()


def test_the_plot_as_a_file_of_pixels(asking):
    asking.goto(f"{PAGE}figures/?view=ranges")
    with asking.expect_download() as loading:
        asking.get_by_role("button", name="Download the plot (PNG)").press("Enter")
    assert loading.value.path().read_bytes().startswith(b"\x89PNG")


def test_without_script_the_plot_stays_and_its_parts_are_links(new_page, sign_in, reviewer):
    page = new_page(java_script_enabled=False)
    sign_in(page, reviewer)
    page.goto(f"{PAGE}events/?view=timeline")
    expect(page.get_by_role("button", name="Download the plot (PNG)")).to_be_hidden()
    page.locator("svg.plot a").first.press("Enter")
    page.wait_for_url(re.compile("/linked-events/"))
