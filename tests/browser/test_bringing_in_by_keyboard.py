"""Feeds, the look before anything is stored, near-copies side by side, and the files that are on their way: by keys alone.

Nothing is clicked, filled in or put into focus by the script; Tab leads to whatever is pressed.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from corpus.intake.deliveries import bring_in
from corpus.intake.ingest import ingest
from corpus.models import Article, Corpus, Document, Feed, Intake, IntakeItem
from corpus.tasks import read_turn
from tests import factories
from tests.browser.keyboard import Keyboard
from tests.browser.test_journey_2 import RAW, drop, near_copy, words

FEED = "https://wire.example/feed"
LINE = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
SLOW = LINE | {"uploadThroughput": 5_000}  # a megabyte takes minutes: until it is looked at


@pytest.fixture
def corpus(page, sign_in, transactional_db) -> Corpus:
    made, person = factories.corpus("reports"), factories.user("manager")
    factories.adopt(made)
    factories.membership(made, person, "manager")
    sign_in(page, person)
    return made


def go(page: Page, target: Locator) -> None:
    Keyboard(page).go(target)


def press(page: Page, role: str, name: str, key: str = "Enter") -> None:
    Keyboard(page).press(role, name, key)


def test_a_feed_is_subscribed_to_paused_resumed_looked_at_and_removed(page, corpus, monkeypatch) -> None:
    monkeypatch.setattr("corpus.views.feeds.checked", lambda url: url)
    monkeypatch.setattr("corpus.intake.feeds.checked", lambda url: url)
    page.goto("/corpora/reports/feeds/")
    go(page, page.get_by_label("URL"))
    page.keyboard.type(FEED)
    go(page, page.get_by_label("Refresh", exact=True))
    page.keyboard.press("ArrowDown")
    press(page, "checkbox", "Also fetch each linked page", "Space")
    press(page, "button", "Subscribe")
    expect(page.get_by_text(f"Subscribed to “{FEED}”")).to_be_visible()
    feed = Feed.objects.get()
    assert (feed.url, feed.minutes, feed.with_pages) == (FEED, 360, False)
    press(page, "button", f"Pause {FEED}")
    expect(page.get_by_text(f"“{FEED}” paused")).to_be_visible()
    press(page, "button", f"Resume {FEED}")
    expect(page.get_by_text(f"“{FEED}” resumed")).to_be_visible()
    press(page, "button", f"Refresh {FEED} now")
    expect(page.get_by_text(f"Refresh of “{FEED}” queued")).to_be_visible()
    press(page, "link", f"Remove {FEED}")
    press(page, "button", "Remove")
    expect(page.get_by_text("Subscription to")).to_be_visible()
    assert not Feed.objects.exists()


def test_what_was_read_is_looked_at_refused_and_saved(page, corpus) -> None:
    intake = bring_in(corpus, [("FX-1.txt", RAW)], (), user=None, door="page", look_first=True)
    read_turn(intake.pk, job=1)
    page.goto(intake.get_absolute_url())
    press(page, "link", "Review")
    page.wait_for_url("**/look/")
    box = page.locator(".offers li", has_text="¡ã").get_by_role("checkbox")
    go(page, box)
    page.keyboard.press("Space")
    expect(box).to_be_checked()
    press(page, "button", "Preview without the rejected repairs")
    expect(page.get_by_role("status").filter(has_text="1 rejected")).to_be_visible()
    press(page, "button", "Save")
    page.wait_for_url("**/intakes/*/")
    assert "¡ã North Korean workers" in Document.objects.get().text
    assert IntakeItem.objects.get().outcome == "stored"


def test_a_near_copy_is_read_side_by_side_and_decided_on(page, corpus) -> None:
    intake = ingest(corpus, [("FX-1.txt", RAW), ("FX-2.txt", near_copy().encode())], door="command")
    copy = Article.objects.exclude(copy_of=None).get()
    page.goto(intake.get_absolute_url())
    go(page, page.locator("#results").get_by_role("link", name="side by side"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Near-duplicate:")).to_be_visible()
    press(page, "button", "Confirm duplicate")
    expect(page.get_by_text("Confirmed.")).to_be_visible()
    press(page, "button", "Keep as separate article")
    expect(page.get_by_role("heading", name="Separate articles:")).to_be_visible()
    copy.refresh_from_db()
    assert (copy.copy_of, copy.copy_decided) == (None, True)


def test_each_file_shows_how_far_it_is_on_its_way(page, corpus) -> None:
    page.goto("/corpora/reports/add/")
    drop(page, {"long.txt": "words and words " * 60_000, "short.txt": "A few words."})
    expect(page.locator("[data-files] progress")).to_have_count(0)
    session = page.context.new_cdp_session(page)
    session.send("Network.emulateNetworkConditions", SLOW)
    go(page, page.get_by_role("button", name="Import", exact=True))
    page.keyboard.press("Enter")
    bar, other = (page.get_by_role("progressbar", name=name, exact=True) for name in ("long.txt", "short.txt"))
    page.wait_for_function("() => ((bar) => bar?.value > 0 && bar.value < 1)(document.querySelector('[data-files] progress'))")
    expect(bar).to_be_visible()
    expect(other).to_have_count(0)
    session.send("Network.emulateNetworkConditions", LINE)
    page.wait_for_url("**/intakes/*/")
    assert list(corpus.intakes.get().deliveries.values_list("name", "size")) == [("long.txt", 960_000), ("short.txt", 12)]


def test_files_that_are_chosen_before_the_script_is_there_are_listed(page, corpus) -> None:
    held: list[Route] = []
    page.route("**/bringin.js", lambda route: held.append(route))  # noqa: PLW0108 - Playwright sets attributes on it
    page.goto("/corpora/reports/add/", wait_until="commit")
    one, other = ({"name": name, "mimeType": "text/plain", "buffer": b"A few words."} for name in ("one.txt", "other.txt"))
    page.locator("input[name=files]").set_input_files([one, other])
    expect(page.locator("[data-files] li")).to_have_count(0)
    page.unroute("**/bringin.js")  # which lets go of what is held
    expect(page.locator("[data-files] li")).to_have_text(["one.txt 1 kB", "other.txt 1 kB"])


def test_when_all_is_read_one_is_still_where_one_was(page, corpus) -> None:
    files = [(f"{number}.txt", f"Report {number}\n\n{words(number)}".encode()) for number in range(2)]
    intake = bring_in(corpus, files, (), user=None, door="page")
    page.goto(intake.get_absolute_url())
    expect(page.get_by_text("2 of 2 queued.")).to_be_visible()
    history = page.get_by_role("navigation", name="Articles").get_by_role("link", name="Import history")
    go(page, history)
    read_turn(intake.pk, job=1)
    expect(page.get_by_text("Finished. 2 stored")).to_be_visible()
    expect(page.locator("#results").get_by_role("link", name="Report 1", exact=True)).to_be_visible()
    expect(history).to_be_focused()
    expect(page.locator("#progress")).to_have_js_property("value", 2)


def test_a_link_of_a_result_keeps_the_focus_when_the_rest_is_read(page, corpus) -> None:
    intake = bring_in(corpus, [("one.txt", f"Report 1\n\n{words(1)}".encode())], (), user=None, door="page")
    read_turn(intake.pk, job=1)
    assert Intake.objects.filter(pk=intake.pk).update(finished=None) == 1, "as while more is on its way"
    page.goto(intake.get_absolute_url())
    link = page.locator("#results").get_by_role("link", name="Report 1", exact=True)
    go(page, link)
    intake.close()
    expect(page.get_by_text("Finished. 1 stored")).to_be_visible()
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Report 1")).to_be_visible()


def test_so_does_a_button_that_saves_what_nobody_has_looked_at(page, corpus) -> None:
    file = ("one.txt", f"Report 1\n\n{words(1)}".encode())
    intake = bring_in(corpus, [file], (), user=None, door="page", look_first=True)
    read_turn(intake.pk, job=1)
    assert Intake.objects.filter(pk=intake.pk).update(finished=None) == 1, "as while more is on its way"
    page.goto(intake.get_absolute_url())
    button = page.get_by_role("button", name="Save 1 unreviewed")
    go(page, button)
    intake.close()
    expect(page.get_by_text("Finished. 0 stored")).to_be_visible()
    expect(button).to_be_focused()
