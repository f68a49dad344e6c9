"""A run that reads: from files and folders to parts of pages, and the manifest that makes them count."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from lake.engines.local import LocalEngine
from lake.engines.tasks import Engine, failures, looked_up, whole
from lake.files.addresses import LakeFiles, lake_at
from lake.files.parts import LakePart, Manifest, PartSource, digest, finish_run, live_parts, marker, read_part, write_part
from lake.files.progress import Progress
from lake.queries.database import READ
from lake.read.inputs import ReadTask, code_version, task_rows, task_sha256, tasks
from lake.read.places import Crawls


class ReadOutcome(NamedTuple):
    """What became of a run. `present`: inputs that an earlier run has read; `repeated`: inputs with the bytes of another one."""

    manifest: Manifest | None
    present: int
    repeated: int
    failures: list[str]


class ReadJob(NamedTuple):
    """A task with the digest of its bytes, and the part that it makes."""

    root: str
    part: str
    sha256: str
    task: ReadTask

    @property
    def name(self) -> str:
        return self.task.name


def part_of(sha256: str, code: str) -> str:
    return digest(READ, sha256, code)


def read(
    lake: LakeFiles,
    sources: Sequence[Crawls],
    *,
    processes: int = 0,
    engine: Engine | None = None,
    progress: Progress | None = None,
) -> ReadOutcome:
    """Read what no run has read yet. Raises NoInput, LakeBusy; MissingExtra where a library is not installed.

    Inputs that fail are tried again by the next run; the others count. `failures`: one line for each. `engine`: who runs the tasks,
    by default so many processes of this machine.
    """
    engine = engine or LocalEngine(processes)
    with lake.writer():
        code, listed = code_version(), list(tasks(sources))
        of_bytes: dict[str, ReadTask] = {}
        checked = engine.results(task_sha256, listed, partial(progress, "checked") if progress else None)
        for result in whole(checked):
            of_bytes.setdefault(result.value, result.task)
        known = {part["part"] for part in live_parts(lake, READ)}
        jobs = [ReadJob(lake.address, part_of(sha256, code), sha256, task) for sha256, task in of_bytes.items()]
        due = [job for job in jobs if job.part not in known]
        # What a run before this one has left is taken as it is.
        waiting = [job for job in due if not lake.has(marker(READ, job.part))]
        tried = engine.results(read_task, waiting, partial(progress, "read") if progress else None)
        tried = [looked_up(lake, READ, result) for result in tried]
        parts = [read_part(lake, READ, job.part) for job in due if lake.has(marker(READ, job.part))]
        manifest = finish_run(lake, READ, code, parts) if parts else None
        repeated = len(whole(checked)) - len(of_bytes)
        return ReadOutcome(manifest, len(jobs) - len(due), repeated, failures(checked) + failures(tried))


def read_task(job: ReadJob) -> LakePart:
    """In a process of its own. Raises OSError, SandboxMissing, FileChanged."""
    source = PartSource(job.name, job.sha256, job.task.kind)
    return write_part(lake_at(job.root), READ, job.part, source, task_rows(job.task, job.sha256), ("pages", "unread"))
