"""Tasks on a cluster of Spark. A task that ends its executor is tried again by Spark, at last by itself, and then has a name.

Executors get a wheel of our modules and our tasks, packed; they give back JSON. Pages go from the executors straight into the lake, so
every machine needs the folder of the lake and the crawls under the same path.
"""

from __future__ import annotations

import logging
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

from corpus.readers import sandboxed
from lake.engines import executor
from lake.engines.tasks import Counted, TaskResult, packed, unpacked
from lake.engines.wheel import write_wheel
from lake.extras import needed

OLDEST_JAVA = 17
MASTER = re.compile(r"local(\[(\d+|\*)(, ?\d+)?\])?|spark://[^/\s,;]+:\d+(,[^/\s,;]+:\d+)*|yarn|k8s://\S+")
ANSWER_SECONDS, EXECUTOR_SECONDS = 5, 120
EVERY = 0.5  # seconds between two looks at how far it is
MOST_LOST = 20  # tasks that end their executors: behind them the machines are to blame
FATAL = re.compile(r"Task (\d+) in stage \S+ failed \d+ times")
LOST = "its executor was ended every time, most likely for using too much memory"
# Where spark-defaults.conf says nothing else.
DEFAULTS = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false", "spark.log.level": "ERROR"}


class NoCluster(RuntimeError):
    """There is no Spark to run tasks on, or no more; the message says what to do."""


@contextmanager
def cluster(master: str, settings: Sequence[str] = ()) -> Iterator[SparkEngine]:
    """For the time of one command. `settings`: of Spark, each `name=value`. Raises NoCluster, MissingExtra."""
    check_master(master)
    pyspark = needed("pyspark")
    check_java()
    with tempfile.TemporaryDirectory(prefix="attest-wheel-") as folder:
        wheel = write_wheel(Path(folder))
        context = started(pyspark, master, settings)
        try:
            context.addFile(str(wheel))
            wait_for_executors(context, master)
            yield SparkEngine(context, wheel.name)
        finally:
            context.stop()


def started(pyspark: Any, master: str, settings: Sequence[str]) -> Any:
    """Executors run the Python that this command runs, under the same path, unless PYSPARK_PYTHON names another."""
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    logging.getLogger("py4j").setLevel(logging.WARNING)  # it says when each connection is closed
    configuration = pyspark.SparkConf().setMaster(master).setAppName("attest lake")
    for name, value in DEFAULTS.items():
        configuration.setIfMissing(name, value)
    for setting in settings:
        name, equals, value = setting.partition("=")
        if not (name.startswith("spark.") and equals):
            raise NoCluster(f"--conf {setting}: write it as spark.executor.memory=4g.")
        configuration.set(name, value)
    try:
        context = pyspark.SparkContext(conf=configuration)
    except Exception as error:
        raise NoCluster(f"Spark does not start with the master {master}: {first_line(error)}") from error
    context._javaAccumulator = None  # noqa: SLF001 - through which executors send what is unpickled here; we have no use for it
    return context


class SparkEngine:
    """Of a cluster that has executors."""

    def __init__(self, context: Any, wheel: str) -> None:
        self.context, self.wheel = context, wheel
        needed("pyspark.cloudpickle").register_pickle_by_value(executor)

    def results(self, work: Callable[[Any], Any], tasks: Sequence[Any], progress: Counted | None = None) -> list[TaskResult[Any]]:
        """Raises NoCluster where the cluster is gone; what is in the lake by then stays."""
        remaining, fatal = list(tasks), list[Any]()
        while remaining and len(fatal) < MOST_LOST:
            report = partial(shifted, progress, len(tasks) - len(remaining), len(tasks)) if progress else None
            outcome = self.attempt(work, remaining, report)
            if not isinstance(outcome, int):
                return outcome + [result for task in fatal for result in self.alone(work, task)]
            fatal.append(remaining.pop(outcome))
        return [TaskResult(task, error=LOST) for task in [*fatal, *remaining]]

    def alone(self, work: Callable[[Any], Any], task: Any) -> list[TaskResult[Any]]:
        """Others that ran beside it may have ended its executor."""
        outcome = self.attempt(work, [task])
        return [TaskResult(task, error=LOST)] if isinstance(outcome, int) else outcome

    def attempt(
        self, work: Callable[[Any], Any], tasks: Sequence[Any], progress: Callable[[int], None] | None = None
    ) -> list[TaskResult[Any]] | int:
        """What came of all, or the number of the task whose executor was ended as often as Spark tries."""
        payloads = self.context.parallelize([packed(work, task) for task in tasks], max(1, len(tasks)))
        answers = payloads.mapPartitions(partial(executor.answers, self.wheel, sandboxed.strict))
        answers._bypass_serializer = True  # noqa: SLF001 - bytes as they are: of a machine that is not ours any more nothing is unpickled
        try:
            return [unpacked(*each) for each in zip(tasks, self.collected(answers, progress), strict=True)]
        except Exception as error:
            if number := FATAL.search(str(error)):
                return int(number[1])
            raise NoCluster(
                f"Spark has ended the run: {first_line(error)}. What is read stays; run the same command again."
            ) from error

    def collected(self, answers: Any, progress: Callable[[int], None] | None) -> list[bytes]:
        with ThreadPoolExecutor(1) as executor_of_call:
            call: Future[list[bytes]] = executor_of_call.submit(answers.collect)
            while not call.done():
                time.sleep(EVERY)
                if progress:
                    progress(self.done())
            return call.result()

    def done(self) -> int:
        """Tasks that are done in what runs now."""
        tracker = self.context.statusTracker()
        stages = [tracker.getStageInfo(number) for number in tracker.getActiveStageIds()]
        return sum(stage.numCompletedTasks for stage in stages if stage)


def shifted(progress: Counted, before: int, total: int, done: int) -> None:
    progress(before + done, total)


# Whether there is one


def check_master(master: str) -> None:
    """Raises NoCluster."""
    if not MASTER.fullmatch(master):
        raise NoCluster(f"{master!r} is no master of Spark: give --master spark://HOST:7077, yarn, k8s://… or local[4].")
    if not master.startswith("spark://"):
        return
    hosts = [each.rpartition(":") for each in master.removeprefix("spark://").split(",")]
    if not any(answers_at(host, int(port)) for host, _, port in hosts):
        raise NoCluster(f"No master of Spark answers at {master}. Start it as docs/lake.md shows, or correct the address.")


def answers_at(host: str, port: int) -> bool:
    with suppress(OSError), socket.create_connection((host, port), ANSWER_SECONDS):
        return True
    return False


def check_java() -> None:
    """Raises NoCluster."""
    home = os.environ.get("JAVA_HOME")
    java = str(Path(home) / "bin" / "java") if home else shutil.which("java")
    remedy = f"Spark needs Java {OLDEST_JAVA} or newer: run `apt-get install default-jre-headless`, or set JAVA_HOME."
    try:
        text = subprocess.run([java or "java", "-version"], capture_output=True, text=True, check=True, timeout=60).stderr
    except (OSError, subprocess.SubprocessError) as error:
        raise NoCluster(f"No Java runs here. {remedy}") from error
    number = re.search(r'version "(?:1\.)?(\d+)', text)
    if not number or int(number[1]) < OLDEST_JAVA:
        raise NoCluster(f"{java} is Java {number[1] if number else 'of an unknown version'}. {remedy}")


def wait_for_executors(context: Any, master: str) -> None:
    """A task would wait without end where there is none. Raises NoCluster."""
    end = time.monotonic() + EXECUTOR_SECONDS
    while not master.startswith("local") and len(context._jsc.sc().statusTracker().getExecutorInfos()) < 2:  # noqa: SLF001 - the driver is one
        if time.monotonic() > end:
            raise NoCluster(
                f"The cluster {master} has started no executor in {EXECUTOR_SECONDS} seconds. Start its workers, or wait until others have done with them."
            )
        time.sleep(EVERY)


def first_line(error: Exception) -> str:
    return next(iter(str(error).strip().splitlines()), type(error).__name__)
