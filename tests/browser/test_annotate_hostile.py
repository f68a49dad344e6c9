"""Markup in a text, in a name or in a note is words: it is shown as it is and runs nothing."""

from playwright.sync_api import expect

from annotations.write.apply import apply_changes
from tests.browser.desk import Desk
from tests.browser.hostile import WATCH, assert_harmless, filled, look_at_all

PAYLOAD = "<img src=x onerror=alert(1)>"
TEXT = f"{PAYLOAD} title\n\nThere were 300 workers </p><script>alert(2)</script> at {PAYLOAD} &amp; more."


def change(number, op, kind, item):
    return {"id": f"00000000-0000-4000-8000-00000000000{number}", "op": op, "kind": kind, "object": item}


def test_markup_in_the_text_is_words(desk_on):
    desk = desk_on(TEXT)
    shown = desk.page.eval_on_selector_all("#text p", "found => found.map(({textContent}) => textContent).join('')")
    assert shown == TEXT
    desk.mark(PAYLOAD, "Other organisation", nth=1)
    desk.saved()
    assert desk.marks() == [(PAYLOAD, "ORG")]
    expect(desk.card.locator("q")).to_have_text(PAYLOAD)
    assert desk.page.locator("#annotator img, #annotator script:not([src^='/static/'])").count() == 0


def test_markup_in_a_name_and_in_a_note_is_words(desk_on):
    desk = desk_on(TEXT)
    desk.mark("workers", "Group of people")
    desk.saved()
    mark = desk.stored()["mentions"][0]["id"]
    entity = "00000000-0000-4000-8000-0000000000e1"
    changes = [
        change(1, "create", "entity", {"id": entity, "type": "GROUP", "name": PAYLOAD, "note": PAYLOAD}),
        change(2, "update", "span", {"id": mark, "attributes": {"entity": entity}}),
    ]
    apply_changes(desk.assignment, desk.assignment.annotator, desk.stored()["revision"], changes)
    desk.open()
    desk.click("workers")
    expect(desk.card).to_contain_text(PAYLOAD)
    assert desk.page.locator("#annotator img").count() == 0


PAYLOADS = [
    "<img src=x onerror={X}>",
    "</script><script>{X}</script>",
    '"><svg onload={X}>',
    "' autofocus onfocus='{X}' x='",
    '<iframe srcdoc="&lt;script&gt;parent.{X}&lt;/script&gt;"></iframe>',
    '<link rel=stylesheet href="{BEACON}/s.css"><img src="{BEACON}/i.png">',
    "{{ 7*7 }}{% debug %}<a id=hits name=role href=javascript:{X}>",
]


def test_markup_in_everything_that_people_write_is_words(page, sign_in, transactional_db, allowed_console):
    allowed_console.append("status of 422")
    made = filled(PAYLOADS)
    sign_in(page, made.annotator)
    page.context.add_init_script(WATCH)
    desk = Desk(page, made).open()
    look_at_all(desk)
    assert_harmless(desk)
    desk.idle()
