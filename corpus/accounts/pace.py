"""The pace at which passwords may be tried. Every try is counted before its password is looked at.

| where the try comes from | is slowed down by wrong passwords for the account … |
|---|---|
| a browser that is known to the account, or an open session | typed in that browser or session |
| a network that is known to the account | from that network, and by those for all accounts from it |
| anywhere else | from its block, those for all accounts from it, and those from everywhere: the cap |

So nobody outside delays a person where they have logged in before. A block is the network, of IPv6 the /48 around it: networks in
one of those are free. Under the cap an account has one try a minute for blocks that had not asked before, half of them for the block
that asked last, half for the one that asked first:

| the turn of who asked | is lost to | holds against |
|---|---|---|
| last | blocks that come new afterwards | any number of blocks that wait already |
| first | blocks that asked before, and ask again within a quarter of an hour | any number of blocks that come new |

So the wait that a block has on its first visit never grows by who comes later. Blocks that had their try wait behind. A try that comes
too early is refused unread. All times are the database's.
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

from corpus.accounts.network import block_of
from corpus.models import LoginFailure

FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(minutes=5)
CAPPED_WAIT = timedelta(minutes=2)  # of the turns of who asked last, and of those of who asked first
PATIENCE = timedelta(minutes=15)  # how long a block that asked for a try keeps its place without asking again
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
    def block(self) -> str:
        return block_of(self.network)

    @property
    def counted_by(self) -> dict[str, str]:
        """What tries are counted by: who is known in a network is not delayed by those around it."""
        return {"network": self.network} if self.known else {"block": self.block}

    @property
    def locks(self) -> list[str]:
        """In this order everywhere, so that two cannot deadlock."""
        return [self.browser] if self.browser else [self.account, self.block]


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
        wait, kept = wait_of(origin)
        turn = counted(origin, kept) if wait <= NO_TIME else None
    if turn is None:
        raise TooManyTries(min(wait, LONGEST_WAIT))
    return turn


def counted(origin: Origin, kept: bool) -> LoginFailure:
    LoginFailure.objects.filter(at__lt=Now() - MEMORY).delete()
    fields = {"account": origin.account, "browser": origin.browser, "block": origin.block}
    LoginFailure.objects.filter(**fields, waiting=True).delete()
    return LoginFailure.objects.create(**fields, network=origin.network, kept=kept)


def wait_of(origin: Origin) -> tuple[timedelta, bool]:
    """How long this try comes too early; not positive where it is in time. And whether its turn is one of who asked first."""
    tries = LoginFailure.objects.filter(account=origin.account, waiting=False, at__gt=Now() - MEMORY)
    if origin.browser:
        return doubling_wait(tries.filter(browser=origin.browser), FREE), False
    tries = tries.filter(browser="")
    of_all = LoginFailure.objects.filter(**origin.counted_by, browser="", waiting=False, at__gt=Now() - NETWORK_MEMORY)
    wait = max(doubling_wait(tries.filter(**origin.counted_by), FREE), doubling_wait(of_all, FREE_OF_NETWORK))
    if origin.known or wait > NO_TIME:
        return wait, False
    return capped_wait(origin, tries)


def doubling_wait(tries: Any, free: int) -> timedelta:
    count, since = count_and_age(tries)
    return wait_after(count, free) - since


def wait_after(failures: int, free: int) -> timedelta:
    """The pause after that many wrong passwords: 5 seconds, then twice as long each time, at most five minutes."""
    if failures < free:
        return NO_TIME
    return min(FIRST_WAIT * int(2 ** min(failures - free, 10)), LONGEST_WAIT)


def capped_wait(origin: Origin, tries: Any) -> tuple[timedelta, bool]:
    """The shorter wait under the cap: for a turn of who asked last, or of who asked first."""
    count = tries.count()
    if count < FREE:
        return NO_TIME, count == FREE - 1  # with which the turns of who asked first begin
    asking = LoginFailure.objects.filter(account=origin.account, waiting=True)
    failure = ask(origin, asking, tries)
    ahead = asking.filter(asked__gt=Now() - PATIENCE)
    newer, older = (ahead.filter(at__gt=failure.at), ahead.filter(at__lt=failure.at)) if failure else (ahead, ahead)
    return min(
        (turn_after(newer.count(), tries.filter(kept=False)), False), (turn_after(older.count(), tries.filter(kept=True)), True)
    )


def turn_after(ahead: int, tries: Any) -> timedelta:
    """The wait until the turn that comes after those of others: each has its own from when the last one was used."""
    count, since = count_and_age(tries)
    return CAPPED_WAIT * (1 + ahead) - since if count else NO_TIME


def ask(origin: Origin, asking: Any, tries: Any) -> LoginFailure | None:
    """Since when the block waits for its first try of the account; None where it has had that."""
    if tries.filter(block=origin.block).exists():
        return None
    asking = asking.filter(block=origin.block)
    if not asking.update(asked=Now()):
        asking.create(account=origin.account, network=origin.network, block=origin.block, waiting=True)
    failure: LoginFailure = asking.get()
    return failure


def count_and_age(tries: Any) -> tuple[int, timedelta]:
    """How many tries there were, and how long ago the last one was."""
    age = ExpressionWrapper(Now() - Max("at"), output_field=DurationField())
    summary = tries.order_by().aggregate(count=Count("pk"), age=age)
    return summary["count"], summary["age"] or NO_TIME
