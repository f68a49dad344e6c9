"""What is given waits in the database until a worker has read it: each thing once, whatever dies in between."""

from __future__ import annotations

import json

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from corpus import tasks
from corpus.intake.article_text import IngestError
from corpus.intake.deliveries import deliver, following, open_intake, retry
from corpus.intake.queue import defer_forgotten
from corpus.models import Delivery, Raw
from corpus.readers.sandboxed import SandboxedReading
from corpus.tasks import read_turn
from tests import factories

pytestmark = pytest.mark.django_db

TEXT = b"Factory closed\n\nThe factory sent its workers home, a source said.\n"
LINES = b"\n".join(json.dumps({"title": f"Number {n}", "text": f"The text of number {n} is its own."}).encode() for n in range(5))


@pytest.fixture
def intake(db):
    return open_intake(factories.corpus("reports"), user=factories.user("manager"), door="page")


def outcomes(intake) -> list[tuple[str, str]]:
    return list(intake.items.values_list("name", "outcome"))


def fresh(delivery: Delivery) -> Delivery:
    return Delivery.objects.get(pk=delivery.pk)


def test_a_file_waits_with_its_job_and_is_gone_when_it_is_read(intake) -> None:
    given = deliver(intake, "a.txt", TEXT)
    assert (given.state, given.size, bytes(fresh(given).content)) == ("waiting", len(TEXT), TEXT)
    (job,) = ProcrastinateJob.objects.all()
    assert (job.task_name, job.queue_name, job.args) == ("read_intake", "intake", {"intake": intake.pk})
    intake.refresh_from_db()
    assert intake.finished is None
    read_turn(intake.pk, job=1)
    assert outcomes(intake) == [("a.txt", "stored")]
    assert bytes(Raw.objects.get().content) == TEXT
    assert (fresh(given).state, fresh(given).content) == ("done", None)
    intake.refresh_from_db()
    assert intake.finished is not None


def test_the_row_and_its_job_come_together(intake) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.create(intake=intake, position=0, name="nothing to read")
    with pytest.raises(IngestError, match="the file is empty"):
        deliver(intake, "a.txt", b"")
    with pytest.raises(IngestError, match="the limit is 50 MB"):
        deliver(intake, "a.txt", b"x" * 50_000_001)
    assert not Delivery.objects.exists()
    assert not ProcrastinateJob.objects.exists()


def test_a_job_that_comes_twice_does_its_work_once(intake) -> None:
    given = deliver(intake, "a.txt", TEXT)
    read_turn(intake.pk, job=1)
    read_turn(intake.pk, job=1)
    assert outcomes(intake) == [("a.txt", "stored")]
    assert fresh(given).tries == 1


def test_a_job_that_was_cut_off_goes_on_where_it_was(intake, monkeypatch: pytest.MonkeyPatch) -> None:
    given = deliver(intake, "a.jsonl", LINES)

    def dying(*args, after):
        for number, found in enumerate(SandboxedReading(*args, after=after)):
            if number == 3:
                raise KeyboardInterrupt
            yield found

    monkeypatch.setattr(tasks, "SandboxedReading", dying)
    with pytest.raises(KeyboardInterrupt):
        read_turn(intake.pk, job=1)
    assert len(outcomes(intake)) == 3
    assert fresh(given).state == "reading"
    monkeypatch.undo()
    read_turn(intake.pk, job=1)
    assert outcomes(intake) == [(f"a.jsonl:{n}", "stored") for n in range(1, 6)]
    assert fresh(given).tries == 1


def test_what_ends_its_worker_three_times_is_given_up(intake) -> None:
    given = deliver(intake, "a.txt", TEXT)
    Delivery.objects.filter(pk=given.pk).update(tries=3, state="reading")
    read_turn(intake.pk, job=1)
    (item,) = intake.items.all()
    assert (item.outcome, item.detail) == ("failed", "reading it crashed the worker 3 times")
    assert fresh(given).state == "failed"


def test_a_try_that_stores_something_does_not_count(intake, monkeypatch: pytest.MonkeyPatch) -> None:
    """Five workers die over one archive, each after one more text: it is no thing that kills workers."""
    given = deliver(intake, "a.jsonl", LINES)

    def dying(*args, after):
        already = intake.items.count()
        for number, found in enumerate(SandboxedReading(*args, after=after)):
            if number > already:
                raise KeyboardInterrupt
            yield found

    monkeypatch.setattr(tasks, "SandboxedReading", dying)
    for n in range(1, 5):
        with pytest.raises(KeyboardInterrupt):
            read_turn(intake.pk, job=1)
        assert (intake.items.count(), fresh(given).tries) == (n, 1)
    read_turn(intake.pk, job=1)
    assert outcomes(intake) == [(f"a.jsonl:{n}", "stored") for n in range(1, 6)]


def test_what_stores_nothing_and_ends_its_worker_is_begun_three_times(intake, monkeypatch: pytest.MonkeyPatch) -> None:
    poison = deliver(intake, "a.txt", TEXT)
    deliver(intake, "b.txt", b"Another text of its own.\n")
    begun = []

    def dying(content, name, url, kind, after):
        begun.append(name)
        if name == "a.txt":
            raise KeyboardInterrupt
        return SandboxedReading(content, name, url, kind, after=after)

    monkeypatch.setattr(tasks, "SandboxedReading", dying)
    for n in (1, 2, 3):
        with pytest.raises(KeyboardInterrupt):
            read_turn(intake.pk, job=1)
        assert (fresh(poison).state, fresh(poison).tries) == ("reading", n)
    read_turn(intake.pk, job=1)
    assert outcomes(intake) == [("b.txt", "stored"), ("a.txt", "failed")]  # what ends workers comes last
    assert begun == ["a.txt", "b.txt", "a.txt", "a.txt"]


def test_two_things_of_one_name_have_a_result_each(intake) -> None:
    from tests.corpus.readers.test_archive import tarred, zipped

    inner = tarred({"x.txt": TEXT})
    deliver(
        intake, "b.zip", zipped({"a.tar": inner, "a/x.txt": b"Another text of its own.\n", "a.tar/x.txt": b"A third text.\n"})
    )
    read_turn(intake.pk, job=1)
    assert outcomes(intake) == [("b.zip/a.tar/x.txt", "stored"), ("b.zip/a/x.txt", "stored"), ("b.zip/a.tar/x.txt (2)", "stored")]
    assert {bytes(raw.content) for raw in Raw.objects.all()} == {TEXT, b"Another text of its own.\n", b"A third text.\n"}


def test_what_failed_can_be_tried_again(intake) -> None:
    deliver(intake, "a.txt", TEXT)
    bad = deliver(intake, "b.pdf", b"%PDF-1.4 broken")
    read_turn(intake.pk, job=1)
    assert outcomes(intake) == [("a.txt", "stored"), ("b.pdf", "failed")]
    assert fresh(bad).content is not None
    assert retry(intake) == 1
    assert outcomes(intake) == [("a.txt", "stored")]
    assert (fresh(bad).state, fresh(bad).tries) == ("waiting", 0)
    read_turn(intake.pk, job=1)
    assert outcomes(intake)[1] == ("b.pdf", "failed")


def test_a_delivery_whose_job_is_gone_gets_another_one(intake) -> None:
    deliver(intake, "a.txt", TEXT)
    assert defer_forgotten() == 0
    ProcrastinateJob.objects.all().delete()
    assert (defer_forgotten(), defer_forgotten()) == (1, 0)
    (job,) = ProcrastinateJob.objects.all()
    assert job.args == {"intake": intake.pk}
    read_turn(intake.pk, job=1)
    ProcrastinateJob.objects.all().delete()
    assert defer_forgotten() == 0


def test_what_was_forgotten_is_looked_for_every_minute(intake) -> None:
    deliver(intake, "a.txt", TEXT)
    ProcrastinateJob.objects.all().delete()
    (found,) = [one for one in app.periodic_registry.periodic_tasks.values() if one.task.name == "find_forgotten"]
    assert found.cron == "* * * * *"
    found.task(timestamp=0)
    assert waiting_jobs() == 1


@pytest.mark.parametrize("name", ["", " ", "a\r\nSet-Cookie: x=1.txt", "a\x00.txt", "a" * 1001])
def test_a_name_that_is_none_is_refused(intake, name: str) -> None:
    with pytest.raises(IngestError, match="a file name has 1 to 1,000 characters"):
        deliver(intake, name, TEXT)


# Jobs


def job_of(intake, status: str) -> int:
    """The only job that waits to read, in this state from now on."""
    job = waiting().get()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = %s WHERE id = %s", [status, job.pk])
    return job.pk


def waiting():
    """Jobs that read; another one indexes words."""
    return ProcrastinateJob.objects.filter(status="todo").exclude(task_name="index_words")


def waiting_jobs() -> int:
    return waiting().count()


def test_one_job_waits_for_an_intake_however_much_is_given(intake) -> None:
    for n in range(3):
        deliver(intake, f"{n}.txt", TEXT)
    assert waiting_jobs() == 1
    job_of(intake, "doing")
    deliver(intake, "later.txt", TEXT)
    assert waiting_jobs() == 1


def test_a_job_is_held_until_what_is_given_can_be_seen(transactional_db) -> None:
    """A job that began before the commit would not see it, and nobody would read it."""
    intake = open_intake(factories.corpus("reports"), user=factories.user("manager"), door="page")
    deliver(intake, "a.txt", TEXT)
    fetch = "SELECT id FROM procrastinate_jobs WHERE status = 'todo' FOR UPDATE SKIP LOCKED"
    with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": psycopg.Cursor}) as worker:
        with transaction.atomic():
            deliver(intake, "b.txt", TEXT)
            assert worker.execute(fetch).fetchall() == []
        assert len(worker.execute(fetch).fetchall()) == 1


def test_two_jobs_share_the_deliveries_of_an_intake(intake) -> None:
    for n in range(3):
        deliver(intake, f"{n}.txt", TEXT)
    one = job_of(intake, "doing")
    first = following(intake, one)
    assert first.delivery.name == "0.txt"
    other = following(intake, one + 1)
    assert other.delivery.name == "1.txt"


def test_a_delivery_is_taken_over_when_its_job_runs_no_more(intake) -> None:
    given = deliver(intake, "a.txt", TEXT)
    one = job_of(intake, "doing")
    following(intake, one)
    assert following(intake, one + 1) is None
    assert defer_forgotten() == 0
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed' WHERE id = %s", [one])
    assert defer_forgotten() == 1
    again = following(intake, one + 1)
    assert (again.delivery.pk, again.delivery.tries) == (given.pk, 2)


def test_a_job_that_is_started_anew_goes_on_with_what_it_was_reading(intake) -> None:
    given = deliver(intake, "a.txt", TEXT)
    one = job_of(intake, "doing")
    following(intake, one)
    assert following(intake, one).delivery.pk == given.pk


def test_intakes_take_turns_and_nothing_is_left_behind(intake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "TURN_SECONDS", 0)
    for n in range(3):
        deliver(intake, f"{n}.txt", f"Text {n} is its own.\n".encode())
    for n in (1, 2, 3):
        read_turn(intake.pk, job_of(intake, "doing"))
        assert intake.items.count() == n
        # The last one defers no other.
        assert waiting_jobs() == (n < 3)
        intake.refresh_from_db()
        assert bool(intake.finished) == (n == 3)
