"""An attacker who never stops trying, and the owner of the account who comes in all the same: over HTTP, with real passwords."""

import random
import re
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar

import pytest
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher

from tests import factories

PASSWORD = "correct horse battery"
ATTACKERS = 2
TIMES = 25


class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *given):
        return None


class HttpClient:
    """A client with cookies, at an address that our proxy tells."""

    def __init__(self, site, address=None):
        self.site, self.address, self.cookies = site, address, CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies), Stay)
        self.opener.open(f"{site}/login/").close()

    def log_in(self, password, address=None):
        """The status: 302 leads in, 200 is a wrong password, 429 has to wait."""
        token = next(cookie.value for cookie in self.cookies if cookie.name == settings.CSRF_COOKIE_NAME)
        data = urllib.parse.urlencode({"username": "owner", "password": password, "csrfmiddlewaretoken": token})
        headers = {"X-Forwarded-For": address or self.address}
        request = urllib.request.Request(f"{self.site}/login/", data.encode(), headers)
        try:
            with self.opener.open(request) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code


class Attack:
    """Two clients that try from fifty networks, without a pause worth the name."""

    def __init__(self, site):
        self.site = site
        self.over = threading.Event()
        self.tries = 0
        self.threads = [threading.Thread(target=self.go_on, args=[number]) for number in range(ATTACKERS)]

    def go_on(self, number):
        client, order = HttpClient(self.site, "10.0.0.1"), random.Random(number)
        while not self.over.is_set():
            client.log_in("a wrong password", f"10.0.{order.randrange(50)}.7")
            self.tries += 1
            self.over.wait(0.05)

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *failure):
        self.over.set()
        for thread in self.threads:
            thread.join()


@pytest.fixture
def hashed(monkeypatch):
    """Each time a password was really looked at."""
    seen = []
    verify = Argon2PasswordHasher.verify
    monkeypatch.setattr(Argon2PasswordHasher, "verify", lambda self, *given: seen.append(given[0]) or verify(self, *given))
    return seen


@pytest.fixture
def owner(transactional_db, settings):
    settings.PROXIES = 1
    return factories.user("owner", password=PASSWORD)


def test_the_owner_comes_in_at_once_each_of_25_times_while_somebody_tries(owner, site, hashed):
    began = time.monotonic()
    known = HttpClient(site, "192.0.2.1")
    assert known.log_in(PASSWORD) == 302
    with Attack(site) as attack:
        while attack.tries < 60:
            attack.over.wait(0.05)
        answers = [known.log_in(PASSWORD, "198.51.100.9" if number % 2 else None) for number in range(TIMES)]
        elsewhere = HttpClient(site, "192.0.2.200").log_in(PASSWORD)  # another browser, in the network from before
    assert answers == [302] * TIMES
    assert elsewhere == 302
    assert attack.tries > 60
    minutes = (time.monotonic() - began) / 60
    assert sum(password != PASSWORD for password in hashed) <= 8 + minutes, "the free ones, and one a minute"


def test_so_they_do_in_a_browser(owner, site, new_page, allowed_console):
    """And who comes from elsewhere in a new one reads how long to wait, and what to do."""
    allowed_console.append("429")
    page = new_page(extra_http_headers={"X-Forwarded-For": "192.0.2.1"})
    new = new_page(extra_http_headers={"X-Forwarded-For": "203.0.113.1"})
    log_in(page)
    page.wait_for_url(f"{site}/")
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    with Attack(site) as attack:
        while attack.tries < 40:
            attack.over.wait(0.05)
        log_in(page)
        page.wait_for_url(f"{site}/")
        log_in(new)
        new.get_by_text(
            re.compile(r"Try again in \d+ (?:seconds|minutes), or use a browser in which you have signed in before\.")
        ).wait_for()


def log_in(page):
    page.goto("/login/")
    page.get_by_label("User name").fill("owner")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
