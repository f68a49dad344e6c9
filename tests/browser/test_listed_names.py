"""Listed names in the annotator: gone to by keys alone, and nothing is marked or linked but by the person."""

from playwright.sync_api import expect

from annotations.models import Span
from registry.models import Entity, ListLink
from tests import listed

TEXT = "Coal\n\nExampel Trading Corporation bought coal, the ministry alleged. Exampel Trading Corporation denied it."
ENTRIES = (
    "TEST-001; Example Trading Corp; alias: Exampel Trading Corporation; KP; 2016-03-02\nTEST-002; Coal; weak: Ministry Alleged"
)
NAME = "Exampel Trading Corporation"


def test_a_name_is_gone_to_marked_and_made_an_entity_by_keys(transactional_db, desk_on):
    listed.version("TEST", ENTRIES, "2024-05-15")
    desk = desk_on(TEXT)
    page = desk.page
    expect(page.locator("#tab-listed .count")).to_have_text("1")
    desk.press("l")
    row = page.locator("#listed .row").first
    expect(row).to_be_focused()
    expect(row).to_contain_text(f"{NAME} 2 times")
    expect(row.locator(".about")).to_have_text(f"TEST TEST-001: {NAME}")
    expect(row.locator(".why")).to_have_text("100, same words")
    expect(row.locator(".standing")).to_have_text("not marked")
    assert not Span.objects.exists()
    assert not Entity.objects.exists()

    desk.press("Enter")
    expect(page.locator("#menu")).to_be_visible()
    assert desk.caret() == NAME
    desk.press("a", "c")
    expect(row.locator(".standing")).to_have_text("1 of 2 marked")
    desk.press("0")
    expect(page.get_by_label("Preferred name")).to_have_value(NAME)
    desk.press("Enter")
    expect(desk.card.locator(".entity-name")).to_have_text(NAME)

    desk.press("l", "Enter", "a", "c")
    expect(row.locator(".standing")).to_have_text("marked, no decision")
    # The entity of the same words is looked up once the mark is there.
    expect(desk.card.locator(".entity-name")).to_have_text(NAME)
    desk.saved()
    assert Entity.objects.get().name == NAME
    assert Span.objects.filter(entity__isnull=False).count() == 2
    assert not ListLink.objects.exists()


def test_without_a_list_there_is_no_tab_and_the_key_says_so(desk):
    desk.page.locator("#text").focus()
    desk.press("l")
    expect(desk.page.locator("#answer")).to_have_text("No sanctions list to compare this text with.")
    expect(desk.page.locator("#tab-listed")).to_have_count(0)
