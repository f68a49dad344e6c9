"""ZIP archives, written piece by piece and read with a limit on what they unfold to. Pure."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import IO, Any, BinaryIO

from annotations.formats.base import Unreadable
from annotations.formats.files.end_record import REPORT
from annotations.formats.files.zip_writing import zipped
from corpus.readers.budget import EACH, HARMLESS, MEGABYTE, RATIO

__all__ = ["DAY", "LARGEST_MEMBER", "Archive", "Drain", "is_zip", "read_each", "unwrapped", "zipped"]

LARGEST_MEMBER = EACH  # bytes, unfolded, of what is held in memory: a member that is read whole, or a line of one that is not
LARGEST_WHOLE = 2_000 * MEGABYTE  # of all members of an archive that is loaded: most are read piece by piece
PIECE = 2**16  # bytes that are read at a time
FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    EOFError,
    ValueError,
    RuntimeError,
    NotImplementedError,
    KeyError,
)
DAY = (1980, 1, 1, 0, 0, 0)  # the same content makes the same bytes


class Drain(io.RawIOBase):
    """A file that cannot go back, and gives away what was written to it."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, piece: bytes) -> int:  # type: ignore[override]
        self.pieces.append(bytes(piece))
        return len(piece)

    def taken(self) -> bytes:
        content, self.pieces = b"".join(self.pieces), []
        return content


def is_zip(file: BinaryIO) -> bool:
    """Looks at the first bytes; the file must be able to go back."""
    head = file.read(4)
    file.seek(0)
    return head in (b"PK\x03\x04", b"PK\x05\x06")


def in_megabytes(size: int) -> str:
    return f"{size / MEGABYTE:,g} MB"


def read_each[T](archive: Archive, ending: str, read: Callable[[str], Iterable[T]]) -> Iterator[T | Unreadable]:
    """What is read of the members with that ending. One that cannot be read is told, and the others are read."""
    members = [name for name in archive.names if name.lower().endswith(ending)]
    if not members:
        raise Unreadable(f"{archive.name}: contains no {ending} file")
    for member in members:
        try:
            yield from read(member)
        except Unreadable as error:
            yield error


def unwrapped(file: BinaryIO, name: str) -> BinaryIO:
    """The file itself, or the one that a download with its report has in it."""
    if not is_zip(file):
        return file
    archive = Archive(file, name)
    inner = archive.reported()
    file.seek(0)
    return archive.stream(inner) if inner and not inner.endswith(".zip") else file


class Archive:
    """The members of an archive, by name. Every failure is Unreadable, with the member's name.

    Of a download with its report that has an archive in it, the members of that.
    """

    def __init__(self, file: BinaryIO, name: str, most: int = LARGEST_WHOLE) -> None:
        """`most`: bytes that may be read of all members together."""
        self.name, self.read_so_far, self.most = name, 0, most
        self.open(file, name)
        if (inner := self.reported()) and inner.endswith(".zip"):
            self.open(io.BytesIO(self.content(inner)), self.location(inner))

    def open(self, file: BinaryIO, name: str) -> None:
        try:
            self.archive = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise Unreadable(f"{name}: not a ZIP archive: {error}") from None
        self.names = [info.filename for info in self.archive.infolist() if not info.is_dir()]

    def reported(self) -> str | None:
        """The file that stands with nothing but its report."""
        others = [name for name in self.names if name != REPORT]
        return others[0] if len(others) == 1 and REPORT in self.names else None

    def stream(self, member: str) -> BinaryIO:
        """To be read piece by piece, from the start again after `seek(0)`."""
        return io.BufferedReader(Unfolding(self, member), PIECE)

    def count(self, size: int, member: str, unfolded: int) -> None:
        """`size` bytes more, which makes `unfolded` of this member. Raises Unreadable for what is too much."""
        self.read_so_far += size
        if self.read_so_far > self.most:
            raise Unreadable(f"{self.location(member)}: the archive expands to more than {in_megabytes(self.most)}")
        # What the directory says of the packed size holds: zipfile opens no member that reaches into the next one.
        if unfolded > HARMLESS and unfolded > RATIO * self.archive.getinfo(member).compress_size:
            raise Unreadable(f"{self.location(member)}: expands to more than {RATIO} times its size, like a ZIP bomb")

    def location(self, member: str) -> str:
        return f"{self.name}, {member}"

    def pieces(self, member: str) -> Iterator[bytes]:
        """Counts what really unfolds, whatever the archive says of it."""
        unfolded = 0
        with self.opened(member) as stream:
            while piece := self.piece(stream, PIECE, member):
                unfolded += len(piece)
                self.count(len(piece), member, unfolded)
                if unfolded > LARGEST_MEMBER:
                    raise Unreadable(f"{self.location(member)}: expands to more than {in_megabytes(LARGEST_MEMBER)}")
                yield piece

    def opened(self, member: str) -> IO[bytes]:
        try:
            return self.archive.open(member)
        except FAULTS as error:
            raise Unreadable(f"{self.location(member)}: {error}") from None

    def piece(self, stream: IO[bytes], size: int, member: str) -> bytes:
        try:
            return stream.read(size)
        except FAULTS as error:
            raise Unreadable(f"{self.location(member)}: {error}") from None

    def content(self, member: str) -> bytes:
        return b"".join(self.pieces(member))


class Unfolding(io.RawIOBase):
    """A member of an archive while it unfolds."""

    def __init__(self, archive: Archive, member: str) -> None:
        self.archive, self.member = archive, member
        self.position = self.line = 0
        self.seek(0)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        if (offset, whence) == (0, io.SEEK_CUR):
            return self.position
        if offset or whence:
            raise io.UnsupportedOperation("only seek(0) is supported")
        self.unfolded = self.archive.opened(self.member)
        self.position = self.line = 0
        return 0

    def readinto(self, buffer: Any) -> int:
        piece = self.archive.piece(self.unfolded, len(buffer), self.member)
        self.position += len(piece)
        self.archive.count(len(piece), self.member, self.position)
        self.line = self.line + len(piece) if b"\n" not in piece else 0
        if self.line > LARGEST_MEMBER:
            raise Unreadable(f"{self.archive.location(self.member)}: a line expands to more than {in_megabytes(LARGEST_MEMBER)}")
        buffer[: len(piece)] = piece
        return len(piece)
