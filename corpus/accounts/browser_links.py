"""Browser links: a mail to the person makes the browser in which its link is opened known to the account.

So they get past somebody who tries without end. The link signs nobody in: the password is asked for as ever, at the pace of that browser.
"""

from __future__ import annotations

import secrets
from contextlib import suppress
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models.functions import Now
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from corpus.accounts.address import is_one_address
from corpus.accounts.known import digest_of, secrets_of, set_cookie
from corpus.accounts.pace import account_of
from corpus.models import KnownBrowser

LIFE = timedelta(days=1)
PAUSE = timedelta(hours=1)  # between two mails to one person, whoever asks
ENDED = "This link has expired or has been used. Have another mailed from the page on which you sign in."


def defer_link(name: str) -> None:
    """A job alike for a name that nobody has: so nobody learns which there are."""
    user = get_user_model().objects.filter(username=name).values_list("pk", flat=True).first() or 0
    with suppress(AlreadyEnqueued), transaction.atomic():
        app.configure_task("mail_browser_link", queue="fetch", queueing_lock=f"mail_browser_link {account_of(name)}").defer(
            user=user
        )


@transaction.atomic
def send_link(user: int) -> None:
    """Nothing where they have one of the last hour: also one that somebody else asked for lets them in."""
    account = get_user_model().objects.select_for_update(no_key=True).filter(pk=user, is_active=True).first()
    if account is None or not settings.MAIL_FROM or not is_one_address(account.email):
        return
    if KnownBrowser.objects.filter(user=account, mailed=True, created__gt=Now() - PAUSE).exists():
        return
    secret = secrets.token_urlsafe(32)
    digest = digest_of(secret, account.password)
    KnownBrowser.objects.create(user=account, digest=digest, expires=Now() + LIFE, mailed=True)
    address = settings.SITE_URL + reverse("corpus:browser_link", args=[account.pk, secret])
    lines = [
        "Somebody asked, on the page on which you sign in, for a way past the wait that follows wrong passwords.",
        "Open this link in the browser in which you want to sign in, within a day:",
        address,
        "",
        "It does not sign you in: your password is still needed. If you did not ask for it, ignore this mail.",
        "",
    ]
    headers = {"Auto-Submitted": "auto-generated"}
    EmailMessage("Attest: sign in without waiting", "\n".join(lines), settings.MAIL_FROM, [account.email], headers=headers).send(
        using="default"
    )


def is_usable(user: int, secret: str) -> bool:
    password = get_user_model().objects.filter(pk=user, is_active=True).values_list("password", flat=True).first() or ""
    return KnownBrowser.objects.alive().filter(user=user, mailed=True, digest=digest_of(secret, password)).exists()


def let_in(request: HttpRequest, secret: str, answer: HttpResponse) -> None:
    set_cookie(answer, [*secrets_of(request), secret])
