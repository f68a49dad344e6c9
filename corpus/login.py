"""Log-in that slows guessing down and locks nobody out.

Every try is counted before its password is looked at, per account and per network, so that many
tries at the same moment do not slip through. Beyond a number of wrong passwords the next try must
wait: 5 seconds, then twice as long each time, at most five minutes. A try that comes too early is
refused unread and counts for nothing, so the wait cannot be drawn out from outside.
"""

from __future__ import annotations

import hashlib
import ipaddress
import logging
import math
import unicodedata
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models import Count, Max
from django.http import HttpRequest
from django.utils import timezone

from corpus.models import LoginFailure, Token

log = logging.getLogger(__name__)

FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(minutes=5)


@dataclass(frozen=True)
class Pace:
    """How many wrong passwords are free, and how long one is remembered."""

    free: int
    memory: timedelta


# A person mistypes a few times; behind one address there may be a whole office.
PACES = {
    "account": Pace(free=5, memory=timedelta(hours=24)),
    "network": Pace(free=50, memory=timedelta(hours=1)),
}


class TooManyTries(PermissionDenied):
    """This try comes too early; `seconds` until the next one is looked at."""

    def __init__(self, wait: timedelta) -> None:
        self.seconds = math.ceil(wait.total_seconds())
        super().__init__(f"Too many wrong passwords: wait {self.seconds} seconds.")


class PacedBackend(ModelBackend):
    """Django's accounts, at the pace above, whichever page asks for the password."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **fields: Any,
    ) -> Any:
        """The user, or None for a wrong name or password. Raises TooManyTries."""
        if username is None or password is None:
            return None
        account, network = account_of(username), network_of(address_of(request))
        turn = take_turn(account, network)
        user = super().authenticate(request, username, password, **fields)
        if user is None:
            log.warning("wrong name or password from %s for account %s", network, account[:12])
        else:
            turn.delete()
        return user


@transaction.atomic
def take_turn(account: str, network: str) -> LoginFailure:
    """Count one try as failed until it proves right. Raises TooManyTries."""
    places = {"account": account, "network": network}
    with connection.cursor() as cursor:
        for value in places.values():  # in this order everywhere, so that two can not deadlock
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"attest.login.{value}"])
    wait = max(wait_at(place, value) for place, value in places.items())
    if wait > timedelta(0):
        raise TooManyTries(wait)
    forget()
    return LoginFailure.objects.create(account=account, network=network)


def wait_at(place: str, value: str) -> timedelta:
    """How long the next try of this account or network must still wait."""
    pace, now = PACES[place], timezone.now()
    recent = LoginFailure.objects.filter(**{place: value}, at__gt=now - pace.memory)
    found = recent.order_by().aggregate(count=Count("pk"), last=Max("at"))
    if found["last"] is None:
        return timedelta(0)
    return found["last"] + wait_after(found["count"], pace.free) - now


def wait_after(failures: int, free: int) -> timedelta:
    """The pause after that many wrong passwords."""
    if failures < free:
        return timedelta(0)
    return min(FIRST_WAIT * 2 ** min(failures - free, 10), LONGEST_WAIT)


def forget() -> None:
    """Drop what no pace remembers any more."""
    longest = max(pace.memory for pace in PACES.values())
    LoginFailure.objects.filter(at__lt=timezone.now() - longest).delete()


def account_of(name: str) -> str:
    """The name as it is counted: never in clear, since people type passwords into it."""
    return hashlib.sha256(unicodedata.normalize("NFKC", name).casefold().encode()).hexdigest()


def address_of(request: HttpRequest | None) -> str:
    """The client's address. X-Forwarded-For counts only as far as our own proxies wrote it."""
    if request is None:
        return ""
    hops = [hop for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
    if 0 < settings.PROXIES <= len(hops):
        return hops[-settings.PROXIES].strip()
    return request.META.get("REMOTE_ADDR", "")


def network_of(address: str) -> str:
    """The /24 of an IPv4 address, the /64 of an IPv6 one, "unknown" for anything else."""
    host = address.rpartition(":")[0] if address.count(":") == 1 else address
    try:
        ip = ipaddress.ip_address(host.partition("]")[0].removeprefix("["))
    except ValueError:
        return "unknown"
    ip = getattr(ip, "ipv4_mapped", None) or ip
    return str(ipaddress.ip_network(f"{ip}/{24 if ip.version == 4 else 64}", strict=False))


class TokensEndWithPassword:
    """A password validator that objects to nothing: Django tells it when a password has changed,
    on whichever page or command that was. The tokens that the old one had made end with it."""

    def validate(self, password: str, user: Any = None) -> None:
        pass

    def password_changed(self, password: str, user: Any = None) -> None:
        if user is not None and user.pk:
            Token.objects.for_user(user).filter(user=user, revoked__isnull=True).update(revoked=timezone.now())

    def get_help_text(self) -> str:
        return "API tokens end when the password changes."
