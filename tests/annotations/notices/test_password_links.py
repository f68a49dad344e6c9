"""Whoever has a password link can sign in as its person: they are told when it is made and when it is used, whatever they have chosen."""

import pytest
from django.db import IntegrityError
from procrastinate.contrib.django.models import ProcrastinateJob

from annotations.models import Notice, NoticeChoice, NoticeSettings
from annotations.notices.choices import channels_of
from annotations.notices.send import recipients, send_digest
from corpus.edits import links
from corpus.models import Invitation
from tests.annotations.notices.conftest import notices
from tests.annotations.notices.test_mail import person, server

__all__ = ["person", "server"]


@pytest.fixture
def manager(corpus, people, person):
    """Whose invitation the person has accepted."""
    corpus.memberships.filter(user=person).delete()
    _, secret = links.invite(corpus, people.manager, "annotator", 7)
    links.accept(secret, lambda: person)
    assert Invitation.objects.get().accepted_by == person
    return people.manager


def of_a_link(corpus, person, manager):
    _, secret = links.make_password_link(corpus, person, manager)
    return secret


def test_the_person_is_told_of_each_link_and_of_its_use(as_, corpus, people, person, manager):
    of_a_link(corpus, person, manager)
    secret = of_a_link(corpus, person, manager)
    assert Notice.objects.get(user=person).number == 2
    links.set_password(secret, lambda: None)
    assert notices(person) == ["password", "password-set"]
    assert notices(manager) == []
    page = as_("annotator")
    shown = page.get("/notices/").content.decode()
    assert "2 password links made for your account" in shown
    assert "1 password set by a password link" in shown
    opened = page.post(f"/notices/{Notice.objects.first().pk}/read/", {"open": "1"}, follow=True)
    assert opened.redirect_chain[0][0] == "/password/"
    text = " ".join(opened.content.decode().split())
    assert f"Made by {manager}" in text
    assert text.count("</bdi>: revoked</li>") == 1
    assert "Password set" in text


def test_who_has_no_link_sees_none_on_the_page(as_, people):
    assert b"Password links" not in as_("reviewer").get("/password/").content


def test_the_mail_goes_at_once_whatever_was_chosen(server, corpus, person, manager):
    running = server()
    NoticeSettings.objects.create(user=person, mail=False)
    secret = of_a_link(corpus, person, manager)
    job = ProcrastinateJob.objects.get(task_name="mail_digest")
    assert job.args == {"user": person.pk}
    Notice.objects.update(read="2031-01-01T00:00Z")  # by whoever is signed in as they are
    assert recipients() == [person.pk]
    assert send_digest(person.pk) == "sent"
    links.set_password(secret, lambda: None)
    assert send_digest(person.pk) == "sent"
    made, used = (mail.get_content() for mail in running.mails)
    assert made.startswith("Reports\n- 1 password link made for your account\n\n")
    assert used.startswith("Reports\n- 1 password set by a password link\n\n")
    for text in (made, used):
        assert "Whoever has a password link can sign in as you. If you did not ask for it, tell your administrator.\n" in text
    assert send_digest(person.pk) == ""


def test_without_a_mail_server_no_job_waits(corpus, person, manager):
    of_a_link(corpus, person, manager)
    assert notices(person) == ["password"]
    assert not ProcrastinateJob.objects.filter(task_name="mail_digest").exists()


@pytest.mark.parametrize("kind", ["password", "password-set"])
def test_nobody_can_choose_not_to_be_told(person, kind):
    assert kind not in channels_of(person)
    with pytest.raises(IntegrityError, match="noticechoice_kind"):
        NoticeChoice.objects.create(user=person, kind=kind, in_app=False, mail="off")
