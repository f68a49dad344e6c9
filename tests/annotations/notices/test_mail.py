"""Digests by mail: what they hold, when they are due, and that each is sent once whatever the mail server does."""

import socket
from datetime import UTC, datetime, timedelta
from io import StringIO
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from annotations.models import Notice, NoticeChoice, NoticeDigest, NoticeSettings
from annotations.notices.digest import due_notices
from annotations.notices.make import notify
from annotations.notices.send import NotSent, recipients, send_digest
from annotations.tasks import mail_digest, notify_people
from tests import factories
from tests.annotations.notices.mail_server import MailServer

WEDNESDAY = datetime(2031, 1, 15, 9, tzinfo=UTC)


@pytest.fixture
def person(people):
    type(people.annotator).objects.filter(pk=people.annotator.pk).update(email="ann@example.org")
    people.annotator.refresh_from_db()
    return people.annotator


@pytest.fixture
def server(settings):
    """Starts a server with these faults, which is that of the settings."""
    running = []

    def start(*faults):
        running.append(MailServer(faults).__enter__())
        settings.MAILERS, settings.MAIL_FROM = running[-1].mailers, "Attest <attest@attest.example.org>"
        settings.SITE_URL = "https://attest.example.org"
        return running[-1]

    yield start
    for each in running:
        each.__exit__()


def told(person, reading, *kinds, days=2):
    for kind in kinds:
        notify(kind, reading.document.corpus_id, [person.pk], assignment=reading.pk)
    Notice.objects.filter(kind__in=kinds).update(at=timezone.now() - timedelta(days=days))


def states():
    return list(NoticeDigest.objects.values_list("state", "tries"))


def test_a_digest_counts_and_quotes_nothing(server, person, reading, corpus):
    running = server()
    told(person, reading, "late", "returned")
    notify("assigned", corpus, [person.pk], number=3)
    Notice.objects.update(at=timezone.now() - timedelta(days=2))
    assert recipients() == [person.pk]
    assert send_digest(person.pk) == "sent"
    assert (recipients(), send_digest(person.pk)) == ([], "")
    [mail] = running.mails
    digest = NoticeDigest.objects.get()
    assert mail["Message-ID"] == f"<{digest.pk}@attest.example.org>"
    assert (mail["To"], mail["Subject"]) == ("ann@example.org", "Attest: 3 notices")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail.get_content_type() == "text/plain"
    stop = mail["List-Unsubscribe"].strip("<>")
    assert f"List-Unsubscribe: <{stop}>\n".encode() in running.raw[0], "neither broken nor encoded"
    text = mail.get_content()
    assert text == (
        "Reports\n- 3 articles assigned to you\n- 1 late article\n- 1 article returned to you\n\n"
        "Read them:\nhttps://attest.example.org/notices/\n\nChoose your mails:\nhttps://attest.example.org/notices/choices/\n\n"
        f"Stop all mails:\n{stop}\n"
    )
    written = running.raw[0].decode().replace(stop, "").replace(str(digest.pk), "")  # whose digits may be any
    assert not any(word in written for word in ("firm", "170", reading.document.article.title))


def test_names_of_corpora_can_be_left_out(server, person, reading, corpus):
    running, other = server(), factories.corpus("other")
    factories.membership(other, person, "annotator")
    told(person, reading, "late")
    told(person, factories.assignment(factories.document("A text.", corpus=other), person), "late")
    NoticeSettings.objects.create(user=person, corpus_names=False)
    send_digest(person.pk)
    text = running.mails[0].get_content()
    assert text.startswith("- 2 late articles\n")
    assert "Reports" not in text


def test_what_is_due_and_when(server, person, reading, corpus):
    server()
    told(person, reading, "late", "due", "lapsed", "returned")
    notify("adjudicated", corpus, [person.pk], number=0, assignment=reading.pk)
    NoticeChoice.objects.create(user=person, kind="due", in_app=True, mail="weekly")
    NoticeChoice.objects.create(user=person, kind="lapsed", in_app=True, mail="off")
    Notice.objects.filter(kind="returned").update(read=WEDNESDAY)

    def due(at, now=WEDNESDAY):
        Notice.objects.update(at=at)
        return sorted(due_notices(now).values_list("kind", flat=True))

    day, seconds = timedelta(days=1), timedelta(seconds=1)
    six = WEDNESDAY.replace(hour=6)
    assert due(six) == []
    assert due(six - seconds) == ["late"]
    assert due(six - day, now=six - seconds) == []
    assert due(six - 2 * day - seconds) == ["adjudicated", "due", "late"]
    assert due(WEDNESDAY - 31 * day) == []
    NoticeSettings.objects.create(user=person, mail=False)
    assert due(six - day) == []
    NoticeSettings.objects.all().delete()
    corpus.memberships.filter(user=person).delete()
    assert due(six - day) == []


def test_a_server_that_fails_three_times_gets_each_digest_once(server, person, reading):
    running = server("refuse", "break", "refuse")
    told(person, reading, "late")
    for tries in range(1, 4):
        with pytest.raises(NotSent) as error:
            send_digest(person.pk)
        assert "example.org" not in str(error.value)
        assert states() == [("waiting", tries)]
        told(person, reading, "returned")
    assert send_digest(person.pk) == "sent"
    assert [mail["Message-ID"].partition("@")[0] for mail in running.mails] == [f"<{NoticeDigest.objects.get().pk}"]
    assert running.sessions == 4
    assert send_digest(person.pk) == "sent", "what came meanwhile is in the next one"
    assert "1 article returned" in running.mails[1].get_content()


def test_a_dropped_answer_sends_nothing_twice(server, person, reading):
    running = server("drop")
    told(person, reading, "late")
    assert send_digest(person.pk) == "unconfirmed"
    assert send_digest(person.pk) == ""
    assert (len(running.mails), states()) == (1, [("unconfirmed", 1)])


def test_what_cannot_be_sent_is_given_up(server, person, reading):
    running = server("recipient", *["refuse"] * 5)
    told(person, reading, "late")
    assert send_digest(person.pk) == "failed"
    told(person, reading, "returned")
    for _ in range(4):
        with pytest.raises(NotSent):
            send_digest(person.pk)
    assert send_digest(person.pk) == "failed"
    assert (running.mails, sorted(states())) == ([], [("failed", 1), ("failed", 5)])
    assert Notice.objects.for_user(person).unread().count() == 2


def test_one_process_sends_a_digest_and_a_killed_one_leaves_it_to_the_next(server, person, reading):
    running = server()
    told(person, reading, "late")
    digest = NoticeDigest.objects.create(user=person, claimed=timezone.now(), tries=1)
    Notice.objects.update(digest=digest)
    assert (send_digest(person.pk), running.sessions) == ("", 0)
    NoticeDigest.objects.update(claimed=timezone.now() - timedelta(minutes=6))
    assert send_digest(person.pk) == "sent"
    NoticeDigest.objects.update(state="waiting", tries=5, claimed=timezone.now() - timedelta(minutes=6))
    assert recipients() == []
    assert states() == [("failed", 5)]


def test_who_wants_no_mail_any_more_gets_none_that_waits(server, person, reading):
    running = server("refuse")
    told(person, reading, "late")
    with pytest.raises(NotSent):
        send_digest(person.pk)
    NoticeSettings.objects.create(user=person, mail=False)
    assert (send_digest(person.pk), running.mails) == ("failed", [])


@pytest.mark.parametrize(
    "address", ["ann@example.org, eve@example.com", '"ann@example.org,"@example.com', "ann@example.org\neve"]
)
def test_what_is_not_one_address_gets_no_mail(server, person, reading, address):
    running = server()
    type(person).objects.filter(pk=person.pk).update(email=address)
    told(person, reading, "late")
    assert (send_digest(person.pk), running.mails) == ("failed", [])


def test_without_a_mail_server_no_socket_is_opened(settings, monkeypatch, person, reading):
    assert settings.MAIL_FROM == ""
    told(person, reading, "late")

    def refuse(*arguments, **options):
        raise AssertionError("a socket")

    monkeypatch.setattr(socket, "create_connection", refuse)
    out = StringIO()
    call_command("notify", stdout=out)
    assert "Mail is off: set MAIL_URL and MAIL_FROM." in out.getvalue()
    assert (send_digest(person.pk), states()) == ("", [])
    notify_people(0)
    assert not ProcrastinateJob.objects.filter(task_name="mail_digest").exists()


def test_the_command_sends_and_the_worker_has_one_job_for_each_person(server, person, reading):
    running = server("refuse")
    told(person, reading, "late")
    for _ in "ab":
        notify_people(0)
    job = ProcrastinateJob.objects.get(task_name="mail_digest")
    assert (job.args, job.queueing_lock) == ({"user": person.pk}, f"mail_digest {person.pk}")
    out, errors = StringIO(), StringIO()
    call_command("notify", stdout=out, stderr=errors)
    assert "to be tried again 1" in out.getvalue()
    assert "SMTPConnectError" in errors.getvalue()
    call_command("notify", stdout=out)
    assert out.getvalue().endswith("digests: sent 1\n")
    assert len(running.mails) == 1
    jobs = [SimpleNamespace(attempts=number) for number in range(5)]
    decisions = [mail_digest.retry_strategy.get_retry_decision(exception=NotSent(), job=job) for job in jobs]
    assert [bool(decision) for decision in decisions] == [True] * 4 + [False]


def test_what_is_for_the_mail_alone_is_read_with_it(server, person, reading):
    server()
    NoticeChoice.objects.create(user=person, kind="late", in_app=False, mail="daily")
    told(person, reading, "late")
    send_digest(person.pk)
    assert Notice.objects.get().read
