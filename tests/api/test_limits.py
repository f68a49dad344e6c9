"""Limits of the API: who asks too much is told when to come back, and guessing a token is slow."""

import runpy

import pytest
from rest_framework.throttling import SimpleRateThrottle

from config import settings
from tests import factories
from tests.api.world import bearer, holding, session

ME = "/api/v1/me/"


@pytest.fixture
def limits(monkeypatch):
    """The limits of this test, in place of none."""

    def set_to(**rates):
        monkeypatch.setattr(SimpleRateThrottle, "THROTTLE_RATES", {"user": None, "anon": None, "export": None} | rates)

    return set_to


def test_above_the_limit_it_is_429_with_the_time_to_wait(limits, reader):
    limits(user="3/min")
    assert [reader.get(ME).status_code for _ in range(4)] == [200, 200, 200, 429]
    response = reader.get(ME)
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["code"] == "too-many"
    assert 1 <= int(response["Retry-After"]) <= 60


def test_a_program_that_copies_a_corpus_does_not_meet_the_limit_that_is_usual(limits, reader, monkeypatch):
    """500 requests within the same second, which no server of one machine answers to one program."""
    monkeypatch.delenv("API_RATE")
    limits(user=runpy.run_path(settings.__file__)["REST_FRAMEWORK"]["DEFAULT_THROTTLE_RATES"]["user"])
    monkeypatch.setattr(SimpleRateThrottle, "timer", lambda self: 1_000_000.0)
    assert {reader.get(ME).status_code for _ in range(500)} == {200}
    refused = reader.get(ME)
    assert (refused.status_code, refused["Retry-After"]) == (429, "1")


def test_the_number_of_exports_is_a_setting(monkeypatch):
    def rate():
        return runpy.run_path(settings.__file__)["REST_FRAMEWORK"]["DEFAULT_THROTTLE_RATES"]["export"]

    monkeypatch.delenv("EXPORT_RATE", raising=False)
    assert rate() == "30/hour"
    monkeypatch.setenv("EXPORT_RATE", "200/day")
    assert rate() == "200/day"


def test_one_persons_haste_is_not_anothers(limits, reader, db):
    limits(user="1/min")
    reader.get(ME)
    assert reader.get(ME).status_code == 429
    assert session(factories.user("another")).get(ME).status_code == 200


def test_all_tokens_of_a_person_count_together(limits, db):
    limits(user="1/min")
    person = factories.user("person")
    assert [bearer(person, "read").get(ME).status_code for _ in range(2)] == [200, 429]


def test_guessing_tokens_is_slow(limits, db):
    limits(anon="5/min")
    statuses = [holding(f"guess-{n}").get(ME).status_code for n in range(7)]
    assert statuses == [401] * 5 + [429] * 2


def test_a_guesser_locks_nobody_out(limits, db):
    limits(anon="1/min")
    for n in range(3):
        holding(f"guess-{n}").get(ME)
    assert bearer(factories.user(), "read").get(ME).status_code == 200


def test_a_forged_address_is_no_way_round(limits, db):
    """Without a proxy of ours the header of one is not believed."""
    limits(anon="2/min")
    forged = [holding("guess").get(ME, HTTP_X_FORWARDED_FOR=f"10.0.0.{n}").status_code for n in range(4)]
    assert forged == [401, 401, 429, 429]


def test_exports_have_a_limit_of_their_own(limits, own, world):
    limits(export="1/hour")
    client = world.clients["viewer"]
    url = "/api/v1/corpora/own/export/?format=native"
    first, second = client.get(url), client.get(url)
    assert (first.status_code, second.status_code) == (200, 429)
    first.getvalue()
    wait = int(second["Retry-After"])
    assert 3_500 < wait <= 3_600
    assert (
        second.json()["detail"]
        == f"The limit of exports is 1/hour for each account (setting EXPORT_RATE): try again in {wait} s."
    )
    assert client.get(ME).status_code == 200
