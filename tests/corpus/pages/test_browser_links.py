"""A link by mail lets the person into a new browser in a new place, while somebody goes on trying from ever new networks."""

import re

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from corpus.accounts.browser_links import PAUSE, send_link
from corpus.models import KnownBrowser
from corpus.tasks import mail_browser_link
from tests import factories
from tests.annotations.notices.test_mail import server
from tests.corpus.pages.conftest import PASSWORD

__all__ = ["server"]

AWAY = {"REMOTE_ADDR": "198.51.100.1"}
MANY = [f"172.16.{number}.1" for number in range(30)]


@pytest.fixture
def person(fast_hashing, person):
    person.email = "ann@example.org"
    person.save()
    return person


@pytest.fixture
def attack(person):
    """Goes on from networks that wait already and from new ones."""
    networks = iter(MANY)

    def go_on(times=10):
        for _ in range(times):
            Client().post("/login/", {"username": "annotator", "password": "wrong"}, REMOTE_ADDR=next(networks))

    go_on()
    return go_on


def sign_in(browser, password=PASSWORD):
    return browser.post("/login/", {"username": "annotator", "password": password}, **AWAY)


def asked(browser, name="annotator"):
    """The messages of the page, and the job."""
    answer = browser.post("/login/mail/", {"username": name, "password": ""}, follow=True, **AWAY)
    return re.findall(r'class="message[^>]*>(.*?)<', answer.text), ProcrastinateJob.objects.latest("id")


def address_in(mail):
    return re.search(r"https://attest.example.org(/browser-links/\S+)", mail.get_content())[1]


def test_it_lets_the_browser_in_in_which_it_is_opened(server, attack, person):
    running, browser = server(), Client()
    refused = sign_in(browser)
    assert refused.status_code == 429
    assert "Mail a link" in refused.text
    _, job = asked(browser)
    assert (job.task_name, job.args) == ("mail_browser_link", {"user": person.pk})
    mail_browser_link(**job.args)
    [mail] = running.mails
    assert mail["To"] == "ann@example.org"
    assert browser.get(address_in(mail)).status_code == 200
    assert sign_in(browser).status_code == 429, "asking changes nothing"
    assert browser.post(address_in(mail), follow=True).redirect_chain[0][0] == "/login/"
    attack()
    assert sign_in(browser, "wrong").status_code == 200, "it signs nobody in"
    assert sign_in(browser).status_code == 302
    assert browser.get(address_in(mail)).status_code == 410
    assert [known.mailed for known in KnownBrowser.objects.filter(user=person)] == [False]


def test_one_mail_an_hour_whoever_asks_and_each_is_good_for_a_day(server, person, time):
    running = server()
    send_link(person.pk)
    send_link(person.pk)
    assert len(running.mails) == 1
    KnownBrowser.objects.update(created=KnownBrowser.objects.get().created - PAUSE)
    time.forward(hours=23)
    send_link(person.pk)
    assert [Client().get(address_in(mail)).status_code for mail in running.mails] == [200, 200]
    time.forward(hours=2)
    assert [Client().get(address_in(mail)).status_code for mail in running.mails] == [410, 200]


def test_a_new_password_and_another_account_end_it(server, person):
    running = server()
    send_link(person.pk)
    address = address_in(running.mails[0])
    assert Client().get(address.replace(f"/{person.pk}/", f"/{factories.user('other').pk}/")).status_code == 410
    assert Client().get(address[:-2] + "/").status_code == 410
    person.set_password("vier graue Pferde 7")
    person.save()
    assert Client().get(address).status_code == 410


def test_nobody_learns_which_accounts_there_are(server, person):
    running = server()
    (words, job), (others, other) = asked(Client()), asked(Client(), "nobody")
    assert words == others != []
    assert (other.task_name, other.queue_name, other.args) == (job.task_name, job.queue_name, {"user": 0})
    mail_browser_link(**other.args)
    assert running.mails == []
    assert "nobody" not in other.queueing_lock


def test_without_a_mail_server_it_is_not_offered(settings, attack, person):
    settings.MAIL_FROM = ""
    assert "Mail a link" not in sign_in(Client()).text
    send_link(person.pk)
    assert not KnownBrowser.objects.exists()


def test_what_a_mail_server_refuses_is_sent_when_asked_again(server, person):
    server("refuse")
    with pytest.raises(OSError):
        send_link(person.pk)
    assert not KnownBrowser.objects.exists()


def test_it_is_asked_for_at_the_pace_of_its_network(person):
    statuses = [Client().post("/login/mail/", {"username": "annotator"}, **AWAY).status_code for _ in range(7)]
    assert statuses == [302] * 5 + [429] * 2
