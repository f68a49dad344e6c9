"""Journeys 5 and 6 as far as claims and measures go. The parts are named as the journeys number them."""

import json

import pytest
from playwright.sync_api import expect

from tests import factories, marks
from tests.browser.barriers import violations
from tests.browser.desk import Desk, assignment_on
from tests.browser.keyboard import type_in

SEED = (factories.DOMAIN / "gold_seed.txt").read_text("utf-8")
GOLD = json.loads((factories.DOMAIN / "gold_seed.json").read_text("utf-8"))
CLAIMS = {claim["id"]: claim for claim in GOLD["attributions"]}
FIRST, SECOND = (CLAIMS[code]["content"][0]["quote"] for code in ("Q2", "Q3"))
# What the file works out by itself, and what the words on the page are.
DERIVED = {"id", "segment", "fragments"}
# Node.DOCUMENT_POSITION_PRECEDING
PRECEDING = 2


@pytest.fixture
def desk(page, sign_in, transactional_db):
    """The seed article with the marks that the claims are about, and the page open on it."""
    made = assignment_on(SEED)
    article = made.document.article
    article.published_edtf, article.published_basis = "2017-09-04/2017-09-30", "inferred"
    article.published_earliest, article.published_latest = "2017-09-04", "2017-09-30"
    article.outlet = factories.outlet(article.corpus)
    article.save()
    marks.span(made, "manager", "PERSON")
    marks.span(made, "textile factory", "COMPANY")
    for words in ("300", "170", "130", "1 to 3 months"):
        marks.figure(made, words, "DURATION" if "months" in words else "PEOPLE")
    marks.event(made, "sent back", status="expected")
    marks.event(made, "repatriated", status="happened")
    made.revision = 1
    made.save()
    sign_in(page, made.annotator)
    desk = Desk(page, made).open()
    yield desk
    desk.idle()


def kept(desk):
    """A field that is left keeps its value a moment later, and then it is saved."""
    desk.page.evaluate("() => new Promise((done) => setTimeout(done))")
    desk.saved()


def claim_of(desk, words):
    kept(desk)
    return next(
        item for item in desk.stored()["attributions"] if any(part["quote"].startswith(words) for part in item["content"])
    )


def field(desk, code):
    return desk.card.locator(f"[name='{code}'], [data-field='{code}']").first


def said_by(desk, words):
    desk.click(words)
    return desk.card.locator(".said")


def test_claims_and_measures_by_mouse(desk):
    b5_a_quotation_becomes_a_claim_and_all_inside_says_so(desk)
    b5_the_next_paragraph_carries_it_over(desk)
    b5_who_says_what_is_as_the_server_works_it_out(desk)
    b7_a_rating_asks_for_its_reason_and_is_signed(desk)
    b7_confirmed_by_one_source_only_is_a_warning(desk)
    journey_6_b1_a_resolution_opens_its_entry_of_the_register(desk)
    journey_6_b4_a_measure_of_later_is_a_warning(desk)
    claims_that_would_cross_are_not_made(desk)
    in_neither_theme_anything_hinders_anybody(desk)


def b5_a_quotation_becomes_a_claim_and_all_inside_says_so(desk):
    desk.select(FIRST)
    desk.option("Claim: source of a statement").click()
    expect(desk.card.locator(".reading")).to_have_text("manager, quoted · asserted · testimony of a person")
    expect(desk.card.locator(".chip")).to_have_text("told×")
    expect(field(desk, "source_basis")).to_have_value("stated")
    expect(field(desk, "mode")).to_have_value("direct")
    for words in ("300", "170", "130", "sent back"):
        expect(said_by(desk, words)).to_have_text("Reported by manager, quoted")
    desk.card.get_by_role("button", name="manager, quoted").click()
    expect(desk.card.locator("header q")).to_contain_text("There used to be 300")


def b5_the_next_paragraph_carries_it_over(desk):
    # A mark in focus means the quotation around it.
    desk.click("1 to 3")
    desk.press("q")
    expect(field(desk, "source_basis")).to_have_value("carried")
    field(desk, "source_basis").select_option("none")
    expect(desk.card.locator(".reading")).to_contain_text("no source given, quoted")
    # What is stated has a source: it is asked for, and the choice taken back without one.
    field(desk, "source_basis").select_option("stated")
    expect(desk.page.locator("#armed")).to_contain_text("Source: click a mark")
    desk.press("Escape")
    expect(field(desk, "source_basis")).to_have_value("none")
    field(desk, "source_basis").select_option("carried")
    expect(desk.card.locator(".reading")).to_contain_text("manager, quoted")
    stored = claim_of(desk, SECOND)
    assert (stored["source_mention"], stored["source_basis"], stored["cue"]) == (None, "carried", [])
    assert stored["source_entity"] == claim_of(desk, "There used")["source_entity"]


def b5_who_says_what_is_as_the_server_works_it_out(desk):
    told = {}
    desk.page.get_by_role("tab", name="Marks").click()
    for row in desk.page.locator("#marks .row").all():
        told[row.get_attribute("data-mark")] = row.get_attribute("aria-label").partition("; ")[2]
    stored = desk.stored()
    claims = {item["id"] for item in stored["attributions"]}
    inside = {item["id"] for item in stored["mentions"] if item.get("attribution") in claims}
    assert len(inside) == 5
    assert {key for key, words in told.items() if words} == inside
    assert {told[key] for key in inside} == {"manager, quoted"}
    expect(said_by(desk, "repatriated")).to_have_text("Not attributed (Example Wire)")


def b7_a_rating_asks_for_its_reason_and_is_signed(desk):
    desk.page.get_by_role("tab", name="Claims").click()
    desk.page.locator("#claims .row").filter(has_text="There used to be").click()
    # Nobody has rated it yet: that it cannot be judged would be a judgement.
    expect(field(desk, "reliability")).to_have_value("")
    expect(field(desk, "credibility")).to_have_value("")
    field(desk, "reliability").select_option("C")
    expect(field(desk, "rating_note")).to_be_focused()
    expect(desk.card.locator(".finding")).to_contain_text("a rating needs a note")
    desk.page.keyboard.type("Was right before.")
    field(desk, "credibility").select_option("3")
    expect(desk.card.locator(".signature")).to_contain_text(f"Rated C/3 by {desk.assignment.annotator}, ")
    expect(desk.card.locator(".finding")).to_have_count(0)
    expect(field(desk, "rating_note")).to_have_value("Was right before.")
    stored = claim_of(desk, "There used")
    assert (stored["reliability"], stored["credibility"], stored["rating_note"]) == ("C", "3", "Was right before.")


def b7_confirmed_by_one_source_only_is_a_warning(desk):
    field(desk, "credibility").select_option("1")
    expect(desk.card.locator(".finding")).to_contain_text("no second, independent source")
    field(desk, "credibility").select_option("6")
    expect(desk.card.locator(".finding")).to_have_count(0)


def journey_6_b1_a_resolution_opens_its_entry_of_the_register(desk):
    desk.select("UNSC Resolution 2371")
    desk.option("Measure: resolution or law").click()
    desk.press("Escape")
    desk.click("Resolution")
    entry = desk.card.get_by_role("region", name="In the register")
    expect(entry).to_contain_text("Adopted 2017-08-05")
    expect(entry).to_contain_text("¶11 workers, cap")
    expect(field(desk, "paragraph")).to_have_value("11")
    expect(field(desk, "paragraph_basis")).to_have_value("inferred")
    expect(desk.page.locator("#claims .row").filter(has_text="S/RES/2371 (2017) ¶11")).to_be_visible()


def journey_6_b4_a_measure_of_later_is_a_warning(desk):
    choose(desk, "2397", "S/RES/2397 (2017)")
    expect(desk.card.locator(".finding")).to_contain_text("adopted on 2017-12-22, after the article")
    expect(field(desk, "paragraph")).to_have_value("8")
    # The register has more than the scheme was made with.
    law = marks.measure(code="LAW-1", symbol="Act of 2016", adopted="2016-02-18")
    choose(desk, "law-1", law.symbol)
    expect(desk.card.get_by_role("region", name="In the register")).to_contain_text("No more than before.")
    expect(desk.card.locator(".finding")).to_have_count(0)
    desk.saved()
    [stored] = desk.stored()["measure_refs"]
    assert (stored["measure"], stored["paragraph"], stored["paragraph_basis"]) == ("LAW-1", "11", "inferred")


def choose(desk, query, symbol):
    field(desk, "measure").click()
    desk.page.keyboard.type(query)
    expect(desk.options.first).to_contain_text(symbol)
    desk.press("Enter")
    expect(desk.card.locator(".fillers strong").first).to_have_text(symbol)


def claims_that_would_cross_are_not_made(desk):
    before = desk.page.locator("#claims .row").count()
    desk.press("Escape", "Escape")
    desk.drag("to be sent back soon,” a manager")
    desk.press("Escape", "q")
    expect(desk.page.locator(".refusal")).to_contain_text("The selection crosses the claim")
    assert desk.page.locator("#claims .row").count() == before
    desk.press("ArrowRight")
    expect(desk.page.locator(".refusal")).to_have_count(0)


def in_neither_theme_anything_hinders_anybody(desk):
    for theme in ("light", "dark"):
        desk.page.emulate_media(color_scheme=theme)
        for words in ("There used", "Act of 2016"):
            desk.page.locator("#claims .row").filter(has_text=words).click()
            found = violations(desk.page)
            assert [(item["id"], [node["html"] for node in item["nodes"]]) for item in found] == []


def test_every_field_of_claims_and_citations_by_keys_alone(desk):
    a_quotation_from_one_of_its_words(desk)
    one_inside_of_it(desk)
    the_source_is_pointed_at_and_named(desk)
    words_are_added_and_taken_away(desk)
    choices_and_notes_are_typed(desk)
    a_citation_is_linked_and_explained(desk)
    all_of_it_can_be_undone(desk)


def tab_to(desk, code):
    """From field to field, as Tab goes, or backwards."""
    wanted = field(desk, code)
    for _ in range(40):
        step = wanted.evaluate(
            "node => node === document.activeElement ? 0 : node.compareDocumentPosition(document.activeElement)"
        )
        if not step:
            return
        desk.press("Tab" if step == PRECEDING else "Shift+Tab")
    raise AssertionError(f"Tab never came to {code}")


def has_fields(desk, items):
    named = desk.card.locator("[name], [data-field]").evaluate_all(
        "found => found.map((node) => node.dataset.field ?? node.name)"
    )
    missing = {code for item in items for code in item} - DERIVED - set(named)
    assert not missing, f"no field for {missing}"


def a_quotation_from_one_of_its_words(desk):
    desk.go_to("There")
    desk.press("q")
    assert claim_of(desk, "There used")["content"][0]["quote"] == FIRST


def one_inside_of_it(desk):
    desk.press("Escape")
    desk.go_to("170")
    desk.press(*["Shift+ArrowRight"] * 3, "q")
    assert claim_of(desk, "170 were")["parent"] == claim_of(desk, "There used")["id"]
    desk.press("v")
    tab_to(desk, "reliability")
    desk.page.keyboard.type("B")
    tab_to(desk, "credibility")
    expect(field(desk, "rating_note")).to_be_visible()
    expect(field(desk, "credibility")).to_be_focused()
    has_fields(desk, CLAIMS.values())


def the_source_is_pointed_at_and_named(desk):
    desk.press("Escape", "v")
    tab_to(desk, "source_mention")
    desk.press("Enter")
    expect(desk.page.locator("#armed")).to_contain_text("Source: click a mark or select words")
    # From mark to mark that would do; the manager, who is the source already, is the first one.
    desk.press("n", "n", "Enter")
    expect(desk.card.locator(".reading")).to_contain_text("textile factory, quoted")
    tab_to(desk, "source_entity")
    desk.press("Enter")
    desk.page.keyboard.type("Witness of the return")
    expect(desk.option("Create “Witness of the return”")).to_be_visible()
    desk.press("Enter")
    expect(desk.page.get_by_role("dialog", name="New entity").get_by_label("Preferred name")).to_be_focused()
    desk.press("Enter")
    expect(desk.card.locator(".reading")).to_contain_text("Witness of the return, quoted")
    stored = claim_of(desk, "170 were")
    assert stored["source_mention"] is None
    [entity] = [item for item in desk.stored()["entities"] if item["id"] == stored["source_entity"]]
    assert (entity["name"], entity["type"]) == ("Witness of the return", "PERSON")


def words_are_added_and_taken_away(desk):
    tab_to(desk, "cue")
    desk.press("Enter", "Home", "Shift+ArrowRight", "Enter")
    expect(field(desk, "cue")).to_be_focused()
    expect(desk.card.locator(".chip")).to_have_count(2)
    desk.press("Shift+Tab", "Enter")
    expect(desk.card.locator(".chip")).to_have_count(1)
    tab_to(desk, "content")
    desk.press("Enter", "Home", "Shift+ArrowRight", "Enter")
    assert len(claim_of(desk, "170 were")["content"]) == 2


def choices_and_notes_are_typed(desk):
    # The second key of "mi" must not start anew at "indirect".
    typed = {"source_basis": "c", "mode": "mi", "modality": "d", "evidence": "o", "credibility": "2"}
    for code, words in typed.items():
        tab_to(desk, code)
        type_in(desk.page, words)
    tab_to(desk, "parent")
    desk.press("Home")
    tab_to(desk, "rating_note")
    desk.page.keyboard.type("Seen on site.")
    tab_to(desk, "note")
    desk.page.keyboard.type("Quotation goes on.")
    desk.press("Escape")
    stored = claim_of(desk, "170 were")
    assert {code: stored[code] for code in ("source_basis", "mode", "modality", "evidence", "credibility", "reliability")} == {
        "source_basis": "carried", "mode": "mixed", "modality": "denied", "evidence": "official", "credibility": "2", "reliability": "B",
    }  # fmt: skip
    assert (stored["parent"], stored["rating_note"], stored["note"]) == (None, "Seen on site.", "Quotation goes on.")


def a_citation_is_linked_and_explained(desk):
    desk.press("Escape", "Control+Home")
    desk.go_to("UNSC")
    desk.press(*["Shift+ArrowRight"] * 2, "u", "v")
    has_fields(desk, GOLD["measure_refs"])
    tab_to(desk, "measure")
    desk.press("Enter")
    desk.page.keyboard.type("2375")
    expect(desk.options.first).to_contain_text("2375")
    desk.press("Enter")
    expect(field(desk, "paragraph")).to_have_value("17")
    tab_to(desk, "paragraph")
    desk.press("Control+a")
    desk.page.keyboard.type("8(a)")
    tab_to(desk, "paragraph_basis")
    desk.page.keyboard.type("s")
    tab_to(desk, "note")
    desk.page.keyboard.type("As the text has it.")
    desk.press("Escape")
    kept(desk)
    [stored] = desk.stored()["measure_refs"]
    assert (stored["measure"], stored["paragraph"], stored["paragraph_basis"]) == ("UNSCR-2375", "8(a)", "stated")
    assert stored["note"] == "As the text has it."


def all_of_it_can_be_undone(desk):
    for _ in range(40):
        desk.press("Control+z")
    expect(desk.page.locator("#spoken")).to_have_text("Nothing to undo.")
    desk.saved()
    stored = desk.stored()
    assert (stored["attributions"], stored["measure_refs"]) == ([], [])
