"""Journeys 6 and 7 where no other test goes them, with the keyboard alone. The parts are named as the journeys number them."""

import json

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from annotations.models import Assignment, Citation
from annotations.schemes.measures import load_measures
from questions.index import keep
from registry.models import Decision, ListLink
from tests import factories, marks
from tests.browser.desk import Desk
from tests.browser.typist import Typist

SCHEME = json.loads((factories.DOMAIN / "scheme.json").read_text("utf-8"))
MEASURES = json.loads((factories.DOMAIN / "measures.json").read_text("utf-8"))
FX_8 = "Exampel Trading Corporation bought 2,000 tonnes of coal for $120,000, the ministry alleged."
LIST = "TEST-001; Example Trading Corp; alias: Exampel Trading Corporation; KP; 2016-03-02\n"
FIRM = "Exampel Trading Corporation"
TO_SCREEN = ["DPRK authorities", "Daily NK", "Government of China", "Workers' Party of Korea"]


@pytest.fixture
def manager(seeded):
    person = factories.user("manager")
    factories.membership(seeded, person, "manager")
    return person


def press(page, selector, **which):
    """Enter on a link or button."""
    page.locator(selector).filter(**which).first.focus()
    page.keyboard.press("Enter")


def test_journey_6_from_a_citation_to_its_events_and_what_the_law_requires_of_one(page, sign_in, seeded, manager):
    load_measures(MEASURES)
    while keep.take_up():
        pass
    sign_in(page, manager)
    gold = Assignment.objects.get(document__corpus=seeded)
    Desk(page, gold).open()
    register = b1_a_citation_leads_to_its_paragraph(page)
    b2_the_paragraph_has_four_events_with_quotation_and_source(register)
    b3_the_return_of_the_170_says_what_requires_it(register)


def b1_a_citation_leads_to_its_paragraph(page):
    keys = Typist(page, SCHEME)
    keys.to("#tab-labels")
    keys.press("ArrowRight", "ArrowRight")
    citation = Citation.objects.get(quote="UNSC Resolution 2371")
    keys.to(f"#claims [data-mark='{citation.pk}']")
    keys.press("Enter")
    entry = page.get_by_role("region", name="In the register")
    expect(entry).to_contain_text("Adopted 2017-08-05")
    keys.to("#card .register a")
    with page.context.expect_page() as opened:
        keys.press("Enter")
    return opened.value


def b2_the_paragraph_has_four_events_with_quotation_and_source(page):
    expect(page.get_by_role("heading", level=1)).to_have_text("S/RES/2371 (2017), paragraph 11")
    rows = page.locator("#events tbody tr")
    expect(rows).to_have_count(4)
    for words, source in {
        "participation": "Daily NK",
        "rejection": "Daily NK",
        "adopted": "Manager of North Korean workers",
        "return": "Manager of North Korean workers",
    }.items():
        expect(rows.filter(has_text=f"“{words}”").locator(".entry")).to_contain_text(source)


def b3_the_return_of_the_170_says_what_requires_it(page):
    press(page, "#events a.quotation", has_text="return")
    page.wait_for_selector("#annotator[data-whole=yes]")
    expect(page.locator("#card")).to_contain_text("170")
    note = page.locator("#card .finding")
    expect(note).to_contain_text("¶11 of 2371 caps work authorisations; it does not itself require return")
    expect(note).to_contain_text("required by ¶8 of 2397, adopted later (2017-12-22)")


def test_journey_7_from_a_list_to_a_decision_that_stays(page, sign_in, seeded, manager, tmp_path):
    sign_in(page, manager)
    b3_four_actors_are_to_screen_and_nothing_is_linked(page)
    factories.document(FX_8, corpus=seeded)
    work = factories.assignment(factories.document(FX_8, corpus=seeded), manager)
    marks.span(work, FIRM, "COMPANY", entity=marks.entity(seeded, FIRM, type="COMPANY"))
    loaded(tmp_path, LIST)
    b1_the_firm_has_one_candidate_with_reason_and_date(page)
    b2_a_rejected_candidate_does_not_come_back(page, tmp_path)


def b3_four_actors_are_to_screen_and_nothing_is_linked(page):
    page.goto("/corpora/seeded/screening/")
    press(page, "a[href*='part=not_screened']")
    expect(page.locator("table.ledger tbody th")).to_have_count(4)
    assert [row.split("\n")[0] for row in page.locator("table.ledger tbody th").all_inner_texts()] == TO_SCREEN
    assert not ListLink.objects.exists()


def loaded(folder, content):
    file = folder / "list.txt"
    file.write_text(content, "utf-8")
    call_command("load_list", str(file), list="TEST", verbosity=0)


def b1_the_firm_has_one_candidate_with_reason_and_date(page):
    page.goto("/corpora/seeded/screening/")
    page.get_by_label("Threshold").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".message")).to_contain_text("screened against TEST from 72")
    press(page, "button", has_text="Screen now")
    expect(page.locator(".message")).to_contain_text("Screening started.")
    call_command("screen", corpus="seeded", verbosity=0)
    page.goto("/corpora/seeded/screening/")
    cards = page.locator("#work > li")
    expect(cards).to_have_count(1)
    page.keyboard.press("j")
    expect(cards).to_be_focused()
    expect(cards).to_contain_text("TEST-001, alias")
    expect(cards).to_contain_text("are the same, word for word.")
    expect(cards.locator(".score")).to_have_text("100")
    assert not ListLink.objects.exists()
    page.keyboard.press("Enter")
    page.wait_for_url("**/candidates/*/")
    expect(page.locator("main")).to_contain_text(f"“{FIRM}”: alias of TEST TEST-001, listed on 2016-03-02")


def b2_a_rejected_candidate_does_not_come_back(page, folder):
    page.keyboard.press("4")
    expect(page.locator(".message")).to_contain_text("Rejected")
    made = Decision.objects.get()
    assert (made.entry, made.match, made.user.username) == ("TEST-001", "rejected", "manager")
    expect(page.locator("main")).to_contain_text("manager")
    expect(page.locator(f"time[datetime^='{made.at:%Y-%m-%dT%H:%M}']").first).to_be_visible()
    for content in (LIST, LIST.replace("KP;", "alias: Exampel Trading Company; KP;")):
        loaded(folder, content)
        call_command("screen", corpus="seeded", verbosity=0)
        page.goto("/corpora/seeded/screening/")
        expect(page.get_by_role("heading", name="Candidates (0)")).to_be_visible()
