"""How many keys and presses a short report takes, by a person who marks words with the mouse and does the rest by keys."""

import json

import pytest
from playwright.sync_api import expect

from registry.models import Entity
from tests.browser.desk import Desk, assignment_on

REPORT = (
    "A medicine factory in Kaisantun, Longjing City, sent home all of its more than 70 North Korean workers in "
    "mid-October 2017, a local source told Daily NK on November 2."
)
CONTENT = (
    "A medicine factory in Kaisantun, Longjing City, sent home all of its more than 70 North Korean workers in mid-October 2017"
)
MOST_KEYS, MOST_PRESSES = 35, 18
# Real keys and presses, as the page gets them.
COUNT = """() => {
  window.pressed = { keys: 0, presses: 0 };
  addEventListener('keydown', (event) => event.isTrusted && !event.repeat && (window.pressed.keys += 1), true);
  addEventListener('pointerdown', (event) => event.isTrusted && (window.pressed.presses += 1), true);
}"""


@pytest.fixture
def desk(page, sign_in, transactional_db):
    """The outlet is known to the corpus, as it is to any that has an article of it."""
    made = assignment_on(REPORT)
    Entity.objects.create(corpus=made.document.corpus, type="MEDIA", name="Daily NK", anonymous=False, reference="specific")
    sign_in(page, made.annotator)
    desk = Desk(page, made).open()
    page.evaluate(COUNT)
    return desk


def marked(desk, words, keys):
    """By the mouse, and the two keys of the label."""
    desk.select(words)
    desk.press(*keys)
    expect(desk.page.locator("#menu")).to_be_hidden()
    expect(desk.card.locator("header q")).to_have_text(words)


def created(desk, name):
    desk.press("0")
    expect(desk.page.locator(".entity-form [name=name]")).to_have_value(name)
    desk.press("Enter")
    expect(desk.card.locator(".entity-name")).to_have_text(name)


def taken(desk, role, words):
    """An offer, by its digit."""
    offer = desk.card.locator(f"[data-row=role-{role}] .offer").filter(has_text=words)
    desk.press(offer.locator("kbd").inner_text())
    expect(desk.card.locator(f"[data-row=role-{role}] .chip").filter(has_text=words)).to_be_visible()


def test_a_short_report_takes_few_keys_and_presses(desk):
    page = desk.page
    for words, keys, name in (
        ("medicine factory", "ac", "Medicine factory in Kaisantun"),
        ("Kaisantun", "at", "Kaisantun"),
        ("Longjing City", "at", "Longjing City"),
        ("North Korean workers", "ag", "North Korean workers"),
        ("local source", "ap", "Local source"),
    ):
        marked(desk, words, keys)
        created(desk, name)
    marked(desk, "Daily NK", "am")
    expect(desk.card.locator(".entity-name")).to_have_text("Daily NK")
    marked(desk, "more than 70", "fp")
    marked(desk, "sent home", "er")
    # Everything that fills a role is offered; nothing else is.
    expect(desk.card.locator(".offer[data-field^=role-]")).to_have_count(5)
    for role, words in (
        ("agent", "medicine factory"),
        ("people", "North Korean workers"),
        ("count", "more than 70"),
        ("origin", "Kaisantun"),
        ("origin", "Longjing City"),
    ):
        taken(desk, role, words)
    desk.card.locator("[data-field=time-words], [data-field=time]").first.click()
    desk.drag("mid-October 2017")
    expect(desk.card.locator("[data-field=time-text]")).to_have_text("mid-October 2017")
    desk.saved()
    desk.select(CONTENT)
    desk.press("q")
    expect(page.locator("#menu")).to_be_hidden()
    desk.saved()
    desk.idle()

    stored = desk.stored()
    (event,) = stored["events"]
    assert event["time"]["edtf"]
    # A past form with its object is plain: nobody has to choose, and all of it is shown as read.
    plain = {"status": "happened", "polarity": "positive", "certainty": "certain"}
    assert {code: event[code] for code in plain} == plain
    assert event["read"].keys() >= plain.keys()
    assert sorted(x["role"] for x in event["arguments"]) == ["agent", "count", "origin", "origin", "people"]
    marks = {mark["quote"]: mark["id"] for mark in stored["mentions"]}
    assert len(marks) == len(stored["mentions"]) == 8
    (claim,) = [x for x in stored["attributions"] if x.get("content")]
    assert (claim["source_mention"], claim["source_basis"]) == (marks["local source"], "stated")
    assert event["attributions"] == [claim["id"]]
    # Whom the figure counts is said by the event, and nothing that submitting needs is open. How they went the words do not say.
    assert [(x["level"], x["field"]) for x in findings(desk)] == [("warning", "manner")]
    pressed = page.evaluate("() => window.pressed")
    print(json.dumps(pressed))
    assert pressed["keys"] <= MOST_KEYS, pressed
    assert pressed["presses"] <= MOST_PRESSES, pressed


def findings(desk):
    answer = desk.page.request.get(f"/api/v1/assignments/{desk.assignment.pk}/checks/")
    return answer.json()["findings"]
