"""What is given waits in the database until a worker has read it: each thing once, whatever dies in between."""

from __future__ import annotations

import json

import pytest
from django.db import IntegrityError, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from corpus import tasks
from corpus.confined import records
from corpus.deliveries import defer_forgotten, deliver, deliver_addresses, open_intake, retry
from corpus.fetch import FetchError, Page
from corpus.ingest import IngestError
from corpus.models import Delivery, IntakeItem
from corpus.tasks import read_delivery
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
    assert (job.task_name, job.queue_name, job.args) == ("read_delivery", "intake", {"delivery": str(given.pk)})
    intake.refresh_from_db()
    assert intake.finished is None
    read_delivery(delivery=str(given.pk))
    assert outcomes(intake) == [("a.txt", "stored")]
    assert (fresh(given).state, fresh(given).content) == ("done", None)
    intake.refresh_from_db()
    assert intake.finished is not None


def test_the_row_and_its_job_come_together(intake) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.create(intake=intake, position=0, name="nothing to read")
    with pytest.raises(IngestError, match="the file is empty"):
        deliver(intake, "a.txt", b"")
    with pytest.raises(IngestError, match="50 MB are taken at most"):
        deliver(intake, "a.txt", b"x" * 50_000_001)
    assert not Delivery.objects.exists()
    assert not ProcrastinateJob.objects.exists()


def test_a_job_that_comes_twice_does_its_work_once(intake) -> None:
    given = deliver(intake, "a.txt", TEXT)
    read_delivery(delivery=str(given.pk))
    read_delivery(delivery=str(given.pk))
    assert outcomes(intake) == [("a.txt", "stored")]
    assert fresh(given).tries == 1


def test_a_job_that_was_cut_off_goes_on_where_it_was(intake, monkeypatch: pytest.MonkeyPatch) -> None:
    given = deliver(intake, "a.jsonl", LINES)

    def dying(*args):
        for number, found in enumerate(records(*args)):
            if number == 3:
                raise KeyboardInterrupt
            yield found

    monkeypatch.setattr(tasks, "records", dying)
    with pytest.raises(KeyboardInterrupt):
        read_delivery(delivery=str(given.pk))
    assert len(outcomes(intake)) == 3
    assert fresh(given).state == "reading"
    monkeypatch.undo()
    read_delivery(delivery=str(given.pk))
    assert outcomes(intake) == [(f"a.jsonl:{n}", "stored") for n in range(1, 6)]
    assert fresh(given).tries == 1


def test_what_ends_its_worker_three_times_is_given_up(intake) -> None:
    given = deliver(intake, "a.txt", TEXT)
    Delivery.objects.filter(pk=given.pk).update(tries=3, state="reading")
    read_delivery(delivery=str(given.pk))
    (item,) = intake.items.all()
    assert (item.outcome, item.detail) == ("failed", "reading it ended the worker 3 times")
    assert fresh(given).state == "failed"


def test_two_things_of_one_name_have_a_result_each(intake) -> None:
    from tests.corpus.test_readers_archive import tarred, zipped

    inner = tarred({"x.txt": TEXT})
    given = deliver(
        intake, "b.zip", zipped({"a.tar": inner, "a/x.txt": b"Another text of its own.\n", "a.tar/x.txt": b"A third text.\n"})
    )
    read_delivery(delivery=str(given.pk))
    assert outcomes(intake) == [("b.zip/a.tar/x.txt", "stored"), ("b.zip/a/x.txt", "stored"), ("b.zip/a.tar/x.txt (2)", "stored")]


def test_what_failed_can_be_tried_again(intake) -> None:
    good, bad = deliver(intake, "a.txt", TEXT), deliver(intake, "b.pdf", b"%PDF-1.4 broken")
    for given in (good, bad):
        read_delivery(delivery=str(given.pk))
    assert outcomes(intake) == [("a.txt", "stored"), ("b.pdf", "failed")]
    assert fresh(bad).content is not None
    assert retry(intake) == 1
    assert outcomes(intake) == [("a.txt", "stored")]
    assert (fresh(bad).state, fresh(bad).tries) == ("waiting", 0)
    read_delivery(delivery=str(bad.pk))
    assert outcomes(intake)[1] == ("b.pdf", "failed")


def test_an_address_is_fetched_by_the_worker(intake, monkeypatch: pytest.MonkeyPatch) -> None:
    page = b"<html><body><p>Bank A was listed on Monday, the ministry said.</p></body></html>"
    monkeypatch.setattr(tasks, "fetch", lambda url: Page(url="https://example.com/b", content=page, kind="text/html"))
    (given,) = deliver_addresses(intake, ["https://example.com/a"])
    read_delivery(delivery=str(given.pk))
    (item,) = intake.items.all()
    assert (item.outcome, item.document.retrieved_from, item.document.article.url) == (
        "stored",
        "https://example.com/b",
        "https://example.com/b",
    )


def test_an_address_that_gives_nothing_says_why(intake, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(url):
        raise FetchError("that host is not on the public web")

    monkeypatch.setattr(tasks, "fetch", refuse)
    (given,) = deliver_addresses(intake, ["http://127.0.0.1/"])
    read_delivery(delivery=str(given.pk))
    assert list(IntakeItem.objects.values_list("outcome", "detail")) == [("failed", "that host is not on the public web")]


def test_a_delivery_whose_job_is_gone_gets_another_one(intake) -> None:
    given = deliver(intake, "a.txt", TEXT)
    assert defer_forgotten() == 0
    ProcrastinateJob.objects.all().delete()
    assert (defer_forgotten(), defer_forgotten()) == (1, 0)
    (job,) = ProcrastinateJob.objects.all()
    assert job.args == {"delivery": str(given.pk)}
    read_delivery(delivery=str(given.pk))
    ProcrastinateJob.objects.all().delete()
    assert defer_forgotten() == 0


@pytest.mark.parametrize("name", ["", " ", "a\r\nSet-Cookie: x=1.txt", "a\x00.txt", "a" * 1001])
def test_a_name_that_is_none_is_refused(intake, name: str) -> None:
    with pytest.raises(IngestError, match="a name of 1 to 1,000 characters"):
        deliver(intake, name, TEXT)
