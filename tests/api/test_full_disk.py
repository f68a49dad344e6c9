"""What a person, a program and a job are told when the disk is full: the error is PostgreSQL's own, raised by a statement of ours."""

import errno
import logging

import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, OperationalError, connection
from django.test import Client
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job

from config.jobs import FULL_SECONDS, STARTS, RetryAfterOutage
from corpus import tasks
from corpus.db import full_disk
from corpus.db.full_disk import is_full_disk
from corpus.intake import pages
from corpus.intake.deliveries import bring_in
from corpus.models import Delivery
from tests import factories


def says(state, words="could not extend file"):
    """The error of Django that a statement gets, with this SQLSTATE."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"DO $$ BEGIN RAISE EXCEPTION '{words}' USING ERRCODE = '{state}'; END $$")
    except DatabaseError as error:
        return error


@pytest.mark.parametrize(
    ("state", "words", "full"),
    [
        ("53100", "could not extend file", True), ("58030", "could not write: No space left on device", True),
        ("XX000", "could not write: Disk quota exceeded", True), ("58030", "could not read: Input/output error", False),
        ("53200", "out of memory", False), ("57014", "canceling statement", False),
    ],
)  # fmt: skip
def test_a_full_disk_is_told_from_other_troubles(transactional_db, state, words, full):
    assert is_full_disk(says(state, words)) is full


@pytest.fixture
def full_table(transactional_db):
    """Every row that is written to a table meets a full disk, until `free()`."""
    made = []

    def fill(table):
        with connection.cursor() as cursor:
            cursor.execute(
                "CREATE OR REPLACE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS "
                "$$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$"
            )
            cursor.execute(f"CREATE TRIGGER no_room BEFORE INSERT OR UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION no_room()")
        made.append(table)

    def free():
        with connection.cursor() as cursor:
            while made:
                cursor.execute(f"DROP TRIGGER no_room ON {made.pop()}")

    fill.free = free
    yield fill
    free()


@pytest.fixture(autouse=True)
def talkative(monkeypatch):
    monkeypatch.setattr(full_disk.log_full_disk, "quiet_until", 0.0)


def test_a_program_gets_507_and_when_to_come_back(full_table, world, own, caplog):
    full_table("corpus_article")
    with caplog.at_level(logging.ERROR, "corpus.db.full_disk"):
        for _ in range(3):
            answer = world.clients["manager"].post(
                "/api/v1/corpora/own/articles/", {"title": "t", "text": "Some text."}, format="json"
            )
            assert (answer.status_code, answer.json()["code"], answer["Retry-After"]) == (507, "full", "30")
    assert [record.name for record in caplog.records].count("corpus.db.full_disk") == 1


def test_a_page_says_it_in_words_and_reading_goes_on(full_table):
    user, client = factories.user(), Client(raise_request_exception=False)
    user.set_password("a long enough passphrase")
    user.save()
    client.force_login(user)
    full_table("django_session")
    session = client.session
    assert client.get("/").status_code == 200  # the session wants to note when it began
    assert session.session_key
    other = Client(raise_request_exception=False)
    answer = other.post("/login/", {"username": user.username, "password": "a long enough passphrase"})
    assert (answer.status_code, answer["Retry-After"]) == (507, "30")
    assert "The server’s disk is full" in answer.content.decode()


def test_a_token_reads_though_its_use_cannot_be_noted(full_table, world, own):
    client = world.clients["token_readonly"]
    full_table("corpus_token")
    assert client.get("/api/v1/corpora/").status_code == 200


def test_an_upload_that_finds_no_room_in_the_temporary_folder(db, world, own, monkeypatch):
    def no_room(*arguments, **options):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("django.core.files.uploadedfile.tempfile.NamedTemporaryFile", no_room)
    answer = world.clients["manager"].post(
        "/api/v1/corpora/own/load/", {"file": SimpleUploadedFile("a.json", b"{}")}, format="multipart"
    )
    assert (answer.status_code, answer.json()["code"]) == (507, "full")


def test_a_job_that_meets_a_full_disk_is_tried_again_however_often(transactional_db):
    error = says("53100")
    job = Job(id=1, queue="q", lock=None, queueing_lock=None, task_name="probe", attempts=1000)
    assert RetryAfterOutage().get_retry_decision(exception=error, job=job).retry_at is not None
    with pytest.raises(ConnectorException) as wrapped:
        raise ConnectorException from psycopg.errors.DiskFull("could not extend file")
    assert RetryAfterOutage().get_retry_decision(exception=wrapped.value, job=job)
    assert FULL_SECONDS == 60


@pytest.mark.parametrize(
    ("error", "attempts", "again"), [(OperationalError(), 0, True), (OperationalError(), STARTS, False), (ValueError(), 0, False)]
)
def test_a_job_that_fails_with_its_database_is_tried_a_few_times(error, attempts, again):
    job = Job(id=1, queue="q", lock=None, queueing_lock=None, task_name="probe", attempts=attempts)
    assert (RetryAfterOutage().get_retry_decision(exception=error, job=job) is not None) is again


def test_a_file_that_meets_a_full_disk_many_times_is_stored_when_there_is_room(full_table):
    class Context:
        job = Job(id=7, queue="q", lock=None, queueing_lock=None, task_name="read_intake")

    corpus = factories.corpus()
    intake = bring_in(corpus, [("a.txt", b"Report\n\nSome words of a report.\n")], [], user=None, door="page")
    full_table("corpus_article")
    for _ in range(tasks.TRIES + 2):
        with pytest.raises(OperationalError):
            tasks.read_intake.func(Context(), intake.pk)
    full_table.free()
    tasks.read_intake.func(Context(), intake.pk)
    assert list(intake.items.values_list("outcome", flat=True)) == ["stored"]
    assert Delivery.objects.get().state == "done"


def test_a_page_that_meets_a_full_disk_counts_no_try(transactional_db, monkeypatch):
    class Context:
        job = Job(id=7, queue="q", lock=None, queueing_lock=None, task_name="fetch_page")

    error = says("53100")

    def no_room(given):
        assert Delivery.objects.get().tries == 1
        raise error

    monkeypatch.setattr(pages, "settle", no_room)
    bring_in(factories.corpus(), [], ["https://a.example/report"], user=None, door="page")
    for _ in range(tasks.TRIES + 2):
        with pytest.raises(OperationalError):
            tasks.fetch_page.func(Context(), Delivery.objects.get().site)
    assert Delivery.objects.get().tries == 0
