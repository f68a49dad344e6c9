"""A run that reads: from files and folders to parts of pages, and the manifest that makes them count."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from lake.engines import local
from lake.files.folder import LakeFolder
from lake.files.parts import LakePart, Manifest, PartSource, digest, finish_run, live_parts, marker, read_part, write_part
from lake.queries.database import READ
from lake.read.inputs import CODE, ReadTask, task_rows, task_sha256, tasks

Progress = Callable[[str, int, int], None]
"""(what is done, of it, of all)."""


class ReadingFailed(RuntimeError):
    """Tasks that failed, one a line; what is done stays, and the same command goes on with the rest."""


class ReadOutcome(NamedTuple):
    """What became of a run. `present`: inputs that an earlier run has read; `repeated`: inputs with the bytes of another one."""

    manifest: Manifest | None
    present: int
    repeated: int


def part_of(sha256: str) -> str:
    return digest(READ, sha256, CODE)


def read(lake: LakeFolder, sources: list[Path], *, processes: int = 0, progress: Progress | None = None) -> ReadOutcome:
    """Read what no run has read yet. Raises NoInput, LakeBusy, ReadingFailed; MissingExtra where a library is not installed."""
    with lake.writer():
        listed = list(tasks(sources))
        of_bytes: dict[str, ReadTask] = {}
        for result in results(task_sha256, listed, processes, partial(progress, "checked") if progress else None):
            of_bytes.setdefault(result.value, result.task)
        known = {part["part"] for part in live_parts(lake, READ)}
        due = {sha256: task for sha256, task in of_bytes.items() if part_of(sha256) not in known}
        repeated = len(listed) - len(of_bytes)
        if not due:
            return ReadOutcome(None, len(of_bytes), repeated)
        parts = read_parts(lake, due, processes, progress)
        return ReadOutcome(finish_run(lake, READ, CODE, parts), len(of_bytes) - len(due), repeated)


def read_parts(lake: LakeFolder, due: dict[str, ReadTask], processes: int, progress: Progress | None) -> list[LakePart]:
    """What a run before this one has left is taken as it is."""
    jobs = [(str(lake.root), sha256, task) for sha256, task in due.items()]
    whole = [read_part(lake, READ, part_of(sha256)) for sha256 in due if lake.has(marker(READ, part_of(sha256)))]
    waiting = [job for job in jobs if not lake.has(marker(READ, part_of(job[1])))]
    report = partial(progress, "read") if progress else None
    return whole + [result.value for result in results(read_task, waiting, processes, report)]


def read_task(job: tuple[str, str, ReadTask]) -> LakePart:
    """In a process of its own. Raises OSError, SandboxMissing, FileChanged."""
    root, sha256, task = job
    source = PartSource(task.name, sha256, task.kind)
    return write_part(LakeFolder(Path(root)), READ, part_of(sha256), source, task_rows(task, sha256), ("pages", "unread"))


def results(
    work: Callable[[Any], Any], jobs: Sequence[Any], processes: int, progress: Callable[[int, int], None] | None
) -> list[local.TaskResult[Any]]:
    """All of them. Raises ReadingFailed when all have been tried and some failed."""
    done: list[local.TaskResult[Any]] = []
    for result in local.run(work, jobs, processes):
        done.append(result)
        if progress:
            progress(len(done), len(jobs))
    failures = [f"{name_of(result.task)}: {result.error}" for result in done if result.error]
    if failures:
        raise ReadingFailed("\n".join(sorted(failures)))
    return done


def name_of(task: Any) -> str:
    return str(task[2].name if isinstance(task[-1], ReadTask) else task.name)
