"""A browser in which a person has logged in is known to be theirs: how it is told, and how that ends."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from corpus.accounts.known import PEOPLE, remember
from corpus.accounts.pace import FREE
from corpus.models import KnownBrowser, KnownNetwork, LoginFailure
from tests import factories
from tests.corpus.pages.conftest import PASSWORD
from tests.staff import address

OUTSIDE, INSIDE = {"REMOTE_ADDR": "203.0.113.9"}, {"REMOTE_ADDR": "192.0.2.1"}
NEW = "another horse battery"


def send(client, name="annotator", password=PASSWORD, **where):
    return client.post("/login/", {"username": name, "password": password}, **(where or INSIDE))


def cookie(client):
    return client.cookies[settings.BROWSER_COOKIE_NAME]


@pytest.fixture
def person(db, fast_hashing):
    return factories.user("annotator", password=PASSWORD)


@pytest.fixture
def at_home(client, person):
    """A browser in which the person has logged in."""
    assert send(client).status_code == 302
    return client


@pytest.fixture
def attacked(person, fast_hashing):
    """Somebody tries from the very network in which the person sits, as often as they like."""
    attacker = Client()

    def attack():
        return [send(attacker, password="wrong").status_code for _ in range(9)][-1]

    return attack


def test_it_is_let_in_at_once_each_time_whatever_others_try_in_the_same_network(at_home, attacked):
    for _ in range(5):
        assert attacked() == 429
        assert send(at_home).status_code == 302


def test_also_when_it_is_carried_to_a_network_where_the_person_never_was(at_home, attacked):
    attacked()
    assert send(at_home, **OUTSIDE).status_code == 302


def test_the_cookie_is_out_of_reach_for_scripts_and_other_sites_and_ends(at_home):
    told = cookie(at_home)
    assert (told["httponly"], told["samesite"], told["path"]) == (True, "Strict", "/")
    assert told["max-age"] == timedelta(days=90).total_seconds()


def test_it_says_nothing_about_the_account(at_home, person):
    assert re.fullmatch(r"[\w-]{43}", cookie(at_home).value)
    assert cookie(at_home).value not in str(list(KnownBrowser.objects.values()))


@pytest.mark.parametrize("name", ["annotator", "nobody"])
def test_it_is_not_given_for_a_wrong_password_whether_or_not_the_name_exists(client, person, name):
    answer = send(client, name, "wrong")
    assert settings.BROWSER_COOKIE_NAME not in answer.cookies


@pytest.mark.parametrize("name", ["annotator", "nobody"])
def test_what_another_person_s_browser_holds_opens_nothing(at_home, attacked, name):
    """Of a known name and of one that nobody has the answers are the same, with a cookie of somebody else too."""
    factories.user("other", password=PASSWORD)
    other = Client()
    send(other, "other")
    codes = [send(other, name, "wrong", **OUTSIDE).status_code for _ in range(FREE + 2)]
    assert codes == [200] * FREE + [429] * 2


def test_a_browser_of_several_people_is_known_to_each(at_home, person, attacked):
    factories.user("other", password=PASSWORD)
    send(at_home, "other")
    attacked()
    assert send(at_home).status_code == 302
    assert len(cookie(at_home).value.split(".")) == 2


def test_it_remembers_five_people_and_no_more(client, db, fast_hashing):
    for number in range(PEOPLE + 2):
        factories.user(f"person{number}", password=PASSWORD)
        send(client, f"person{number}")
    assert len(cookie(client).value.split(".")) == PEOPLE


def test_every_log_in_gives_another_one_and_ends_the_last(at_home, attacked):
    planted = Client()
    planted.cookies[settings.BROWSER_COOKIE_NAME] = cookie(at_home).value
    send(at_home)
    attacked()
    assert send(planted, **INSIDE).status_code == 429
    assert KnownBrowser.objects.count() == 1


def test_wrong_passwords_in_a_known_browser_are_slowed_down_too(at_home, fast_hashing):
    codes = [send(at_home, password="wrong").status_code for _ in range(FREE + 1)]
    assert codes == [200] * FREE + [429]
    assert send(at_home).status_code == 429


def test_a_new_password_ends_it_everywhere_but_here(at_home, person, attacked):
    other = Client()
    send(other)
    at_home.post("/password/", {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}, **INSIDE)
    attacked()
    assert send(other, password=NEW).status_code == 429
    assert send(at_home, password=NEW).status_code == 302


def test_so_does_one_that_is_set_in_the_database_itself(at_home, person, attacked):
    other = factories.user("other", password=NEW)
    type(person).objects.filter(pk=person.pk).update(password=other.password)
    attacked()
    assert send(at_home, password=NEW).status_code == 429


def test_it_ends_by_the_clock_of_the_database(at_home, attacked, time, monkeypatch):
    wrong = timezone.now() + timedelta(days=400)
    with monkeypatch.context() as clock:
        clock.setattr(timezone, "now", lambda: wrong)
        attacked()
        assert send(at_home, **OUTSIDE).status_code == 302
    time.forward(days=91)
    attacked()
    assert send(at_home).status_code == 429
    time.forward(minutes=10)
    send(Client())
    assert KnownBrowser.objects.count() == KnownNetwork.objects.count() == 1


def test_a_superuser_can_end_it(at_home, attacked, client):
    client = Client()
    client.force_login(factories.user("administrator", is_staff=True, is_superuser=True))
    row = KnownBrowser.objects.get()
    assert client.get(address(KnownBrowser, "change", row.pk)).status_code == 200
    assert row.digest not in client.get(address(KnownBrowser, "changelist")).content.decode()
    assert client.post(address(KnownBrowser, "delete", row.pk), {"post": "yes"}).status_code == 302
    attacked()
    assert send(at_home).status_code == 429


@pytest.mark.parametrize("value", ["", ".", "x", "é" * 50, "a." * 3000, '"; DROP TABLE'])
def test_a_forged_cookie_is_no_error_and_opens_nothing(client, person, attacked, value):
    attacked()
    client.cookies[settings.BROWSER_COOKIE_NAME] = value
    assert send(client).status_code == 429


def test_the_old_password_is_asked_at_a_pace_that_nobody_outside_can_touch(at_home, attacked):
    attacked()
    right = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    assert at_home.post("/password/", right, **OUTSIDE).status_code == 302


def test_in_a_stolen_session_it_is_slowed_down_and_the_owner_still_logs_in(at_home, person, fast_hashing):
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = at_home.cookies[settings.SESSION_COOKIE_NAME].value
    guess = {"old_password": "wrong", "new_password1": NEW, "new_password2": NEW}
    for _ in range(20):
        answer = thief.post("/password/", guess, **OUTSIDE)
    assert "Too many failed attempts" in answer.content.decode()
    assert LoginFailure.objects.count() == FREE
    assert send(at_home).status_code == 302


def test_it_is_remembered_by_whom_it_belongs_to_only(at_home, rf, person):
    """Two tabs that log in at the same moment: the second finds the first one's secret gone, and gives its own."""
    request = rf.post("/login/", headers={"Cookie": f"{settings.BROWSER_COOKIE_NAME}={cookie(at_home).value}"})
    first, second = Client().get("/login/"), Client().get("/login/")
    for answer in (first, second):
        remember(request, person, answer)
    assert KnownBrowser.objects.count() == 2
