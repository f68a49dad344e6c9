"""The first ten minutes of the README, done word for word: each step is looked up there before it is done."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from playwright.sync_api import expect

from annotations.management.commands import demo
from annotations.models import Assignment
from config.environment import ROOT
from corpus.models import Document
from registry.models import Entity
from tests.browser.desk import Desk

README = (ROOT / "README.md").read_text("utf-8")
STEPS = " ".join(README.partition("## The first ten minutes")[2].partition("\n## ")[0].split())


def step(words):
    """Make sure that the README says so. Words that it does not have are no step."""
    assert words in STEPS, f"the README has no “{words}”"


@pytest.fixture
def passwords(transactional_db, settings, tmp_path):
    settings.DATA_FOLDER = tmp_path
    call_command(demo.Command(), no_serve=True)
    return (tmp_path / "demo-password").read_text("utf-8").strip()


def log_in(page, name, password):
    page.goto("/")
    page.get_by_label("User name").fill(name)
    page.get_by_label("Password").fill(password)
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Demo", exact=True)).to_be_visible()


def test_the_first_ten_minutes(page, passwords, client):
    step("sign in as `annotator`, open the corpus *Demo* and press **Annotate** next to")
    step("*More North Korean factory workers in Dandong repatriated*")
    log_in(page, "annotator", passwords)
    page.get_by_role("link", name="Demo", exact=True).click()
    page.get_by_role("row", name="More North Korean factory workers").get_by_role("button", name="Annotate").click()
    page.wait_for_selector("#annotator[data-whole=yes]")
    desk = Desk(page, Assignment.objects.get(annotator__username="annotator", document__article__practice=True))
    step("`?` shows the ten-minute card and all shortcuts; Escape closes it")
    desk.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    desk.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    numbers(desk)
    names(desk)
    happenings(desk)
    claims(desk)
    gold_and_back(desk)
    keys(desk)
    step("Sign in as `manager` and look at the same marks in the **Admin**")
    manager(page, client)


def numbers(desk):
    step("Double-click **170** in the paragraph that begins “There used to be”")
    step(
        "press `f` `p` (Figure, People count). The card shows the value, which is read from the words, and what is missing: "
        "who was counted"
    )
    desk.double_click("170")
    expect(desk.page.locator("#menu")).to_be_visible()
    desk.press("f", "p")
    expect(desk.card).to_contain_text("170 people")
    expect(desk.card).to_contain_text("Thing counted")
    expect(desk.page.locator("#submit")).to_contain_text("1 error")


def names(desk):
    step("Double-click **North** after “to return to the” in the same paragraph and press `a` `t` (Actor, Territory)")
    step("The corpus has one entity of that name, North Korea: the mark is linked to it")
    desk.double_click("North", nth=nth_of(desk, "North", "forced to return to the "))
    desk.press("a", "t")
    # An offer has the name as well: linked is what stands there as a link to its page.
    expect(desk.card.locator(".entity-name")).to_contain_text("North Korea")
    desk.saved()
    assert marks(desk)["North"]["attributes"]["entity"] == str(north_korea().pk)


def happenings(desk):
    step("Double-click **return** before it and press `e` `r` (Event, Return home)")
    step("Status, polarity and certainty are read from “were forced to”, and the card shows it")
    step("The card offers fillers for the roles: press a digit to accept one")
    desk.double_click("return", nth=nth_of(desk, "return", "170 were forced to "))
    desk.press("e", "r")
    expect(desk.card.locator(".offer kbd").first).to_be_visible()
    desk.saved()
    [event] = desk.stored()["events"]
    assert [event[code] for code in ("status", "polarity", "certainty")] == ["happened", "positive", "certain"]
    assert set(event["read"]) >= {"status", "polarity", "certainty"}
    desk.press("1")
    desk.saved()
    assert desk.stored()["events"][0]["arguments"]


def claims(desk):
    step("Click into the quotation and press `q`: the words between the quotation marks become a claim")
    step("The manager is not marked yet, so the source is *not chosen*; press the digit next to “manager” to mark him")
    desk.click("remaining")
    desk.press("q")
    desk.saved()
    [claim] = desk.stored()["attributions"]
    assert claim["content"][0]["quote"].startswith("There used to be 300")
    assert claim["source_basis"] is None
    offer = desk.card.locator(".offer", has_text="manager").first
    desk.press(offer.locator("kbd").inner_text())
    desk.saved()
    assert "manager" in marks(desk)
    step("Figure and event inside now belong to his claim")
    assert all(item["attributions"] == [claim["id"]] for item in desk.stored()["events"])


def gold_and_back(desk):
    step("Press `=` to compare with the gold: matches and missing marks are listed and shown in the text")
    desk.press("Escape", "Escape", "=")
    expect(desk.page.locator("#panel")).to_contain_text("missing")
    expect(desk.page.locator("#text .gold-first-missing").first).to_be_visible()
    step("Ctrl+Z undoes the last act. Reload: the marks are still there")
    before = set(marks(desk))
    desk.press("Control+z")
    desk.saved()
    after = set(marks(desk))
    assert after != before or not desk.stored()["attributions"][0]["source_basis"]
    desk.page.reload()
    desk.page.wait_for_selector("#annotator[data-whole=yes]")
    assert set(marks(desk)) == after
    assert desk.badges()


def keys(desk):
    step(
        "the arrow keys move by words, Shift extends, `n` and `p` go from suggestion to suggestion, `j` and `k` from mark to mark, `v` goes into the card"
    )
    desk.press("ArrowRight")
    first = desk.lit("caret")
    desk.press("Shift+ArrowRight")
    assert len("".join(desk.lit("caret"))) > len("".join(first))
    desk.press("Escape", "j")
    assert desk.lit("focus")
    desk.press("v")
    assert desk.page.evaluate("document.querySelector('#card').contains(document.activeElement)")


def manager(page, client):
    step("at the gold of the article, and at the entity page of North Korea with every sentence that mentions it")
    client.force_login(get_user_model().objects.get(username="manager"))
    assert "170" in client.get("/admin/annotations/span/").content.decode()
    shown = client.get(f"/entities/{north_korea().pk}/").content.decode()
    assert "Mentions" in shown


def north_korea():
    return Entity.objects.get(key="E-KP")


def marks(desk):
    return {re.sub(r"\s+", " ", item["quote"]): item for item in desk.stored()["mentions"]}


def nth_of(desk, words, before):
    """Which of the places of some words follows others."""
    text = Document.objects.get(article__practice=True).text
    wanted = text.index(before + words) + len(before)
    return text[:wanted].count(words)
