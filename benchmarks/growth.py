"""Each act of `benchmarks.acts` in a corpus of 100 articles and in one of 10,000, in one run: time, processor time and statements.

Acts run in this process, through the pages and the API as they are, so that their statements can be counted. Processor time is that
of this process and of its connection's process in PostgreSQL: it hardly depends on what else the machine does.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
from django.db import connection

from benchmarks.acts import ACTS, Act, World
from benchmarks.host import Host
from benchmarks.report import Row, single, times
from config.static import collect_if_changed

SMALL, LARGE = 100, int(os.environ.get("ARTICLES", "10000"))
WARM = 3  # times each act is done before it is measured


@dataclass
class Spent:
    """Seconds of each round; milliseconds of the processor and statements of one."""

    seconds: list[float]
    processor: float
    statements: int


def measure(host: Host, rounds: int) -> Iterator[Row]:
    """All acts in the small corpus, then all in the large one, which comes to the same database only then."""
    collect_if_changed()
    small = world("growth-small", SMALL)
    before = {act.name: spent(act, small, rounds) for act in ACTS}
    large = world("growth-large", LARGE)
    for act in ACTS:
        yield from grown(act, before[act.name], spent(act, large, rounds))


def world(slug: str, articles: int) -> World:
    from benchmarks.filling import FEW, fill, fill_log

    reader, scheme = somebody()
    corpus = fill(slug, articles, reader, scheme, FEW)
    fill_log(corpus)
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("VACUUM ANALYZE")
    connection.close()  # what it has planned so far, it has planned for another size
    return World(corpus, reader, scheme)


def somebody() -> tuple[Any, Any]:
    """One who sees every corpus, and the scheme: the newest in use, for `moving` leaves a newer one behind."""
    from django.contrib.auth import get_user_model

    from annotations.schemes.of_corpus import newest

    reader, _ = get_user_model().objects.get_or_create(username="growth", is_superuser=True, is_staff=True)
    return reader, newest()


def spent(act: Act, world: World, rounds: int) -> Spent:
    """What the act takes, each time alike."""
    rounds = min(rounds, act.rounds)
    do = act.prepare(world)
    for _ in range(min(WARM, rounds)):
        statements = counted(do)
    seconds, processor = [], 0.0
    for _ in range(rounds):
        used, began = processor_seconds(), time.perf_counter()
        do()
        seconds.append(time.perf_counter() - began)
        processor += processor_seconds() - used
    return Spent(seconds, processor * 1000 / rounds, statements)


def counted(do: Callable[[], Any]) -> int:
    """How many statements Django sends while it is done."""
    sent = [0]

    def count(execute: Any, *arguments: Any) -> Any:
        sent[0] += 1
        return execute(*arguments)

    with connection.execute_wrapper(count):
        do()
    return sent[0]


def processor_seconds() -> float:
    """Used so far by this process and by its connection's process in PostgreSQL."""
    connection.ensure_connection()
    pid = connection.connection.info.backend_pid
    try:
        ran = int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9
    except OSError:  # not on Linux: in hundredths of a second
        ran = sum(psutil.Process(pid).cpu_times()[:2])
    return time.process_time() + ran


def grown(act: Act, small: Spent, large: Spent) -> Iterator[Row]:
    yield times(act.name, large.seconds, yardstick=times("", small.seconds).median)
    yield single("  processor time", large.processor, "ms", limit=act.limit(small.processor), yardstick=small.processor)
    if act.most is not None:
        yield single("  … and with all articles at most", large.processor, "ms", limit=act.most)
    yield single("  statements", large.statements, "", limit=act.limit(small.statements, 1), yardstick=small.statements)
