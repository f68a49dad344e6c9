"""Browsers and networks in which a person has logged in: tries from anywhere else do not delay them there.

A known browser holds a random secret in a cookie; the database holds the secret's SHA-256 together with the password's hash,
so that a new password ends it. The cookie says nothing about whose it is. A browser that several people use has a secret
for each of them; every log-in gives a new one, so that a cookie that somebody planted before is worth nothing after it.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models.functions import Now
from django.http import HttpRequest, HttpResponse

from corpus.accounts.network import network_of_request
from corpus.models import KnownBrowser, KnownNetwork

LIFE = timedelta(days=90)
PEOPLE = 5  # of whom one browser remembers that they logged in


def secrets_of(request: HttpRequest | None) -> list[str]:
    """What the cookie holds, oldest first."""
    cookie = request.COOKIES.get(settings.BROWSER_COOKIE_NAME, "") if request else ""
    return [secret for secret in cookie.split(".")[:PEOPLE] if secret]


def known_browser(request: HttpRequest | None, name: str) -> str:
    """The digest by which this browser is known to the account of that name; empty where it is not."""
    browser_secrets = secrets_of(request)
    if not browser_secrets:
        return ""
    accounts = get_user_model().objects.filter(username=name)
    password = accounts.values_list("password", flat=True).first() or ""
    digests = [digest_of(secret, password) for secret in browser_secrets]
    browsers = KnownBrowser.objects.alive().filter(user__username=name, digest__in=digests)
    return browsers.values_list("digest", flat=True).first() or ""


def is_known_network(network: str, name: str) -> bool:
    """Has the account of that name logged in from this network within the last 90 days?"""
    return KnownNetwork.objects.alive().filter(user__username=name, network=network).exists()


@transaction.atomic
def remember(request: HttpRequest, user: Any, answer: HttpResponse) -> None:
    """Make browser and network known to the person who has just logged in; the answer carries the cookie."""
    forget_expired()
    digests = {digest_of(secret, user.password): secret for secret in secrets_of(request)}
    own = KnownBrowser.objects.filter(user=user, digest__in=digests)
    replaced = {digests[digest] for digest in own.values_list("digest", flat=True)}
    own.delete()
    secret = secrets.token_urlsafe(32)
    KnownBrowser.objects.create(user=user, digest=digest_of(secret, user.password), expires=Now() + LIFE)
    network = {"user": user, "network": network_of_request(request)}
    KnownNetwork.objects.update_or_create(**network, defaults={"expires": Now() + LIFE})
    kept = [each for each in digests.values() if each not in replaced]
    set_cookie(answer, [*kept, secret])


def digest_of(secret: str, password: str) -> str:
    """SHA-256 of a secret and the account's password hash: with another password it is another one."""
    return hashlib.sha256(f"{secret}\n{password}".encode(errors="replace")).hexdigest()


def set_cookie(answer: HttpResponse, browser_secrets: list[str]) -> None:
    answer.set_cookie(
        settings.BROWSER_COOKIE_NAME,
        ".".join(browser_secrets[-PEOPLE:]),
        max_age=LIFE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def forget_browsers(user: Any) -> None:
    """No browser is known to the person any more; their networks stay, since being there proves nothing."""
    KnownBrowser.objects.filter(user=user).delete()


def forget_expired() -> None:
    for model in (KnownBrowser, KnownNetwork):
        model.objects.filter(expires__lte=Now()).delete()
