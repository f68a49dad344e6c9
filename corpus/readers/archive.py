"""ZIP and TAR archives: every file in them is read in its turn, and counted while it is unpacked.

Names are labels here, never paths: nothing is written anywhere. What is no ordinary file (a link, a
device) or needs a password is told of and passed over.
"""

from __future__ import annotations

import bz2
import io
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from itertools import pairwise
from typing import IO

from corpus.readers.budget import check_growth
from corpus.readers.extracted import Part, Unread, UnreadableError

TITLE = "Archive"
VERSION = "1"

CHUNK = 1 << 16
# Bytes of the header before each file of a ZIP archive, without its name.
LOCAL = 30
# What operating systems leave in archives, and nobody means.
_LITTER = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")
# What all documents of Microsoft Office have in them.
_OFFICE = "[Content_Types].xml"
_LINK = 0o120000
_KIND = 0o170000


def claims(data: bytes, name: str, kind: str = "") -> bool:
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06")) or data[257:262] == b"ustar"


def read(data: bytes, name: str, url: str, kind: str = "") -> Iterator[Part | Unread]:
    """A Part for each file. Raises UnreadableError for an archive that is damaged or empty."""
    members = zipped(data, name) if data.startswith(b"PK") else tarred(data, name)
    empty = True
    for member in members:
        empty = False
        yield member
    if empty:
        raise UnreadableError("the archive is empty")


def zipped(data: bytes, name: str) -> Iterator[Part | Unread]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise UnreadableError(f"the ZIP archive is damaged: {error}") from error
    if _OFFICE in archive.namelist():
        raise UnreadableError("it is a spreadsheet, slides or another office document; save it as Word, PDF or CSV")
    if overlap(archive.infolist()):
        raise UnreadableError("files in the ZIP archive overlap, like in a ZIP bomb")
    for member in archive.infolist():
        if member.is_dir() or is_litter(member.filename):
            continue
        label = inside(name, member.filename)
        if (member.external_attr >> 16) & _KIND == _LINK:
            yield Unread(name=label, why="it is a link to another file")
        elif member.flag_bits & 1:
            yield Unread(name=label, why="it is password-protected")
        else:
            yield opened(label, lambda member=member: opener(archive, member, data), member.compress_size)


def overlap(members: list[zipfile.ZipInfo]) -> bool:
    """Whether one begins before the one ahead of it has ended: few bytes would be unpacked many times."""
    ordered = sorted(members, key=lambda member: member.header_offset)
    return any(one.header_offset + LOCAL + one.compress_size > other.header_offset for one, other in pairwise(ordered))


def opener(archive: zipfile.ZipFile, member: zipfile.ZipInfo, data: bytes) -> IO[bytes]:
    """A stream that unpacks in pieces. That of zipfile gives all that a piece unpacks to at once for bzip2 and LZMA: 46 MB for 40 bytes."""
    if member.compress_type not in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        return archive.open(member)
    at = member.header_offset
    begin = at + LOCAL + sum(struct.unpack("<HH", data[at + 26 : at + LOCAL]))
    packed = data[begin : begin + member.compress_size]
    if member.compress_type == zipfile.ZIP_BZIP2:
        return bz2.BZ2File(io.BytesIO(packed))
    # Two bytes of version, two of a length, five of properties: the header of an .lzma file but for the size.
    return lzma.LZMAFile(io.BytesIO(packed[4:9] + struct.pack("<q", member.file_size) + packed[9:]), format=lzma.FORMAT_ALONE)


def tarred(data: bytes, name: str) -> Iterator[Part | Unread]:
    try:
        with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as archive:
            for member in archive:
                label = inside(name, member.name)
                if member.isdir() or is_litter(member.name):
                    continue
                if not member.isfile():
                    yield Unread(name=label, why="it is a link or a device, not a file")
                else:
                    yield opened(label, lambda member=member: archive.extractfile(member), member.size)
    except (tarfile.TarError, OSError, ValueError) as error:
        raise UnreadableError(f"the TAR archive is damaged: {error}") from error


def opened(label: str, open_member: object, packed: int) -> Part | Unread:
    """One file of an archive: damage to it is no harm to the others."""
    try:
        with open_member() as stream:  # type: ignore[operator]
            return Part(data=unpacked(stream, packed), name=label)
    except (
        zipfile.BadZipFile,
        tarfile.TarError,
        zlib.error,
        lzma.LZMAError,
        struct.error,
        OSError,
        EOFError,
        RuntimeError,
        NotImplementedError,
        ValueError,
    ) as error:
        return Unread(name=label, why=str(error) if isinstance(error, UnreadableError) else f"it cannot be decompressed: {error}")


def unpacked(stream: IO[bytes], packed: int) -> bytes:
    """All of a stream. Raises UnreadableError as soon as it is too much."""
    chunks, size = [], 0
    while chunk := stream.read(CHUNK):
        size += len(chunk)
        check_growth(packed, size)
        chunks.append(chunk)
    return b"".join(chunks)


def inside(archive: str, member: str) -> str:
    """batch.zip/folder/article.txt, without steps that lead out of it."""
    steps = [step for step in member.replace("\\", "/").split("/") if step not in ("", ".", "..")]
    return "/".join([archive, *steps]) if archive else "/".join(steps)


def is_litter(name: str) -> bool:
    return name.startswith(_LITTER[0]) or name.rpartition("/")[2] in _LITTER
