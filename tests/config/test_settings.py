"""What the settings promise to whoever reads a page or sends a request."""

import os

import psycopg
import pytest
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.urls import reverse

from config import settings as settings_module


def test_pages_are_closed_unless_they_say_otherwise():
    assert "django.contrib.auth.middleware.LoginRequiredMiddleware" in settings.MIDDLEWARE


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("synchronous_commit", "on"),
        ("statement_timeout", "15s"),
        ("lock_timeout", "5s"),
        ("idle_in_transaction_session_timeout", "30s"),
    ],
)
def test_each_connection_has_our_limits_and_waits_for_the_disk(db, setting, value):
    url = os.environ["DATABASE_URL"]
    with psycopg.connect(url, options=settings_module.database(url)["OPTIONS"]["options"]) as connection:
        assert connection.execute(f"SHOW {setting}").fetchone() == (value,)


def test_verbs_own_their_transactions():
    assert not settings.DATABASES["default"].get("ATOMIC_REQUESTS")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgresql://a@/attest?host=%2Frun%2Fx&port=5433", {"HOST": "/run/x", "PORT": "5433", "USER": "a", "NAME": "attest"}),
        ("postgres://a:p%40ss@db.example:6000/e%2Fv", {"HOST": "db.example", "PORT": 6000, "PASSWORD": "p@ss", "NAME": "e/v"}),
        ("postgresql:///attest", {"HOST": "", "PORT": "", "USER": "", "NAME": "attest"}),
    ],
)
def test_a_database_url_says_all(url, expected):
    parsed = settings_module.database(url)
    assert {name: parsed[name] for name in expected} == expected


def test_libpqs_own_parameters_go_through(db):
    options = settings_module.database("postgresql://a@h/n?sslmode=verify-full&sslrootcert=/x.pem")["OPTIONS"]
    assert (options["sslmode"], options["sslrootcert"]) == ("verify-full", "/x.pem")


def test_passwords_are_kept_with_argon2():
    assert make_password("x").startswith("argon2$argon2id$")


@pytest.mark.parametrize("password", ["short", "password1234", "qwertyuiop12"])
def test_a_password_that_is_easily_guessed_is_refused(password):
    with pytest.raises(ValidationError):
        validate_password(password)


def test_the_policy_allows_nothing_inline_and_nothing_from_elsewhere(client, db):
    policy = client.get(reverse("login")).headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "nonce" not in policy
    assert "http" not in policy
    assert "default-src 'none'" in policy
    assert "require-trusted-types-for 'script'" in policy
    assert "frame-ancestors 'none'" in policy


def test_the_admin_keeps_all_of_the_policy_but_trusted_types(admin_client):
    ours = admin_client.get(reverse("login")).headers["Content-Security-Policy"].split("; ")
    admins = admin_client.get("/admin/").headers["Content-Security-Policy"].split("; ")
    assert set(ours) - set(admins) == {"require-trusted-types-for 'script'", "trusted-types 'none'"}
    assert set(admins) <= set(ours)


def test_every_answer_carries_the_protective_headers(client, db):
    headers = client.get(reverse("login")).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "strict-origin"  # its address may name a link with a secret
    assert client.get("/livez").headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_no_page_of_another_origin_may_read_us(client, db):
    answer = client.get(reverse("login"), headers={"Origin": "https://elsewhere.example"})
    assert not [name for name in answer.headers if name.lower().startswith("access-control")]


def test_an_unknown_host_is_refused(client, db):
    assert client.get("/healthz", headers={"Host": "elsewhere.example"}).status_code == 400


def test_there_is_no_way_to_sign_up(client, db):
    assert {client.get(f"/accounts/{word}/").status_code for word in ("signup", "register", "sign-up")} <= {302, 404}


def test_a_fresh_database_has_no_account(db, django_user_model):
    assert django_user_model.objects.count() == 0
