"""Identifiers in brackets behind a marked name are in the form of its new entity, to be checked by a person."""

import pytest
from playwright.sync_api import expect

from registry.models import Entity
from tests.browser.typist import Typist


@pytest.mark.parametrize(
    ("behind", "read"),
    [
        (" (IMO 9126819)", ["imo 9126819"]),
        (" (flag unknown, IMO No. 9126819, MMSI 123456789)", ["imo 9126819", "mmsi 123456789"]),
        (" (IMO 9126818)", []),
        (" near the Other Ship (IMO 9126819)", []),
    ],
)
def test_identifiers_in_brackets_are_offered_with_the_entity(desk_on, behind, read):
    text = f"The ship\n\nThe Xin Yuan 88{behind} left the port."
    desk = desk_on(text)
    typist = Typist(desk.page, {})
    start = text.index("Xin")
    typist.to_text()
    typist.select(start, start + len("Xin Yuan 88"))
    typist.press("a", "v")
    expect(typist.card.locator("header q")).to_have_text("Xin Yuan 88")
    typist.press("0")
    form = desk.page.get_by_role("dialog", name="New entity")
    expect(form).to_be_visible()
    expect(form.locator("[name=identifiers]")).to_have_value("\n".join(read))
    expect(form.get_by_text("Read from the brackets behind the name: check it")).to_have_count(int(bool(read)))
    typist.press("Control+Enter")
    expect(form).to_have_count(0)
    expect(typist.card.locator(".entity-name")).to_have_text("Xin Yuan 88")
    desk.saved()
    entity = Entity.objects.get(name="Xin Yuan 88")
    assert [f"{each.scheme} {each.value}" for each in entity.identifiers.all()] == read
