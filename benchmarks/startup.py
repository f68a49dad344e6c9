"""From `serve` to the first page, and what all processes hold in memory when nobody asks for anything."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import psutil

from benchmarks.host import Client, Host, start, wait_until_answered
from benchmarks.report import Row, single, times

STARTS = 5
IDLE_SECONDS = 15.0
# Of the processor time of an `import django`. Three imports of everything, as before the fork, took 150 of it.
MOST_IMPORTS = 75


def measure(host: Host, rounds: int) -> Iterator[Row]:
    bare = [started_and_ended([sys.executable, "-c", "import django"]) for _ in range(STARTS)]
    yardstick = times("python -c 'import django'", [spent.seconds for spent in bare])
    yield yardstick
    forget_ours()
    starts = [started(host) for _ in range(STARTS)]
    yield times("serve → first page", [spent.seconds for spent in starts], limit=1500, yardstick=yardstick.median)
    one = times("", [spent.processor for spent in bare]).median
    processor = [spent.processor for spent in starts]
    yield times("  processor time of all processes", processor, limit=MOST_IMPORTS * one, yardstick=one)
    yield times("serve → first page, with PostgreSQL", [cold(host) for _ in range(STARTS)], limit=3000)
    yield from idle(host)


class Spent(NamedTuple):
    """Seconds on the clock, and of processor time of a process with all below it."""

    seconds: float
    processor: float


def started_and_ended(command: list[str]) -> Spent:
    began, before = time.perf_counter(), os.times()
    subprocess.run(command, check=True)
    after = os.times()
    processor = after.children_user + after.children_system - before.children_user - before.children_system
    return Spent(time.perf_counter() - began, processor)


def started(host: Host) -> Spent:
    began = time.perf_counter()
    process = start(host.port)
    wait_until_answered(host.port, process)
    spent = Spent(time.perf_counter() - began, sum(map(processor_time, family(process.pid))))
    process.send_signal(signal.SIGTERM)
    process.wait(30)
    return spent


def processor_time(pid: int) -> float:
    """With that of its ended children."""
    return sum(psutil.Process(pid).cpu_times()[:4])


def cold(host: Host) -> float:
    host.cluster.stop()
    began = time.perf_counter()
    host.cluster.start()
    return time.perf_counter() - began + started(host).seconds


def idle(host: Host) -> Iterator[Row]:
    from benchmarks.fetch import gold

    with host.server() as process:
        assignment, secret = gold()
        for _ in range(20):
            Client(host.port, secret).get(f"/api/v1/assignments/{assignment.pk}/")
        forget_ours()
        time.sleep(IDLE_SECONDS)
        ours = family(process.pid)
        server = host.cluster.postmaster()
        theirs = family(server.pid) if server else []
        parts = {"web server, worker, supervisor": memory(ours), "PostgreSQL": memory(theirs)}
        for name, megabytes in parts.items():
            yield single(f"  idle: {name}", megabytes, "MB")
        yield single("idle memory, all processes (PSS)", sum(parts.values()), "MB", limit=250, yardstick=interpreter())


def forget_ours() -> None:
    """The benchmark's own connection has a PostgreSQL process; a user's installation has none."""
    from django.db import connections

    connections.close_all()


def family(pid: int) -> list[int]:
    parent = psutil.Process(pid)
    return [parent.pid, *(child.pid for child in parent.children(recursive=True))]


def memory(pids: list[int]) -> float:
    """MB that would be free without these processes: shared pages are counted in parts (PSS)."""
    return sum(proportional(pid) for pid in pids) / 1000


def proportional(pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def interpreter() -> float:
    with subprocess.Popen([sys.executable, "-c", "import django, time; time.sleep(60)"]) as process:
        time.sleep(1)
        held = memory([process.pid])
        process.kill()
    return held
