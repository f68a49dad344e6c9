"""Work at the annotator in Chromium on short and very long articles, against the same text drawn plainly in the same run.

"CPU" is time of the page's main thread, so that neighbours on the machine count for little; the rest is what a person waits.
"""

from __future__ import annotations

import os
import statistics
from collections.abc import Iterator
from functools import partial
from html import escape
from typing import Any

from benchmarks.host import Host
from benchmarks.page import PAINTED, PLAIN, opened, session
from benchmarks.report import Row, single, times
from benchmarks.texts import ARTICLES, Article, stored

OPENINGS = 5
KEYS = 20
MOVES = 60
FRAMES = 120
# Until the frame after the handlers of a key has been drawn.
LISTEN = """() => { window.waits = []; addEventListener('keydown', ({ timeStamp }) => requestAnimationFrame(() => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => window.waits.push(performance.now() - timeStamp);
  port2.postMessage(0);
}), true); }"""
WAITED = """() => new Promise((done) => {
  const look = () => (window.waits.length ? done(window.waits.at(-1)) : setTimeout(look));
  look();
})"""
SCROLL = """(frames) => new Promise((done) => {
  const gaps = [];
  let last;
  const step = (now) => {
    if (last) gaps.push(now - last);
    last = now;
    scrollBy({ top: 200, behavior: 'instant' });
    if (gaps.length < frames) requestAnimationFrame(step);
    else done(gaps);
  };
  scrollTo({ top: 0, behavior: 'instant' });
  requestAnimationFrame(step);
})"""
# Modules that are asked for before one can mark, and all of them.
SCRIPTS = """() => {
  const wanted = document.querySelectorAll('link[rel=modulepreload], script[type=module]');
  const first = new Set([...wanted].map((node) => node.href || node.src));
  const all = performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.js'));
  const sum = (found, size) => found.reduce((whole, entry) => whole + entry[size], 0) / 1000;
  const early = all.filter(({ name }) => first.has(name));
  return [sum(early, 'decodedBodySize'), sum(early, 'encodedBodySize'), sum(all, 'decodedBodySize'), sum(all, 'encodedBodySize')];
}"""
LOOK = "body { max-width: 46rem; margin: auto; font: 1.125rem/2 serif; white-space: pre-wrap }"


class Tab:
    """A page with the clocks of its main thread."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.protocol = page.context.new_cdp_session(page)
        self.protocol.send("Performance.enable", {"timeDomain": "threadTicks"})

    def thread(self) -> float:
        """Seconds that the main thread has worked."""
        return self.metric("TaskDuration")

    def heap(self) -> float:
        """Megabytes of JavaScript objects that are still in use."""
        self.protocol.send("HeapProfiler.collectGarbage")
        return self.metric("JSHeapUsedSize") / 1e6

    def metric(self, name: str) -> float:
        return next(item["value"] for item in self.protocol.send("Performance.getMetrics")["metrics"] if item["name"] == name)

    def keep(self, kept: bool) -> None:
        """May the browser take files out of its cache?"""
        self.protocol.send("Network.disable" if kept else "Network.enable")  # which has to be on for it to be heard
        if not kept:
            self.protocol.send("Network.setCacheDisabled", {"cacheDisabled": True})

    def opened(self, url: str, script: str) -> tuple[float, float]:
        """Seconds until it is painted, and of the main thread until then."""
        self.page.goto("about:blank")
        before = self.thread()
        took = opened(self.page, url, script)
        spent = self.thread() - before
        # What the late parts ask of the server is not to meet the next opening there.
        self.page.wait_for_load_state("networkidle")
        return took, spent

    def scrolled(self) -> tuple[list[float], float]:
        """Gaps between frames, and seconds of the thread for one."""
        before = self.thread()
        gaps = self.page.evaluate(SCROLL, FRAMES)
        return [gap / 1000 for gap in gaps], (self.thread() - before) / FRAMES

    def moved(self) -> float:
        """Seconds of the thread for one move of the mouse over the text."""
        self.page.mouse.move(400, 300)
        before = self.thread()
        for step in range(MOVES):
            self.page.mouse.move(320 + 5 * step, 300 + 7 * (step % 40))
        return (self.thread() - before) / MOVES

    def pressed(self, *keys: str) -> tuple[list[float], float]:
        """Seconds from the last of the keys to the frame after it, each time; and of the thread for all of them, on average."""
        waits = []
        before = self.thread()
        for _ in range(KEYS):
            for key in keys:
                self.page.evaluate("window.waits.length = 0")
                self.page.keyboard.press(key)
                wait = self.page.evaluate(WAITED)
            waits.append(wait / 1000)
        return waits, (self.thread() - before) / KEYS


def measure(host: Host, rounds: int) -> Iterator[Row]:
    from playwright.sync_api import sync_playwright

    from tests import chromium

    # All of Django and the search for a browser before Playwright starts its loop.
    path, cookie = chromium.find(), session()
    made = [(article, stored(article)) for article in ARTICLES]
    work = [(article, assignment.get_absolute_url(), assignment.document.text) for article, assignment in made]
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with host.server(), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        for article, address, text in work:
            # Apart from each other: whose requests are answered here keeps nothing in its cache.
            bare, desk = [browser.new_context(viewport={"width": 1280, "height": 900}) for _ in range(2)]
            for context in (bare, desk):
                context.set_default_timeout(60_000)
            bare.route("**/plain", partial(answer, plain(text)))
            desk.add_cookies([{**cookie, "url": host.url}])
            yield from worked(Tab(bare.new_page()), Tab(desk.new_page()), article, host.url + address)
            if article is ARTICLES[-1]:
                yield from weighed(desk.pages[0])
            bare.close()
            desk.close()
        browser.close()


def answer(body: str, route: Any) -> None:
    route.fulfill(body=body, content_type="text/html")


def plain(text: str) -> str:
    paragraphs = "".join(f"<p dir=auto>{escape(part)}</p>" for part in text.split("\n\n"))
    return f"<!doctype html><meta charset=utf-8><style>{LOOK}</style>{paragraphs}"


def worked(bare: Tab, tab: Tab, article: Article, address: str) -> Iterator[Row]:
    yield single(article.name, article.characters, "chars")
    bare_openings = [bare.opened("http://127.0.0.1/plain", PLAIN) for _ in range(OPENINGS)]
    bare_gaps, bare_frame = bare.scrolled()
    bare_heap, bare_move = bare.heap(), bare.moved()
    tab.keep(False)
    first = [tab.opened(address, PAINTED)[0] for _ in range(OPENINGS)]
    tab.keep(True)
    tab.opened(address, PAINTED)
    openings = [tab.opened(address, PAINTED) for _ in range(OPENINGS)]
    drawn, worth = median_ms(bare_openings, 0), median_ms(bare_openings, 1)
    yield times("  open, marks painted", [took for took, _ in openings], limit=article.limit, yardstick=drawn)
    yield times("  … with nothing in the browser's cache", first, yardstick=drawn)
    yield times("  open, CPU", [spent for _, spent in openings], yardstick=worth)
    tab.page.wait_for_selector("#annotator[data-whole=yes]")
    tab.page.wait_for_load_state("networkidle")
    yield single("  memory", tab.heap(), "MB", limit=20, yardstick=bare_heap)
    yield single("  a move of the mouse, CPU", tab.moved() * 1000, "ms", yardstick=bare_move * 1000)
    gaps, frame = tab.scrolled()
    yield times("  scroll, 12,000 px/s: a frame", gaps, yardstick=statistics.median(bare_gaps) * 1000)
    yield single("  scroll, CPU of a frame", frame * 1000, "ms", limit=4, yardstick=bare_frame * 1000)
    yield single("  frames over 34 ms", 100 * sum(gap > 0.034 for gap in gaps) / len(gaps), "%")
    yield from typed(tab)


def typed(tab: Tab) -> Iterator[Row]:
    """In the middle of the text: words passed by the caret, and marks made there."""
    page = tab.page
    page.evaluate(LISTEN)
    page.evaluate("scrollTo({ top: document.documentElement.scrollHeight / 2, behavior: 'instant' })")
    page.wait_for_timeout(300)
    page.mouse.dblclick(500, 450)
    page.keyboard.press("Escape")
    empty, idle = tab.pressed("Shift")
    yardstick = statistics.median(empty) * 1000
    moved, spent = tab.pressed("ArrowRight")
    yield times("  → to the next word, painted", moved, limit=16, yardstick=yardstick)
    yield single("  → to the next word, CPU", (spent - idle) * 1000, "ms", limit=4)
    marked, spent = tab.pressed("ArrowRight", "a", "g")
    yield times("  word marked: key to paint", marked, limit=16, yardstick=yardstick)
    yield single("  word marked and saved: CPU", (spent - 3 * idle) * 1000, "ms")
    jumped, _ = tab.pressed("n")
    yield times("  n to the next mark, painted", jumped, limit=33, yardstick=yardstick)


def weighed(page: Any) -> Iterator[Row]:
    early, early_sent, whole, whole_sent = page.evaluate(SCRIPTS)
    yield single("JavaScript before one can mark", early, "kB", limit=120)
    yield single("  over the wire", early_sent, "kB", limit=50)
    yield single("JavaScript with the late parts", whole, "kB")
    yield single("  over the wire", whole_sent, "kB")


def median_ms(openings: list[tuple[float, float]], which: int) -> float:
    return statistics.median(opening[which] for opening in openings) * 1000
