"""Changing the password, and what ends with the old one."""

from io import StringIO

import pytest
from django.core.management import call_command

from corpus.models import Token
from tests.corpus.pages.conftest import PASSWORD

NEW = "another horse battery"


@pytest.fixture
def change(client, person):
    client.force_login(person)

    def send(old=PASSWORD, new=NEW, again=None):
        return client.post("/password/", {"old_password": old, "new_password1": new, "new_password2": again or new})

    return send


def errors(answer):
    return answer.context["form"].errors.as_data()


def test_the_new_password_holds(change, person):
    change()
    person.refresh_from_db()
    assert person.check_password(NEW)


def test_tokens_end_with_the_password(change, person):
    _, secret = Token.issue(person, "nightly mirror", ["read"])
    change()
    assert Token.objects.find(secret) is None


def test_tokens_of_others_stay(change, django_user_model):
    _, secret = Token.issue(django_user_model.objects.create_user("reviewer"), "nightly mirror", ["read"])
    change()
    assert Token.objects.find(secret)


def test_tokens_end_too_when_the_password_is_set_from_the_command_line(person, monkeypatch):
    _, secret = Token.issue(person, "nightly mirror", ["read"])
    monkeypatch.setattr("getpass.getpass", lambda **given: NEW)
    call_command("changepassword", "annotator", stdout=StringIO())
    assert Token.objects.find(secret) is None


def test_tokens_stay_when_only_the_hashing_is_renewed(person, settings, client):
    _, secret = Token.issue(person, "nightly mirror", ["read"])
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher", *settings.PASSWORD_HASHERS]
    client.post("/login/", {"username": "annotator", "password": PASSWORD})
    person.refresh_from_db()
    assert person.password.startswith("scrypt")
    assert Token.objects.find(secret)


@pytest.mark.parametrize("new", ["short", "password1234", "annotator1234"])
def test_weak_passwords_are_refused(change, new):
    assert "new_password2" in errors(change(new=new))


def test_a_wrong_old_password_changes_nothing(change, person):
    assert "old_password" in errors(change(old="wrong"))
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_the_old_password_can_not_be_guessed_in_a_stolen_session(change, time):
    for _ in range(5):
        change(old="wrong")
    (error,) = errors(change())["old_password"]
    assert error.code == "wait"
