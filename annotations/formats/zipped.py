"""ZIP archives, written piece by piece and read with a limit on what they unfold to. Pure."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from annotations.formats.flat import Unreadable

LARGEST_MEMBER = 256 * 2**20  # bytes, unfolded
LARGEST_WHOLE = 2 * 2**30
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
        whole, self.pieces = b"".join(self.pieces), []
        return whole


def zipped(members: Iterable[tuple[str, bytes | Iterable[bytes]]]) -> Iterator[bytes]:
    """Pieces of an archive of (name, content); holds one member at a time, or one piece of one that comes in pieces."""
    drain = Drain()
    with zipfile.ZipFile(drain, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            info = zipfile.ZipInfo(name, DAY)
            info.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(info, "w", force_zip64=not isinstance(content, bytes)) as member:
                for piece in [content] if isinstance(content, bytes) else content:
                    member.write(piece)
                    yield drain.taken()
            yield drain.taken()
    yield drain.taken()


def is_zip(file: BinaryIO) -> bool:
    """Looks at the first bytes; the file must be able to go back."""
    head = file.read(4)
    file.seek(0)
    return head in (b"PK\x03\x04", b"PK\x05\x06")


class Archive:
    """The members of an archive, by name. Every failure is Unreadable, with the member's name."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        self.name, self.read_so_far = name, 0
        try:
            self.archive = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise Unreadable(f"{name}: no ZIP archive: {error}") from None
        self.names = [info.filename for info in self.archive.infolist() if not info.is_dir()]

    def place(self, member: str) -> str:
        return f"{self.name}, {member}"

    def content(self, member: str) -> bytes:
        """Counts what really unfolds, whatever the archive says of it."""
        try:
            with self.archive.open(member) as stream:
                content = stream.read(LARGEST_MEMBER + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            OSError,
            EOFError,
            ValueError,
            RuntimeError,
            NotImplementedError,
            KeyError,
        ) as error:
            raise Unreadable(f"{self.place(member)}: {error}") from None
        self.read_so_far += len(content)
        if len(content) > LARGEST_MEMBER or self.read_so_far > LARGEST_WHOLE:
            raise Unreadable(f"{self.place(member)}: unfolds to too much")
        return content
