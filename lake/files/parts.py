"""Parts and runs. A part is what one task made of one input: its name is the digest of what it was made of, so that a task that
runs twice makes one part. A run counts once its manifest is there, which is written last and names its parts.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any, NamedTuple, NotRequired, TypedDict

from lake.files.addresses import LakeFiles
from lake.files.tables import TableWriter


class PartFile(TypedDict):
    file: str
    rows: int
    sha256: str


class LakePart(TypedDict):
    """What is known of a part; `source`, `sha256` and `kind`: what it was made of. `pieces`: where that makes more than one part, how many."""

    part: str
    source: str
    sha256: str
    kind: str
    pieces: NotRequired[int]
    tables: dict[str, PartFile]


class PartSource(NamedTuple):
    """What a part is made of: its name, the SHA-256 of its bytes, what sort of thing it is, and how many parts it makes."""

    name: str
    sha256: str
    kind: str
    pieces: int = 1


class Manifest(TypedDict):
    run: str
    kind: str
    version: str
    position: int
    """How many runs of its kind there were before."""
    parts: list[LakePart]
    counts: dict[str, int]


def digest(*values: str) -> str:
    return hashlib.sha256(json.dumps(values).encode()).hexdigest()[:32]


def marker(kind: str, part: str) -> str:
    return f"parts/{kind}/{part}.json"


def write_part(
    lake: LakeFiles, kind: str, part: str, source: PartSource, rows: Iterable[tuple[str, Any]], tables: Sequence[str]
) -> LakePart:
    """Write rows (table, row) to files, and then what names them. Where another task has made the part meanwhile, its part counts."""
    if lake.has(marker(kind, part)):
        return read_part(lake, kind, part)
    files: dict[str, PartFile] = {}
    with ExitStack() as stack:
        writers = {table: TableWriter(table, stack.enter_context(lake.scratch())) for table in tables}
        for table, row in rows:
            writers[table].add(row)
        for table, writer in writers.items():
            sha256 = writer.close()
            name = f"{table}/{part}-{sha256[:16]}.parquet"
            lake.put_file(name, writer.path)
            files[table] = PartFile(file=name, rows=writer.rows, sha256=sha256)
    whole = LakePart(part=part, source=source.name, sha256=source.sha256, kind=source.kind, tables=files)
    if source.pieces > 1:
        whole["pieces"] = source.pieces
    lake.put_json(marker(kind, part), whole)
    return read_part(lake, kind, part)


def read_part(lake: LakeFiles, kind: str, part: str) -> LakePart:
    values: LakePart = lake.read_json(marker(kind, part))
    return values


def manifests(lake: LakeFiles, kind: str) -> list[Manifest]:
    """In the order in which the runs were finished."""
    rows: list[Manifest] = [lake.read_json(name) for name in lake.names(f"runs/{kind}", ".json")]
    return sorted(rows, key=lambda row: (row["position"], row["run"]))


def finish_run(lake: LakeFiles, kind: str, version: str, parts: Sequence[LakePart]) -> Manifest:
    """Write the manifest of a run; the one that is there already where the same parts were a run before."""
    run = digest(kind, version, *sorted(part["part"] for part in parts))
    name = f"runs/{kind}/{run}.json"
    counts: dict[str, int] = {}
    for part in parts:
        for table, file in part["tables"].items():
            counts[table] = counts.get(table, 0) + file["rows"]
    ordered = sorted(parts, key=lambda part: (part["source"], part["part"]))
    position = len(manifests(lake, kind))
    lake.put_json(name, Manifest(run=run, kind=kind, version=version, position=position, parts=ordered, counts=counts))
    manifest: Manifest = lake.read_json(name)
    return manifest


@dataclass
class SourceParts:
    """What one version made of one source."""

    version: str
    parts: dict[str, LakePart] = field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        return all(len(self.parts) == part.get("pieces", 1) for part in self.parts.values())


def live_sources(lake: LakeFiles, kind: str) -> dict[str, SourceParts]:
    """Of all runs, what counts of each source, by its SHA-256: a crawl that was read again by newer readers counts once, the newest that is whole."""
    live: dict[str, SourceParts] = {}
    coming: dict[str, SourceParts] = {}
    for manifest in manifests(lake, kind):
        for part in manifest["parts"]:
            sha256 = part["sha256"]
            if sha256 not in coming or coming[sha256].version != manifest["version"]:
                coming[sha256] = SourceParts(manifest["version"])
            coming[sha256].parts[part["part"]] = part
            if coming[sha256].is_whole or sha256 not in live:
                live[sha256] = coming[sha256]
    return live


def live_parts(lake: LakeFiles, kind: str) -> list[LakePart]:
    return [part for source in live_sources(lake, kind).values() for part in source.parts.values()]


def files_of(lake: LakeFiles, parts: Iterable[LakePart], table: str) -> list[str]:
    """Where the files with rows lie."""
    return [lake.location(part["tables"][table]["file"]) for part in parts if part["tables"][table]["rows"]]
