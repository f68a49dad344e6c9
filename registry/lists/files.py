"""Files of lists: opened with a limit on their size, read as lines of text, or as members of an archive that may be a bomb."""

from __future__ import annotations

import csv
import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from corpus.readers.archive import overlap
from corpus.readers.budget import HARMLESS, MEGABYTE, RATIO
from registry.lists.record import UnreadableList

THE_FILE = "the file"  # in messages: who reads it knows a descriptor, and no name
LARGEST_FILE = 300 * MEGABYTE  # also of a member of an archive, unpacked
LONGEST_LINE = MEGABYTE  # bytes
MOST_FIELD = 100_000  # characters, of a field of CSV
MOST_MEMBERS = 1_000
END = "\x1a"  # ends a text file of DOS
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, RuntimeError, NotImplementedError, OSError)


@contextmanager
def opened(file: Path) -> Iterator[BinaryIO]:
    """The file, if it is no larger than the limit."""
    if (size := file.stat().st_size) > LARGEST_FILE:
        raise UnreadableList(f"{THE_FILE}: has {size // MEGABYTE} MB, {LARGEST_FILE // MEGABYTE} MB are the limit")
    with file.open("rb") as stream:
        yield stream


def is_zip(head: bytes) -> bool:
    return head.startswith(ZIP)


# Text


def lines(stream: BinaryIO, name: str) -> Iterator[str]:
    """Lines of UTF-8, with or without a byte order mark, up to the end or 0x1A, with their line ends."""
    number = 0
    while line := stream.readline(LONGEST_LINE + 1):
        number += 1
        location = f"{name}, line {number:,}"
        kept, end, rest = decoded(line, location).partition(END)
        yield kept.removeprefix("\ufeff") if number == 1 else kept
        if end:
            check_end(rest + decoded(stream.read(LONGEST_LINE), location), location)
            return


def decoded(line: bytes, location: str) -> str:
    if len(line) > LONGEST_LINE:
        raise UnreadableList(f"{location}: has more than {LONGEST_LINE // MEGABYTE} MB")
    if b"\x00" in line:
        raise UnreadableList(f"{location}: contains NUL")
    try:
        return line.decode()
    except UnicodeDecodeError as error:
        raise UnreadableList(f"{location}: not UTF-8 ({error.reason}); save the file as UTF-8") from None


def check_end(rest: str, location: str) -> None:
    if rest.strip(f"{END}\r\n \t"):
        raise UnreadableList(f"{location}: the text continues after its end (0x1A)")


class CsvRows:
    """Rows of CSV, none with a field over the limit, which is one of the process: whoever else reads CSV there has another."""

    def __init__(self, texts: Iterable[str], **dialect: Any) -> None:
        self.reader = csv.reader(texts, strict=True, **dialect)

    def __iter__(self) -> Iterator[list[str]]:
        return self

    def __next__(self) -> list[str]:
        csv.field_size_limit(MOST_FIELD)
        return next(self.reader)

    @property
    def line_num(self) -> int:
        return self.reader.line_num


def rows(texts: Iterable[str], name: str) -> Iterator[tuple[int, list[str]]]:
    """(number of its last line, fields) of each row of CSV that is not empty."""
    reader = CsvRows(texts)
    try:
        for row in reader:
            if any(field.strip() for field in row):
                yield reader.line_num, row
    except csv.Error as error:
        raise UnreadableList(f"{name}, line {reader.line_num:,}: not CSV: {error}") from None


# Archives


@contextmanager
def archive(file: Path) -> Iterator[zipfile.ZipFile]:
    """A ZIP archive that has no more members than allowed, none inside another."""
    with opened(file) as stream:
        try:
            opened_archive = zipfile.ZipFile(stream)
        except FAULTS as error:
            raise UnreadableList(f"{THE_FILE}: not a ZIP archive: {error}") from None
        if len(opened_archive.infolist()) > MOST_MEMBERS:
            raise UnreadableList(f"{THE_FILE}: has more than {MOST_MEMBERS:,} files")
        if overlap(opened_archive.infolist()):
            raise UnreadableList(f"{THE_FILE}: files in the archive overlap, like in a ZIP bomb")
        yield opened_archive


def member(opened_archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> BinaryIO:
    """A stream of what a member unpacks to; it is counted as it unpacks, whatever the archive says of it."""
    location = f"{name}, {info.filename}"
    if info.flag_bits & 1:
        raise UnreadableList(f"{location}: is password-protected")
    # The other methods give all that a piece unpacks to at once.
    if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise UnreadableList(f"{location}: is compressed by another method than Deflate")
    try:
        return io.BufferedReader(CountedMember(opened_archive.open(info), info.compress_size, location))
    except FAULTS as error:
        raise UnreadableList(f"{location}: {error}") from None


class CountedMember(io.RawIOBase):
    """What a member unpacks to, until it is too much."""

    def __init__(self, stream: Any, packed: int, location: str) -> None:
        self.stream, self.packed, self.location, self.size = stream, packed, location, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            piece = self.stream.read(len(buffer))
        except FAULTS as error:
            raise UnreadableList(f"{self.location}: {error}") from None
        self.size += len(piece)
        if self.size > LARGEST_FILE:
            raise UnreadableList(f"{self.location}: expands to more than {LARGEST_FILE // MEGABYTE} MB")
        if self.size > HARMLESS and self.size > RATIO * max(1, self.packed):
            raise UnreadableList(f"{self.location}: expands to more than {RATIO} times its size, like a ZIP bomb")
        buffer[: len(piece)] = piece
        return len(piece)
