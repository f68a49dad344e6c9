"""A run that screens: the names of a list over the texts of all pages, without reading a page anew."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from lake.engines.local import LocalEngine
from lake.engines.tasks import Engine, failures, looked_up
from lake.extras import needed
from lake.files.addresses import LakeFiles, lake_at
from lake.files.parts import LakePart, Manifest, PartSource, digest, finish_run, live_parts, marker, read_part, write_part
from lake.files.progress import Progress
from lake.names.listed import VERSION, ListName, NameTable
from lake.queries.database import NAMES, READ

AT_ONCE = 500  # texts in memory


class ScreeningFailed(RuntimeError):
    """Parts that could not be screened, one a line; what is done stays, and the same command goes on with the rest."""


class NamesJob(NamedTuple):
    """The names of one list in the pages of one part. `names` and `pages`: files of the lake; `name`: what the pages were read from."""

    root: str
    names: str
    list: str
    part: str
    page_part: str
    pages: str
    name: str


class NameRow(NamedTuple):
    text_sha256: str
    list: str
    entry: str
    name: str
    start: int
    end: int
    quote: str


class ScreenOutcome(NamedTuple):
    """What became of a run; `screened` parts of pages that an earlier run has left."""

    manifest: Manifest
    screened: int


def screen(
    lake: LakeFiles,
    list_key: str,
    names: Iterable[ListName],
    *,
    processes: int = 0,
    engine: Engine | None = None,
    progress: Progress | None = None,
) -> ScreenOutcome:
    """Find the names of a list in all texts. `list_key`: the list with its version. Raises LakeBusy, ScreeningFailed, MissingExtra."""
    engine = engine or LocalEngine(processes)
    with lake.writer():
        file = put_names(lake, list_key, names)
        jobs = [job(lake, file, list_key, part) for part in live_parts(lake, READ)]
        waiting = [each for each in jobs if not lake.has(marker(NAMES, each.part))]
        report = (lambda done, total: progress("screened", done, total)) if progress else None
        tried = [looked_up(lake, NAMES, result) for result in engine.results(names_task, waiting, report)]
        if failed := failures(tried):
            raise ScreeningFailed("\n".join(failed))
        parts = [read_part(lake, NAMES, each.part) for each in jobs]
        return ScreenOutcome(finish_run(lake, NAMES, f"{list_key} {VERSION}", parts), len(jobs) - len(waiting))


def put_names(lake: LakeFiles, list_key: str, names: Iterable[ListName]) -> str:
    """Keep a list in the lake, where every process finds it; its name is of what it says."""
    rows = sorted({(name.entry, name.name) for name in names})
    sha256 = hashlib.sha256(repr(rows).encode()).hexdigest()
    file = f"lists/{sha256[:32]}.json"
    lake.put_json(file, {"list": list_key, "names": rows})
    return file


def job(lake: LakeFiles, file: str, list_key: str, part: LakePart) -> NamesJob:
    name = digest(NAMES, VERSION, list_key, file, part["part"])
    return NamesJob(lake.address, file, list_key, name, part["part"], part["tables"]["pages"]["file"], part["source"])


def names_task(work: NamesJob) -> LakePart:
    """In a process of its own."""
    lake = lake_at(work.root)
    source = PartSource(work.list, work.page_part, NAMES)
    return write_part(lake, NAMES, work.part, source, ((NAMES, row) for row in rows(lake, work)), [NAMES])


def rows(lake: LakeFiles, work: NamesJob) -> Iterator[NameRow]:
    """Each text once, whichever pages of the part have it."""
    table, seen = name_table(work.root, work.names), set()
    for sha256, text in texts(lake, work.pages):
        if sha256 in seen:
            continue
        seen.add(sha256)
        for passage in table.passages(text):
            yield NameRow(sha256, work.list, passage.entry, passage.name, passage.start, passage.end, passage.quote)


@lru_cache(maxsize=1)
def name_table(root: str, file: str) -> NameTable:
    """Made once in each process."""
    return NameTable(ListName(*row) for row in lake_at(root).read_json(file)["names"])


def texts(lake: LakeFiles, file: str) -> Iterator[tuple[str, str]]:
    with lake.open(file) as stream:
        pages: Any = needed("pyarrow.parquet").ParquetFile(stream)
        for batch in pages.iter_batches(batch_size=AT_ONCE, columns=["text_sha256", "text"]):
            columns = batch.to_pydict()
            yield from zip(columns["text_sha256"], columns["text"], strict=True)
