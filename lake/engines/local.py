"""Tasks on the processes of one machine. A task whose process is killed is tried again, and in the end by itself, so that it has a name."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Any

from corpus.readers import sandboxed
from corpus.sandbox import kernel
from lake.engines.tasks import Counted, TaskResult, why

SET_PDEATHSIG = 1  # of prctl
TRIES = 3


@dataclass(frozen=True)
class LocalEngine:
    """The processes of this machine; 0: as many as there are processors."""

    processes: int = 0

    def results(self, work: Callable[[Any], Any], tasks: Sequence[Any], progress: Counted | None = None) -> list[TaskResult[Any]]:
        done: list[TaskResult[Any]] = []
        for result in run(work, tasks, self.processes):
            done.append(result)
            if progress:
                progress(len(done), len(tasks))
        return done


def begin(strict: bool) -> None:
    """In each process: it ends with the one that started it, and reads as strictly."""
    sandboxed.strict = strict
    with suppress(OSError):
        kernel.prctl(SET_PDEATHSIG, signal.SIGKILL)


def run[Task](work: Callable[[Task], Any], tasks: Sequence[Task], processes: int = 0) -> Iterator[TaskResult[Task]]:
    """Each task with its result, as they come. `processes`: 0 is as many as there are processors. `work` is a function of a module."""
    remaining = dict(enumerate(tasks))
    count = min(processes or os.cpu_count() or 1, max(1, len(tasks)))
    for attempt in range(TRIES):
        for number, result in attempted(work, remaining, count if attempt < TRIES - 1 else 1):
            del remaining[number]
            yield result
        if not remaining:
            return
    for task in remaining.values():
        yield from alone(work, task)


def attempted[Task](
    work: Callable[[Task], Any], tasks: dict[int, Task], processes: int
) -> Iterator[tuple[int, TaskResult[Task]]]:
    """What is done until a process is killed, which takes all others with it."""
    with pool(processes) as executor:
        futures = {executor.submit(work, task): number for number, task in tasks.items()}
        for future in as_completed(futures):
            number = futures[future]
            try:
                yield number, TaskResult(tasks[number], future.result())
            except BrokenProcessPool:
                return
            except Exception as error:  # noqa: BLE001 - whatever a task raises is its result
                yield number, TaskResult(tasks[number], error=why(error))


def alone[Task](work: Callable[[Task], Any], task: Task) -> Iterator[TaskResult[Task]]:
    results = [result for _, result in attempted(work, {0: task}, 1)]
    yield from results or [
        TaskResult(task, error=f"its process was killed {TRIES + 1} times, most likely for using too much memory")
    ]


def pool(processes: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(processes, get_context("spawn"), begin, (sandboxed.strict,))
