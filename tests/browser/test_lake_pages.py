"""A lake by keyboard alone; and nothing serious for axe, in light and dark, wide and on a phone."""

import os

import pytest
from playwright.sync_api import expect

from lake.models import Lake, Promotion
from lake.promotion import jobs
from tests import factories
from tests.browser.test_pages_access import faults
from tests.lakes import long_lake, small_lake


@pytest.fixture
def manager(transactional_db, tmp_path):
    small_lake(tmp_path / "lake")
    manager = factories.user("manager", password="correct horse battery")
    corpus = factories.corpus("reports", name="Reports")
    factories.membership(corpus, manager, "manager")
    lake = Lake.objects.create(slug="web", name="Pages of the web", folder=str(tmp_path / "lake"), crawls=["/crawls"])
    lake.corpora.add(corpus)
    gone = Lake.objects.create(slug="gone", name="Unbroken" * 20, folder=f"/nowhere/{'unbroken' * 20}")
    gone.corpora.add(corpus)
    promotion = jobs.start(gone, corpus, "SELECT page FROM pages")
    jobs.carry_out(str(promotion.pk))  # and fails
    jobs.start(gone, corpus, "SELECT page FROM pages")
    return manager


def test_the_pages_are_for_everybody(page, sign_in, manager):
    sign_in(page, manager)
    promotions = [f"/promotions/{each.pk}/" for each in Promotion.objects.all()]
    addresses = [
        "/lakes/",
        "/lakes/web/",
        f"/lakes/web/pages/{2:032x}/",
        "/lakes/web/listed/",
        "/lakes/web/state/",
        "/lakes/gone/listed/",
        "/lakes/web/?named=UN+3",
        "/lakes/web/?since=soon",
        "/lakes/web/?words=nowhere",
        "/lakes/gone/",
        *promotions,
    ]
    listed = {}
    for number, address in enumerate(addresses):
        page.goto(address)
        listed[address] = faults(page)
        if folder := os.environ.get("SCREENSHOTS"):
            for theme, width in [("light", 1280), ("dark", 1280), ("light", 360)]:
                page.emulate_media(color_scheme=theme)
                page.set_viewport_size({"width": width, "height": 844})
                page.screenshot(path=f"{folder}/{number}-{theme}-{width}.png", full_page=True)
    assert {address: each for address, each in listed.items() if each} == {}


def test_a_page_is_filtered_ticked_and_promoted_by_keyboard(page, sign_in, manager):
    sign_in(page, manager)
    page.goto("/lakes/web/")
    page.get_by_label("Words").focus()
    page.keyboard.type("permits")
    page.keyboard.press("Enter")
    page.get_by_text("1 page", exact=True).wait_for()
    page.get_by_role("checkbox", name="Workers leave").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Promote").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="From Pages of the web into Reports").wait_for()
    assert f"'{1:032x}'" in Promotion.objects.get(lake__slug="web").sql


@pytest.mark.parametrize("scripts", [True, False])
def test_ticks_stay_among_other_samples_by_keyboard(new_page, sign_in, manager, tmp_path, scripts):
    long_lake(tmp_path / "long", 45)
    lake = Lake.objects.create(slug="long", name="Long", folder=str(tmp_path / "long"))
    lake.corpora.set(Lake.objects.get(slug="web").corpora.all())
    page = new_page(java_script_enabled=scripts)
    sign_in(page, manager)
    page.goto("/lakes/long/")

    def press(role, name, key):
        page.get_by_role(role, name=name, exact=True).focus()
        page.keyboard.press(key)

    press("checkbox", "Report 3", "Space")
    page.evaluate("document.title = 'before'")
    press("checkbox", "Report 3", "Enter")  # promotes nothing, and turns to no other samples
    expect(page).to_have_title("Long · Attest")
    expect(page.get_by_role("checkbox", name="Report 3", exact=True)).to_be_checked()
    press("button", "Next samples", "Enter")
    expect(page.get_by_text("1 page ticked among other samples")).to_be_visible()
    press("checkbox", "Report 23", "Space")
    press("button", "Next samples", "Enter")
    expect(page.get_by_text("2 pages ticked among other samples")).to_be_visible()
    press("button", "Previous samples", "Enter")
    expect(page.get_by_role("checkbox", name="Report 23", exact=True)).to_be_checked()
    press("link", "Report 24", "Enter")
    page.get_by_role("heading", name="Report 24").wait_for()
    page.go_back()
    expect(page.get_by_role("checkbox", name="Report 23", exact=True)).to_be_checked()
    press("button", "Promote", "Enter")
    page.get_by_role("heading", name="From Long into Reports").wait_for()
    sql = Promotion.objects.get(lake=lake).sql
    assert [number for number in range(45) if f"{number:032x}" in sql] == [3, 23]


@pytest.mark.parametrize("scripts", [True, False])
def test_ticks_stay_where_one_filters_by_keyboard(new_page, sign_in, manager, tmp_path, scripts):
    long_lake(tmp_path / "long", 45)
    lake = Lake.objects.create(slug="long", name="Long", folder=str(tmp_path / "long"))
    lake.corpora.set(Lake.objects.get(slug="web").corpora.all())
    page = new_page(java_script_enabled=scripts)
    sign_in(page, manager)
    page.goto("/lakes/long/")
    page.get_by_role("checkbox", name="Report 3", exact=True).focus()
    page.keyboard.press("Space")
    page.get_by_label("Words").focus()
    page.keyboard.type("report 44")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="1 page", exact=True)).to_be_visible()
    expect(page.get_by_text("1 page ticked among other samples")).to_be_visible()
    page.get_by_role("checkbox", name="Report 44", exact=True).focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Clear").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="45 pages, 20 samples")).to_be_visible()
    expect(page.get_by_role("checkbox", name="Report 3", exact=True)).to_be_checked()
    page.get_by_label("Words").fill("report 44")
    page.get_by_role("button", name="Filter").press("Enter")
    expect(page.get_by_role("checkbox", name="Report 44", exact=True)).to_be_checked()
    page.get_by_role("button", name="Promote").press("Enter")
    page.get_by_role("heading", name="From Long into Reports").wait_for()
    sql = Promotion.objects.get(lake=lake).sql
    assert [number for number in range(45) if f"{number:032x}" in sql] == [3, 44]
