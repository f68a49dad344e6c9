"""People who can log in, and a clock that tests move."""

from datetime import timedelta

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher, get_hashers, get_hashers_by_algorithm
from django.db.models import F

from corpus.models import KnownBrowser, KnownNetwork, LoginFailure
from tests import factories

PASSWORD = "correct horse battery"


@pytest.fixture
def fast_hashing(settings, monkeypatch):
    """MD5 in place of Argon2, and how often a password was hashed."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    get_hashers.cache_clear()
    get_hashers_by_algorithm.cache_clear()
    calls = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda self, *given: calls.append(1) or encode(self, *given))
    return calls


@pytest.fixture
def person(db):
    return factories.user("annotator", password=PASSWORD)


class Clock:
    """The pace goes by the clock of the database, which a test cannot move: what was noted becomes older instead."""

    def forward(self, **time):
        passed = timedelta(**time)
        LoginFailure.objects.update(at=F("at") - passed, asked=F("asked") - passed)
        for model in (KnownBrowser, KnownNetwork):
            model.objects.update(expires=F("expires") - passed)


@pytest.fixture
def time(db):
    return Clock()


@pytest.fixture
def log_in(client):
    """Send the log-in form."""

    def send(name="annotator", password=PASSWORD, to="/login/", **headers):
        return client.post(to, {"username": name, "password": password}, **headers)

    return send
