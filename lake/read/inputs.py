"""What is given to be read: files and folders as tasks, each with the digest of its bytes."""

from __future__ import annotations

import hashlib
import tempfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO, NamedTuple

from corpus.objects.s3 import is_bucket
from corpus.readers.budget import ALL, EACH, MEGABYTE
from lake.read.page import VERSION, LakePage, UnreadPage
from lake.read.places import Crawls, InputFile, fetch, head_of, input_files, sha256_of
from lake.read.sandboxed import CrawlFile, PageOrUnread, PieceBytes, crawl_cuts, crawl_rows, piece_rows, row_pieces, unread

LINES = (".jsonl", ".ndjson")
TABLES = (".parquet", ".parq")
ARCHIVES = (".warc", ".warc.gz", ".wet", ".wet.gz")
HEAD = 1 << 16  # bytes by which a file is known
ROWS = "1"  # changes when the same Parquet file would give other rows
PAGES = 5_000  # of a piece of an archive
UNCUT = 4 * MEGABYTE  # bytes of an archive with fewer
FILES, BYTES = 500, 100 * MEGABYTE  # of a task of small files


def code_version() -> str:
    """Of what reads: a part that another version made is not taken for one of ours."""
    from corpus.readers.records import (
        READERS,  # only for this: it brings the parsers, for which the processes of a run have no use
    )

    return "-".join([VERSION, *(f"{key}{reader.VERSION}" for key, reader in READERS.items()), f"rows{ROWS}"])


class FileChanged(RuntimeError):
    """A file is not what it was when it was listed."""


class ReadTask(NamedTuple):
    """Files that make one part. Its kind: warc, lines, rows, files. `piece`: of an archive that makes several, as `crawl_rows` takes it."""

    kind: str
    files: tuple[InputFile, ...]
    piece: tuple[int, int] = (0, 0)

    @property
    def name(self) -> str:
        first, last = self.files[0].name, self.files[-1].name
        start, end = self.piece
        if end or start:
            return f"{first} from byte {start:,} on"
        return first if len(self.files) == 1 else f"{first} … {last}"


def tasks(sources: Sequence[Crawls]) -> Iterator[ReadTask]:
    """Each archive and each file of lines or rows by itself, other files some hundred together. Raises NoInput, BucketError."""
    group: list[InputFile] = []
    for file in input_files(sources):
        kind = kind_of(file)
        if kind != "files":
            yield ReadTask(kind, (file,))
            continue
        if group and (
            len(group) == FILES
            or is_bucket(group[0].path) != is_bucket(file.path)
            or sum(each.size for each in group) + file.size > BYTES
        ):
            yield ReadTask("files", tuple(group))
            group = []
        group.append(file)
    if group:
        yield ReadTask("files", tuple(group))


def may_be_cut(task: ReadTask) -> bool:
    """An object of a bucket would be fetched for each piece."""
    file = task.files[0]
    return task.kind == "warc" and file.size > UNCUT and not is_bucket(file.path)


def cuts_of(task: ReadTask) -> list[int]:
    """Raises OSError, SandboxMissing."""
    return crawl_cuts(Path(task.files[0].path), PAGES)


def pieces(task: ReadTask, cuts: Sequence[int]) -> list[ReadTask]:
    """What is cut there; the task itself where nothing is."""
    return [ReadTask(task.kind, task.files, piece) for piece in pairwise([0, *cuts, 0])]


def kind_of(file: InputFile) -> str:
    """By its name or by its first bytes: an archive may be called anything."""
    name = file.name.lower()
    if name.endswith(ARCHIVES):
        return "warc"
    if name.endswith(LINES):
        return "lines"
    if name.endswith(TABLES):
        return "rows"
    try:
        head = head_of(file.path, HEAD, file.size)
        if head[:2] == b"\x1f\x8b":
            head = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(head, 5)
    except (OSError, zlib.error):
        return "files"  # whoever reads it says why it cannot be read
    return "warc" if head[:5] == b"WARC/" else "rows" if head[:4] == b"PAR1" else "files"


def task_sha256(task: ReadTask) -> str:
    """Of the bytes of its file; of many, of their names and digests. Raises OSError."""
    if len(task.files) == 1:
        return sha256_of(task.files[0].path)
    lines = "".join(f"{each.name}\t{sha256_of(each.path)}\n" for each in task.files)
    return hashlib.sha256(lines.encode()).hexdigest()


def task_rows(task: ReadTask, sha256: str) -> Iterator[tuple[str, PageOrUnread]]:
    """(table, row) of everything in its files, which have this digest. Raises SandboxMissing, OSError; FileChanged, at the end."""
    with fetched(task) as here:
        for row in readings(here, sha256):
            yield ("pages" if isinstance(row, LakePage) else "unread"), row
        if task_sha256(here) != sha256:
            raise FileChanged("the file changed while it was read")


@contextmanager
def fetched(task: ReadTask) -> Iterator[ReadTask]:
    """The task with files of this machine. Raises BucketError, FileNotFoundError."""
    if not is_bucket(task.files[0].path):
        yield task
        return
    with tempfile.TemporaryDirectory(prefix="attest-crawl-") as folder:
        files = []
        for number, file in enumerate(task.files):
            path = Path(folder, str(number))
            with path.open("wb") as into:
                fetch(file.path, into)
            files.append(InputFile(str(path), file.name, file.size))
        yield ReadTask(task.kind, tuple(files), task.piece)


def readings(task: ReadTask, sha256: str) -> Iterator[PageOrUnread]:
    crawl = CrawlFile(task.files[0].name, sha256)
    if task.kind == "warc":
        yield from crawl_rows(Path(task.files[0].path), crawl, task.piece)
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
