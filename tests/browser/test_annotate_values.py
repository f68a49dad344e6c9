"""The values of an event in its card: what nobody has chosen, what was read and from which words, what is offered."""

import re

import pytest
from playwright.sync_api import expect

from annotations.models import Assignment
from tests import marks
from tests.browser.barriers import violations
from tests.browser.desk import Desk, assignment_on
from tests.browser.keyboard import type_in

TEXT = (
    "Visas\n\nThe authorities were told not to extend their visas. The 170 workers are expected to be sent home to the North.\n\n"
    "A company exported coal."
)
OPEN = {"status": "", "polarity": "", "certainty": ""}

# Lists and labels whose words are wider than the room that they have.
# What explains a choice, in brackets at its end, may be cut: it is whole in the list.
CUT = """() => [...document.querySelectorAll('#card :is(select, label, .role, button, .read, .missing), .account-list select')]
  .filter((node) => node.checkVisibility())
  .map((node) => {
    const style = getComputedStyle(node);
    const line = document.createElement('span');
    line.textContent = node.matches('select') ? node.selectedOptions[0].textContent.split(' (')[0] : '';
    Object.assign(line.style, { position: 'absolute', whiteSpace: 'nowrap', font: style.font });
    document.body.append(line);
    const arrow = 16;
    const room = node.clientWidth - parseFloat(style.paddingInlineStart) - parseFloat(style.paddingInlineEnd) - arrow;
    const over = node.matches('select') ? line.offsetWidth - room : node.scrollWidth - node.clientWidth;
    line.remove();
    return [node.name || node.textContent, Math.round(over)];
  })
  .filter(([, over]) => over > 1)"""


def at(words, nth=0):
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return [start, start + len(words)]


@pytest.fixture
def opened(page, sign_in, transactional_db):
    """`opened(offers, **values)`: the card of “extend”, a permit decision of which `values` are stored and nothing else."""
    made = []

    def make(offers=None, **values):
        assignment = assignment_on(TEXT)
        event = marks.event(assignment, "extend", "PERMIT", **{**OPEN, **values})
        Assignment.objects.filter(pk=assignment.pk).update(revision=event.revision)
        sign_in(page, assignment.annotator)
        if offers:
            offer(page, {str(event.id): offers})
        made.append(Desk(page, assignment).open())
        made[-1].click("extend")
        expect(made[-1].card.locator("[name=status]")).to_be_visible()
        return made[-1]

    yield make
    for desk in made:
        desk.idle()


def offer(page, offers):
    """The checks answer with these, and have nothing to say otherwise."""
    counts = {"error": 0, "warning": 0, "derived": 0}
    answer = {"revision": 1_000, "findings": [], "checks": [], "counts": counts, "offers": offers}
    page.route(re.compile("/checks/$"), lambda route: route.fulfill(json=answer))


def row(desk, code):
    return desk.card.locator(f"[data-row='{code}']")


def value(desk, code):
    return desk.card.locator(f"[name={code}]")


def shown(desk, code):
    """What the list says: its chosen line."""
    return value(desk, code).evaluate("list => list.selectedOptions[0].textContent")


def event(desk):
    desk.saved()
    [found] = desk.stored()["events"]
    return found


# Open


def test_what_nobody_has_chosen_says_so_in_words_and_with_a_sign(opened):
    desk = opened()
    for code in ("permit_type", "decision", "status", "polarity", "certainty"):
        assert shown(desk, code) == "Choose"
        expect(row(desk, code).locator(".missing")).to_have_text("! missing")
        expect(value(desk, code)).to_have_accessible_description(re.compile("missing"))
        assert value(desk, code).locator("option").all_text_contents()[-1] == "not stated in the text"
    value(desk, "status").select_option("not_stated")
    expect(row(desk, "status").locator(".missing")).to_have_count(0)
    assert event(desk)["status"] == "not_stated"
    assert "" not in value(desk, "status").locator("option").evaluate_all("all => all.map(({ value }) => value)")


def test_keys_lead_from_one_open_value_to_the_next(opened):
    desk = opened()
    desk.page.locator("#text").focus()
    desk.press("v")
    for code, letters in (
        ("permit_type", "vi"),
        ("decision", "ref"),
        ("status", "not"),
        ("polarity", "neg"),
        ("certainty", "cert"),
    ):
        expect(value(desk, code)).to_be_focused()
        type_in(desk.page, letters)
        desk.press("Enter")
    found = event(desk)
    assert found["attributes"] == {"permit_type": "visa", "decision": "refused"}
    assert [found[code] for code in OPEN] == ["unrealised", "negative", "certain"]
    expect(desk.card.locator(".missing")).to_have_count(0)
    # Nothing more is missing: the keyboard stays where it is.
    expect(value(desk, "certainty")).to_be_focused()
    for _ in range(3):
        desk.press("Control+z")
    found = event(desk)
    assert [found[code] for code in OPEN] == [None, None, None]
    assert shown(desk, "status") == "Choose"


def test_a_list_of_marks_counts_what_is_open(opened):
    desk = opened(polarity="negative")
    desk.page.get_by_role("tab", name="Marks").click()
    expect(desk.page.locator("#marks .row .value")).to_have_text("negative · 2 unanswered")
    value(desk, "certainty").select_option("certain")
    expect(desk.page.locator("#marks .row .value")).to_have_text("negative · status unanswered")


def test_a_role_that_is_missing_is_called_so(desk):
    desk.mark("return", "Return home")
    people = row(desk, "role-people")
    expect(people.locator(".either")).to_have_text("? missing")
    expect(people.get_by_role("button", name="People: missing, choose…")).to_be_visible()


# Read


def test_what_was_read_says_from_which_words_and_lights_them(opened):
    desk = opened(polarity="negative", status="unrealised", read={"polarity": [at("not to")], "status": []})
    expect(row(desk, "polarity").locator(".read")).to_have_text("read “not to”")
    # No words of its own: the trigger's form has decided.
    expect(row(desk, "status").locator(".read")).to_have_text("read “extend”")
    expect(row(desk, "certainty").locator(".read")).to_have_count(0)
    value(desk, "polarity").focus()
    desk.wait_for_lit("hover", ["not to"])
    expect(value(desk, "polarity")).to_have_accessible_description("read “not to”")
    row(desk, "status").locator(".read").hover()
    desk.wait_for_lit("hover", ["extend"])


def test_a_choice_by_hand_is_not_read_and_undo_brings_both_back(opened):
    desk = opened(polarity="negative", status="unrealised", read={"polarity": [at("not to")], "status": []})
    value(desk, "polarity").select_option("positive")
    expect(row(desk, "polarity").locator(".read")).to_have_count(0)
    expect(row(desk, "status").locator(".read")).to_have_count(1)
    found = event(desk)
    assert (found["polarity"], found["read"]) == ("positive", {"status": []})
    desk.page.get_by_role("button", name="Undo").click()
    expect(row(desk, "polarity").locator(".read")).to_have_text("read “not to”")
    found = event(desk)
    assert (found["polarity"], found["read"]) == ("negative", {"polarity": [at("not to")], "status": []})


# In one task, so that no pause passes: a line of a list chosen with keys, and something else that draws the card anew.
CHOSEN_AND_DRAWN = """() => {
  const list = (name) => document.querySelector(`#card [name=${name}]`);
  const choose = (name, value, type) => {
    const each = list(name);
    each.dispatchEvent(new Event(type, { bubbles: true }));
    each.value = value;
    each.dispatchEvent(new Event('change', { bubbles: true }));
    return each;
  };
  list('status').focus();
  const old = choose('status', 'happened', 'keydown');
  choose('polarity', 'positive', 'input');
  return [old.isConnected, list('status').value, document.activeElement === list('status')];
}"""


def test_what_is_being_chosen_stands_when_the_card_is_drawn_anew(opened):
    desk = opened()
    assert desk.page.evaluate(CHOSEN_AND_DRAWN) == [False, "happened", True]
    stored = event(desk)
    assert (stored["status"], stored["polarity"]) == ("happened", "positive")
    desk.press("Control+z")
    stored = event(desk)
    assert (stored["status"], stored["polarity"]) == (None, "positive")


# Offered

OFFERS = {
    "decision": [{"value": "refused", "words": [at("not to")]}],
    "status": [{"value": "unrealised", "words": [at("told")]}, {"value": "expected", "words": [at("expected")]}],
}


def offered(desk):
    words = "all => all.map((one) => [...one.children].map(({ textContent }) => textContent).join(' '))"
    return desk.card.locator(".answer .offer").evaluate_all(words)


def test_a_digit_takes_what_is_offered_and_the_others_keep_theirs(opened):
    desk = opened(OFFERS)
    expect(desk.card.locator(".answer .offer")).to_have_count(3)
    assert offered(desk) == [
        "1 refused “not to”",
        "2 not carried out (ordered, planned, threatened, hypothetical) “told”",
        "3 expected “expected”",
    ]
    button = desk.card.get_by_role("button", name="Decision: refused? From the words “not to”.")
    expect(button).to_have_attribute("aria-keyshortcuts", "1")
    button.hover()
    desk.wait_for_lit("hover", ["not to"])
    desk.page.locator("#text").focus()
    desk.press("1")
    expect(value(desk, "decision")).to_have_value("refused")
    assert offered(desk) == ["2 not carried out (ordered, planned, threatened, hypothetical) “told”", "3 expected “expected”"]
    desk.press("3")
    expect(value(desk, "status")).to_have_value("expected")
    expect(desk.card.locator(".answer .offer")).to_have_count(0)
    found = event(desk)
    assert (found["attributes"], found["status"], found["read"]) == ({"decision": "refused"}, "expected", {})


def test_in_a_list_a_digit_takes_what_is_offered_too(opened):
    desk = opened(OFFERS)
    expect(desk.card.locator(".answer .offer")).to_have_count(3)
    value(desk, "decision").focus()
    desk.press("1")
    expect(value(desk, "decision")).to_have_value("refused")
    expect(value(desk, "status")).to_be_focused()
    desk.press("2")
    expect(value(desk, "status")).to_have_value("unrealised")
    expect(value(desk, "polarity")).to_be_focused()


def test_offers_for_roles_keep_the_first_digits(desk_on):
    desk = desk_on(TEXT)
    desk.mark("170", "People count")
    desk.mark("sent home", "Return home")
    expect(row(desk, "role-count").locator(".offer kbd")).to_have_text("1")
    made = event(desk)["id"]
    offer(desk.page, {made: {"manner": [{"value": "forced", "words": [at("expected")]}]}})
    # The next answer of the checks brings them: the digit that stood there means what it meant.
    desk.card.locator("[name=note]").fill("n")
    desk.press("Escape")
    expect(row(desk, "manner").locator(".offer kbd")).to_have_text("2")
    expect(row(desk, "role-count").locator(".offer kbd")).to_have_text("1")
    desk.press("1")
    expect(row(desk, "role-count").locator(".chip")).to_have_count(1)
    expect(row(desk, "manner").locator(".offer kbd")).to_have_text("2")
    # The card that is opened anew counts from one.
    desk.press("Escape", "j")
    expect(row(desk, "manner").locator(".offer kbd")).to_have_text("1")


def test_what_is_offered_is_seen_at_once_on_a_low_window(page, desk_on):
    """Fillers before values, and the labels make room; their tab closes the card."""
    page.set_viewport_size({"width": 1280, "height": 850})
    desk = desk_on(TEXT)
    desk.mark("170", "People count")
    desk.mark("sent home", "Return home")
    labels = page.locator("#labels")
    expect(labels).to_be_hidden()
    for code in ("role-count", "manner", "status", "polarity", "certainty"):
        expect(row(desk, code)).to_be_in_viewport(ratio=1)
    tops = [row(desk, code).bounding_box()["y"] for code in ("role-count", "manner")]
    assert tops == sorted(tops)
    page.get_by_role("tab", name="Labels").click()
    expect(labels).to_be_visible()
    expect(desk.card).to_be_hidden()


def test_what_the_words_leave_open_is_offered_and_what_they_say_is_read(desk):
    desk.mark("earn", "Money changes hands")
    expect(row(desk, "polarity").locator(".read")).to_have_text("read “earn”")
    first = row(desk, "status").locator(".offer").first
    expect(first).to_contain_text("general or habitual")
    desk.press(first.locator("kbd").inner_text())
    expect(row(desk, "status").locator(".offer")).to_have_count(0)
    made = event(desk)
    assert (made["status"], made["polarity"]) == ("general", "positive")
    assert (made["read"].get("polarity"), made["read"].get("status")) == ([], None)


def test_one_key_answers_all_that_is_open_and_one_undo_takes_it_back(opened):
    desk = opened()
    button = desk.card.locator("[data-field=unstated]")
    expect(button).to_have_text("0 5 unanswered: not stated in the text")
    expect(button).to_have_attribute("title", "Status, polarity, certainty, permit and decision")
    # One line for the event, whatever is wrong with it.
    expect(desk.page.locator("#submit")).to_have_text("Submit: 1 error")
    desk.page.get_by_role("tab", name="Checks").click()
    rows = desk.page.locator("#checks [data-level=error] .row")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("Unanswered: ")
    expect(rows).to_contain_text("status, polarity")
    desk.press("0")
    expect(button).to_have_count(0)
    desk.saved()
    found = event(desk)
    assert {found[code] for code in ("status", "polarity", "certainty")} == {"not_stated"}
    assert found["attributes"] == {"permit_type": "not_stated", "decision": "not_stated"}
    expect(desk.page.locator("#submit")).to_have_text("Submit")
    desk.press("Control+z")
    desk.saved()
    found = event(desk)
    assert ({found[code] for code in ("status", "polarity", "certainty")}, found["attributes"]) == ({None}, {})


# Looks


@pytest.mark.parametrize("width", [1280, 390])
def test_no_label_is_cut(opened, page, width):
    page.set_viewport_size({"width": width, "height": 850})
    desk = opened(OFFERS, status="happened", polarity="negative", read={"polarity": [at("not to")], "status": []})
    for kind in ("PERMIT", "TRADE", "EMPLOY", "IMPLEMENT"):
        value(desk, "type").select_option(kind)
        expect(value(desk, "type")).to_have_value(kind)
        for status in ("happened", "unrealised"):
            value(desk, "status").select_option(status)
            assert page.evaluate(CUT) == []
    page.locator(".account > summary").click()
    assert page.evaluate(CUT) == []


# Looked up and measured in one step: the card is drawn anew when the answer to a mark comes.
ON_ONE_LINE = """() => {
  const quote = document.querySelector('#card header q');
  return quote.getBoundingClientRect().height / parseFloat(getComputedStyle(quote).lineHeight) < 1.5;
}"""


def test_a_quotation_mark_stands_with_its_word(desk_on):
    desk = desk_on(TEXT)
    for width in (1280, 1000, 390):
        desk.page.set_viewport_size({"width": width, "height": 850})
        desk.mark("exported", "Trade in goods")
        quote = desk.card.locator("header q")
        expect(quote).to_have_text("exported")
        desk.page.wait_for_function(ON_ONE_LINE)
        desk.press("Delete")
        expect(quote).to_have_count(0)
        desk.idle()  # on a phone the line above the text is higher while it says more than “Saved”


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_the_card_has_no_finding_of_axe(opened, page, width, scheme):
    page.set_viewport_size({"width": width, "height": 850})
    page.emulate_media(color_scheme=scheme)
    desk = opened(OFFERS, polarity="negative", read={"polarity": [at("not to")]})
    expect(desk.card.locator(".answer .offer")).to_have_count(3)
    found = violations(page, {"include": [["#card"]]})
    assert [(item["id"], [node["target"] for node in item["nodes"]][:3]) for item in found] == []
