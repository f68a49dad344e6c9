"""Open the seed article with its gold in Chromium, as the annotator sees it: until its marks are painted."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from benchmarks.host import Host
from benchmarks.report import Row, single, times

OPENINGS = 15
# From the start of the navigation to the frame after the one in which the marks stand in the page.
PAINTED = """() => new Promise((done) => {
  const look = () => document.querySelector('#annotator')?.dataset.ready === 'yes' && document.querySelector('#text [role=mark]')
    ? requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now())))
    : requestAnimationFrame(look);
  look();
})"""
PLAIN = """() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))))"""
# Of the modules that are there before one can mark; the late parts come after them.
SCRIPTS = """() => performance.getEntriesByType('resource').filter((entry) => entry.name.endsWith('.js'))
  .filter(({ name }) => [...document.querySelectorAll('link[rel=modulepreload], script[type=module]')]
    .some((node) => [node.href, node.src].includes(name)))
  .reduce((sum, entry) => [sum[0] + 1, sum[1] + entry.decodedBodySize, sum[2] + entry.encodedBodySize], [0, 0, 0])"""


def measure(host: Host, rounds: int) -> Iterator[Row]:
    from playwright.sync_api import sync_playwright

    from tests import chromium

    # All of Django and the search for a browser before Playwright starts its loop.
    path, address, cookie = chromium.find(), gold_page(), session()
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with host.server(), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        context.add_cookies([{**cookie, "url": host.url}])
        page = context.new_page()
        plain = [opened(page, f"{host.url}/healthz", PLAIN) for _ in range(OPENINGS)]
        first = opened(page, host.url + address, PAINTED)
        count, decoded, sent = page.evaluate(SCRIPTS)
        again = [opened(page, host.url + address, PAINTED) for _ in range(OPENINGS)]
        yardstick = times("a page of one line, in Chromium", plain)
        yield yardstick
        yield times("open the seed with its gold, first time", [first], yardstick=yardstick.median)
        yield times("open the seed with its gold, marks painted", again, limit=200, yardstick=yardstick.median)
        yield single(f"JavaScript: {count} modules", decoded / 1000, "kB", limit=120)
        yield single("  over the wire", sent / 1000, "kB")
        browser.close()


def opened(page: Any, url: str, script: str) -> float:
    """Seconds from the start of the navigation."""
    page.goto(url, wait_until="commit")
    return float(page.evaluate(script)) / 1000


def gold_page() -> str:
    from annotations.models import Assignment

    return Assignment.objects.gold().get(document__corpus__slug="demo", document__article__practice=True).get_absolute_url()


def session() -> dict[str, str]:
    """A cookie with which the annotator is logged in."""
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.test import Client

    client = Client()
    client.force_login(get_user_model().objects.get(username="annotator"))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    return {"name": cookie.key, "value": cookie.value}
