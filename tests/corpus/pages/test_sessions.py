"""How long a session lives, and what ends it."""

import time as clock

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.corpus.pages.conftest import PASSWORD


@pytest.fixture
def signed_in(client, person):
    client.force_login(person)
    return client


@pytest.fixture
def later(monkeypatch):
    now = [clock.time()]
    monkeypatch.setattr(clock, "time", lambda: now[0])

    def forward(hours):
        now[0] += hours * 3600

    return forward


def is_in(client):
    return client.get("/queue/").status_code == 200


def test_a_session_ends_after_two_hours_without_a_request(signed_in, later):
    assert is_in(signed_in)
    later(hours=1.9)
    assert is_in(signed_in)
    later(hours=1.9)
    assert is_in(signed_in)
    later(hours=2.1)
    assert not is_in(signed_in)


def test_a_session_ends_after_twelve_hours_however_busy_it_is(signed_in, later):
    hours = 0
    while is_in(signed_in) and hours < 24:
        later(hours=1)
        hours += 1
    assert hours == 12


def test_an_account_that_is_closed_is_out_at_the_next_request(signed_in, person):
    assert is_in(signed_in)
    person.is_active = False
    person.save()
    assert not is_in(signed_in)


def test_a_role_that_is_taken_away_is_gone_at_the_next_request(signed_in, person):
    corpus = factories.corpus("reports")
    membership = factories.membership(corpus, person, "annotator")
    assert signed_in.get("/corpora/reports/").status_code == 200
    membership.delete()
    assert signed_in.get("/corpora/reports/").status_code == 404


def test_pages_of_somebody_signed_in_stay_in_no_cache(signed_in):
    assert signed_in.get("/").headers["Cache-Control"] == "private, no-store"


def test_a_busy_session_is_not_written_at_each_request(signed_in):
    is_in(signed_in)
    with CaptureQueriesContext(connection) as queries:
        is_in(signed_in)
    assert not [query["sql"] for query in queries if query["sql"].startswith("UPDATE")]


def test_a_new_password_ends_the_other_sessions_and_not_this_one(signed_in, person):
    other = Client()
    other.force_login(person)
    new = "another horse battery"
    answer = signed_in.post("/password/", {"old_password": PASSWORD, "new_password1": new, "new_password2": new})
    assert answer.status_code == 302
    assert is_in(signed_in)
    assert not is_in(other)
