"""A real worker among hosts that do harm: files do not wait for them, other hosts get their turns, and nobody becomes a cannon."""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta

import pytest
from django.utils import timezone

from config.environment import ROOT
from corpus.intake import feeds
from corpus.intake.deliveries import bring_in
from corpus.models import Delivery, Feed, Intake
from tests import factories
from tests.corpus.web import web

PAGE = b"<html><body><p>Bank A was listed on Monday, the ministry said.</p></body></html>"
PATIENCE = 300.0


class Drip:
    """A body that sends a byte now and then; counts who reads it."""

    def __init__(self) -> None:
        self.begun, self.over = 0, threading.Event()

    def __call__(self, headers: dict[str, str]) -> tuple:
        return 200, {"Content-Length": "100000"}, self.bytes()

    def bytes(self) -> Iterator[bytes]:
        self.begun += 1
        while not self.over.wait(0.2):
            yield b"x"


@pytest.fixture
def net():
    with web() as made:
        made.pages["/drip"] = drip = Drip()
        made.drip = drip
        made.pages["/page"] = (200, {"Content-Type": "text/html"}, PAGE)
        yield made
        drip.over.set()


@pytest.fixture
def work(net, transactional_db):
    """Starts a worker with limits of its own."""
    processes = []

    def start(*limits: str) -> None:
        command = [sys.executable, "-m", "tests.corpus.web_worker", str(net.port), *limits]
        processes.append(subprocess.Popen(command, cwd=ROOT, start_new_session=True))

    yield start
    for process in processes:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@pytest.fixture
def corpus(transactional_db):
    return factories.corpus("reports")


@pytest.fixture
def manager(transactional_db):
    return factories.user("manager")


def until(true) -> bool:
    end = time.monotonic() + PATIENCE
    while not (found := true()) and time.monotonic() < end:
        time.sleep(0.05)
    return bool(found)


def test_files_and_other_hosts_do_not_wait_for_hosts_that_drip(net, work, corpus, manager) -> None:
    for name in ("one", "two"):
        feed = feeds.subscribe(corpus, f"http://{name}.drip.example/drip", user=manager)
        feeds.look_now(feed)
    two = feeds.subscribe(corpus, "http://third.test/drip", user=manager)
    feeds.look_now(two)
    work("seconds=600", "pace_seconds=0.05")
    # One site has one slot, however many hosts it has.
    assert until(lambda: net.drip.begun == 2)
    files = [("a.txt", b"The factory sent its workers home, a source said.\n")]
    mixed = bring_in(corpus, files, ["http://good.test/page", "http://fourth.test/drip"], user=manager, door="page")
    assert until(lambda: mixed.items.count() == 2)
    assert sorted(mixed.items.values_list("name", "outcome")) == [("a.txt", "stored"), ("http://good.test/page", "stored")]
    assert Delivery.objects.filter(url="http://fourth.test/drip", state__in=Delivery.OPEN).exists()
    assert not Feed.objects.exclude(problem="").exists(), "they waited for a host"


def test_the_deadline_holds_in_the_worker(net, work, corpus, manager) -> None:
    feed = feeds.subscribe(corpus, "http://one.drip.example/drip", user=manager)
    feeds.look_now(feed)
    pages = bring_in(corpus, [], ["http://other.test/drip"], user=manager, door="page")
    work("seconds=2", "pace_seconds=0.05")
    assert until(lambda: Feed.objects.get().problem == "it took more than 2 seconds")
    assert until(lambda: Intake.objects.get(pk=pages.pk).finished)


def test_a_feed_does_not_make_a_cannon_of_us(net, work, corpus, manager) -> None:
    pace = 0.1
    times, addresses = [], itertools.count()
    items = "".join(f"<item><title>Report {n}</title><link>http://victim.test/{n}</link></item>" for n in range(2000))
    net.pages["/feed"] = (200, {}, f'<rss version="2.0"><channel><title>News</title>{items}</channel></rss>'.encode())
    for n in range(2000):
        net.pages[f"/{n}"] = lambda headers: times.append(time.monotonic()) or (200, {}, b"page %d" % next(addresses))
    feed = feeds.subscribe(corpus, "http://evil.test/feed", user=manager)
    Feed.objects.update(due=timezone.now() + timedelta(hours=1))  # the looks are those of this test
    feeds.look_now(feed)
    work(f"pace_seconds={pace}")
    assert until(lambda: Feed.objects.get().asked)
    assert (Feed.objects.get().elsewhere, Delivery.objects.count()) == (2000, 0)
    feeds.adjust(Feed.objects.get(), other_sites=True)
    feeds.look_now(feed)
    assert until(lambda: Feed.objects.get().left_over == 1900)
    assert Delivery.objects.count() == 100
    assert until(lambda: len(times) >= 8)
    asked = Counter(path for host, path in net.asked if host == "victim.test")
    assert asked["/robots.txt"] == 1
    assert max(asked.values()) == 1
    assert all(later - earlier > pace * 0.7 for earlier, later in itertools.pairwise(times))
