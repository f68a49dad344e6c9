"""What is written and signed after a password was set by a manager's link says so, until it is confirmed who set it."""

import re
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError
from django.test import Client

from annotations import assign
from annotations.approval.verdicts import approve
from annotations.models import Change
from annotations.notices.send import send_digest
from annotations.write.apply import apply_changes
from corpus.edits import links
from corpus.models import Edit, PasswordLink
from registry.models import Entity
from tests import factories
from tests.annotations.notices.test_mail import server

__all__ = ["server"]

TEXT = "The firm paid 170 workers."
MARK = re.compile(r"password set by a link of manager, <time")


@pytest.fixture
def person(corpus, people):
    """Has accepted an invitation of the manager."""
    corpus.memberships.filter(user=people.annotator).delete()
    type(people.annotator).objects.filter(pk=people.annotator.pk).update(email="ann@example.org")
    _, secret = links.invite(corpus, people.manager, "annotator", 7)
    links.accept(secret, lambda: people.annotator)
    return people.annotator


@pytest.fixture
def reading(corpus, person):
    return factories.assignment(factories.document(TEXT, corpus=corpus), person)


def write(reading, words):
    change = {"id": str(uuid4()), "op": "create", "kind": "note", "object": {"id": str(uuid4()), "text": words}}
    reading.refresh_from_db()
    apply_changes(reading, reading.annotator, reading.revision, [change])


@pytest.fixture
def link(corpus, person, people, reading):
    """Used between the two notes of the reading, which is then submitted."""
    write(reading, "one")
    made, secret = links.make_password_link(corpus, person, people.manager)
    links.set_password(secret, lambda: None)
    write(reading, "two")
    reading.refresh_from_db()
    assign.submit(reading)
    return PasswordLink.objects.get(pk=made.pk)


def rows(page, reading):
    """Of the history: the words of each row, and whether it is marked."""
    found = re.findall(r"<tr>(.*?)</tr>", page("reviewer", f"/annotate/{reading.pk}/history/"), re.DOTALL)
    return [(name, bool(MARK.search(row))) for row in found for name in ("one", "two", "Submitted") if f">{name}<" in row]


def test_the_history_marks_what_came_after_the_link(page, reading, link):
    assert rows(page, reading) == [("two", True), ("one", False), ("Submitted", True)]
    first, second = Change.objects.order_by("revision").values_list("object_id", flat=True)
    assert not MARK.search(page("reviewer", f"/annotate/{reading.pk}/history/{first}/"))
    assert MARK.search(page("reviewer", f"/annotate/{reading.pk}/history/{second}/"))


def test_steps_verdicts_and_decisions_are_marked(as_, page, corpus, people, person, reading, link):
    step = as_("reviewer").get(f"/api/v1/assignments/{reading.pk}/transitions/").json()["results"][0]
    assert (step["kind"], step["password_link_by"]) == ("submitted", "manager")
    approve(reading, people.reviewer, reading.revision)
    verdict = as_("reviewer").get(f"/api/v1/assignments/{reading.pk}/verdicts/").json()["results"][0]
    assert (verdict["user"], verdict["password_link_by"]) == ("reviewer", None)
    entity = Entity.objects.create(corpus=corpus, name="The firm", type="COMPANY")
    address = f"/entities/{entity.pk}/decisions/"
    hidden = dict(re.findall(r'<input type="hidden" name="(id|revision)" value="([^"]*)"', page("annotator", address)))
    decided = {"match": "possible", "list": "UN", "entry": "KPe.001", "list_version": "2017-09-01"}
    as_("annotator").post(address, hidden | decided)
    assert MARK.search(page("reviewer", address))


def test_the_person_confirms_by_the_mail_that_nobody_else_gets(server, as_, page, corpus, reading, link, person):
    running = server()
    assert send_digest(person.pk) == "sent"
    address = re.search(r"https://attest.example.org(/password-links/\w+/confirm/)", running.mails[0].get_content())[1]
    assert Client().get(address).status_code == 302, "to sign in"
    assert as_("manager").get(address).status_code == 404
    forged = address.replace(address.split("/")[2], "0" * 64)
    assert as_("annotator").get(forged).status_code == 404
    assert "Did you set your password on" in as_("annotator").get(address).text
    assert [marked for _, marked in rows(page, reading)] == [True, False, True], "asking changes nothing"
    assert as_("annotator").post(address, follow=True).redirect_chain[0][0] == "/password/"
    assert not any(marked for _, marked in rows(page, reading))
    assert as_("annotator").get(address).status_code == 404
    newest = Edit.objects.filter(kind="password").first()
    assert (newest.after, newest.user) == ({"link": "confirmed"}, person)


@pytest.fixture
def administrator(client, link):
    get_user_model().objects.create_superuser("boss", password="x")
    client.force_login(get_user_model().objects.get(username="boss"))
    return client


def test_an_administrator_confirms_for_the_person(administrator, page, reading, link):
    sent = {"action": "confirm", "_selected_action": [link.pk]}
    answer = administrator.post("/admin/corpus/passwordlink/", sent, follow=True)
    assert "1 link confirmed" in answer.text
    assert not any(marked for _, marked in rows(page, reading))
    assert Edit.objects.filter(kind="password").first().user.username == "boss"
    assert "0 links confirmed" in administrator.post("/admin/corpus/passwordlink/", sent, follow=True).text


def test_after_a_password_of_an_administrator_nothing_is_marked(administrator, page, reading, link, person):
    sent = {
        "password1": "vier graue Pferde 7",
        "password2": "vier graue Pferde 7",
        "usable_password": "true",
        "set-password": "1",
    }
    assert administrator.post(f"/admin/auth/user/{person.pk}/password/", sent).status_code == 302
    assign.reopen(reading)
    write(reading, "three")
    found = re.findall(r"<tr>(.*?)</tr>", page("reviewer", f"/annotate/{reading.pk}/history/"), re.DOTALL)
    marked = {
        name: bool(MARK.search(row)) for row in found for name in ("one", "two", "three", "Submitted") if f">{name}<" in row
    }
    assert marked == {"one": False, "two": True, "three": False, "Submitted": True}


def test_only_what_was_used_is_confirmed(corpus, person, people):
    made, _ = links.make_password_link(corpus, person, people.manager)
    with pytest.raises(IntegrityError, match="passwordlink_used_before_confirmed"):
        PasswordLink.objects.filter(pk=made.pk).update(confirmed="2031-01-01T00:00Z")
