"""What an engine is: it runs a function of a module over tasks, and says of each what came of it. The way of a task to a machine and back."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple, Protocol

from corpus.readers import sandboxed
from lake.files.addresses import LakeFiles
from lake.files.parts import marker

type Counted = Callable[[int, int], None]
"""(how many are done, of all)."""


class TaskResult[Task](NamedTuple):
    """What a task gave, or why it failed."""

    task: Task
    value: Any = None
    error: str = ""


class Engine(Protocol):
    """Whoever has processes to run tasks in."""

    def results(self, work: Callable[[Any], Any], tasks: Sequence[Any], progress: Counted | None = None) -> list[TaskResult[Any]]:
        """One for each task, in any order, also for those that failed. `work` is a function of a module."""
        ...


def why(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def packed(work: Callable[[Any], Any], task: Any) -> bytes:
    """A task for a process on another machine, which has the same modules."""
    return pickle.dumps((work, task))


def attempt(payload: bytes) -> bytes:
    """Run a packed task there. What comes back is JSON: whoever asked unpickles nothing."""
    work, task = pickle.loads(payload)  # noqa: S301 - packed by our own command
    try:
        return json.dumps([work(task), ""]).encode()
    except Exception as error:  # noqa: BLE001 - whatever a task raises is its result
        return json.dumps([None, why(error)]).encode()


def attempts(payloads: Iterable[bytes], strict: bool) -> Iterator[bytes]:
    """Of a process there, which reads as strictly as this one."""
    sandboxed.strict = strict
    yield from map(attempt, payloads)


def unpacked(task: Any, answer: bytes) -> TaskResult[Any]:
    try:
        value, error = json.loads(answer)
    except (TypeError, ValueError):
        return TaskResult(task, error="its machine has answered with something else than a result")
    return TaskResult(task, value, error)


def looked_up(lake: LakeFiles, kind: str, result: TaskResult[Any]) -> TaskResult[Any]:
    """A task that makes a part counts by what lies in the lake, whatever its machine says."""
    if result.error or lake.has(marker(kind, result.task.part)):
        return result
    return TaskResult(
        result.task, error=f"its part is not in {lake.address}: the machine that made it has another folder of that name"
    )


def whole(tried: Sequence[TaskResult[Any]]) -> list[TaskResult[Any]]:
    return [result for result in tried if not result.error]


def failures(tried: Sequence[TaskResult[Any]]) -> list[str]:
    return sorted(f"{result.task.name}: {result.error}" for result in tried if result.error)
