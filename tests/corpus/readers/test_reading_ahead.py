"""While one thing is stored its reader goes on with the next, and neither has any harm from the other."""

from __future__ import annotations

from threading import Barrier, Thread

import pytest
from django.db import OperationalError, connection
from procrastinate.contrib.django.models import ProcrastinateJob

from corpus import tasks
from corpus.intake import ingest
from corpus.intake.deliveries import LIGHT, deliver, following, open_intake
from corpus.models import Delivery
from corpus.readers import sandboxed
from corpus.readers.extracted import Record
from corpus.readers.sandboxed import SandboxedReading
from corpus.tasks import read_turn
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def intake(db):
    return open_intake(factories.corpus("reports"), user=factories.user("manager"), door="page")


def standing(intake) -> list[tuple[str, str, int]]:
    return list(intake.deliveries.values_list("name", "state", "tries"))


def give(intake, *names: str) -> list[Delivery]:
    return [deliver(intake, name, f"The text of {name} is its own.\n".encode()) for name in names]


def test_the_next_thing_is_given_to_the_reader_before_one_is_stored(intake, monkeypatch: pytest.MonkeyPatch) -> None:
    give(intake, "a.txt", "b.txt", "c.txt")
    done = []

    def given(content, name, url, kind, after):
        done.append(f"read {name}")
        return SandboxedReading(content, name, url, kind, after=after)

    def keep(*args, **fields):
        done.append(f"store {fields['name']}")
        return ingest.keep(*args, **fields)

    monkeypatch.setattr(tasks, "SandboxedReading", given)
    monkeypatch.setattr(tasks, "keep", keep)
    read_turn(intake.pk, job=1)
    assert done == ["read a.txt", "read b.txt", "store a.txt", "read c.txt", "store b.txt", "store c.txt"]
    assert standing(intake) == [("a.txt", "done", 1), ("b.txt", "done", 1), ("c.txt", "done", 1)]


JOBS = (1_000_001, 1_000_002, 1_000_003, 1_000_004)  # beyond those of the queue


def doing(*jobs: int) -> None:
    """Jobs that a worker is running."""
    for job in jobs:
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO procrastinate_jobs (id, queue_name, task_name, args, status) OVERRIDING SYSTEM VALUE"
                " VALUES (%s, 'intake', 'read_intake', '{}', 'doing')",
                [job],
            )


def crashed(*deliveries: Delivery) -> None:
    """They were being read by a job whose worker died."""
    Delivery.objects.filter(pk__in=[each.pk for each in deliveries]).update(state="reading", tries=1, job=7)


def test_of_two_jobs_one_reads_the_suspects_and_the_other_what_was_never_tried(intake) -> None:
    one, other, _ = give(intake, "a.txt", "b.txt", "c.txt")
    crashed(one, other)
    doing(*JOBS[:3])
    assert following(intake, JOBS[0]).delivery.name == "c.txt"
    assert following(intake, JOBS[1]).delivery.name == "a.txt"
    assert following(intake, JOBS[2]) is None
    first = Delivery.objects.get(pk=one.pk)
    first.state = "done"
    assert following(intake, JOBS[1], first).delivery.name == "b.txt"


@pytest.mark.django_db(transaction=True)
def test_two_jobs_that_look_at_the_same_moment_do_not_read_two_suspects(intake) -> None:
    crashed(*give(intake, "a.txt", "b.txt", "c.txt", "d.txt"))
    doing(*JOBS)
    begin, taken = Barrier(4), []

    def look(job: int) -> None:
        try:
            begin.wait()
            if begun := following(intake, job):
                taken.append(begun.delivery.name)
        finally:
            connection.close()

    threads = [Thread(target=look, args=(job,)) for job in JOBS]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert taken == ["a.txt"]


def test_suspects_that_a_turn_has_no_time_for_get_a_job(intake, monkeypatch: pytest.MonkeyPatch) -> None:
    crashed(*give(intake, "a.txt", "b.txt"))
    ProcrastinateJob.objects.all()._raw_delete("default")
    clock = iter([0, *[tasks.TURN_SECONDS] * 9])
    monkeypatch.setattr(tasks, "monotonic", lambda: next(clock))
    read_turn(intake.pk, job=1)
    assert standing(intake) == [("a.txt", "done", 1), ("b.txt", "reading", 1)]
    assert ProcrastinateJob.objects.filter(queueing_lock=f"read_intake {intake.pk}", status="todo").count() == 1


@pytest.mark.parametrize("fields", [{"tries": 1}, {"size": LIGHT + 1}])
def test_only_what_is_light_and_was_never_tried_is_taken_beside_another(intake, fields: dict) -> None:
    _, other = give(intake, "a.txt", "b.txt")
    first = following(intake, 1)
    first.delivery.state = "done"
    Delivery.objects.filter(pk=other.pk).update(**fields)
    assert following(intake, 1, beside=first.delivery) is None
    assert following(intake, 1, first.delivery).delivery.pk == other.pk


@pytest.mark.parametrize("dies_at", ["reading", "storing"])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_what_kills_its_worker_beside_others_fails_alone(
    intake, monkeypatch: pytest.MonkeyPatch, dies_at: str, place: int
) -> None:
    names = ["a.txt", "b.txt", "c.txt"]
    give(intake, *names)
    poison = names[place]
    died = 0

    def given(content, name, url, kind, after):
        if dies_at == "reading" and name == poison:
            raise KeyboardInterrupt
        return SandboxedReading(content, name, url, kind, after=after)

    def keep(intake, found, *, name, **fields):
        if isinstance(found, Record) and name == poison:
            raise KeyboardInterrupt
        return ingest.keep(intake, found, name=name, **fields)

    monkeypatch.setattr(tasks, "SandboxedReading", given)
    monkeypatch.setattr(tasks, "keep", keep)
    for job in range(1, 6):
        try:
            read_turn(intake.pk, job)
        except KeyboardInterrupt:
            died += 1
    assert died == tasks.TRIES
    assert dict(intake.items.values_list("name", "outcome")) == {name: "failed" if name == poison else "stored" for name in names}


def test_after_a_crash_the_suspects_are_taken_alone(intake, monkeypatch: pytest.MonkeyPatch) -> None:
    give(intake, "a.txt", "b.txt", "c.txt", "d.txt")
    one, other = following(intake, 1), None
    other = following(intake, 1, beside=one.delivery)
    assert standing(intake)[:3] == [("a.txt", "reading", 1), ("b.txt", "reading", 1), ("c.txt", "waiting", 0)]
    begun = []

    def given(content, name, url, kind, after):
        begun.append((name, after is None))
        return SandboxedReading(content, name, url, kind, after=after)

    monkeypatch.setattr(tasks, "SandboxedReading", given)
    read_turn(intake.pk, job=2)
    assert other.delivery.name == "b.txt"
    assert begun == [("c.txt", True), ("d.txt", False), ("a.txt", True), ("b.txt", True)]


@pytest.mark.parametrize("place", [1, 2, 3])
def test_reading_ahead_leaves_nothing_when_the_turn_ends(intake, monkeypatch: pytest.MonkeyPatch, place: int) -> None:
    """However many the turn had time for: what is begun is done, and what is not begun was never tried."""
    names = ["a.txt", "b.txt", "c.txt", "d.txt"]
    give(intake, *names)
    clock = iter([0] * place + [tasks.TURN_SECONDS] * 9)
    monkeypatch.setattr(tasks, "monotonic", lambda: next(clock))
    read_turn(intake.pk, job=1)
    assert standing(intake) == [(name, "done", 1) if at < place else (name, "waiting", 0) for at, name in enumerate(names)]
    assert [child.owed for child in sandboxed.idle.queue] == [0] * sandboxed.idle.qsize()


def test_reading_ahead_leaves_no_process_when_the_worker_cannot_go_on(intake, monkeypatch: pytest.MonkeyPatch) -> None:
    give(intake, "a.txt", "b.txt", "c.txt")
    readings = []

    def given(content, name, url, kind, after):
        made = SandboxedReading(content, name, url, kind, after=after)
        readings.append(made.child.process)
        return made

    def gone(*args, **fields):
        raise OperationalError("the database is away")

    monkeypatch.setattr(tasks, "SandboxedReading", given)
    monkeypatch.setattr(tasks, "keep", gone)
    with pytest.raises(OperationalError):
        read_turn(intake.pk, job=1)
    assert len(set(readings)) == 1
    assert readings[0].poll() is not None
