"""Pages of a crawl, read by processes in the sandbox: a page that kills its reader is unread, and the next process goes on behind it.

Knows no Django and no database, so that an executor can run it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from corpus.readers import sandboxed
from corpus.readers.budget import SECONDS
from corpus.readers.sandboxed import PATIENT_SECONDS, Child, DeadError
from corpus.sandbox.frames import send
from corpus.sandbox.layers import REMEDY
from lake.read.page import LakePage, UnreadPage, page_from, page_id

type PageOrUnread = LakePage | UnreadPage


class CrawlFile(NamedTuple):
    """A file of a crawl: its name in the lake, and what it is by its bytes."""

    name: str
    sha256: str


class PieceBytes(NamedTuple):
    """A thing in a file that is no web archive: a line, a row, or the whole. `name` is what its reader goes by; `label` names what came of it.

    `row`: its number where it has no bytes of its own in the file.
    """

    crawl: CrawlFile
    name: str
    offset: int
    data: bytes
    label: str = ""
    row: int | None = None


class SandboxMissing(RuntimeError):
    """Nothing is read here, since the sandbox does not hold."""


class PageReader(Child):
    """The process. Before a thing it says where that is; `at` is the thing that it has not done with, `behind` where the next begins."""

    silence = PATIENT_SECONDS

    def __init__(self, descriptor: int | None, name: str, start: int = 0, end: int = 0) -> None:
        files = [] if descriptor is None else [descriptor]
        super().__init__("lake.read", "-" if descriptor is None else str(descriptor), name, str(start), str(end), files=files)
        self.at: tuple[int, int] | None = None
        self.name, self.behind, self.goes_on = name, start, False

    def ask(self, piece: PieceBytes) -> None:
        """Raises DeadError."""
        self.read += 1
        header = {"name": piece.name, "offset": piece.offset, "length": len(piece.data)}
        try:
            send(self.process.stdin, header, piece.data)
        except BrokenPipeError:
            raise DeadError(self.why()) from None

    def frames(self) -> Iterator[dict[str, Any]]:
        """What it sends until it has no more. Raises DeadError."""
        while True:
            frame = self.header()
            if "at" in frame:
                offset, length = self.understood(positions, frame["at"])
                self.at, self.name, self.behind = (offset, length), str(frame["name"]), offset + length
            elif "done" in frame:
                self.at = None
            else:
                yield frame
            if "go_on" in frame:
                self.behind, self.goes_on = self.understood(int, frame["go_on"]), True
            if "end" in frame or "go_on" in frame:
                return

    def rows(self, crawl: CrawlFile) -> Iterator[PageOrUnread]:
        for frame in self.frames():
            if "damaged" in frame:
                yield unread(crawl, (self.behind, 0), crawl.name, "crawl", str(frame["damaged"]))
            elif "stage" in frame:
                yield self.understood(row_from, frame, crawl, self.at or (self.behind, 0))


def check_layers(reader: Child) -> None:
    """Raises SandboxMissing, DeadError."""
    if not reader.layers().hold and sandboxed.strict:
        reader.close()
        raise SandboxMissing(f"Files cannot be read, since the sandbox of the readers is not available: {REMEDY}.")


def crawl_rows(path: Path, crawl: CrawlFile, piece: tuple[int, int] = (0, 0)) -> Iterator[PageOrUnread]:
    """The pages of a web archive in the order of the file, and what in it is no page. Raises SandboxMissing, OSError.

    `piece`: where its first record begins, and the first one behind it; 0 for the end of the file.
    """
    with path.open("rb") as file:
        start, end = piece
        size = end or os.fstat(file.fileno()).st_size
        while start < size:
            reader = PageReader(file.fileno(), crawl.name, start, end)
            try:
                check_layers(reader)
                yield from reader.rows(crawl)
                start = reader.behind if reader.goes_on else size
            except DeadError as error:
                yield dead(reader, crawl, error)
                start = max(start + 1, reader.behind) if reader.at else size
            finally:
                reader.close()


def piece_rows(pieces: Iterable[PieceBytes]) -> Iterator[PageOrUnread]:
    """The same for things that are given as bytes, each by itself. Raises SandboxMissing."""
    reader: PageReader | None = None
    try:
        for piece in pieces:
            if reader is None or not reader.is_fit:
                if reader:
                    reader.close()
                reader = PageReader(None, piece.name)
                check_layers(reader)
            try:
                reader.ask(piece)
                for row in reader.rows(piece.crawl):
                    yield as_piece(row, piece)
            except DeadError as error:
                reader.at, reader.name = (piece.offset, len(piece.data)), piece.label or piece.name
                yield as_piece(dead(reader, piece.crawl, error), piece)
                reader.close()
                reader = None
    finally:
        if reader:
            reader.close()


def as_piece(row: PageOrUnread, piece: PieceBytes) -> PageOrUnread:
    """With the name and the position of the piece that it was read from."""
    if piece.label:
        row = replace(row, name=piece.label)
    if piece.row is None:
        return row
    if isinstance(row, UnreadPage):
        return replace(row, offset=0, length=0)
    return replace(row, offset=0, length=0, number=piece.row, page=page_id(row.crawl_sha256, 0, piece.row))


class CutFinder(Child):
    """The process that looks where an archive can be cut."""

    silence = SECONDS

    def __init__(self, descriptor: int, every: int) -> None:
        super().__init__("lake.read.cuts", str(descriptor), str(every), files=[descriptor])

    def cuts(self) -> list[int]:
        """Raises DeadError."""
        return self.understood(rising, self.header()["cuts"])


def rising(values: Any) -> list[int]:
    """Raises ValueError or TypeError."""
    numbers = [int(each) for each in values]
    if any(before >= after for before, after in pairwise([0, *numbers])):
        raise ValueError("no places in a file, one behind the other")
    return numbers


def crawl_cuts(path: Path, every: int) -> list[int]:
    """Behind each so many pages of an archive; none of one that its process does not survive. Raises SandboxMissing, OSError."""
    with path.open("rb") as file:
        finder = CutFinder(file.fileno(), every)
        try:
            check_layers(finder)
            return finder.cuts()
        except DeadError:
            return []  # it is read in one piece, which says where its damage lies
        finally:
            finder.close()


class RowReader(Child):
    """The process that takes rows out of a Parquet file."""

    silence = PATIENT_SECONDS

    def __init__(self, descriptor: int) -> None:
        super().__init__("lake.read.rows", str(descriptor), files=[descriptor])

    def rows(self) -> Iterator[tuple[int, str, bytes]]:
        """(number, why it cannot be read or nothing, JSON); the last has the number -1 where the file is damaged. Raises DeadError."""
        while not (frame := self.header()).get("end"):
            yield self.understood(row_of, frame)
        if frame.get("damaged"):
            yield -1, str(frame["damaged"]), b""


def row_of(frame: dict[str, Any]) -> tuple[int, str, bytes]:
    number, why, data = frame["row"], frame["why"], frame["data"]
    if not (isinstance(number, int) and number >= 0 and isinstance(why, str)):
        raise TypeError("no row")
    return number, why, data


def row_pieces(path: Path, crawl: CrawlFile, lost: list[UnreadPage]) -> Iterator[PieceBytes]:
    """Each row of a Parquet file as a thing to be read; `lost` gets what is none. Raises SandboxMissing, OSError."""
    with path.open("rb") as file:
        reader, behind = RowReader(file.fileno()), 0
        try:
            check_layers(reader)
            for number, why, data in reader.rows():
                label = f"{crawl.name}:{number + 1}"
                if number < 0:
                    lost.append(unread(crawl, (0, 0), crawl.name, "crawl", from_row(behind, why)))
                elif why:
                    lost.append(unread(crawl, (0, 0), label, "page", why))
                else:
                    yield PieceBytes(crawl, f"{crawl.name}.json", 0, data, label, number)
                behind = number + 1
        except DeadError as error:
            lost.append(unread(crawl, (0, 0), crawl.name, "crawl", from_row(behind, str(error))))
        finally:
            reader.close()


def from_row(behind: int, why: str) -> str:
    return f"the Parquet file cannot be read{f' from row {behind + 1:,} on' if behind else ''}: {why}"


def dead(reader: PageReader, crawl: CrawlFile, error: DeadError) -> UnreadPage:
    """What a process was reading when it ended; between two things it is the file itself that did it."""
    if reader.at:
        return unread(crawl, reader.at, reader.name, "page", str(error))
    why = f"the web archive cannot be read from byte {reader.behind:,} on: {error}"
    return unread(crawl, (reader.behind, 0), crawl.name, "crawl", why)


def unread(crawl: CrawlFile, at: tuple[int, int], name: str, stage: str, why: str) -> UnreadPage:
    return UnreadPage(
        crawl=crawl.name, crawl_sha256=crawl.sha256, offset=at[0], length=at[1], name=name[:2_000], stage=stage, why=why[:1_000]
    )


def row_from(frame: dict[str, Any], crawl: CrawlFile, at: tuple[int, int]) -> PageOrUnread:
    """Its position is what we have been given for the thing, whatever the row says of itself."""
    if frame["stage"]:
        return unread(crawl, at, str(frame["name"]), str(frame["stage"]), str(frame["why"]))
    number = int(frame["number"])
    ours = {"crawl": crawl.name, "crawl_sha256": crawl.sha256, "page": page_id(crawl.sha256, at[0], number)}
    return page_from(frame | ours | {"offset": at[0], "length": at[1], "minima": frame["data"]})


def positions(values: Any) -> tuple[int, int]:
    """Raises ValueError or TypeError."""
    offset, length = map(int, values)
    if offset < 0 or length < 0:
        raise ValueError("a position before the file")
    return offset, length
