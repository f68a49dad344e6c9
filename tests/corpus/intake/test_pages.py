"""Addresses wait for their sites, each site has one job at a time, and the bytes are then read like those of files."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from corpus.intake import hosts, pages
from corpus.intake.deliveries import bring_in, deliver, deliver_addresses, open_intake, retry
from corpus.intake.fetch import FetchError, Limits, Page
from corpus.intake.limits import Later
from corpus.intake.pages import fetch_next
from corpus.intake.queue import TRIES, defer_forgotten
from corpus.models import Delivery, Site
from corpus.tasks import read_turn
from tests import factories
from tests.corpus.intake.test_feeds import rss
from tests.corpus.web import PUBLIC, web

pytestmark = pytest.mark.django_db
PAGE = b"<html><body><p>Bank A was listed on Monday, the ministry said.</p></body></html>"


@pytest.fixture
def intake(db):
    return open_intake(factories.corpus("reports"), user=factories.user("manager"), door="page")


@pytest.fixture
def answers(monkeypatch):
    """What the web answers to each address, or raises."""
    given = {}

    def fetch(url: str) -> Page:
        found = given[url]
        if isinstance(found, BaseException):
            raise found
        return Page(url=found, content=PAGE, kind="text/html; charset=utf-8")

    monkeypatch.setattr(pages, "fetch", fetch)
    return given


def jobs() -> list[tuple[str, str, str, dict]]:
    return [
        (job.task_name, job.queue_name, job.lock, job.args)
        for job in ProcrastinateJob.objects.filter(status="todo").order_by("id")
    ]


def outcomes(intake) -> list[tuple[str, str, str]]:
    return list(intake.items.values_list("name", "outcome", "detail"))


def done(task: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'succeeded' WHERE task_name = %s", [task])


def test_an_address_waits_for_its_site_and_a_file_for_a_reader(intake) -> None:
    deliver(intake, "a.txt", b"A text of its own.\n")
    deliver_addresses(intake, ["https://www.news.example/1", "http://news.example/2", "https://other.example/"])
    assert jobs() == [
        ("read_intake", "intake", None, {"intake": intake.pk}),
        ("fetch_page", "fetch", "site news.example", {"site": "news.example"}),
        ("fetch_page", "fetch", "site other.example", {"site": "other.example"}),
    ]


def test_the_jobs_of_files_leave_addresses_alone(intake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.tasks.TURN_SECONDS", 0)
    deliver_addresses(intake, ["https://news.example/1"])
    deliver(intake, "a.txt", b"A text of its own.\n")
    done("read_intake")
    read_turn(intake.pk, job=1)
    assert outcomes(intake) == [("a.txt", "stored", "")]
    assert [task for task, *_ in jobs()] == ["fetch_page", "index_words"]
    intake.refresh_from_db()
    assert intake.finished is None


def test_a_page_is_fetched_and_then_read_as_from_where_it_came(intake, answers) -> None:
    answers["https://news.example/a"] = "https://news.example/b"
    (given,) = deliver_addresses(intake, ["https://news.example/a"])
    fetch_next("news.example", 1)
    given.refresh_from_db()
    assert (given.state, given.site, given.tries, given.size) == ("waiting", "", 0, len(PAGE))
    assert (given.fetched_from, given.media_type) == ("https://news.example/b", "text/html; charset=utf-8")
    read_turn(intake.pk, job=2)
    (item,) = intake.items.all()
    assert (item.outcome, item.document.retrieved_from, item.document.article.url) == (
        "stored",
        "https://news.example/b",
        "https://news.example/b",
    )
    given.refresh_from_db()
    assert (given.state, given.content) == ("done", None)
    intake.refresh_from_db()
    assert intake.finished


def test_an_address_that_gives_nothing_says_why_and_can_be_tried_again(intake, answers) -> None:
    answers["http://127.0.0.1/"] = FetchError("the host is not on the public web")
    (given,) = deliver_addresses(intake, ["http://127.0.0.1/"])
    fetch_next("127.0.0.1", 1)
    assert outcomes(intake) == [("http://127.0.0.1/", "failed", "the host is not on the public web")]
    intake.refresh_from_db()
    assert intake.finished
    done("fetch_page")
    assert retry(intake) == 1
    assert [task for task, *_ in jobs()] == ["fetch_page"]
    fetch_next("127.0.0.1", 2)
    assert outcomes(intake) == [("http://127.0.0.1/", "failed", "the host is not on the public web")]
    given.refresh_from_db()
    assert given.tries == 1


def test_a_page_that_could_not_be_read_is_fetched_anew(intake, answers, monkeypatch: pytest.MonkeyPatch) -> None:
    answers["https://news.example/a"] = "https://news.example/a"
    monkeypatch.setattr(pages, "fetch", lambda url: Page(url=url, content=b"%PDF-1.4 broken", kind=""))
    (given,) = deliver_addresses(intake, ["https://news.example/a"])
    fetch_next("news.example", 1)
    read_turn(intake.pk, job=2)
    given.refresh_from_db()
    assert (given.state, given.content) == ("failed", None)
    monkeypatch.undo()
    retry(intake)
    given.refresh_from_db()
    assert (given.state, given.site, given.fetched_from) == ("waiting", "news.example", "")


def test_a_site_that_may_not_be_asked_yet_is_asked_later_and_no_try_counts(intake, answers) -> None:
    moment = timezone.now() + timedelta(seconds=50)
    answers["https://news.example/a"] = Later(moment)
    (given,) = deliver_addresses(intake, ["https://news.example/a"])
    done("fetch_page")
    fetch_next("news.example", 1)
    given.refresh_from_db()
    assert (given.state, given.tries, given.due) == ("waiting", 0, moment)
    assert ProcrastinateJob.objects.get(status="todo").scheduled_at == moment
    answers["https://news.example/a"] = "https://news.example/a"
    fetch_next("news.example", 1)  # too early
    given.refresh_from_db()
    assert given.site == "news.example"


def test_what_follows_is_fetched_when_the_site_may_be_asked_again(intake, answers) -> None:
    free = timezone.now() + timedelta(seconds=7)
    answers |= {f"https://news.example/{n}": f"https://news.example/{n}" for n in range(2)}
    deliver_addresses(intake, answers)
    done("fetch_page")
    Site.objects.create(name="news.example", free=free)
    fetch_next("news.example", 1)
    assert ProcrastinateJob.objects.get(task_name="fetch_page", status="todo").scheduled_at == free
    done("fetch_page")
    fetch_next("news.example", 2)
    assert not ProcrastinateJob.objects.filter(task_name="fetch_page", status="todo").exists()


def test_what_ends_its_worker_three_times_is_given_up(intake, answers) -> None:
    answers["https://news.example/a"] = KeyboardInterrupt()
    deliver_addresses(intake, ["https://news.example/a"])
    for _ in range(TRIES):
        with pytest.raises(KeyboardInterrupt):
            fetch_next("news.example", 1)
    fetch_next("news.example", 1)
    assert outcomes(intake) == [("https://news.example/a", "failed", "fetching it crashed the worker 3 times")]


def test_a_site_whose_job_is_gone_gets_another_one(intake, answers) -> None:
    deliver_addresses(intake, ["https://news.example/a"])
    assert defer_forgotten() == 0
    ProcrastinateJob.objects.all().delete()
    assert (defer_forgotten(), defer_forgotten()) == (1, 0)
    assert [task for task, *_ in jobs()] == ["fetch_page"]


def test_an_address_that_nobody_can_ask_is_told_so(intake) -> None:
    deliver_addresses(intake, ["https://[broken/"])
    assert [args for *_, args in jobs()] == [{"site": "unknown"}]
    fetch_next("unknown", 1)
    assert [outcome for _, outcome, _ in outcomes(intake)] == ["failed"]


def test_a_delivery_waits_for_bytes_or_for_a_site(intake) -> None:
    with pytest.raises(IntegrityError, match="delivery_has_something_to_read"), transaction.atomic():
        Delivery.objects.create(intake=intake, position=0, name="a", url="https://news.example/")
    with pytest.raises(IntegrityError, match="delivery_of_a_site_has_an_address"), transaction.atomic():
        Delivery.objects.create(intake=intake, position=0, name="a", site="news.example", content=b"x")


def test_of_a_feed_that_is_given_the_pages_of_a_hundred_entries_are_fetched(db, monkeypatch: pytest.MonkeyPatch) -> None:
    with web() as net:
        net.names["news.test"] = [[PUBLIC]]
        net.pages["/feed"] = (200, {}, rss(*range(103)))
        monkeypatch.setattr(pages, "fetch", partial(hosts.fetch, network=net, limits=Limits(pace_seconds=0)))
        person = factories.user("manager")
        intake = bring_in(factories.corpus("reports"), (), ["http://news.test/feed"], user=person, door="page", with_pages=True)
        fetch_next("news.test", 1)
    read_turn(intake.pk, job=2)
    assert intake.deliveries.filter(site="news.test").count() == 100
    assert [outcome for _, outcome, _ in outcomes(intake)] == ["failed"] * 3
    assert "only the pages of the first 100 entries" in outcomes(intake)[0][2]
