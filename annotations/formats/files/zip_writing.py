"""Writing a ZIP archive piece by piece. Pure.

Of a member that was written nothing is kept but its line in the directory, as the bytes that end the archive: a hundred thousand
members take ten megabytes. Sizes and counts that need it are written as ZIP64.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

LOCAL = struct.Struct("<4s5HL2L2H")
CENTRAL = struct.Struct("<4s6HL2L5H2L")
END = struct.Struct("<4s4H2LH")
END64 = struct.Struct("<4sQ2H2L4Q")
LOCATOR = struct.Struct("<4sLQL")
ZIP64, DEFLATED = 45, 8  # version that can read it, method
NAMED_IN_UTF8, SIZES_BEHIND = 0x800, 0x8
MIDNIGHT, DAY = 0, 33  # 1980-01-01: the same content makes the same bytes
MOST, MANY = 2**32 - 1, 2**16 - 1
LEVEL = 1  # text of marks shrinks little more at 6, at a third of the speed


@dataclass
class ZipEntry:
    """A member that was written: what the directory says of it."""

    name: bytes
    offset: int
    flags: int
    sum: int = 0
    packed: int = 0
    size: int = 0

    def line(self) -> bytes:
        wide = [number for number in (self.size, self.packed, self.offset) if number >= MOST]
        extra = struct.pack(f"<2H{len(wide)}Q", 1, 8 * len(wide), *wide) if wide else b""
        size, packed, offset = (min(number, MOST) for number in (self.size, self.packed, self.offset))
        head = CENTRAL.pack(b"PK\x01\x02", ZIP64, ZIP64, self.flags, DEFLATED, MIDNIGHT, DAY, self.sum, packed, size,
                            len(self.name), len(extra), 0, 0, 0, 0, offset)  # fmt: skip
        return head + self.name + extra


def zipped(members: Iterable[tuple[str, bytes | Iterable[bytes]]]) -> Iterator[bytes]:
    """Pieces of an archive of (name, content); holds one member at a time, or one piece of one that comes in pieces."""
    offset, count, directory = 0, 0, bytearray()
    for name, content in members:
        entry = ZipEntry(name.encode(), offset, NAMED_IN_UTF8)
        for piece in sized_member(entry, content) if isinstance(content, bytes) else pieced(entry, content):
            offset += len(piece)
            yield piece
        directory += entry.line()
        count += 1
    yield bytes(directory)
    yield ending(count, len(directory), offset)


def sized_member(entry: ZipEntry, content: bytes) -> Iterator[bytes]:
    """A member of known size: its sizes stand before it."""
    squeeze = zlib.compressobj(LEVEL, zlib.DEFLATED, -15)
    packed = squeeze.compress(content) + squeeze.flush()
    entry.sum, entry.packed, entry.size = zlib.crc32(content), len(packed), len(content)
    yield local(entry, entry.packed, entry.size, b"") + packed


def pieced(entry: ZipEntry, content: Iterable[bytes]) -> Iterator[bytes]:
    """A member whose sizes are known when it is over: they stand behind it."""
    entry.flags |= SIZES_BEHIND
    yield local(entry, MOST, MOST, struct.pack("<2H2Q", 1, 16, 0, 0))
    squeeze = zlib.compressobj(LEVEL, zlib.DEFLATED, -15)
    for piece in content:
        entry.sum, entry.size = zlib.crc32(piece, entry.sum), entry.size + len(piece)
        packed = squeeze.compress(piece)
        entry.packed += len(packed)
        yield packed
    packed = squeeze.flush()
    entry.packed += len(packed)
    yield packed + struct.pack("<4sL2Q", b"PK\x07\x08", entry.sum, entry.packed, entry.size)


def local(entry: ZipEntry, packed: int, size: int, extra: bytes) -> bytes:
    head = LOCAL.pack(b"PK\x03\x04", ZIP64, entry.flags, DEFLATED, MIDNIGHT, DAY, entry.sum, packed, size,
                      len(entry.name), len(extra))  # fmt: skip
    return head + entry.name + extra


def ending(count: int, size: int, index: int) -> bytes:
    """The end of an archive whose directory of `size` bytes begins at `index`."""
    short = END.pack(b"PK\x05\x06", 0, 0, min(count, MANY), min(count, MANY), min(size, MOST), min(index, MOST), 0)
    if count < MANY and size < MOST and index < MOST:
        return short
    long = END64.pack(b"PK\x06\x06", END64.size - 12, ZIP64, ZIP64, 0, 0, count, count, size, index)
    return long + LOCATOR.pack(b"PK\x06\x07", 0, index + size, 1) + short
