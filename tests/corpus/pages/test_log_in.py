"""The log-in page: in, out, and nowhere else."""

import pytest
from django.conf import settings
from django.test import Client

from tests.corpus.pages.conftest import PASSWORD

SAME = "Incorrect user name or password."


def test_the_right_password_leads_to_the_corpora(person, log_in):
    answer = log_in()
    assert (answer.status_code, answer.url) == (302, "/")


def test_it_leads_on_to_the_page_that_was_asked_for(client, person, log_in):
    asked = client.get("/queue/")
    assert asked.url == "/login/?next=/queue/"
    assert log_in(to=asked.url).url == "/queue/"


@pytest.mark.parametrize(
    "target", ["https://elsewhere.invalid/", "//elsewhere.invalid", "/\\elsewhere.invalid", "javascript:alert(1)"]
)
def test_it_never_leads_to_another_host(person, log_in, target):
    assert log_in(to=f"/login/?next={target}").url == "/"


@pytest.mark.parametrize(("name", "password"), [("annotator", "wrong"), ("nobody", PASSWORD)])
def test_it_says_the_same_of_a_wrong_name_and_a_wrong_password(person, log_in, name, password):
    answer = log_in(name, password)
    assert (answer.status_code, answer.context["form"].non_field_errors()) == (200, [SAME])


def test_an_account_that_is_closed_reads_like_one_that_never_was(person, log_in):
    person.is_active = False
    person.save()
    assert log_in().context["form"].non_field_errors() == [SAME]


@pytest.mark.parametrize("name", ["annotator", "nobody"])
def test_too_many_tries_are_told_to_wait_whether_or_not_the_name_exists(person, log_in, time, name):
    for _ in range(5):
        log_in(name, "wrong")
    answer = log_in(name)
    assert answer.status_code == 429
    assert 0 < (seconds := int(answer["Retry-After"])) <= 60
    assert answer.context["form"].non_field_errors() == [
        f"Too many failed attempts. Try again in {seconds} seconds, or use a browser in which you have signed in before."
    ]


def test_the_session_has_another_key_after_the_log_in(client, person, log_in):
    session = client.session
    session["kept"] = "from before"
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    log_in()
    assert client.session.session_key != session.session_key
    assert "kept" not in client.session


def test_the_key_also_changes_when_the_same_person_logs_in_again(client, person, log_in):
    log_in()
    before = client.session.session_key
    log_in()
    assert client.session.session_key != before


def test_logging_out_ends_the_session_at_once(client, person, log_in):
    log_in()
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    client.post("/logout/")
    client.cookies[settings.SESSION_COOKIE_NAME] = cookie
    assert client.get("/queue/").url == "/login/?next=/queue/"


def test_a_link_can_not_log_anybody_out(client, person, log_in):
    log_in()
    assert client.get("/logout/").status_code == 405
    assert client.get("/queue/").status_code == 200


def test_the_form_is_refused_without_its_token(person):
    answer = Client(enforce_csrf_checks=True).post("/login/", {"username": "annotator", "password": PASSWORD})
    assert answer.status_code == 403
    assert b"Page expired" in answer.content


@pytest.mark.parametrize("name", ["with%00nul", "x" * 10_000, "%ED%A0%BD", "%FF"])
def test_odd_names_are_no_error_of_ours(db, client, name):
    body = f"username={name}&password=x"
    answer = client.post("/login/", body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 200


def test_there_is_no_sign_up_and_no_reset_by_mail(client, db):
    for address in ("/signup/", "/register/", "/accounts/signup/", "/accounts/password_reset/"):
        assert client.get(address).status_code == 404


def test_passwords_are_kept_with_argon2(person):
    assert person.password.startswith("argon2$argon2id$")
