"""Contexts are kept from test to test, and nothing of a person stays in them."""

import pytest

from tests.fixtures.contexts import LASTING, Contexts

HANDED_OVER = "/static/css/base.css"  # any file of the origin that runs nothing

LEAVE = """async () => {
  document.cookie = 'left=1; path=/';
  localStorage.setItem('left', '1');
  sessionStorage.setItem('left', '1');
  name = 'left';
  await caches.open('left');
  await new Promise((done) => { const request = indexedDB.open('left'); request.onsuccess = () => done(request.result.close()); });
}"""
SEE = """async () => ({
  cookie: document.cookie,
  local: localStorage.length,
  session: sessionStorage.length,
  name,
  caches: (await caches.keys()).length,
  databases: (await indexedDB.databases()).length,
  permission: (await navigator.permissions.query({ name: 'clipboard-read' })).state,
  dark: matchMedia('(prefers-color-scheme: dark)').matches,
  still: matchMedia('(prefers-reduced-motion: reduce)').matches,
  size: [innerWidth, innerHeight],
  history: history.length,
})"""
SHIFTED = """() => new Promise((done) => {
  addEventListener('mousemove', ({ shiftKey, buttons }) => done([shiftKey, buttons]), { once: true });
})"""


@pytest.fixture
def own(browser, live_server, site):
    """Contexts that no other test gets."""
    contexts = Contexts(browser, live_server.url)
    yield contexts
    contexts.take_back()
    for kept in contexts.free:
        kept.close()


def seen(page):
    page.goto(HANDED_OVER)
    return page.evaluate(SEE)


def test_the_next_test_sees_nothing_of_the_last(own):
    page = own.page([])
    fresh = seen(page)
    page.evaluate(LEAVE)
    page.context.grant_permissions(["clipboard-read"])
    page.context.new_page().goto(HANDED_OVER)
    page.set_viewport_size({"width": 390, "height": 800})
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    page.goto("/static/favicon.svg")
    left = seen(page)
    page.context.set_offline(True)
    own.take_back()
    again = own.page([])
    assert again is page
    assert [page] == page.context.pages
    assert seen(again) == fresh
    assert [name for name in fresh if fresh[name] == left[name]] == []


def test_no_key_or_button_stays_pressed(own):
    page = own.page([])
    page.keyboard.down("Shift")
    page.mouse.down()
    own.take_back()
    page = own.page([])
    page.goto(HANDED_OVER)
    page.evaluate(f"() => {{ window.moved = ({SHIFTED})(); }}")
    page.mouse.move(30, 30)
    assert page.evaluate("moved") == [False, 0]


@pytest.mark.parametrize("part", ["page", "context"])
def test_no_route_and_no_header_stays(own, part):
    page = own.page([])
    subject = getattr(page, "context", page) if part == "context" else page
    subject.route("**/base.css", lambda route: route.fulfill(body="left"))
    subject.set_extra_http_headers({"X-Left": "1"})
    page.goto(HANDED_OVER)
    assert page.inner_text("body") == "left"
    own.take_back()
    page = own.page([])
    with page.expect_request("**/base.css") as asked:
        page.goto(HANDED_OVER)
    assert "x-left" not in asked.value.all_headers()
    assert page.inner_text("body") != "left"


def test_what_one_person_leaves_another_of_the_same_test_does_not_see(own):
    first, second = own.page([]), own.page([])
    assert seen(first) == seen(second)
    first.evaluate(LEAVE)
    assert seen(first) != seen(second)


def script(page):
    page.add_init_script("left = 1")


def script_of_all_pages(page):
    page.context.add_init_script("left = 1")


def function(page):
    page.expose_function("left", lambda: 1)


def listener(page):
    page.on("request", lambda request: None)


def session(page):
    page.context.new_cdp_session(page).send(
        "Network.emulateNetworkConditions", {"offline": True, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0}
    )


def closed(page):
    page.close()


@pytest.mark.parametrize("act", [script, script_of_all_pages, function, listener, session, closed])
def test_after_what_cannot_be_taken_back_the_context_is_closed(own, act):
    page = own.page([])
    act(page)
    own.take_back()
    assert own.free == []
    again = own.page([])
    assert again.context is not page.context
    again.goto(HANDED_OVER)
    assert again.evaluate("'left' in window") is False


def test_so_it_is_where_the_context_was_made_with_an_option(own):
    own.page([], has_touch=True)
    own.take_back()
    assert own.free == []


def test_every_lasting_method_is_one_of_pages_or_contexts(own):
    page = own.page([])
    assert [name for name in LASTING if not hasattr(page, name) and not hasattr(page.context, name)] == []


def test_what_a_page_says_when_it_is_left_is_nobodys_complaint(own):
    complaints = []
    page = own.page(complaints)
    page.goto(HANDED_OVER)
    page.evaluate("addEventListener('pagehide', () => console.error('gone'))")
    own.take_back()
    own.page([]).goto(HANDED_OVER)
    assert complaints == []


def test_a_second_tab_is_listened_to(own):
    complaints = []
    page = own.page(complaints).context.new_page()
    page.goto(HANDED_OVER)
    with page.expect_console_message():
        page.evaluate("console.error('heard')")
    assert len(complaints) == 1
