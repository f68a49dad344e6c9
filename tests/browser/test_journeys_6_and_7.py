"""Journeys 6 and 7 where no other test goes them, with the keyboard alone. The parts are named as the journeys number them."""

import json

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from annotations.models import Argument, Assignment, Citation, Role
from annotations.schemes.measures import load_measures
from questions.index import keep
from registry.models import Decision, Entity, ListLink, SanctionsList, ScreenedBy
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
        expect(rows.filter(has=page.locator("mark", has_text=words)).locator(".entry")).to_contain_text(source)


def b3_the_return_of_the_170_says_what_requires_it(page):
    press(page, '#events a.quotation:has(mark:text-is("return"))')
    page.wait_for_selector("#annotator[data-whole=yes]")
    expect(page.locator("#card")).to_contain_text("170")
    note = page.locator("#card .finding")
    expect(note).to_contain_text("¶11 of 2371 caps work authorisations; it does not itself require return")
    expect(note).to_contain_text("required by ¶8 of 2397, adopted later (2017-12-22)")


def test_what_an_event_falls_under_is_cited_by_one_key_and_undone_by_another(page, sign_in, seeded, manager):
    load_measures(MEASURES)
    words = "On 5 March 2018 the plant hired workers from North Korea."
    work = factories.assignment(factories.document(words, corpus=seeded), manager)
    days = {"time_edtf": "2018-03-05", "time_earliest": "2018-03-05", "time_latest": "2018-03-05"}
    event = marks.event(
        work, "hired", "EMPLOY", status="happened", attributes={"phase": "start"}, has_time=True, time_basis="stated", **days
    )
    group = marks.entity(seeded, "workers from North Korea", type="GROUP", countries=["KP"])
    mark = marks.span(work, "workers from North Korea", "GROUP", entity=group)
    Argument.objects.create(
        event=event, assignment=work, role=Role.objects.get(label=event.label, code="worker"), position=0, span=mark
    )
    sign_in(page, manager)
    work.revision = 1
    work.save()
    desk = Desk(page, work)
    page.goto(f"{work.get_absolute_url()}#mark={event.triggers.get().pk}")
    page.wait_for_selector("#annotator[data-whole=yes]")
    keys = Typist(page, SCHEME)
    row = desk.card.locator("[data-row='role-legal_basis']")
    offer = row.get_by_role("button", name="Legal basis: Cite UNSCR 2375 ¶17?")
    expect(offer).to_be_visible()
    assert not Citation.objects.filter(assignment=work).exists()
    keys.press(offer.get_attribute("aria-keyshortcuts"))
    expect(row.locator(".chip")).to_contain_text("hired")
    expect(row.locator(".offer")).to_have_count(0)
    desk.saved()
    cited = Citation.objects.get(assignment=work)
    assert (cited.measure.code, cited.paragraph, cited.paragraph_basis, cited.quote) == ("UNSCR-2375", "17", "inferred", "hired")
    assert Argument.objects.get(event=event, role__code="legal_basis").citation == cited
    keys.press("Control+z")
    expect(offer).to_be_visible()
    desk.saved()
    assert not Citation.objects.filter(assignment=work).exists()


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
    expect(page.locator(".message")).to_contain_text("screened against TEST, scores from 72")
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


def test_journey_7_confirmed_probable_and_possible_by_keys_each_signed(page, sign_in, seeded, manager, tmp_path):
    firms = [f"Exampel Trading {name}" for name in ("Alpha", "Beta", "Gamma")]
    work = factories.assignment(factories.document(f"{'; '.join(firms)}; {firms[1]} again.", corpus=seeded), manager)
    for firm in firms:
        marks.span(work, firm, "COMPANY", entity=marks.entity(seeded, firm, type="COMPANY"))
    lines = "".join(f"TEST-00{number}; {firm}; KP; 2016-03-02\n" for number, firm in enumerate(firms, 1))
    loaded(tmp_path, lines)
    ScreenedBy.objects.create(corpus=seeded, list=SanctionsList.objects.get(code="TEST"), threshold=95)
    call_command("screen", corpus="seeded", verbosity=0)
    sign_in(page, manager)
    page.goto("/corpora/seeded/screening/")
    cards = page.locator("#work > li")
    expect(cards).to_have_count(3)
    page.keyboard.press("j")
    for left, (key, note) in enumerate({"1": "same address", "2": "", "3": "the name alone"}.items(), 1):
        expect(cards.and_(page.locator(":focus"))).to_have_count(1)
        page.keyboard.press("n")
        page.keyboard.type(note)
        page.keyboard.press("Escape")
        page.keyboard.press(key)
        expect(cards).to_have_count(3 - left)
    made = list(Decision.objects.order_by("at").values_list("match", "note", "user__username"))
    assert made == [
        ("confirmed", "same address", "manager"),
        ("probable", "", "manager"),
        ("possible", "the name alone", "manager"),
    ]
    assert {link.entry: link.match for link in ListLink.objects.all()} == {
        decision.entry: decision.match for decision in Decision.objects.all()
    }
    for link in ListLink.objects.select_related("entity"):
        page.goto(link.entity.get_absolute_url())
        expect(page.locator("main")).to_contain_text(f"TEST {link.entry}")
        expect(page.locator("main")).to_contain_text("manager")
    loaded(tmp_path, lines.replace("KP;", "alias: Muster; KP;"))
    call_command("screen", corpus="seeded", verbosity=0)
    page.goto("/corpora/seeded/screening/")
    expect(page.get_by_role("heading", name="Candidates (0)")).to_be_visible()
    a1_entities_by_list_level_and_date_with_mentions(page)


def a1_entities_by_list_level_and_date_with_mentions(page):
    answer = page.request.get("/api/v1/list-links/?list=TEST&match=probable&mentions=1").json()["results"]
    (link,) = answer
    decision = Decision.objects.get(match="probable")
    assert (link["entry"], link["entity"], link["reviewer"]) == (decision.entry, str(decision.entity), "manager")
    assert [mention["quote"] for mention in link["mentions"]] == [Entity.objects.get(pk=decision.entity).name]
