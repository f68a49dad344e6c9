"""The end of an export: how much came before it, and its SHA-256, so that a file that was cut off is noticed.

Pure. It stands as the last line of a file of lines, {"end": {…}}, or as `report.json` beside the file in a zip.
A record: documents, bytes and sha256 of all before it, last (the assignment after which a further export
goes on), moment (when the database was like this), seal (the newest of the evidence log then), losses (kind → how many).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from typing import IO, Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, is_zipfile

from annotations.native.view import Object

REPORT = "report.json"
CHUNK = 2**20


class Cut(ValueError):
    """A file that is not whole, or not what was sent; says why."""


def line(record: Object) -> bytes:
    return json.dumps({"end": record}, ensure_ascii=False).encode() + b"\n"


def is_end(value: Any) -> bool:
    """Whether a line of a file, read as JSON, is its end and not a document."""
    return isinstance(value, dict) and set(value) == {"end"}


class Sink:
    """What a ZipFile writes into; taken out of it piece by piece."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []

    def write(self, data: Any) -> int:
        self.pieces.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """A ZipFile asks for it."""

    def taken(self) -> bytes:
        content, self.pieces = b"".join(self.pieces), []
        return content


def with_report(name: str, pieces: Iterable[bytes], report: Callable[[], Object]) -> Iterator[bytes]:
    """A zip of the file and, asked for after its last piece, of its report. Not more than a piece is held."""
    sink = Sink()
    with ZipFile(sink, "w", ZIP_DEFLATED, compresslevel=1) as archive:  # type: ignore[call-overload]
        with archive.open(name, "w", force_zip64=True) as file:
            for piece in pieces:
                file.write(piece)
                if packed := sink.taken():
                    yield packed
        archive.writestr(REPORT, json.dumps(report(), ensure_ascii=False, indent=1))
    yield sink.taken()


# Was it cut?


def checked(file: IO[bytes]) -> Object:
    """The end record of a file that agrees with it. Raises Cut."""
    if is_zipfile(file):
        file.seek(0)
        return checked_zip(file)
    file.seek(0)
    return checked_lines(file)


def checked_lines(file: Iterable[bytes]) -> Object:
    digest, size, last = hashlib.sha256(), 0, b""
    for each in file:
        digest.update(last)
        size += len(last)
        last = each
    try:
        end_record = json.loads(last)
    except ValueError:
        raise Cut("the last line is not complete JSON: the file was cut off") from None
    if not is_end(end_record):
        raise Cut("the last line is not an end record: the file was cut off, or exported without one")
    return agreed(end_record["end"], digest.hexdigest(), size)


def checked_zip(file: IO[bytes]) -> Object:
    try:
        with ZipFile(file) as archive:
            names = [name for name in archive.namelist() if name != REPORT]
            report = json.loads(archive.read(REPORT))
            digest, size = hashlib.sha256(), 0
            with archive.open(names[0]) as content:
                while chunk := content.read(CHUNK):
                    digest.update(chunk)
                    size += len(chunk)
    except KeyError:
        raise Cut(f"{REPORT} is missing: the file was exported without one") from None
    except (BadZipFile, IndexError, ValueError, EOFError) as error:
        raise Cut(f"not a valid ZIP: {error}") from None
    return agreed(report["end"], digest.hexdigest(), size)


def agreed(record: Object, digest: str, size: int) -> Object:
    if record.get("bytes") != size:
        raise Cut(f"it has {size} bytes before its end record, which states {record.get('bytes')}")
    if record.get("sha256") != digest:
        raise Cut("its SHA-256 differs from the one in its end record: the file was changed")
    return record
