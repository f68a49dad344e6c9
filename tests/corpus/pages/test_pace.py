"""Guessing passwords is slow, and shuts nobody out for long."""

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.contrib.auth import authenticate
from django.db import connection
from django.test import RequestFactory

from corpus.login import LONGEST_WAIT, account_of, address_of, network_of, wait_after
from corpus.models import LoginFailure
from tests.corpus.pages.conftest import PASSWORD


def request_from(address):
    return RequestFactory().post("/login/", REMOTE_ADDR=address)


def test_a_thousand_tries_from_fifty_networks_reach_the_hasher_at_most_twenty_times(person, time, fast_hashing):
    order = random.Random(1)
    for _ in range(1000):
        authenticate(request_from(f"10.0.{order.randrange(50)}.7"), username="annotator", password="wrong")
        time.forward(seconds=0.6)
    assert 5 <= len(fast_hashing) <= 20


def test_the_right_password_works_again_soon_after_the_attack(person, time):
    for number in range(200):
        authenticate(request_from(f"10.0.{number % 50}.7"), username="annotator", password="wrong")
        time.forward(seconds=3)
    time.forward(minutes=5)
    assert authenticate(request_from("10.9.9.9"), username="annotator", password=PASSWORD) == person


def test_the_right_password_is_refused_while_it_must_wait(person, time, fast_hashing):
    for _ in range(5):
        authenticate(request_from("10.0.0.7"), username="annotator", password="wrong")
    hashed = len(fast_hashing)
    assert authenticate(request_from("10.0.0.7"), username="annotator", password=PASSWORD) is None
    assert len(fast_hashing) == hashed


def test_a_try_that_comes_too_early_does_not_make_the_wait_longer(person, time):
    for _ in range(5):
        authenticate(request_from("10.0.0.7"), username="annotator", password="wrong")
    for _ in range(4):
        time.forward(seconds=1)
        authenticate(request_from("10.0.0.7"), username="annotator", password="wrong")
    time.forward(seconds=1)
    assert authenticate(request_from("10.0.0.7"), username="annotator", password=PASSWORD) == person


@pytest.mark.django_db(transaction=True)
def test_tries_at_the_same_moment_are_counted_one_after_the_other(fast_hashing, django_user_model):
    django_user_model.objects.create_user("annotator", password=PASSWORD)
    fast_hashing.clear()

    def guess(number):
        try:
            authenticate(request_from(f"10.0.{number}.7"), username="annotator", password="wrong")
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(guess, range(32)))
    assert len(fast_hashing) == 5


def test_a_log_in_that_works_is_not_counted(person):
    for _ in range(8):
        assert authenticate(request_from("10.0.0.7"), username="annotator", password=PASSWORD) == person
    assert not LoginFailure.objects.exists()


def test_one_network_that_tries_many_names_is_slowed_down(db, time, fast_hashing):
    for number in range(80):
        authenticate(request_from(f"10.0.0.{number}"), username=f"person{number}", password="wrong")
    assert len(fast_hashing) == 50
    authenticate(request_from("10.0.1.1"), username="other", password="wrong")
    assert len(fast_hashing) == 51


def test_a_name_that_nobody_has_costs_the_same_hashing(person, fast_hashing):
    authenticate(request_from("10.0.0.7"), username="annotator", password="wrong")
    known = len(fast_hashing)
    authenticate(request_from("10.0.0.7"), username="nobody", password="wrong")
    assert len(fast_hashing) == 2 * known > 0


def test_a_name_that_nobody_has_must_wait_just_as_long(db, time, fast_hashing):
    for _ in range(9):
        authenticate(request_from("10.0.0.7"), username="nobody", password="wrong")
    assert len(fast_hashing) == 5


def test_other_spellings_of_a_name_are_no_new_account():
    assert account_of("Annotator") == account_of("annotator") == account_of("\uff41nnotator")


def test_the_name_is_not_kept_in_clear(db):
    authenticate(request_from("10.0.0.7"), username="annotator", password="wrong")
    assert "annotator" not in str(LoginFailure.objects.values().get())


def test_a_failure_is_logged_without_what_was_typed(db, caplog):
    authenticate(request_from("10.0.0.7"), username="annotator", password="hunter2")
    assert "wrong name or password from 10.0.0.0/24" in caplog.text
    assert not {"annotator", "hunter2"} & set(caplog.text.split())


def test_failures_are_forgotten_after_a_day(db, time):
    authenticate(request_from("10.0.0.7"), username="annotator", password="wrong")
    time.forward(hours=25)
    authenticate(request_from("10.0.0.7"), username="other", password="wrong")
    assert [row.account for row in LoginFailure.objects.all()] == [account_of("other")]


def test_waits_double_up_to_five_minutes():
    waits = [wait_after(count, 5) for count in range(13)]
    assert waits[:8] == [timedelta(0)] * 5 + [timedelta(seconds=s) for s in (5, 10, 20)]
    assert waits[12] == wait_after(10_000, 5) == LONGEST_WAIT


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("192.0.2.77:5123", "192.0.2.0/24"),
        ("::ffff:192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("[2001:db8:1:2::6]:443", "2001:db8:1:2::/64"),
        ("", "unknown"),
        ("not an address", "unknown"),
    ],
)
def test_the_network_of_an_address(address, network):
    assert network_of(address) == network


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.9", "198.51.100.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "6.6.6.6, 203.0.113.9", "203.0.113.9"),
        (2, "6.6.6.6, 203.0.113.9, 10.0.0.1", "203.0.113.9"),
        (2, "203.0.113.9", "198.51.100.1"),
        (1, None, "198.51.100.1"),
    ],
)
def test_a_forged_header_does_not_make_another_client(settings, proxies, forwarded, address):
    settings.PROXIES = proxies
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    request = RequestFactory().get("/", REMOTE_ADDR="198.51.100.1", **headers)
    assert address_of(request) == address
