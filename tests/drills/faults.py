"""Somebody marks while saving fails in every way there is: nothing is lost silently, nothing done twice, and the state is true.

The suite runs a short drill. `python -m tests.drills.faults --faults 100 --seed 1` runs a long one on an installation of its
own, and `--forgetful` runs its control: a browser that keeps nothing and gives an act new ids at each try, so that closed tabs
lose some and lost answers double some.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import psycopg
from playwright.sync_api import BrowserContext, Route, expect, sync_playwright

from tests import chromium
from tests.browser.desk import Desk
from tests.drills.crash import PATIENCE, Installation, installation

CHANGES = "**/api/v1/assignments/*/changes/"
WORDS = [f"{number:,}" for number in range(1_001, 1_401)]
TEXT = "\n\n".join(" ".join(f"A site held {word} workers." for word in WORDS[at : at + 20]) for at in range(0, len(WORDS), 20))

#: What goes wrong, and the state that the page must show then; none where its tab is gone.
KINDS = {
    "500": "retrying",
    "403": "refused",
    "413": "refused",
    "cut": "offline",
    "silence": "offline",
    "offline": "offline",
    "closed": None,
}
TWICE = {"403"}  # the page asks once more with a fresh token: it may only have been signed in anew
COUNTED = re.compile(r"\d+ changes?")

# Every state that is shown, and every "saved" while something has no answer or a refusal has not been told.
WATCH = """
(() => {
  const seen = (window.seen = { states: [], lies: [] });
  const open = new Set();
  const untold = new Set();
  const ids = (changes) => changes.map(({ id }) => id);
  const { put } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = function (row) {
    if (this.name === 'outbox') for (const id of ids(row.changes)) open.add(id);
    return put.apply(this, arguments);
  };
  const { fetch } = window;
  window.fetch = async (url, options) => {
    const answer = await fetch(url, options);
    const sent = options?.method === 'POST' && String(url).endsWith('/changes/') ? ids(JSON.parse(options.body).changes) : [];
    if (answer.status === 200) for (const id of sent) open.delete(id);
    if ([403, 413].includes(answer.status)) for (const id of sent) open.delete(id) && untold.add(id);
    return answer;
  };
  const look = (line) => {
    const state = line.dataset.state;
    if (seen.states.at(-1)?.[0] !== state) seen.states.push([state, line.textContent]);
    if (state === 'refused') untold.clear();
    if (state === 'saved' && (open.size || untold.size)) seen.lies.push(`${open.size} on their way, ${untold.size} refused`);
  };
  document.addEventListener('DOMContentLoaded', () => {
    const line = document.querySelector('#save-state');
    if (line) new MutationObserver(() => look(line)).observe(line, { attributes: true, attributeFilter: ['data-state'] });
  });
})();
"""
# As a person clicks whatever is offered; it may go away by itself in that very moment.
TRY = """
for (const name of ['Retry', 'Retry all'])
  [...document.querySelectorAll('button')].find((button) => button.textContent === name && button.checkVisibility())?.click();
"""
# In the suite nobody waits twenty seconds for an answer that does not come. One that comes has its time: a busy machine needs it.
IMPATIENT = """{
  const timeout = AbortSignal.timeout.bind(AbortSignal);
  AbortSignal.timeout = (time) => timeout(window.impatient ? time / 20 : time);
}"""
# The control: nothing is kept, and what is sent again has other ids.
FORGETFUL = """
IDBFactory.prototype.open = () => { throw new Error('no memory'); };
Object.defineProperty(window, 'indexedDB', { value: undefined });
{
  const { fetch } = window;
  window.fetch = (url, options) => {
    if (options?.method !== 'POST') return fetch(url, options);
    const body = JSON.parse(options.body);
    for (const change of body.changes) {
      change.id = crypto.randomUUID();
      if (change.op === 'create') change.object.id = crypto.randomUUID();
    }
    return fetch(url, { ...options, body: JSON.stringify(body) });
  };
}
"""


@dataclass
class Drill:
    """A person at the annotator. `stored` counts the words that are marked on the server."""

    context: BrowserContext
    assignment: Any
    stored: Callable[[], Counter[str]]
    seed: int = 1
    made: list[str] = field(default_factory=list)
    felt: Counter[str] = field(default_factory=Counter)
    lies: list[str] = field(default_factory=list)
    armed: list[tuple[str, bool]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)
        self.words = iter(WORDS)
        self.desk = self.tab()

    def tab(self) -> Desk:
        page = self.context.new_page()
        page.route(CHANGES, self.meet)
        return Desk(page, self.assignment).open()

    def meet(self, route: Route) -> None:
        """The request that saves: let through, or hit by the fault that is armed. It may be done before its answer is lost."""
        if not self.armed:
            route.fallback()
            return
        kind, done = self.armed.pop()
        self.felt[kind] += not self.armed
        if done:
            route.fetch()
        if kind == "cut":
            route.abort("connectionreset")
        elif kind.isdigit():
            route.fulfill(status=int(kind), json={"code": kind, "title": "A fault", "detail": f"The drill says {kind}."})
        # Silence, and a tab that is closed before the answer: there is none.

    def run(self, faults: int) -> None:
        kinds = [kind for kind, _ in zip(cycle_of(list(KINDS), self.dice), range(faults), strict=False)]
        for kind in kinds:
            for _ in range(self.dice.randint(0, 2)):
                self.mark()
            self.suffer(kind)
        self.settle()
        self.look()

    def suffer(self, kind: str) -> None:
        # An act that was refused has not been done: only where nothing was said can it be both.
        done = kind not in {"403", "413"} and self.dice.random() < 0.5
        shown = max(0, len(self.states()) - 1)  # it may be shown already, of the fault before
        if kind == "offline":
            self.felt[kind] += 1
            self.context.set_offline(True)
        else:
            self.expect_silence(kind == "silence")
            self.armed = [(kind, done)] * (2 if kind in TWICE else 1)
        for _ in range(self.dice.randint(1, 3)):
            self.mark()
        if kind == "closed":
            self.close()
        else:
            self.expect_state(KINDS[kind], shown)
            self.expect_silence(False)
        self.context.set_offline(False)
        if self.dice.random() < 0.7:
            self.settle()

    def expect_silence(self, impatient: bool) -> None:
        self.desk.page.evaluate("(impatient) => { window.impatient = impatient; }", impatient)

    def mark(self) -> None:
        """By mouse and two keys, as people do it. A panel that opens just then may move the words: then once more."""
        word = next(self.words)
        page = self.desk.page
        for _ in range(5):
            self.desk.double_click(word)
            expect(page.locator("#menu")).to_be_visible()
            if word in page.locator("#menu-title").inner_text():
                break
            page.keyboard.press("Escape")
        page.keyboard.type("fp")
        self.made.append(word)
        page.wait_for_timeout(self.dice.uniform(0, 60))

    def close(self) -> None:
        """At once, or at any moment until the answer would come."""
        self.desk.page.wait_for_timeout(self.dice.uniform(0, 150))
        self.look()
        self.desk.page.close()
        self.armed.clear()
        self.desk = self.tab()

    def settle(self) -> None:
        """What a person does who reads the state: try now, try again, until all is saved."""
        page = self.desk.page
        end = time.monotonic() + PATIENCE
        while self.desk.state.get_attribute("data-state") != "saved" and time.monotonic() < end:
            page.evaluate(TRY)
            page.wait_for_timeout(50)
        self.desk.saved()

    def states(self) -> list[list[str]]:
        return list(self.desk.page.evaluate("seen.states"))

    def expect_state(self, state: str | None, shown: int) -> None:
        end = time.monotonic() + PATIENCE
        while not (told := [words for found, words in self.states()[shown:] if found == state]) or self.armed:
            assert time.monotonic() < end, f"{state} is not shown: {self.states()[shown:]}"
            self.desk.page.wait_for_timeout(30)
        self.lies += [f"{state} without a number: {words}" for words in told if not COUNTED.search(words)]

    def look(self) -> None:
        self.lies += self.desk.page.evaluate("seen.lies.splice(0)")

    def lost_and_doubled(self) -> tuple[list[str], list[str]]:
        stored = self.stored()
        return [word for word in self.made if not stored[word]], [word for word, count in stored.items() if count > 1]


def cycle_of(kinds: list[str], dice: random.Random) -> Iterator[str]:
    """All of them in one order, then all of them in another."""
    while True:
        yield from dice.sample(kinds, len(kinds))


def wait_for(address: str) -> None:
    end = time.monotonic() + 3 * PATIENCE  # the first start collects the static files
    while time.monotonic() < end:
        with suppress(URLError), urlopen(address, timeout=PATIENCE):
            return
        time.sleep(0.1)
    raise SystemExit("the server does not answer")


READY = """
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from tests.browser.desk import assignment_on
from tests.drills.faults import TEXT
made, client = assignment_on(TEXT, get_user_model().objects.get(username="annotator")), Client()
client.force_login(made.annotator)
print(made.pk, made.get_absolute_url(), settings.SESSION_COOKIE_NAME, client.cookies[settings.SESSION_COOKIE_NAME].value)
"""


@contextmanager
def drill_at(at: Installation, seed: int, *, forgetful: bool) -> Iterator[Drill]:
    at.serve()
    pk, path, name, value = at.manage("shell", "--no-imports", "-c", READY).split()
    address = f"http://127.0.0.1:{at.port}"
    wait_for(f"{address}/login/")

    def stored() -> Counter[str]:
        with psycopg.connect(at.environment["DATABASE_URL"]) as connection:
            rows = connection.execute("SELECT quote FROM annotations_span WHERE assignment_id = %s", [pk])
            return Counter(quote for (quote,) in rows)

    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    path_of_browser = chromium.find()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path_of_browser, args=arguments, timeout=180_000)
        context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 900})
        context.add_cookies([{"name": name, "value": value, "url": address}])
        context.add_init_script(FORGETFUL + WATCH if forgetful else WATCH)
        yield Drill(context, SimpleNamespace(get_absolute_url=lambda: path), stored, seed)
        browser.close()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.drills.faults")
    parser.add_argument("--faults", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--forgetful", action="store_true", help="the control: nothing is kept, each try has new ids")
    options = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="attest-drill-") as folder, installation(Path(folder)) as at:
        with drill_at(at, options.seed, forgetful=options.forgetful) as drill:
            drill.run(options.faults)
            lost, doubled = drill.lost_and_doubled()
        print(", ".join(f"{kind} {count}" for kind, count in sorted(drill.felt.items())))
        print(f"{len(drill.made)} marks made, {len(lost)} lost, {len(doubled)} doubled, {len(drill.lies)} untrue states")
        print(*drill.lies, f"{time.monotonic() - began:.0f} s", sep="\n")
        print(at.manage("check_integrity").strip())
    sys.exit(bool(lost or doubled or drill.lies))


if __name__ == "__main__":
    main()
