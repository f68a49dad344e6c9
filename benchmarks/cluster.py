"""Read a made crawl in executors of Spark, beside the same function alone; and with two executors beside one, each held to the same quota.

ARTICLES in the environment, or --articles, is the number of pages of a task. Run it with `.venv-spark/bin/python`, which `make test-cluster` makes.
The quota is one of control groups (version 1), for which it must run as root; without them two executors are not compared with one.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psutil

from benchmarks.crawls import write_crawl
from benchmarks.host import Host
from benchmarks.processor import milliseconds
from benchmarks.report import Row, single

PAGES = int(os.environ.get("ARTICLES", "5000"))
GROUPS = Path("/sys/fs/cgroup/cpu")
PERIOD, QUOTA = 100_000, 15_000  # microseconds: less than a fifth of a processor for each executor, which other work leaves too
INPUTS, IN_AN_INPUT = 16, 100  # the one that runs alone at the end weighs a sixteenth
MOST, LEAST = 1.25, 0.8  # of the processor time of the function alone; of twice the pace of one executor


def measure(host: Host, rounds: int) -> Iterator[Row]:
    if not find_spec("pyspark"):
        print("cluster: Spark is not installed here; run it with .venv-spark/bin/python")
        return
    with tempfile.TemporaryDirectory(prefix="attest-cluster-") as name:
        folder = Path(name)
        write_crawl(folder / "one", 1)
        write_crawl(folder / "crawls", PAGES, in_a_file=PAGES)
        write_crawl(folder / "warm", 2 * IN_AN_INPUT, seed=3, in_a_file=IN_AN_INPUT)
        write_crawl(folder / "many", INPUTS * IN_AN_INPUT, in_a_file=IN_AN_INPUT)
        yield from beside_the_function(folder)
        if os.access(GROUPS, os.W_OK):
            one, two = (pages_a_second(folder, executors) for executors in (1, 2))
            yield single("pages by one executor", one, "a second")
            yield single("pages by two executors", two, "a second", limit=2 * LEAST * one, more_is_better=True)


def beside_the_function(folder: Path) -> Iterator[Row]:
    alone = milliseconds(lambda: read_alone(folder / "crawls")) / PAGES
    yield single(f"one of {PAGES:,} pages, read in the sandbox by itself", alone, "ms")
    start = read_in_executor(folder, "one")
    yield single("start of Spark, and one page", start, "s")
    pages = (read_in_executor(folder, "crawls") - start) * 1000 / PAGES
    yield single(f"one of {PAGES:,} pages, read in an executor", pages, "ms", yardstick=alone, limit=MOST * alone)


def read_alone(crawls: Path) -> None:
    from lake.read.inputs import task_rows, task_sha256, tasks

    for task in tasks([crawls]):
        for _ in task_rows(task, task_sha256(task)):
            pass


def read_in_executor(folder: Path, crawls: str) -> float:
    """Seconds of processor time, of a Spark that is started for it."""
    from pyspark import SparkContext

    from lake.engines.spark import cluster

    before = processor_seconds()
    with cluster("local[1]") as engine:
        read(folder / f"lake-{crawls}", folder / crawls, engine)
        spent = processor_seconds() - before
    gateway = SparkContext._gateway  # noqa: SLF001 - the only way to its process
    gateway.shutdown()
    gateway.proc.stdin.close()
    gateway.proc.wait()
    SparkContext._gateway = SparkContext._jvm = None  # noqa: SLF001 - the next one starts another
    return spent


def processor_seconds() -> float:
    """Of this process and all below it, living and ended. Java does not pass on what its processes have used, so they are asked while they live."""
    this = psutil.Process()
    times = [each.cpu_times() for each in [this, *this.children(recursive=True)]]
    return sum(each.user + each.system + each.children_user + each.children_system for each in times)


def read(lake: Path, crawls: Path, engine: Any) -> None:
    from lake.engines.reading import read
    from lake.files.folder import LakeFolder

    assert read(LakeFolder(lake), [crawls], engine=engine).failures == []


def pages_a_second(folder: Path, executors: int) -> float:
    from lake.engines.spark import cluster
    from tests.cluster.standalone import standalone

    (folder / f"workers-{executors}").mkdir()
    with standalone(folder / f"workers-{executors}", executors) as machines, cluster(machines.master) as engine:
        wait_for_all(machines, executors)
        read(folder / f"lake-warm-{executors}", folder / "warm", engine)
        with quotas(machines.executors()):
            began = time.perf_counter()
            read(folder / f"lake-many-{executors}", folder / "many", engine)
            return INPUTS * IN_AN_INPUT / (time.perf_counter() - began)


def wait_for_all(machines: Any, executors: int) -> None:
    while len(machines.executors()) < executors:
        time.sleep(0.2)


@contextmanager
def quotas(executors: list[Any]) -> Iterator[None]:
    """Each executor with all that it starts gets the same share of a processor."""
    groups = [GROUPS / f"attest-{process.pid}" for process in executors]
    for group, process in zip(groups, executors, strict=True):
        group.mkdir()
        (group / "cpu.cfs_period_us").write_text(str(PERIOD))
        (group / "cpu.cfs_quota_us").write_text(str(QUOTA))
        for each in [process, *process.children(recursive=True)]:
            (group / "cgroup.procs").write_text(str(each.pid))
    try:
        yield
    finally:
        for group in groups:
            with suppress(OSError):
                for pid in (group / "cgroup.procs").read_text().split():
                    (GROUPS / "cgroup.procs").write_text(pid)
                group.rmdir()
