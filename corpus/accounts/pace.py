"""The pace at which passwords may be tried. Every try is counted before its password is looked at.

| where the try comes from | is slowed down by wrong passwords for the account … |
|---|---|
| a browser that is known to the account, or an open session | typed in that browser or session |
| a network that is known to the account | from that network, and by those for all accounts from it |
| anywhere else | from that network, those for all accounts from it, and those from everywhere: the cap |

So nobody outside delays a person where they have logged in before. Under the cap an account has one try a minute. It
belongs to the network that asked last of those that had not asked before: whoever comes new waits for one minute, and one
more for each network that comes after it; an attacker's networks, having asked, wait behind. A try that comes too early is
refused unread. All times are the database's.
"""

from __future__ import annotations

import hashlib
import math
import unicodedata
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models import Count, DurationField, ExpressionWrapper, Max
from django.db.models.functions import Now

from corpus.models import LoginFailure

FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(minutes=5)
CAPPED_WAIT = timedelta(minutes=1)
PATIENCE = timedelta(minutes=15)  # how long the next try is kept for a network that asked for it
MEMORY = timedelta(hours=24)
NETWORK_MEMORY = timedelta(hours=1)

# Wrong passwords that cost nothing. A person mistypes a few times; behind one address there may be a whole office.
FREE, FREE_OF_NETWORK = 5, 50

NO_TIME = timedelta(0)


@dataclass(frozen=True)
class Origin:
    """Whose password is tried, and from where."""

    account: str
    network: str
    browser: str = ""  # the digest of a browser or session that is known to the account
    known: bool = False  # has the account logged in from this network before?

    @property
    def locks(self) -> list[str]:
        """What tries are counted by, in this order everywhere, so that two cannot deadlock."""
        return [self.browser] if self.browser else [self.account, self.network]


class TooManyTries(PermissionDenied):
    """This try comes too early; `seconds` until the next one is looked at."""

    def __init__(self, wait: timedelta) -> None:
        self.seconds = math.ceil(wait.total_seconds())
        super().__init__(f"Too many failed attempts. Try again in {self.seconds} seconds.")


def account_of(name: str) -> str:
    """The name as it is counted: never in clear, since people type passwords into it."""
    return hashlib.sha256(unicodedata.normalize("NFKC", name).casefold().encode()).hexdigest()


def take_turn(origin: Origin) -> LoginFailure:
    """Count one try as failed until it proves right. Raises TooManyTries."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            for key in origin.locks:
                cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"attest.login.{key}"])
        wait = wait_of(origin)
        turn = counted(origin) if wait <= NO_TIME else None
    if turn is None:
        raise TooManyTries(wait)
    return turn


def counted(origin: Origin) -> LoginFailure:
    LoginFailure.objects.filter(at__lt=Now() - MEMORY).delete()
    fields = {"account": origin.account, "network": origin.network, "browser": origin.browser}
    LoginFailure.objects.filter(**fields, waiting=True).delete()
    return LoginFailure.objects.create(**fields)


def wait_of(origin: Origin) -> timedelta:
    """How long this try comes too early; not positive where it is in time."""
    tries = LoginFailure.objects.filter(account=origin.account, waiting=False, at__gt=Now() - MEMORY)
    if origin.browser:
        return doubling_wait(tries.filter(browser=origin.browser), FREE)
    of_all = LoginFailure.objects.filter(network=origin.network, browser="", waiting=False, at__gt=Now() - NETWORK_MEMORY)
    wait = max(
        doubling_wait(tries.filter(browser="", network=origin.network), FREE),
        doubling_wait(of_all, FREE_OF_NETWORK),
    )
    if origin.known or wait > NO_TIME:
        return wait
    return capped_wait(origin, tries.filter(browser=""))


def doubling_wait(tries: Any, free: int) -> timedelta:
    count, since = count_and_age(tries)
    return wait_after(count, free) - since


def wait_after(failures: int, free: int) -> timedelta:
    """The pause after that many wrong passwords: 5 seconds, then twice as long each time, at most five minutes."""
    if failures < free:
        return NO_TIME
    return min(FIRST_WAIT * 2 ** min(failures - free, 10), LONGEST_WAIT)


def capped_wait(origin: Origin, tries: Any) -> timedelta:
    """The wait under the cap: until the minute after the last try is over, and a minute for each network that goes first."""
    count, since = count_and_age(tries)
    if count < FREE:
        return NO_TIME
    asking = LoginFailure.objects.filter(account=origin.account, waiting=True)
    failure = ask(origin, asking, tries)
    first = asking.filter(at__gt=Now() - PATIENCE)
    if failure is not None:
        first = first.filter(at__gt=failure.at)
    return CAPPED_WAIT * (1 + first.count()) - since


def ask(origin: Origin, asking: Any, tries: Any) -> LoginFailure | None:
    """Since when the network waits for its first try of the account; None where it has had that."""
    if tries.filter(network=origin.network).exists():
        return None
    failure: LoginFailure | None = asking.filter(network=origin.network).first()
    if failure is None:
        failure = LoginFailure.objects.create(account=origin.account, network=origin.network, waiting=True)
        failure.refresh_from_db(fields=["at"])
    return failure


def count_and_age(tries: Any) -> tuple[int, timedelta]:
    """How many tries there were, and how long ago the last one was."""
    age = ExpressionWrapper(Now() - Max("at"), output_field=DurationField())
    summary = tries.order_by().aggregate(count=Count("pk"), age=age)
    return summary["count"], summary["age"] or NO_TIME
