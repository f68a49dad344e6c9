"""In none of its states has the page a finding of axe: wide and light, narrow and dark, each with one load."""

import re

import pytest
from playwright.sync_api import expect

from annotations.imports.load import load
from annotations.models import Assignment
from annotations.write.apply import apply_changes
from tests import factories
from tests.browser.barriers import violations
from tests.browser.desk import Desk

GOLD = factories.DOMAIN / "gold_seed.json"
SEED = factories.DOMAIN / "gold_seed.txt"
LOOKS = {"wide light": (1280, 900), "narrow dark": (390, 800)}


@pytest.fixture(params=LOOKS)
def desk(request, new_page, sign_in, transactional_db, allowed_console):
    """The seed article with all of its gold."""
    allowed_console += ["status of (409|422|500)", "ERR_INTERNET_DISCONNECTED"]
    corpus, who = factories.corpus(), factories.user("annotator")
    factories.adopt(corpus)
    factories.membership(corpus, who, "annotator")
    factories.document(SEED.read_text("utf-8"), of=factories.article(corpus, "Workers return"))
    load(corpus, GOLD.read_bytes(), name=GOLD.name, annotator=who, user=who, role="annotation")
    width, height = LOOKS[request.param]
    page = new_page(color_scheme=request.param.split()[-1], viewport={"width": width, "height": height})
    sign_in(page, who)
    return Desk(page, Assignment.objects.get(annotator=who)).open()


# States: what one does to see each. They come one after the other on one page.


def card(field, *fits):
    """The card of the first one of `field` in the native format that has all of `fits`; opened by its address, as by a link."""

    def show(desk):
        found = next(item for item in desk.stored()[field] if set(fits) <= set(map(str, item.values())))
        desk.page.evaluate("(id) => { location.hash = `mark=${id}`; }", found["id"])
        desk.look()
        expect(desk.card).to_be_visible()

    return show


def tab(name):
    def open_it(desk):
        desk.press("Escape")
        desk.page.get_by_role("tab", name=name).click()

    return open_it


def click(field):
    """A button of the card that opens something."""
    return lambda desk: desk.card.locator(f"[data-field={field}]").first.dispatch_event("click")


def press(*keys):
    return lambda desk: desk.press(*keys)


def menu(desk):
    desk.press("Escape", "Escape")
    desk.page.locator("#text").focus()
    desk.press("Control+Home", "ArrowRight", "Enter")
    expect(desk.page.locator("#menu")).to_be_visible()


def answered(status, state, **body):
    """`state`: what the page says of saving then."""

    def act(desk):
        desk.page.route("**/changes/", lambda route: route.fulfill(status=status, json=body), times=1)
        mark_anew(desk)
        expect(desk.state).to_have_attribute("data-state", state)

    return act


def mark_anew(desk, label="o"):
    desk.press("Escape", "Escape")
    desk.page.locator("#text").focus()
    desk.press("Control+Home", "ArrowRight", "a", label)


def conflict(desk):
    """Two persons write different notes on one figure."""
    found = next(mark for mark in desk.stored()["mentions"] if mark["layer"] == "FIGURE")
    card("mentions", found["id"])(desk)
    item = {"id": found["id"], "attributes": {"note": "theirs"}}
    change = {"id": "00000000-0000-4000-8000-000000000001", "op": "update", "kind": "span", "object": item}
    revision = desk.stored()["revision"]
    desk.card.get_by_text("More fields").click()
    desk.card.get_by_label("Note").fill("mine")
    # At the last moment: each half minute the page takes in what others wrote, and then there is no conflict.
    apply_changes(desk.assignment, desk.assignment.annotator, revision, [change])
    desk.press("Enter")
    expect(desk.page.locator(".problem table").first).to_be_visible()


def offline(desk):
    desk.page.context.set_offline(True)
    # The same words under the same label would be the mark that there is.
    mark_anew(desk, "p")
    expect(desk.state).to_have_attribute("data-state", "offline")


REFUSAL = {"code": "invalid", "title": "Invalid", "errors": [{"code": "SPAN-02", "detail": "cuts a word"}]}
STATES = {
    "as it opens": lambda desk: None,
    "card of an actor": card("mentions", "ACTOR"),
    "search for an entity": click("entity"),
    "card of a figure": card("mentions", "FIGURE"),
    "card of money": card("mentions", "MONEY"),
    "card of an event": card("mentions", "EVENT"),
    "card of a claim": card("attributions"),
    "pointing at words": click("cue"),
    "card of a citation": card("measure_refs"),
    "menu of labels": menu,
    "list of marks": tab("Marks"),
    "list of claims": tab("Claims"),
    "list of checks": tab("Checks"),
    "notes": tab("Notes"),
    "conflict": conflict,
    "refusal": answered(422, "refused", **REFUSAL),
    "server error": answered(500, "retrying"),
    "offline": offline,
    "help": press("?"),
}

WITH_THE_TEXT = {"as it opens", "card of an event"}


def test_no_state_of_the_page_has_a_finding(desk):
    found = {}
    for name, act in STATES.items():
        act(desk)
        desk.look()
        if seen := findings(desk, whole=name in WITH_THE_TEXT):
            found[name] = seen
    assert found == {}
    desk.press("Escape")
    desk.page.context.set_offline(False)
    expect(desk.state).to_have_attribute("data-state", re.compile("conflict|refused"))


def findings(desk, whole):
    """The text with all of its marks takes most of the time, and looks the same in most states."""
    around = None if whole else {"exclude": [["#text"]]}
    found = violations(desk.page, around)
    return [(item["id"], item["impact"], [node["target"] for node in item["nodes"]][:3]) for item in found]
