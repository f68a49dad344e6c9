"""An entity that two readers made twice is merged, or kept apart, by one key in the adjudication."""

import pytest
from playwright.sync_api import expect

from annotations.models import Adjudication, Merge
from annotations.write.adjudicate import start
from registry.models import Entity
from tests import factories
from tests.annotations.write.test_same_entities import twice_made
from tests.browser.keyboard import Keyboard
from tests.browser.test_pages_access import faults_as_it_is


@pytest.fixture
def begun(transactional_db, page, sign_in):
    factories.scheme()
    corpus = factories.corpus("reports")
    factories.adopt(corpus)
    people = {name: factories.user(name) for name in ("ann", "ben", "chief")} | {"corpus": corpus}
    for name, role in (("ann", "annotator"), ("ben", "annotator"), ("chief", "reviewer")):
        factories.membership(corpus, people[name], role)
    pair = twice_made(people, "The manager")
    row = start(pair[0].document, people["chief"])[0]
    sign_in(page, people["chief"])
    page.goto(row.get_absolute_url())
    expect(page.get_by_role("heading", name="Same entity?")).to_have_count(1)
    return row


def test_one_key_merges_them(page, begun):
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 844})
        assert faults_as_it_is(page) == [], width
    page.keyboard.press("j")
    page.keyboard.press("m")
    expect(page.get_by_text("merged into", exact=False)).to_be_visible()
    expect(page.locator("[id^=e-]")).to_have_count(0)
    assert Entity.objects.filter(type="PERSON").count() == 1
    assert Merge.objects.count() == 1


def test_one_key_keeps_them_apart_and_asks_whom_the_mark_means(page, begun):
    page.keyboard.press("j")
    page.keyboard.press("o")
    expect(page.get_by_text("Kept apart:", exact=False)).to_be_visible()
    expect(page.locator("[id^=e-]")).to_have_count(0)
    expect(page.locator("#work > li")).to_have_count(2)
    assert len(Adjudication.objects.get().apart) == 1
    assert not Merge.objects.exists()
    assert faults_as_it_is(page) == []
    Keyboard(page).go(page.get_by_role("button", name="Undo keeping"))
    page.keyboard.press("Enter")
    expect(page.locator("[id^=e-]")).to_have_count(1)
    expect(page.get_by_role("heading", name="Entities kept apart")).to_have_count(0)
    assert not Adjudication.objects.get().kept_apart
