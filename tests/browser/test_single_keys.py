"""Lists by keys: the queue, and single-key shortcuts, which are switched off beside a list or in the help of the annotator, for both."""

import pytest
from playwright.sync_api import expect

from annotations.discussion.threads import open_thread
from annotations.models import Thread
from annotations.notices.make import notify
from tests import factories
from tests.browser.test_pages_access import faults_as_it_is

# Whether the script of the annotator runs: the first thing that it does is to hold a lock for its tab.
RUNS = "async () => (await navigator.locks.query()).held.some(({ name }) => name.startsWith('attest-tab-'))"


class Gate:
    """Requests wait at it until it is opened; one that comes later passes."""

    def __init__(self):
        self.waiting, self.is_open = [], False

    def meet(self, route):
        if self.is_open:
            route.continue_()
        else:
            self.waiting.append(route)

    def open(self):
        self.is_open = True
        for route in self.waiting:
            route.continue_()


@pytest.fixture
def reading(transactional_db):
    factories.scheme()
    corpus, ann = factories.corpus("reports"), factories.user("ann")
    factories.adopt(corpus)
    factories.membership(corpus, ann, "annotator")
    notify("assigned", corpus, [ann.pk], number=2)
    return factories.assignment(factories.document("The firm paid 170 workers.", corpus=corpus), ann)


def test_the_queue_by_keys(page, sign_in, reading):
    later = factories.assignment(factories.document("Nothing else.", corpus=reading.document.corpus), reading.annotator)
    factories.document("A third text.", corpus=reading.document.corpus)
    sign_in(page, reading.annotator)
    page.goto("/queue/")
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 844})
        assert faults_as_it_is(page) == [], width
    for key in ("j", "j", "j", "k", "j"):
        page.keyboard.press(key)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{later.get_absolute_url()}*")
    page.goto("/queue/")
    page.keyboard.press("j")
    page.keyboard.press("s")
    page.wait_for_url(f"**/annotate/{reading.pk}/skip/")
    page.goto("/queue/")
    page.keyboard.press("n")
    page.wait_for_url("**/annotate/**")
    assert reading.annotator.assignments.count() == 3


def test_the_discussion_by_keys(page, sign_in, reading):
    oldest, second, newest = (open_thread(reading, None, words, reading.annotator) for words in ("One?", "Two?", "Three?"))
    sign_in(page, reading.annotator)
    listed = reading.document.corpus.get_absolute_url() + "discussion/"
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 844})
        page.goto(listed)
        assert faults_as_it_is(page) == [], width
    switch = page.get_by_role("checkbox", name="Single-key shortcuts")
    switch.uncheck()
    page.locator("main h1").click()
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="Three?", exact=True)).not_to_be_focused()
    switch.check()
    page.locator("main h1").click()
    for words in ("Three?", "Two?"):
        page.keyboard.press("j")
        expect(page.get_by_role("link", name=words, exact=True)).to_be_focused()
    page.keyboard.press("e")
    expect(page.get_by_role("status")).to_contain_text("Thread resolved.")
    expect(page.get_by_role("link", name="One?", exact=True)).to_be_focused()
    expect(page.get_by_role("link", name="Two?", exact=True)).to_have_count(0)
    assert dict(Thread.objects.values_list("pk", "state")) == {oldest.pk: "open", second.pk: "resolved", newest.pk: "open"}
    expect(page.locator("[data-single-keys]").get_by_role("checkbox")).to_be_checked()
    page.keyboard.press("r")
    page.wait_for_url(f"**{oldest.get_absolute_url()}#id_text")
    expect(page.get_by_role("textbox", name="Text")).to_be_focused()


def test_a_key_held_down_walks_the_list_and_resolves_nothing(page, sign_in, reading):
    for words in ("One?", "Two?", "Three?"):
        open_thread(reading, None, words, reading.annotator)
    sign_in(page, reading.annotator)
    page.goto(reading.document.corpus.get_absolute_url() + "discussion/")
    expect(page.get_by_role("checkbox", name="Single-key shortcuts")).to_be_checked()
    for words in ("Three?", "Two?"):
        page.keyboard.down("j")
        expect(page.get_by_role("link", name=words, exact=True)).to_be_focused()
    page.keyboard.up("j")
    page.evaluate("document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: 'e', repeat: true, bubbles: true}))")
    page.reload()
    expect(page.locator("[data-row]")).to_have_count(3)
    assert not Thread.objects.filter(state="resolved").exists()


def test_what_is_switched_off_beside_a_list_is_off_everywhere(page, sign_in, reading):
    sign_in(page, reading.annotator)
    page.goto("/notices/")
    opener, switch = page.locator(".notices .plain"), page.get_by_label("Single-key shortcuts")
    expect(switch).to_be_checked()
    page.keyboard.press("j")
    expect(opener).to_be_focused()
    assert faults_as_it_is(page) == []
    switch.uncheck()
    page.get_by_role("heading", name="Notices", exact=True).click()
    page.keyboard.press("j")
    expect(opener).not_to_be_focused()
    page.goto(reading.get_absolute_url())
    page.get_by_role("button", name="Help").click()
    page.locator("[name=single-keys]").check()
    page.goto("/notices/")
    expect(switch).to_be_checked()
    opener.focus()
    page.keyboard.press("r")
    expect(page.get_by_role("heading", name="Nothing new")).to_be_visible()


def test_the_help_and_its_switch_act_however_little_of_the_annotator_is_there_yet(page, sign_in, reading):
    sign_in(page, reading.annotator)
    scheme, deferred = Gate(), Gate()
    page.route("**/schemes/**", scheme.meet)
    page.route("**/deferred.js", deferred.meet)
    page.goto(reading.get_absolute_url(), wait_until="domcontentloaded")
    page.wait_for_function(RUNS)
    page.get_by_role("button", name="Help").click()
    with page.expect_request("**/deferred.js"):
        scheme.open()
    switch = page.get_by_role("dialog", name="Help").locator("[name=single-keys]")
    expect(switch).to_be_checked()
    switch.uncheck()
    deferred.open()
    page.wait_for_selector("#annotator[data-whole=yes]")
    expect(switch).not_to_be_checked()
    assert page.evaluate("localStorage['attest.singleKeys']") == "off"


def test_after_submitting_ones_own_number_of_the_day_is_under_the_title_and_a_phone_keeps_its_width(page, sign_in, reading):
    factories.submitted(reading)
    sign_in(page, reading.annotator)
    page.goto(f"{reading.get_absolute_url()}?submitted")
    expect(page.get_by_text("Submitted today: 1")).to_be_visible()
    page.set_viewport_size({"width": 360, "height": 844})
    assert faults_as_it_is(page) == []
