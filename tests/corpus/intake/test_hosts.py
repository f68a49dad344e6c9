"""One request at a time to a site, at one pace for all threads and processes; robots.txt is asked for once a day."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from corpus.intake import hosts
from corpus.intake.fetch import FetchError, Limits
from corpus.intake.hosts import SharedHosts, fetch, forget_hosts
from corpus.intake.limits import Later
from corpus.intake.robots import Rules
from corpus.models import Robots, Site
from tests.corpus.web import PUBLIC, web

PACE = 0.2
LIMITS = Limits(pace_seconds=PACE, patience_seconds=2)


@pytest.fixture
def net():
    with web() as made:
        for name in ("news.test", "www.news.test", "other.test"):
            made.names[name] = [[PUBLIC]]
        made.times = []
        made.pages["/a"] = lambda headers: made.times.append((headers["Host"], time.monotonic())) or (200, {}, b"hi")
        yield made


def asked(net, path: str) -> int:
    return [each for _, each in net.asked].count(path)


def test_threads_that_ask_one_site_take_turns(transactional_db, net) -> None:
    def ask(host: str) -> None:
        try:
            fetch(f"http://{host}/a", network=net, limits=LIMITS)
        finally:
            connection.close()

    SharedHosts().remember("http://news.test", Rules())
    SharedHosts().remember("http://www.news.test", Rules())
    begun = time.monotonic()
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(ask, ["news.test", "www.news.test"] * 2))
    times = sorted(moment - begun for _, moment in net.times)
    assert len(times) == 4
    # A busy machine may be late with a request, and so near the next one; none comes before its turn.
    assert all(moment > PACE * 0.95 * turn for turn, moment in enumerate(times))


def test_the_turn_of_another_site_is_its_own(db) -> None:
    shared = SharedHosts()
    assert shared.turn("news.test", 600, 5) == 0
    with pytest.raises(Later) as told:
        shared.turn("www.news.test", 600, 5)
    assert timedelta(seconds=500) < told.value.moment - timezone.now() <= timedelta(seconds=600)
    assert shared.turn("other.test", 600, 5) == 0


def test_a_turn_that_is_near_is_told_in_seconds(db) -> None:
    shared = SharedHosts()
    assert [round(shared.turn("news.test", 1, 5)) for _ in range(6)] == [0, 1, 2, 3, 4, 5]
    with pytest.raises(Later):
        shared.turn("news.test", 1, 5)


def test_robots_txt_is_asked_once_a_day(db, net) -> None:
    for _ in range(3):
        fetch("http://news.test/a", network=net, limits=LIMITS)
    assert asked(net, "/robots.txt") == 1
    Robots.objects.update(until=timezone.now())
    fetch("http://news.test/a", network=net, limits=LIMITS)
    assert asked(net, "/robots.txt") == 2


def test_each_origin_has_a_robots_txt_of_its_own(db, net) -> None:
    net.pages["/robots.txt"] = lambda headers: (
        200,
        {},
        b"User-agent: *\nDisallow: /\n" if headers["Host"] == "www.news.test" else b"",
    )
    fetch("http://news.test/a", network=net, limits=LIMITS)
    net.pages["/away"] = (302, {"Location": "http://www.news.test/a"}, b"")
    for url in ("http://www.news.test/a", "http://news.test/away"):
        with pytest.raises(FetchError, match="disallows it"):
            fetch(url, network=net, limits=LIMITS)
    assert [host for host, _ in net.times] == ["news.test"]


def test_a_robots_txt_that_cannot_be_read_is_asked_for_again_sooner(db, net) -> None:
    net.pages["/robots.txt"] = (503, {}, b"")
    for _ in range(2):
        with pytest.raises(FetchError, match="cannot be read at the moment"):
            fetch("http://news.test/a", network=net, limits=LIMITS)
    assert asked(net, "/robots.txt") == 1
    assert Robots.objects.get().until - timezone.now() <= timedelta(minutes=10)
    assert not net.times


def test_the_delay_that_a_host_asks_for_is_kept_without_waiting_for_it(db, net) -> None:
    net.pages["/robots.txt"] = (200, {}, b"User-agent: *\nCrawl-delay: 86400\n")
    fetch("http://news.test/a", network=net, limits=LIMITS)
    began = time.monotonic()
    with pytest.raises(Later) as told:
        fetch("http://news.test/a", network=net, limits=LIMITS)
    assert time.monotonic() - began < 40  # and not 50
    assert timedelta(seconds=10) < told.value.moment - timezone.now() <= timedelta(seconds=60)
    assert len(net.times) == 1


def test_a_redirect_keeps_the_pace_of_the_site_to_which_it_leads(db, net) -> None:
    net.pages["/away"] = (302, {"Location": "http://other.test/a"}, b"")
    SharedHosts().turn("other.test", 60, 5)
    with pytest.raises(Later):
        fetch("http://news.test/away", network=net, limits=LIMITS)
    assert not net.times


def test_what_a_hostile_robots_txt_says_can_be_kept(db) -> None:
    SharedHosts().remember("http://news.test", Rules("User-agent: *\0\nDisallow: /\ufffd\n"))
    assert SharedHosts().rules("http://news.test").allow("/a")


def test_hosts_that_nobody_asks_any_more_are_forgotten(db) -> None:
    now = timezone.now()
    for name, age in (("old.test", 25), ("new.test", 1)):
        Site.objects.create(name=name, free=now - timedelta(hours=age))
        Robots.objects.create(origin=f"http://{name}", until=now + timedelta(hours=24 - age))
    forget_hosts()
    assert [site.name for site in Site.objects.all()] == ["new.test"]
    assert [robots.origin for robots in Robots.objects.all()] == ["http://new.test"]


def test_a_site_that_took_long_is_left_alone(db) -> None:
    hosts.rest("news.test", 30)
    with pytest.raises(Later):
        SharedHosts().turn("news.test", 1, 5)
    hosts.rest("news.test", 1)
    assert hosts.free_at("news.test") - timezone.now() > timedelta(seconds=20)
