"""A job that has run for minutes is told on the pages where somebody waits; which one it is, to members of its corpus."""

from __future__ import annotations

import pytest
from django.db import connection
from django.utils import timezone

from corpus.intake.deliveries import deliver, deliver_addresses, open_intake
from corpus.jobs.running import LONG_SECONDS, long_job
from corpus.models import Delivery, Feed
from tests import factories
from tests.api.world import session

pytestmark = pytest.mark.django_db


@pytest.fixture
def corpus():
    return factories.corpus("reports")


@pytest.fixture
def manager(corpus):
    person = factories.user("manager")
    factories.membership(corpus, person, "manager")
    return person


@pytest.fixture
def intake(corpus, manager):
    return open_intake(corpus, user=manager, door="page")


def run(task: str, age: float, args: str = "{}") -> int:
    """A job that has run for so many seconds. Its number."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status, args) VALUES ('q', %s, 'doing', %s) RETURNING id",
            [task, args],
        )
        (job,) = cursor.fetchone()
        cursor.execute(
            "INSERT INTO procrastinate_events (job_id, type, at) VALUES (%s, 'started', now() - make_interval(secs => %s))",
            [job, age],
        )
    return job


def test_a_job_that_is_young_is_not_told(corpus) -> None:
    run("read_intake", LONG_SECONDS - 10)
    assert long_job(corpus) == ""


def test_the_oldest_is_told_by_what_it_reads_or_fetches(corpus, intake) -> None:
    file, (page,) = deliver(intake, "report.pdf", b"x"), deliver_addresses(intake, ["https://drip.example/a"])
    Delivery.objects.filter(pk=page.pk).update(state="reading", job=run("fetch_page", 200))
    assert (
        long_job(corpus)
        == "A job has been running for 3 minutes: fetching https://drip.example/a. Queued items may have to wait."
    )
    Delivery.objects.filter(pk=file.pk).update(state="reading", job=run("read_intake", 450))
    assert long_job(corpus).startswith("A job has been running for 7 minutes: reading report.pdf.")


def test_a_job_of_another_corpus_is_told_without_its_name(corpus, intake) -> None:
    file = deliver(intake, "secret.pdf", b"x")
    Delivery.objects.filter(pk=file.pk).update(state="reading", job=run("read_intake", 450))
    assert long_job(factories.corpus("other")).startswith("A job has been running for 7 minutes: reading a file.")


def test_feeds_and_other_jobs_are_told_too(corpus, manager) -> None:
    run("load_marks", 300)
    assert long_job(corpus).startswith("A job has been running for 5 minutes: importing annotations.")
    feed = Feed.objects.create(corpus=corpus, url="https://drip.example/feed", created_by=manager, due=timezone.now())
    run("ask_feed", 400, f'{{"feed": {feed.pk}}}')
    assert "refreshing the feed https://drip.example/feed." in long_job(corpus)
    assert "refreshing a feed." in long_job(factories.corpus("other"))


def test_it_stands_on_the_pages_and_in_the_api(client, corpus, manager, intake) -> None:
    file = deliver(intake, "<b>report.pdf", b"x")
    Delivery.objects.filter(pk=file.pk).update(state="reading", job=run("read_intake", 450))
    client.force_login(manager)
    for page in (f"/intakes/{intake.pk}/", "/corpora/reports/intakes/", "/corpora/reports/feeds/"):
        assert "A job has been running for 7 minutes: reading &lt;b&gt;report.pdf." in client.get(page).text, page
    told = session(manager).get(f"/api/v1/corpora/reports/intakes/{intake.pk}/").json()
    assert told["long_job"].startswith("A job has been running for 7 minutes: reading <b>report.pdf.")
    Delivery.objects.update(job=None)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    assert session(manager).get(f"/api/v1/corpora/reports/intakes/{intake.pk}/").json()["long_job"] is None


def test_a_page_that_is_being_fetched_is_told_from_one_that_is_being_read(client, manager, intake) -> None:
    (page,) = deliver_addresses(intake, ["https://drip.example/a"])
    Delivery.objects.filter(pk=page.pk).update(state="reading", job=1)
    client.force_login(manager)
    assert "fetching" in client.get(f"/intakes/{intake.pk}/").text
    Delivery.objects.filter(pk=page.pk).update(site="", content=b"x")
    assert "being read" in client.get(f"/intakes/{intake.pk}/").text
