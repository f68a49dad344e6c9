"""Journey 5 as far as events go, on the worked article. The parts are named as the journey numbers them."""

import json
import time
import uuid
from urllib.parse import urljoin

import pytest
from playwright.sync_api import expect

from annotations.imports.load import load
from annotations.models import Assignment
from corpus.intake.ingest import ingest
from tests import factories
from tests.browser.desk import Desk
from tests.browser.keyboard import type_in

SEED = factories.DOMAIN / "000_3e4db3711cb7c38f.txt"
GOLD = json.loads((factories.DOMAIN / "gold_seed.json").read_text("utf-8"))
# The return of the 170 and the sending back of the workers: built by hand here.
BUILT = {"EV07", "EV22"}


def without_the_built_ones():
    gold = json.loads(json.dumps(GOLD))
    gold["events"] = [event for event in gold["events"] if event["id"] not in BUILT]
    for event in gold["events"]:
        event["arguments"] = [filled for filled in event["arguments"] if filled.get("event") not in BUILT]
    gold["mentions"] = [mark for mark in gold["mentions"] if mark.get("event") not in BUILT]
    gold["relations"] = [link for link in gold["relations"] if not {link["source"], link["target"]} & BUILT]
    return json.dumps(gold).encode()


@pytest.fixture
def desk(page, sign_in, transactional_db):
    person = factories.user("annotator")
    corpus = factories.corpus()
    factories.adopt(corpus)
    factories.membership(corpus, person, "annotator")
    ingest(corpus, [(SEED.name, SEED.read_bytes())], door="command")
    load(corpus, without_the_built_ones(), name="gold_seed.json", annotator=person, user=person, role="annotation")
    sign_in(page, person)
    desk = Desk(page, Assignment.objects.get(annotator=person)).open()
    yield desk
    desk.idle()


def test_events_of_the_worked_article(desk):
    b1_the_frame_opens_and_offers_what_fits(desk)
    b2_a_second_trigger_leaves_one_event(desk)
    b3_a_trigger_in_two_pieces(desk)
    b4_the_chain_from_the_advice_to_the_return(desk)
    b6_expected_and_negative_are_seen_and_filtered(desk)
    a1_what_no_role_takes_is_refused(desk)
    # Everything else that an event has, by keys alone.
    open_the_frame(desk, "used")
    an_entity_that_no_words_stand_for(desk)
    a_date_is_told_while_it_is_typed(desk)
    events_are_linked_joined_and_split(desk)
    another_type_keeps_what_it_has_roles_for(desk)


# By keys


def to(desk, field, back=False):
    """With Tab, from where the keyboard is in the card."""
    wanted = f"(node => node.name === '{field}' || node.dataset.field === '{field}')(document.activeElement)"
    for _ in range(60):
        if desk.page.evaluate(wanted):
            return
        desk.press("Shift+Tab" if back else "Tab")
    raise AssertionError(f"Tab never came to {field}")


def enter_card(desk):
    desk.page.locator("#text").focus()
    desk.press("v")


def choose(desk, field, words):
    """Open a row of the frame, type, Enter."""
    enter_card(desk)
    to(desk, field)
    desk.press("Enter")
    expect(desk.page.locator("#menu")).to_be_visible()
    desk.page.keyboard.type(words)
    expect(desk.options.first).to_contain_text(words, ignore_case=True)
    desk.press("Enter")


def paragraph(desk, words):
    """The caret on the first word of the paragraph that begins so."""
    desk.page.locator("#text").focus()
    desk.press("Escape", "Control+Home")
    for _ in range(20):
        if desk.caret().startswith(words):
            return
        desk.press("Control+ArrowDown")
    raise AssertionError(f"no paragraph begins with “{words}”")


def open_the_frame(desk, first):
    """The event of the words in the second paragraph, by its mark."""
    paragraph(desk, "There")
    for _ in range(12):
        desk.press("j")
        desk.look()
        if desk.card.locator("header q").inner_text().strip("“”").startswith(first):
            return
    raise AssertionError(f"n never came to “{first}”")


# What the frame says and what is stored


def row(desk, code):
    return desk.card.locator(f"[data-row='{code}']")


def offered(desk, code):
    return row(desk, code).locator(".offer > [dir=auto]").all_text_contents()


def event_of(desk, key="", words=None):
    """An event as it is stored: by its key, or one that was made here by the words of a trigger."""
    stored = saved(desk)
    quotes = {mark["id"]: mark["quote"] for mark in stored["mentions"]}
    for event in stored["events"]:
        event["words"] = [quotes[trigger] for trigger in event["triggers"]]
        if event["key"] == key and (words is None or words in event["words"]):
            return event | {
                "arguments": [{**filled, "words": quotes.get(filled.get("mention"))} for filled in event["arguments"]]
            }
    raise AssertionError(f"there is no event {key} of “{words}”")


def saved(desk):
    desk.saved()
    return desk.stored()


def filled(event, role):
    return [argument["words"] for argument in event["arguments"] if argument["role"] == role]


def becomes(desk, read, wanted):
    """What is typed is kept a moment after it is left."""
    end = time.monotonic() + 60
    while read(event_of(desk, "EV05")) != wanted:
        assert time.monotonic() < end, f"it never became {wanted!r}"
        desk.page.wait_for_timeout(50)


# Journey 5


def b1_the_frame_opens_and_offers_what_fits(desk):
    paragraph(desk, "There")
    desk.go_to("return")
    desk.press("e", "r")
    expect(desk.card.locator("[name=type]")).to_have_value("REPATRIATE")
    expect(row(desk, "role-people").locator(".either")).to_be_visible()
    assert offered(desk, "role-count")[0] == "170?"
    assert offered(desk, "role-destination") == ["North?"]
    assert not [words for words in desk.card.locator(".offer").all_inner_texts() if "RMB" in words or "KPW" in words]
    # A digit takes it while the keyboard is in the text; Enter where it is on the offer.
    desk.press(row(desk, "role-count").locator(".offer kbd").first.inner_text())
    expect(row(desk, "role-count").locator(".chip")).to_have_text("170×")
    expect(row(desk, "role-people").locator(".either")).to_have_count(0)
    enter_card(desk)
    to(desk, "role-destination-offer")
    assert desk.lit("hover") == ["North"]
    desk.press("Enter")
    expect(row(desk, "role-destination").locator(".chip")).to_have_text("North×")
    choose(desk, "role-cause", "adopted")
    choose(desk, "role-legal_basis", "UNSC resolution")
    desk.press("Escape")
    assert {"170", "North", "UNSC resolution"} <= set(desk.lit("argument"))


def b2_a_second_trigger_leaves_one_event(desk):
    desk.select("sent back", nth=1)
    desk.option("Same event as “return”").click()
    expect(row(desk, "triggers").locator(".chip")).to_have_count(2)
    assert desk.lit("focus") == ["return", "sent back"]
    event = event_of(desk, words="return")
    assert event["words"] == ["return", "sent back"]
    assert (filled(event, "count"), filled(event, "destination")) == (["170"], ["North"])


def b3_a_trigger_in_two_pieces(desk):
    paragraph(desk, "According")
    desk.go_to("sending")
    desk.press("e", "r")
    desk.go_to("back")
    desk.press("+")
    expect(desk.card.locator("header q")).to_have_text("sending … back")
    assert desk.lit("focus") == ["sending", "back"]
    desk.card.locator("[name=status]").select_option("ongoing")


def b4_the_chain_from_the_advice_to_the_return(desk):
    # The subject of the verb is offered, and so is its object.
    assert offered(desk, "role-agent") == ["Chinese factories?"]
    assert offered(desk, "role-people") == ["North Korean workers?"]
    desk.page.locator("#text").focus()
    desk.press(row(desk, "role-agent").locator(".offer kbd").inner_text())
    expect(row(desk, "role-agent").locator(".chip")).to_have_text("Chinese factories×")
    choose(desk, "role-cause", "heeded")
    desk.press("Escape", "c")
    told = desk.page.locator("#chain .story").all_inner_texts()
    assert told == ["Chinese government advised, warning", "Chinese factories heeded", "Chinese factories sending … back"]
    expect(desk.page.locator("#chain .by")).to_have_text(["↓ directive, cause", "↓ cause"])
    desk.press("ArrowUp", "Enter")
    expect(desk.page.locator("#chain")).to_have_count(0)
    expect(desk.card.locator("header q")).to_have_text("heeded")


def b6_expected_and_negative_are_seen_and_filtered(desk):
    desk.click("sent back")
    expect(desk.card.locator("[name=status]")).to_have_value("expected")
    expect(desk.card.locator("[name=certainty]")).to_have_value("probable")
    desk.click("extended")
    expect(desk.card.locator("[name=phase]")).to_have_value("extend")
    expect(desk.card.locator("[name=polarity]")).to_have_value("negative")
    desk.page.get_by_role("tab", name="Marks").click()
    only = desk.page.get_by_role("button", name="Contract ended or not renewed")
    only.click()
    rows = desk.page.locator("#marks .row")
    expect(rows).to_have_count(5)
    expect(rows.filter(has_text="extended")).to_have_text("EMPextendednegative")
    only.click()
    expect(rows.filter(has_text="130")).to_have_count(1)


def a1_what_no_role_takes_is_refused(desk):
    desk.page.locator("#text").focus()
    desk.press("Escape")
    desk.click("return", nth=1)
    desk.card.locator("[data-field=role-count]").click()
    desk.click("Dandong City", nth=1)
    expect(desk.page.locator("#armed .refused")).to_have_text("“Territory / place” cannot be “How many”. Allowed: People count.")
    desk.press("Escape")
    event = event_of(desk, words="return")
    stored = desk.stored()["mentions"]
    place, count = (next(mark["id"] for mark in stored if mark["label"] == label) for label in ("TERRITORY", "PEOPLE"))
    assert refusals(desk, event, {"role": "count", "mention": place}, without="count") == ["EVT-02"]
    assert refusals(desk, event, {"role": "count", "mention": count}) == ["EVT-02"]
    assert refusals(desk, event, {"role": "cause", "event": event["id"]}) == ["EVT-03"]


def refusals(desk, event, argument, without=None):
    """The rules that the server names when the event gets this argument as well."""
    kept = [
        {key: value for key, value in held.items() if key != "words"} for held in event["arguments"] if held["role"] != without
    ]
    data = desk.page.evaluate("({ ...document.querySelector('#annotator').dataset })")
    desk.assignment.refresh_from_db()
    change = {
        "id": str(uuid.uuid4()),
        "op": "update",
        "kind": "event",
        "object": {"id": event["id"], "arguments": [*kept, argument]},
    }
    url = urljoin(desk.page.url, f"{data['assignment']}changes/")
    body = {"base": desk.assignment.revision, "changes": [change]}
    answer = desk.page.request.post(url, data=body, headers={"X-CSRFToken": data["csrf"]})
    assert answer.status == 422
    return [error["code"] for error in answer.json()["errors"]]


# By keys alone


def an_entity_that_no_words_stand_for(desk):
    choose(desk, "role-worker", "not named")
    expect(desk.options.filter(has_text="Create")).to_have_count(1)
    desk.page.keyboard.type("remaining")
    expect(desk.options.first).to_contain_text("remaining")
    desk.press("Enter")
    expect(row(desk, "role-worker").locator(".implicit")).to_have_count(1)
    event = event_of(desk, "EV05")
    assert [argument.get("implicit") for argument in event["arguments"] if argument["role"] == "worker"] == [None, True]
    enter_card(desk)
    to(desk, f"role-worker-away-{event['arguments'][-1]['entity']}")
    desk.press("Enter")
    expect(row(desk, "role-worker").locator(".chip")).to_have_count(1)


def a_date_is_told_while_it_is_typed(desk):
    enter_card(desk)
    to(desk, "edtf")
    meaning = desk.card.locator("#edtf-meaning")
    desk.page.keyboard.type("2017-08-05/2017")
    expect(meaning).to_have_text("5 August to 31 December 2017")
    desk.page.keyboard.type("-09-3")
    expect(meaning).to_contain_text("is not EDTF")
    desk.press("Enter")
    expect(desk.card.locator("[name=edtf]")).to_have_attribute("aria-invalid", "true")
    desk.page.keyboard.type("0")
    expect(meaning).to_have_text("5 August to 30 September 2017")
    desk.press("Enter")
    to(desk, "part_of_day")
    type_in(desk.page, "morn")
    to(desk, "basis")
    expect(desk.card.locator("[name=basis]")).to_have_value("inferred")
    to(desk, "time_note")
    desk.page.keyboard.type("After the resolution.")
    desk.press("Tab")
    becomes(desk, lambda event: event["time"]["note"], "After the resolution.")
    event = event_of(desk, "EV05")
    told = ("edtf", "earliest", "latest", "part_of_day", "basis", "text")
    assert [event["time"][code] for code in told] == ["2017-08-05/2017-09-30", "2017-08-05", "2017-09-30", "MO", "inferred", None]
    desk.press("Escape", "Control+z", "Control+z", "Control+z")
    expect(desk.card.locator("[name=basis]")).to_have_count(0)
    enter_card(desk)
    to(desk, "time-words")
    desk.press("Enter")
    desk.go_to("recently")
    desk.press("Enter")
    expect(desk.card.locator("[data-field=time-text]")).to_have_text("recently")
    event = event_of(desk, "EV05")
    assert (event["time"]["text"], event["time"]["edtf"], event["time"]["basis"]) == ("recently", None, "open")


def events_are_linked_joined_and_split(desk):
    links = len(saved(desk)["relations"])
    choose(desk, "link-possible_same_as", "were")
    expect(row(desk, "link-possible_same_as").locator(".chip")).to_contain_text("were")
    before = len(saved(desk)["events"])
    assert len(saved(desk)["relations"]) == links + 1
    choose(desk, "triggers", "terminate")
    expect(row(desk, "triggers").locator(".chip")).to_have_count(2)
    assert len(saved(desk)["events"]) == before - 1
    enter_card(desk)
    to(desk, f"triggers-away-{event_of(desk, 'EV05')['triggers'][-1]}")
    desk.press("Enter")
    expect(row(desk, "triggers").locator(".chip")).to_have_count(1)
    assert len(saved(desk)["events"]) == before


def another_type_keeps_what_it_has_roles_for(desk):
    enter_card(desk)
    to(desk, "type")
    type_in(desk.page, "Sending")
    to(desk, "note")
    expect(desk.card.locator("header .tag")).to_have_text("DSP")
    event = event_of(desk, "EV05")
    assert (event["type"], {argument["role"] for argument in event["arguments"]}) == ("DISPATCH", {"count", "place"})
    desk.page.keyboard.type("Sent, not hired.")
    desk.press("Escape")
    becomes(desk, lambda event: event["note"][-16:], "Sent, not hired.")
