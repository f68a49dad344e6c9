"""What is given to be read: files and folders as tasks, each with the digest of its bytes."""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from corpus.readers.budget import ALL, EACH, MEGABYTE
from lake.read.page import VERSION, LakePage, UnreadPage
from lake.read.sandboxed import CrawlFile, PageOrUnread, PieceBytes, crawl_rows, piece_rows, row_pieces, unread

LINES = (".jsonl", ".ndjson")
TABLES = (".parquet", ".parq")
ARCHIVES = (".warc", ".warc.gz", ".wet", ".wet.gz")
ROWS = "1"  # changes when the same Parquet file would give other rows
FILES, BYTES = 500, 100 * MEGABYTE  # of a task of small files


def code_version() -> str:
    """Of what reads: a part that another version made is not taken for one of ours."""
    from corpus.readers.records import (
        READERS,  # only for this: it brings the parsers, for which the processes of a run have no use
    )

    return "-".join([VERSION, *(f"{key}{reader.VERSION}" for key, reader in READERS.items()), f"rows{ROWS}"])


class NoInput(ValueError):
    """A path that cannot be read from; the message says which and why."""


class FileChanged(RuntimeError):
    """A file is not what it was when it was listed."""


class InputFile(NamedTuple):
    """`name`: its path from where it was named, as it is known in the lake."""

    path: str
    name: str
    size: int


class ReadTask(NamedTuple):
    """Files that make one part. Its kind: warc, lines, rows, files."""

    kind: str
    files: tuple[InputFile, ...]

    @property
    def name(self) -> str:
        first, last = self.files[0].name, self.files[-1].name
        return first if len(self.files) == 1 else f"{first} … {last}"


def tasks(sources: list[Path]) -> Iterator[ReadTask]:
    """Each archive and each file of lines or rows by itself, other files some hundred together. Raises NoInput."""
    group: list[InputFile] = []
    for file in input_files(sources):
        kind = kind_of(Path(file.path))
        if kind != "files":
            yield ReadTask(kind, (file,))
            continue
        if group and (len(group) == FILES or sum(each.size for each in group) + file.size > BYTES):
            yield ReadTask("files", tuple(group))
            group = []
        group.append(file)
    if group:
        yield ReadTask("files", tuple(group))


def input_files(sources: list[Path]) -> Iterator[InputFile]:
    for source in sources:
        if not source.exists():
            raise NoInput(f"{source}: no such file or folder")
        paths = sorted(path for path in source.rglob("*") if path.is_file()) if source.is_dir() else [source]
        if not paths:
            raise NoInput(f"{source}: the folder is empty")
        for path in paths:
            name = path.relative_to(source.parent).as_posix() if source.is_dir() else source.name
            yield InputFile(str(path.absolute()), name, path.stat().st_size)


def kind_of(path: Path) -> str:
    """By its name or by its first bytes: an archive may be called anything."""
    name = path.name.lower()
    if name.endswith(ARCHIVES):
        return "warc"
    if name.endswith(LINES):
        return "lines"
    if name.endswith(TABLES):
        return "rows"
    try:
        with path.open("rb") as file:
            head = file.read(5)
    except OSError:
        return "files"  # whoever reads it says why it cannot be read
    if head[:2] == b"\x1f\x8b":
        try:
            with gzip.open(path) as packed:
                head = packed.read(5)
        except (OSError, EOFError, zlib.error):
            return "files"
    return "warc" if head == b"WARC/" else "rows" if head[:4] == b"PAR1" else "files"


def task_sha256(task: ReadTask) -> str:
    """Of the bytes of its file; of many, of their names and digests. Raises OSError."""
    if len(task.files) == 1:
        return sha256_of(task.files[0].path)
    lines = "".join(f"{each.name}\t{sha256_of(each.path)}\n" for each in task.files)
    return hashlib.sha256(lines.encode()).hexdigest()


def sha256_of(path: str) -> str:
    with Path(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def task_rows(task: ReadTask, sha256: str) -> Iterator[tuple[str, PageOrUnread]]:
    """(table, row) of everything in its files, which have this digest. Raises SandboxMissing, OSError; FileChanged, at the end."""
    for row in readings(task, sha256):
        yield ("pages" if isinstance(row, LakePage) else "unread"), row
    if task_sha256(task) != sha256:
        raise FileChanged("the file changed while it was read")


def readings(task: ReadTask, sha256: str) -> Iterator[PageOrUnread]:
    crawl = CrawlFile(task.files[0].name, sha256)
    if task.kind == "warc":
        yield from crawl_rows(Path(task.files[0].path), crawl)
        return
    lost: list[UnreadPage] = []
    yield from piece_rows(pieces_of(task, crawl, lost))
    yield from lost


def pieces_of(task: ReadTask, crawl: CrawlFile, lost: list[UnreadPage]) -> Iterator[PieceBytes]:
    if task.kind == "rows":
        return row_pieces(Path(task.files[0].path), crawl, lost)
    return lines(task.files[0], crawl, lost) if task.kind == "lines" else whole_files(task.files, lost)


def lines(file: InputFile, crawl: CrawlFile, too_large: list[UnreadPage]) -> Iterator[PieceBytes]:
    """Each line with its number; no more than the longest is in memory."""
    with Path(file.path).open("rb") as stream:
        offset, number = 0, 0
        while line := stream.readline(EACH + 1):
            length, number = len(line) + rest_of_line(stream, line), number + 1
            label = f"{file.name}:{number}"
            if length > EACH:
                why = f"the line has more than {EACH // MEGABYTE} MB"
                too_large.append(unread(crawl, (offset, length), label, "crawl", why))
            elif line.strip():
                yield PieceBytes(crawl, file.name, offset, line, label)
            offset += length


def rest_of_line(stream: BinaryIO, line: bytes) -> int:
    """How many bytes of a line that was not read to its end follow; they are passed over."""
    length = 0
    while line and not line.endswith(b"\n"):
        line = stream.readline(EACH)
        length += len(line)
    return length


def whole_files(files: tuple[InputFile, ...], too_large: list[UnreadPage]) -> Iterator[PieceBytes]:
    for file in files:
        crawl = CrawlFile(file.name, sha256_of(file.path))
        if file.size > ALL:
            why = f"the file has more than {ALL // MEGABYTE} MB"
            too_large.append(unread(crawl, (0, file.size), file.name, "crawl", why))
            continue
        yield PieceBytes(crawl, file.name, 0, Path(file.path).read_bytes())
