"""From the keyboard to the evidence: a listing that is only considered, and an ownership that lacks who owns."""

import json
import re

import pytest
from playwright.sync_api import expect

from questions.index import keep
from tests import factories
from tests.browser.desk import Desk, assignment_on
from tests.browser.keyboard import Keyboard
from tests.browser.test_pages_access import faults
from tests.browser.typist import Typist

TEXT = "Bank watched\n\nThe Council is considering listing Jilin Bank, which owns a fleet."
NAME = "Jilin Bank"


@pytest.fixture
def desk(page, sign_in, transactional_db):
    made = assignment_on(TEXT, role="manager")
    sign_in(page, made.annotator)
    return Desk(page, made).open()


def mark(desk, words, *keys):
    typist = Typist(desk.page, json.loads((factories.DOMAIN / "scheme.json").read_text("utf-8")))
    typist.to_text()
    typist.select(TEXT.index(words), TEXT.index(words) + len(words))
    typist.press(*keys)
    expect(desk.card.locator("header q")).to_have_text(words)
    desk.saved()
    return typist


def test_considering_a_listing_is_no_listing_and_a_line_says_whom_it_lacks(desk):
    typist = mark(desk, NAME, "a", "c")
    typist.press("0")
    expect(desk.page.get_by_role("dialog", name="New entity")).to_be_visible()
    typist.press("Enter")
    expect(desk.card.get_by_role("button", name="Relate…")).to_be_visible()
    typist = mark(desk, "listing", "e", "l")
    kind = desk.card.locator("[name=unrealised_as]")
    expect(kind).to_have_value("considered")
    typist.press("1")
    expect(desk.card.locator(".chip").filter(has_text=NAME)).to_be_visible()
    choose(desk, "certainty", "certain")
    mark(desk, "owns", "e", "o")
    choose(desk, "status", "ongoing")
    choose(desk, "certainty", "certain")
    expect(kind).to_have_count(0)
    listing, owns = sorted(desk.stored()["events"], key=lambda event: event["type"])
    assert (listing["status"], listing["attributes"]["unrealised_as"], owns["type"]) == ("unrealised", "considered", "OWN")
    Keyboard(desk.page).press("button", "Submit")
    desk.page.wait_for_url("**?submitted")
    while keep.take_up():
        pass
    in_the_ledger(desk.page, desk.assignment.document.corpus.slug)


def choose(desk, code, value):
    field = desk.card.locator(f"[name={code}]")
    field.focus()
    field.select_option(value)
    desk.saved()


def in_the_ledger(page, slug):
    page.goto(f"/corpora/{slug}/ask/events/?status=any&polarity=any")
    rows = page.get_by_role("table").locator("tbody tr")
    considered = rows.filter(has_text="not carried out (considered)")
    lacking = rows.filter(has_text="incomplete: who owns what?")
    expect(lacking.get_by_role("checkbox")).to_have_count(0)
    assert faults(page) == []
    considered.get_by_role("checkbox").check()
    page.get_by_role("button", name="Add the ticked rows to an evidence table").click()
    chosen = page.get_by_role("region", name=re.compile("1 line selected"))
    expect(chosen).to_contain_text(f"the listing of {NAME} was considered (not said to have happened).")
    offered = (
        page.get_by_role("region", name="Lines of the corpus").locator(".line").filter(has_text="incomplete: who owns what?")
    )
    expect(offered).to_have_count(1)
    expect(offered.get_by_role("checkbox")).to_have_count(0)
    assert faults(page) == []
