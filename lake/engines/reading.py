"""A run that reads: from files and folders to parts of pages, and the manifest that makes them count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import NamedTuple

from lake.engines.local import LocalEngine
from lake.engines.tasks import Engine, failures, looked_up, whole
from lake.files.addresses import LakeFiles, lake_at
from lake.files.parts import LakePart, Manifest, PartSource, digest, finish_run, live_sources, marker, read_part, write_part
from lake.files.progress import Progress
from lake.queries.database import READ
from lake.read.inputs import ReadTask, code_version, cuts_of, may_be_cut, pieces, task_rows, task_sha256, tasks
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
    pieces: int = 1

    @property
    def name(self) -> str:
        return self.task.name


def part_of(sha256: str, code: str, piece: tuple[int, int] = (0, 0)) -> str:
    return digest(READ, sha256, code, *map(str, piece if any(piece) else ()))


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
        known = {sha256 for sha256, source in live_sources(lake, READ).items() if source.version == code and source.is_whole}
        new = {sha256: task for sha256, task in of_bytes.items() if sha256 not in known}
        due, uncut = jobs_of(lake, code, new, engine, progress)
        # What a run before this one has left is taken as it is.
        waiting = [job for job in due if not lake.has(marker(READ, job.part))]
        tried = engine.results(read_task, waiting, partial(progress, "read") if progress else None)
        tried = [looked_up(lake, READ, result) for result in tried]
        parts = [read_part(lake, READ, job.part) for job in due if lake.has(marker(READ, job.part))]
        manifest = finish_run(lake, READ, code, parts) if parts else None
        repeated = len(whole(checked)) - len(of_bytes)
        return ReadOutcome(manifest, len(of_bytes) - len(new), repeated, failures(checked) + uncut + failures(tried))


def jobs_of(
    lake: LakeFiles, code: str, new: Mapping[str, ReadTask], engine: Engine, progress: Progress | None
) -> tuple[list[ReadJob], list[str]]:
    """A job for each input, by its SHA-256, or for each piece of a large archive; and a line for each that cannot be cut."""
    sha256_of = {task: sha256 for sha256, task in new.items()}
    large = [task for task in sha256_of if may_be_cut(task) and not lake.has(marker(READ, part_of(sha256_of[task], code)))]
    measured = engine.results(cuts_of, large, partial(progress, "measured") if progress and large else None) if large else []
    cuts = {result.task: result.value for result in whole(measured)}
    jobs = []
    for task, sha256 in sha256_of.items():
        if task in large and task not in cuts:
            continue
        cut = pieces(task, cuts.get(task, ()))
        jobs += [ReadJob(lake.address, part_of(sha256, code, one.piece), sha256, one, len(cut)) for one in cut]
    return jobs, failures(measured)


def read_task(job: ReadJob) -> LakePart:
    """In a process of its own. Raises OSError, SandboxMissing, FileChanged."""
    source = PartSource(job.task.files[0].name if job.pieces > 1 else job.name, job.sha256, job.task.kind, job.pieces)
    return write_part(lake_at(job.root), READ, job.part, source, task_rows(job.task, job.sha256), ("pages", "unread"))
