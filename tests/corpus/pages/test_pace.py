"""Guessing passwords is slow, and delays nobody where they have logged in before."""

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.contrib.auth import authenticate
from django.db import connection
from django.test import RequestFactory
from django.utils import timezone

from corpus.accounts.network import address_of, block_of, network_of
from corpus.accounts.pace import CAPPED_WAIT, FREE, FREE_OF_NETWORK, LONGEST_WAIT, PATIENCE, account_of, wait_after
from corpus.models import KnownNetwork, LoginFailure
from tests import factories
from tests.corpus.pages.conftest import PASSWORD

BOTNET = [f"10.0.{number}.7" for number in range(50)]
HOME, AWAY, FURTHER = "192.0.2.1", "198.51.100.1", "203.0.113.1"


def tries(address, password="wrong", name="annotator"):
    """The user, or the seconds to wait, or None for a wrong password."""
    request = RequestFactory().post("/login/", REMOTE_ADDR=address)
    return authenticate(request, username=name, password=password) or getattr(request, "login_wait", None)


@pytest.fixture
def person(db, fast_hashing):
    made = factories.user("annotator", password=PASSWORD)
    fast_hashing.clear()
    return made


@pytest.fixture
def known_at_home(person):
    KnownNetwork.objects.create(user=person, network=network_of(HOME), expires=timezone.now() + timedelta(days=90))


@pytest.fixture
def under_attack(person, time, fast_hashing):
    """Fifty networks have tried, each of them more than once; all go on whenever `go_on` is called."""

    def go_on(seconds=0):
        time.forward(seconds=seconds)
        for address in BOTNET:
            tries(address)

    go_on()
    go_on(10)
    return go_on


def test_a_thousand_tries_from_fifty_networks_reach_the_hasher_at_most_twenty_times(person, time, fast_hashing):
    order = random.Random(1)
    for number in range(1000):
        tries(order.choice(BOTNET))
        if number % 10 == 9:
            time.forward(seconds=6)
    assert 10 <= len(fast_hashing) <= 20


def test_a_network_from_which_the_person_logged_in_before_waits_for_nobody(known_at_home, under_attack, person):
    for number in range(25):
        tries(BOTNET[number])
        assert tries(HOME, PASSWORD) == person


def test_a_network_where_nobody_tried_has_the_next_try_however_many_others_go_on(under_attack, person):
    wait = tries(AWAY, PASSWORD)
    assert 0 < wait <= CAPPED_WAIT.total_seconds()
    under_attack(seconds=wait)
    assert tries(AWAY, PASSWORD) == person


def test_that_try_is_kept_for_two_minutes(under_attack, person, time):
    time.forward(seconds=tries(AWAY, PASSWORD) + 100)
    under_attack()
    assert tries(AWAY, PASSWORD) == person


def test_who_comes_new_after_it_goes_first_and_costs_it_a_turn(under_attack, person):
    wait = tries(AWAY, PASSWORD)
    assert tries(FURTHER) <= wait
    assert wait + 118 <= tries(AWAY, PASSWORD) <= wait + 122
    under_attack(seconds=wait)
    assert tries(FURTHER) is None
    under_attack(seconds=CAPPED_WAIT.total_seconds())
    assert tries(AWAY, PASSWORD) == person


def minutes_until_in(person, time, new, seconds=15, most=60):
    """Of an owner who comes back when they were told to, or at the end of the quarter minute. `new`: an address a time, which tries."""
    passed = 0
    while passed < most * 60:
        wait = tries(AWAY, PASSWORD)
        if wait == person:
            return passed / 60
        until = passed + wait
        while passed < until:
            tries(next(new))
            time.forward(seconds=seconds)
            passed += seconds
    return most


def test_networks_that_come_new_for_ever_do_not_make_it_wait_longer(person, time):
    """Four a minute, each once."""
    new = (f"172.{16 + number // 256}.{number % 256}.1" for number in range(4096))
    for _ in range(FREE):
        tries(next(new))
    assert minutes_until_in(person, time, new) <= 2.5


def test_nor_do_those_that_came_before_and_do_not_come_again_beyond_a_quarter_of_an_hour(person, time):
    new = (f"172.{16 + number // 256}.{number % 256}.1" for number in range(4096))
    for _ in range(100):
        tries(next(new))
        time.forward(seconds=15)
    assert 3 < minutes_until_in(person, time, new) <= 20


def test_who_waits_is_told_of_at_most_five_minutes_and_loses_no_place(under_attack, person, time):
    for number in range(20):
        tries(AWAY, PASSWORD)
        tries(f"172.16.{number}.1")
    assert tries(AWAY, PASSWORD) == LONGEST_WAIT.total_seconds() < PATIENCE.total_seconds()


def test_the_networks_of_an_ipv6_block_wait_as_one(person, time):
    """They come new each second, and go where the owner goes first."""
    new = (f"2001:db8:1:{number:x}::7" for number in range(9999))
    for _ in range(FREE + 1):
        tries(next(new))
    wait = tries(AWAY, PASSWORD)
    assert wait <= CAPPED_WAIT.total_seconds()
    for _ in range(60):
        tries(next(new))
    assert tries(AWAY, PASSWORD) <= wait
    assert LoginFailure.objects.filter(waiting=True).count() == 1, "who tried does not wait for a first try"


def test_all_names_tried_from_an_ipv6_block_are_counted_together_but_not_for_who_is_known_in_one_of_its_networks(
    person, time, fast_hashing
):
    KnownNetwork.objects.create(user=person, network="2001:db8:1:a::/64", expires=timezone.now() + timedelta(days=90))
    for number in range(60):
        tries(f"2001:db8:1:{0x100 + number:x}::7", name=f"person{number}")
    assert len(fast_hashing) == FREE_OF_NETWORK
    assert tries("2001:db8:1:b::7", PASSWORD) > 0
    assert tries("2001:db8:1:a::7", PASSWORD) == person


def test_the_right_password_works_again_two_minutes_after_the_attack(person, time, fast_hashing):
    for number in range(100):
        tries(BOTNET[number % 50])
        time.forward(seconds=6)
    time.forward(minutes=2)
    assert tries(AWAY, PASSWORD) == person


def test_a_new_network_of_an_account_that_nobody_attacks_waits_for_nothing(person):
    assert tries(AWAY, PASSWORD) == person


def test_the_right_password_is_refused_unread_while_it_must_wait(person, fast_hashing):
    for _ in range(FREE):
        tries(HOME)
    hashed = len(fast_hashing)
    assert tries(HOME, PASSWORD) > 0
    assert len(fast_hashing) == hashed


def test_wrong_passwords_in_a_known_network_are_slowed_down_as_well(known_at_home, time, fast_hashing):
    for _ in range(120):
        tries(HOME)
        time.forward(seconds=5)
    assert FREE < len(fast_hashing) <= 20


def test_a_try_that_comes_too_early_does_not_make_the_wait_longer(known_at_home, person, time, fast_hashing):
    for _ in range(FREE):
        tries(HOME)
    for _ in range(4):
        time.forward(seconds=1)
        tries(HOME)
    time.forward(seconds=1)
    assert tries(HOME, PASSWORD) == person


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("addresses", [[HOME] * 32, [f"10.0.{number}.7" for number in range(32)]], ids=["one", "many"])
def test_tries_at_the_same_moment_are_counted_one_after_the_other(fast_hashing, django_user_model, addresses):
    django_user_model.objects.create_user("annotator", password=PASSWORD)
    fast_hashing.clear()

    def guess(address):
        try:
            tries(address)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(guess, addresses))
    assert len(fast_hashing) == FREE
    assert LoginFailure.objects.filter(waiting=False).count() == FREE


def test_a_log_in_that_works_is_not_counted(person):
    for _ in range(8):
        assert tries(HOME, PASSWORD) == person
    assert not LoginFailure.objects.exists()


def test_one_network_that_tries_many_names_is_slowed_down(db, fast_hashing):
    for number in range(80):
        tries(f"10.0.0.{number}", name=f"person{number}")
    assert len(fast_hashing) == 50
    tries("10.0.1.1", name="other")
    assert len(fast_hashing) == 51


def test_a_name_that_nobody_has_costs_the_same_hashing(person, fast_hashing):
    tries(HOME)
    known = len(fast_hashing)
    tries(HOME, name="nobody")
    assert len(fast_hashing) == 2 * known > 0


def test_a_name_that_nobody_has_must_wait_just_as_long(known_at_home, time, fast_hashing):
    """From everywhere but where the person logged in."""
    waits = {name: [tries(address, name=name) for address in [*BOTNET[:9], *BOTNET[:9]]] for name in ("annotator", "nobody")}
    assert len(fast_hashing) == 2 * FREE
    assert [wait is None for wait in waits["annotator"]] == [wait is None for wait in waits["nobody"]]
    given = zip(waits["annotator"], waits["nobody"], strict=True)
    assert all(abs((one or 0) - (other or 0)) <= 2 for one, other in given)


def test_other_spellings_of_a_name_are_no_new_account():
    assert account_of("Annotator") == account_of("annotator") == account_of("\uff41nnotator")


def test_the_name_is_not_kept_in_clear(db):
    tries(HOME)
    assert "annotator" not in str(LoginFailure.objects.values().get())


def test_a_failure_is_logged_without_what_was_typed(db, caplog):
    tries("10.0.0.7", "hunter2")
    assert "wrong name or password from 10.0.0.0/24" in caplog.text
    assert not {"annotator", "hunter2"} & set(caplog.text.split())


def test_failures_and_networks_that_wait_are_forgotten_after_a_day(under_attack, time):
    assert LoginFailure.objects.filter(waiting=True).exists()
    time.forward(hours=25)
    tries(HOME, name="other")
    assert [row.account for row in LoginFailure.objects.all()] == [account_of("other")]


@pytest.mark.parametrize("days", [-1, 1])
def test_the_clock_of_the_web_server_does_not_count(person, fast_hashing, monkeypatch, days):
    for _ in range(FREE):
        tries(HOME)
    wrong = timezone.now() + timedelta(days=days)
    monkeypatch.setattr(timezone, "now", lambda: wrong)
    assert 0 < tries(HOME, PASSWORD) <= CAPPED_WAIT.total_seconds()


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
    ("network", "block"),
    [
        ("192.0.2.0/24", "192.0.2.0/24"),
        ("2001:db8:1:2::/64", "2001:db8:1::/48"),
        ("unknown", "unknown"),
    ],
)
def test_the_block_of_a_network(network, block):
    assert block_of(network) == block


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
