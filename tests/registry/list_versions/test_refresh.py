"""Lists are fetched when they are due: only what changed, seldom while it fails, and never before a person sets a period."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.models import ProcrastinateJob

from corpus.intake.hosts import fetch, rest
from corpus.intake.limits import FetchError, Limits
from registry.list_versions import refresh
from registry.list_versions.submit import give_up_interrupted, load_later, submit
from registry.models import ListVersion, SanctionsList
from registry.tasks import ask_lists
from tests.corpus.web import PUBLIC, web
from tests.registry.list_versions.conftest import FIXTURES

pytestmark = pytest.mark.django_db
FAST = Limits(bytes=1_000_000, pace_seconds=0.0)


@pytest.fixture
def due():
    return SanctionsList.objects.create(
        code="UN", name="Public", address="http://lists.example/un.xml", minutes=60, due=timezone.now() - timedelta(minutes=1)
    )


@pytest.fixture
def serve(monkeypatch):
    """What the host answers from now on; the headers of each request come into a list."""
    asked = []
    with web() as net:
        net.names["lists.example"] = [[PUBLIC]]
        monkeypatch.setattr(refresh, "fetch", lambda url, **options: fetch(url, network=net, **options | {"limits": FAST}))

        def answer(status, body=b""):
            def page(headers):
                asked.append({name: headers.get(name) for name in ("If-None-Match", "If-Modified-Since")})
                return status, {"ETag": '"1"', "Last-Modified": "Mon"}, body

            net.pages["/un.xml"] = page
            return asked

        yield answer


def ask(of):
    """Fetch the list, and load what came as the worker does. The version, if there is a new one."""
    if (version := refresh.ask(of.pk)) is None:
        return None
    job = ProcrastinateJob.objects.filter(task_name="load_fetched_list").latest("id")
    assert job.args["version"] == version.pk
    refresh.load_fetched(**job.args)
    version.refresh_from_db()
    return version


def test_nothing_is_asked_before_a_person_sets_an_address_and_a_period(due):
    SanctionsList.objects.create(code="A", name="Uploaded")
    SanctionsList.objects.create(code="B", name="With an address", address="https://lists.example/b")
    paused = SanctionsList.objects.create(
        code="C", name="Paused", address="https://c.example/", minutes=60, due=due.due, is_active=False
    )
    ask_lists(0)
    assert [job.args for job in ProcrastinateJob.objects.filter(task_name="ask_list")] == [{"sanctions_list": due.pk}]
    ask_lists(0)  # it is not due again before its time
    assert ProcrastinateJob.objects.filter(task_name="ask_list").count() == 1
    assert refresh.ask(paused.pk) is None


def test_an_address_that_cannot_be_asked_says_so_and_holds_nobody_up(due):
    SanctionsList.objects.create(code="A", name="Typed in the admin", address="nonsense", minutes=60, due=due.due)
    assert refresh.defer_due() == 2
    assert refresh.ask(SanctionsList.objects.get(code="A").pk) is None
    assert "only URLs that start with http" in SanctionsList.objects.get(code="A").problem


def test_what_is_new_is_loaded_and_what_is_not_is_not_sent_again(due, serve):
    asked = serve(200, FIXTURES["v1"].encode())
    version = ask(due)
    assert (version.state, version.file.address, version.file.user) == ("current", due.address, None)
    serve(304)
    assert ask(due) is None
    assert asked == [
        {"If-None-Match": None, "If-Modified-Since": None},
        {"If-None-Match": '"1"', "If-Modified-Since": "Mon"},
    ]
    serve(200, FIXTURES["v1"].encode())
    assert ask(due) is None  # the same bytes
    due.refresh_from_db()
    assert (due.failures, due.problem) == (0, "")
    assert due.due > timezone.now() + timedelta(minutes=59)


def test_each_failure_doubles_the_pause(due, serve):
    serve(500)
    for failures, minutes in ((1, 120), (2, 240), (3, 480)):
        ask(due)
        due.refresh_from_db()
        assert (due.failures, due.problem) == (failures, "the host responded with status 500")
        assert abs(due.due - timezone.now() - timedelta(minutes=minutes)) < timedelta(minutes=1)
    serve(200, FIXTURES["v1"].encode())
    ask(due)
    due.refresh_from_db()
    assert (due.failures, due.problem) == (0, "")


def test_a_list_over_the_limit_is_not_loaded(due, serve):
    serve(200, b"A" * (FAST.bytes + 1))
    assert ask(due) is None
    due.refresh_from_db()
    assert due.problem == "the page has more than 1 MB"
    assert not ListVersion.objects.exists()
    assert (refresh.LISTS.bytes, refresh.LISTS.seconds, refresh.LISTS.read_seconds) == (300_000_000, 600, 180)


def test_a_page_of_errors_is_refused_and_the_current_version_serves_on(due, serve):
    serve(200, FIXTURES["v1"].encode())
    ask(due)
    serve(200, b"<html><body>Maintenance</body></html>")
    assert ask(due).state == "refused"
    due.refresh_from_db()
    assert "version 2 was refused" in due.problem
    assert ask(due) is None
    due.refresh_from_db()
    assert (due.failures, "version 2 was refused" in due.problem) == (2, True)
    assert (due.current().number, due.versions.count()) == (1, 2)


def test_what_a_dead_worker_left_is_loaded_at_the_next_look(due, serve):
    content = FIXTURES["v1"].encode()
    left = submit(due, content, address=due.address)
    serve(200, content)
    ask(due)
    left.refresh_from_db()
    assert left.state == "current"


def test_it_waits_for_the_turn_of_the_host(due, serve):
    serve(200, FIXTURES["v1"].encode())
    rest("lists.example", 300)
    assert ask(due) is None
    assert ProcrastinateJob.objects.get(task_name="ask_list").scheduled_at > timezone.now() + timedelta(minutes=4)


def test_another_address_is_asked_for_everything(due, serve):
    serve(200, FIXTURES["v1"].encode())
    ask(due)
    due.refresh_from_db()
    refresh.adjust(due, address="https://other.example/un.xml")
    assert (due.etag, due.last_modified) == ("", "")
    refresh.adjust(due, address="", minutes=None)
    assert due.due is None
    with pytest.raises(FetchError, match="http"):
        refresh.adjust(due, address="ftp://other.example/")


def test_a_version_whose_worker_died_is_given_up(due):
    alive, dead = (submit(due, text) for text in (b"A-1; One\n", b"A-1; Two\n"))
    load_later(alive)
    ListVersion.objects.update(loaded=timezone.now() - timedelta(hours=2))
    assert give_up_interrupted() == 1
    alive.refresh_from_db()
    dead.refresh_from_db()
    assert [alive.state, dead.state] == ["loading", "refused"]


def with_closed_connections(run, context, worker):
    """The thread of a job ends with its worker, and nothing else would close what it opened."""
    try:
        return run()
    finally:
        connections.close_all()


def worked(queue):
    """All jobs of a queue, by a worker of its own in another thread."""
    options = {
        "wait": False,
        "listen_notify": False,
        "install_signal_handlers": False,
        "task_middleware": [with_closed_connections],
    }
    with app.replace_connector(DjangoConnector().get_worker_connector()) as worker_app:

        async def work():
            async with worker_app.open_async():
                await worker_app.run_worker_async(queues=[queue], **options)

        asyncio.run(work())


@pytest.mark.django_db(transaction=True)
def test_a_worker_fetches_a_list_and_another_job_loads_it(due, serve):
    """The one that fetches is free for other addresses while the file is read."""
    serve(200, FIXTURES["v1"].encode())
    ask_lists(0)
    done = {"ask_list": "succeeded", "load_fetched_list": "succeeded"}
    states = []
    with ThreadPoolExecutor(1) as pool:
        for queue in ("fetch", "intake"):
            pool.submit(worked, queue).result()
            jobs = dict(ProcrastinateJob.objects.filter(task_name__in=done).values_list("task_name", "status"))
            states.append((ListVersion.objects.get().state, jobs))
    assert states == [("loading", done | {"load_fetched_list": "todo"}), ("current", done)]
    due.refresh_from_db()
    assert (due.etag, due.problem, due.due > timezone.now()) == ('"1"', "", True)
