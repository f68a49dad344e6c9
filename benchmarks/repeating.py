"""One act again and again in this process, with the seconds that each took."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any
from unittest.mock import patch

from benchmarks.report import times


def repeated(act: Callable[[], Any], rounds: int) -> list[float]:
    """Seconds of each, in this thread and its connection, after the first."""
    act()
    seconds = []
    for _ in range(rounds):
        began = time.perf_counter()
        act()
        seconds.append(time.perf_counter() - began)
    return seconds


def refused(act: Callable[[], Any]) -> Callable[[], Any]:
    """The same, where the answer may be that the question is too broad: that takes as long as a question may."""
    from questions.asking.time_limits import TooBroad

    def run() -> Any:
        with suppress(TooBroad):
            return act()

    return run


def statement(sql: str, values: Any = None) -> Callable[[], Any]:
    from django.db import connection

    def run() -> Any:
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.fetchall()

    return run


def round_trips(act: Callable[[], Any]) -> int:
    """How often the act waits for PostgreSQL, without COMMIT: statements that go together are one."""
    from django.db import connection

    from corpus.db import round_trip

    trips = 0

    def counted(sends: Callable[..., Any], *arguments: Any) -> Any:
        nonlocal trips
        trips += 1
        return sends(*arguments)

    act()
    with connection.execute_wrapper(counted), patch.object(round_trip, "sent", partial(counted, round_trip.sent)):
        act()
    return trips


def median(seconds: list[float]) -> float:
    return times("", seconds).median
