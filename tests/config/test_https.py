"""With HTTPS_ONLY, the default: cookies, redirects and headers as a browser sees them behind a proxy."""

import json
import os
import subprocess
import sys

import pytest
from django.urls import reverse

from config.environment import ROOT

# A process of its own, since the settings are read once.
PROBE = """
import json, sys
from config.start import prepare
prepare()
import django
django.setup()
from django.conf import settings
from django.test import Client
from django.urls import reverse
import logging; logging.disable()
answers = {}
for name, path, headers in [
    ("plain", reverse("login"), {}),
    ("forged", reverse("login"), {"X-Forwarded-Proto": "https"}),
    ("livez", "/livez", {}),
    ("readyz", "/readyz", {}),
    ("healthz", "/healthz", {}),
]:
    answer = Client(headers={"Host": "attest.example.org", **headers}).get(path)
    answers[name] = {"status": answer.status_code, "headers": dict(answer.headers), "cookies": answer.cookies.output()}
names = ["SESSION_COOKIE_NAME", "BROWSER_COOKIE_NAME", "CSRF_COOKIE_NAME", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY",
         "CSRF_COOKIE_HTTPONLY", "SESSION_COOKIE_SAMESITE", "CSRF_COOKIE_SAMESITE", "CSRF_TRUSTED_ORIGINS"]
from django.http import HttpResponse
from corpus.accounts.known import set_cookie
answer = HttpResponse()
set_cookie(answer, ["secret"])
answers["browser"] = answer.cookies.output()
answers["settings"] = {name: getattr(settings, name) for name in names}
print(json.dumps(answers))
"""


def probe(**changes):
    environment = {**os.environ, "ALLOWED_HOSTS": "attest.example.org", "HTTPS_ONLY": "yes", **changes}
    result = subprocess.run([sys.executable, "-c", PROBE], cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


@pytest.fixture(scope="module")
def direct():
    return probe()


@pytest.fixture(scope="module")
def behind_a_proxy():
    return probe(PROXIES="1")


def test_plain_http_is_sent_to_https(direct):
    assert direct["plain"]["status"] == 301
    assert direct["plain"]["headers"]["Location"] == f"https://attest.example.org{reverse('login')}"


@pytest.mark.parametrize("question", ["livez", "readyz", "healthz"])
def test_health_is_answered_without_https(direct, question):
    assert direct[question]["status"] in {200, 503}


def test_a_forged_header_does_not_count_as_https(direct):
    assert direct["forged"]["status"] == 301


def test_the_proxys_header_does(behind_a_proxy):
    assert behind_a_proxy["forged"]["status"] == 200
    assert behind_a_proxy["plain"]["status"] == 301


def test_browsers_are_told_to_come_by_https_only(behind_a_proxy):
    expected = "max-age=63072000; includeSubDomains; preload"
    assert behind_a_proxy["forged"]["headers"]["Strict-Transport-Security"] == expected


def test_cookies_are_bound_to_this_host_and_hidden_from_scripts(direct):
    assert direct["settings"] == {
        "SESSION_COOKIE_NAME": "__Host-session",
        "BROWSER_COOKIE_NAME": "__Host-browser",
        "CSRF_COOKIE_NAME": "__Host-csrf",
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "CSRF_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "CSRF_COOKIE_SAMESITE": "Strict",
        "CSRF_TRUSTED_ORIGINS": ["https://attest.example.org"],
    }


def test_so_is_the_cookie_of_a_known_browser(direct):
    assert direct["browser"].startswith("Set-Cookie: __Host-browser=secret;")
    assert all(part in direct["browser"] for part in ("; HttpOnly", "; Secure", "; SameSite=Strict", "; Path=/"))
    assert "Domain" not in direct["browser"]
