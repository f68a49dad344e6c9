"""Requests whose work grows with what is sent: an end to their time, one of a person at once, and half of the threads for everybody else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore
from time import monotonic

from django.db import OperationalError, connection, transaction
from rest_framework.exceptions import Throttled
from rest_framework.request import Request

from corpus.api.problems import Problem

SECONDS = 3.0
WATCH = "attest.watch_client"  # in the environ: starts a future that is done when the client has left
PLACES = BoundedSemaphore(4)  # of a process, which has eight threads (config.front.application)
TIMED_OUT = "57014"  # by statement_timeout
ALONE = "SELECT pg_try_advisory_xact_lock(hashtext('attest.costly'), %s)"

Check = Callable[[], None]


@contextmanager
def costly(request: Request, remedy: str) -> Iterator[Check]:
    """A transaction that yields what its work calls between any two of its steps. It raises Problem `too-long` after SECONDS, and when
    the client has left. `remedy`: how less is asked for. Raises Throttled while the person has another one under way."""
    watch = request.META.get(WATCH)
    left = watch() if watch else None
    ends = monotonic() + SECONDS

    def check() -> None:
        if monotonic() > ends or (left and left.done()):
            raise Problem("too-long", f"It would take more than {SECONDS:g} s. {remedy}")

    try:
        with a_place(), transaction.atomic():
            be_alone(request)
            yield check
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") == TIMED_OUT:
            raise Problem("too-long", f"It would take more than {SECONDS:g} s. {remedy}") from error
        raise
    finally:
        if left:
            left.cancel()


@contextmanager
def a_place() -> Iterator[None]:
    if not PLACES.acquire(blocking=False):
        raise Throttled(wait=1)
    try:
        yield
    finally:
        PLACES.release()


def be_alone(request: Request) -> None:
    """In all processes, until the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(ALONE, [request.user.pk])
        if not cursor.fetchone()[0]:
            raise Throttled(wait=1)
        cursor.execute(f"SET LOCAL statement_timeout = {int(SECONDS * 1000)}")
