"""Journey 1: a new analyst learns the scheme on the practice article. The parts are named as the journey numbers them.

All of it by keys: the mouse is not touched.
"""

import json
import re

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from playwright.sync_api import expect

from annotations.assign import open_for
from annotations.management.commands import demo
from annotations.scheme.check import contrast
from corpus.models import Document
from tests import factories
from tests.browser.barriers import violations
from tests.browser.desk import Desk
from tests.browser.keyboard import type_in

SCHEME = json.loads((factories.DOMAIN / "scheme.json").read_text("utf-8"))
# Every label of the palette in focus once: [group, badge, key, what is told of it].
TOLD = """
() => [...document.querySelectorAll('#palette section')].slice(0, 3).flatMap((section) =>
  [...section.querySelectorAll('button.label')].map((button) => {
    button.focus();
    const words = (selector) => button.querySelector(selector).textContent;
    const about = document.querySelector('#about-label').textContent;
    return [section.querySelector('h2').firstChild.data, button.dataset.code, words('.tag'), words('kbd'), about];
  }))
"""
RING = """
() => {
  const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
  return document.activeElement !== document.body && outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
}
"""
# How a difference looks without its colour: the line above the words and the sign where they begin.
LOOK = """
(outcome) => {
  const piece = document.querySelector(`#text .gold-first-${outcome}`);
  return [getComputedStyle(piece).borderBlockStartStyle, getComputedStyle(piece, '::after').content];
}
"""
TAGS = """
() => [...document.querySelectorAll('#palette section')].slice(0, 3).flatMap((section) =>
  [...section.querySelectorAll('.tag')].map((tag) => {
    const { color, backgroundColor, borderBlockEndColor } = getComputedStyle(tag);
    return [color, backgroundColor, borderBlockEndColor];
  }))
"""


@pytest.fixture
def newcomer(transactional_db, settings, tmp_path, page, sign_in):
    """One who has opened the practice article of the demo."""
    settings.DATA_FOLDER = tmp_path
    call_command(demo.Command(), no_serve=True)
    made, _ = open_for(get_user_model().objects.get(username="annotator"), Document.objects.get(article__practice=True))
    sign_in(page, made.annotator)
    desk = Desk(page, made).open()
    yield desk
    desk.idle()


def test_the_scheme_is_learnt_on_one_article_by_keys_alone(newcomer):
    b1_the_palette_tells_what_each_label_is(newcomer)
    b3_the_text_is_reached_by_tab_and_help_by_a_key(newcomer)
    b3_words_are_marked_by_keys(newcomer)
    b2_the_title_is_compared_with_the_gold(newcomer)
    b4_labels_can_be_read_in_light_and_dark(newcomer)
    b2_the_differences_are_mended_one_by_one(newcomer)
    b3_single_keys_can_be_switched_off(newcomer)


def b1_the_palette_tells_what_each_label_is(desk):
    told = desk.page.evaluate(TOLD)
    groups = [group for group, *_ in told]
    assert {group: groups.count(group) for group in groups} == {"Actors": 11, "Figures": 7, "Events": 16}
    known = {label["code"]: label | {"first": layer["key"]} for layer in SCHEME["layers"] for label in layer["labels"]}
    for _, code, badge, key, about in told:
        label = known[code]
        examples = label.get("examples") or label["trigger_examples"]
        assert (badge, key) == (label["badge"], f"{label['first']} {label['key']}")
        assert label["definition"] in about
        assert all(example in about for example in examples)


def b3_the_text_is_reached_by_tab_and_help_by_a_key(desk):
    desk.page.get_by_role("link", name="Skip to the content").focus()
    while desk.page.evaluate("document.activeElement.id") != "text":
        desk.press("Tab")
        assert desk.page.evaluate(RING), desk.page.evaluate("document.activeElement.outerHTML.slice(0, 120)")
    desk.press("?")
    help_ = desk.page.get_by_role("dialog", name="Help")
    expect(help_.get_by_role("heading", name="Ten-minute card")).to_be_visible()
    expect(help_.locator("[data-rules] li")).to_have_count(9)
    expect(help_.locator("[data-chords] li")).to_have_count(34)
    expect(help_).to_contain_text("One individual, named or described")
    expect(help_).to_contain_text("Go to the next error or warning")
    # Whoever tabs backwards from the first thing in it comes to its end, not to the page behind.
    for key in ("Shift+Tab", "Shift+Tab", "Tab", "Tab", "Tab"):
        desk.press(key)
        assert desk.page.evaluate("document.activeElement === document.body || Boolean(document.activeElement.closest('#help'))")
    desk.press("Escape")
    expect(desk.page.locator("#text")).to_be_focused()


def b3_words_are_marked_by_keys(desk):
    """The title with a mark too many, one under a wrong label and one forgotten; then some of the two paragraphs after it."""
    desk.press("Control+Home")
    steps = [
        ("More", 0, "ao"),
        ("North", 3, "ac"),
        ("repatriated", 0, "er"),
        ("sewing", 1, "af"),
        ("Dandong", 1, "at"),
        ("China", 0, "at"),
        ("participation", 0, "ei"),
    ]
    for words, more, chord in steps:
        desk.go_to(words)
        desk.press(*["Shift+ArrowRight"] * more, *chord)
    desk.saved()
    found = desk.marks()
    assert ("North Korean factory workers", "COMPANY") in found
    assert ("Dandong City", "TERRITORY") in found
    assert len(found) == len(steps)


def rows(desk):
    return desk.page.locator("#gold li")


def b2_the_title_is_compared_with_the_gold(desk):
    desk.press("=")
    expect(desk.page.get_by_role("tab", name="Gold")).to_have_attribute("aria-selected", "true")
    expect(desk.page.locator("#gold [data-summary]")).to_contain_text("match")
    desk.page.locator("#gold-where").focus()
    type_in(desk.page, "Tit")
    expect(rows(desk)).to_have_text(
        [
            re.compile("extra.*More.*Other organisation"),
            re.compile("different label.*North Korean factory workers.*Company / employer; gold.*Group of people"),
            re.compile("missing.*Dandong.*Territory / place"),
        ]
    )
    expect(desk.page.locator("#gold [data-summary]")).to_have_text("1 match, 1 missing, 1 extra, 1 differs in label.")
    expect(desk.page.locator("#gold tbody tr").filter(has_text="Events").locator("td").first).to_have_text("1")
    told = desk.page.locator("#text .gold-first-missing")
    expect(told).to_have_count(1)  # the text is drawn after the table
    looks = [desk.page.evaluate(LOOK, outcome) for outcome in ("missing", "extra", "label")]
    assert len({line for line, _ in looks}) == 3
    assert len({sign for _, sign in looks}) == 3
    expect(told).to_have_attribute("aria-description", re.compile("missing: Territory / place"))


def b4_labels_can_be_read_in_light_and_dark(desk):
    labels = [label["color"] for layer in SCHEME["layers"] for label in layer["labels"]]
    for mode in ("light", "dark"):
        desk.page.emulate_media(color_scheme=mode)
        seen = [[written(color) for color in colors] for colors in desk.page.evaluate(TAGS)]
        assert seen == [[color[mode][part] for part in ("ink", "background", "line")] for color in labels]
        assert min(contrast(ink, background) for ink, background, _ in seen) >= 4.5
        found = violations(desk.page)
        assert [(item["id"], [node["target"] for node in item["nodes"]]) for item in found] == []
    desk.page.emulate_media(color_scheme="light")


def written(color):
    """rgb(26, 34, 44) → #1A222C."""
    return "#{:02X}{:02X}{:02X}".format(*map(int, re.findall(r"\d+", color)[:3]))


def b2_the_differences_are_mended_one_by_one(desk):
    desk.page.locator("#text").focus()
    desk.press("=")
    expect(desk.card).to_contain_text("More")
    desk.press("Delete")
    expect(rows(desk)).to_have_count(2)
    rows(desk).first.get_by_role("button").focus()
    desk.press("Enter")
    expect(desk.card).to_contain_text("North Korean factory workers")
    desk.press("a", "g")
    expect(rows(desk)).to_have_count(1)
    rows(desk).first.get_by_role("button").focus()
    desk.press("Enter")
    assert desk.caret() == "Dandong"
    desk.press("a", "t")
    expect(desk.page.locator("#gold [data-summary]")).to_have_text("3 match.")
    desk.page.locator("#gold-where").focus()
    desk.press("w")
    expect(desk.page.locator("#text .gold-missing").first).to_be_attached()
    desk.page.get_by_role("button", name="Stop comparing").focus()
    desk.press("Enter")
    expect(desk.page.locator("#text .gold")).to_have_count(0)
    assert {("North Korean factory workers", "GROUP"), ("Dandong", "TERRITORY"), ("repatriated", "REPATRIATE")} <= set(
        desk.marks()
    )


def b3_single_keys_can_be_switched_off(desk):
    desk.page.locator("#text").focus()
    desk.press("?")
    box = desk.page.get_by_role("dialog", name="Help").get_by_role("checkbox")
    box.focus()
    desk.press("Space", "Escape")
    desk.press("?", "Control+Home", "a", "o")
    expect(desk.page.get_by_role("dialog", name="Help")).to_be_hidden()
    desk.saved()
    assert "More" not in [quote for quote, _ in desk.marks()]
