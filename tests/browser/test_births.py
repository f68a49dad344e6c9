"""Dates of birth in the form of an actor, entered, refused, changed and undone by keys."""

from playwright.sync_api import expect

from registry.models import EntityBirth
from tests.browser.typist import Typist

BORN = "Born, one per line with the words of the source: 1960 born in 1960"
TEXT = "The envoy\n\nPak Chol, born in 1960, came to Beijing."


def test_dates_of_birth_are_entered_refused_changed_and_undone_by_keys(desk_on):
    desk = desk_on(TEXT)
    typist = Typist(desk.page, {})
    start = TEXT.index("Pak")
    typist.to_text()
    typist.select(start, start + len("Pak Chol"))
    typist.press("a", "p")
    expect(typist.card.locator("header q")).to_have_text("Pak Chol")
    typist.press("0")
    form = desk.page.get_by_role("dialog", name="New entity")
    field = form.get_by_label(BORN)
    expect(field).to_be_hidden()
    typist.to("form.entity-form summary")
    typist.press("Enter")
    expect(field).to_be_visible()

    typist.to("form.entity-form [name=births]")
    typist.type("1960 born in 1960")
    typist.press("Enter")
    typist.type("1961-13 on his passport")
    typist.press("Control+Enter")
    expect(field).to_have_js_property("validationMessage", "“1961-13” is no date. Enter for example “1960 born in 1960”.")
    typist.press("Shift+Home")
    typist.type("196X")
    typist.press("Control+Enter")
    expect(field).to_have_js_property(
        "validationMessage", "“196X” has no words of the source. Enter for example “1960 born in 1960”."
    )
    typist.type(" in his fifties")
    typist.press("Control+Enter")
    expect(form).to_have_count(0)
    expect(typist.card.locator(".entity-name")).to_have_text("Pak Chol")
    desk.saved()
    assert births() == [("1960", "born in 1960"), ("196X", "in his fifties")]

    form, field = edited(typist)
    expect(field).to_have_value("1960 born in 1960\n196X in his fifties")
    typist.to("form.entity-form [name=births]")
    typist.press("Control+a")
    typist.type("1960-03 born in March 1960")
    typist.press("Control+Enter")
    expect(form).to_have_count(0)
    desk.saved()
    assert births() == [("1960-03", "born in March 1960")]

    typist.to_text()
    typist.press("Control+z")
    form, field = edited(typist)
    expect(field).to_have_value("1960 born in 1960\n196X in his fifties")
    typist.press("Escape")
    expect(form).to_have_count(0)
    desk.saved()
    assert births() == [("1960", "born in 1960"), ("196X", "in his fifties")]


def edited(typist):
    """The form of the entity of the card, and its field."""
    typist.to_button("entity-edit")
    typist.press("Enter")
    form = typist.page.get_by_role("dialog", name="Pak Chol")
    field = form.get_by_label(BORN)
    expect(field).to_be_visible()
    return form, field


def births():
    return list(EntityBirth.objects.values_list("edtf", "words"))
