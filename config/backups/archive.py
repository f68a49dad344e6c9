"""The file of a backup: a tar of manifest.json, database.dump and perhaps attest.env, and after it the digest of all before."""

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

FORMAT = "attest-backup-1"
MANIFEST, DUMP, ENVIRONMENT = "manifest.json", "database.dump", "attest.env"
PIECE = 2**20
MARK = b"sha256 "
TRAILER = len(MARK) + 64 + 1


class BadBackup(Exception):
    """The file is no backup, or not a whole one; the message says what is wrong with it."""


def write(
    file: Path, manifest: dict[str, Any], dump: Path, environment: bytes | None, check: Callable[[Path], object] | None = None
) -> None:
    """Readable by its owner only. It gets its name when it is on the disk and `check`, which may raise, has read it."""
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w+b") as out:
            fill(out, manifest, dump, environment)
            out.flush()
            os.fsync(out.fileno())
        (check or read)(draft)
        draft.rename(file)
        sync_folder(file.parent)
    finally:
        draft.unlink(missing_ok=True)


def fill(out: IO[bytes], manifest: dict[str, Any], dump: Path, environment: bytes | None) -> None:
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as tar:
        put(tar, MANIFEST, json.dumps({"format": FORMAT, **manifest}, indent=1).encode())
        if environment is not None:
            put(tar, ENVIRONMENT, environment)
        info = tarfile.TarInfo(DUMP)
        info.size, info.mode = dump.stat().st_size, 0o600
        with dump.open("rb") as content:
            tar.addfile(info, content)
    out.seek(0, os.SEEK_END)
    size = out.tell()
    out.seek(0)
    digest = digest_of(out, size)
    out.seek(size)
    out.write(MARK + digest.encode() + b"\n")


def put(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    info = tarfile.TarInfo(name)
    info.size, info.mode = len(content), 0o600
    tar.addfile(info, io.BytesIO(content))


def sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def digest_of(source: IO[bytes], size: int) -> str:
    digest = hashlib.sha256()
    for piece in pieces(source, size):
        digest.update(piece)
    return digest.hexdigest()


def pieces(source: IO[bytes], size: int) -> Iterator[bytes]:
    while size > 0 and (piece := source.read(min(PIECE, size))):
        size -= len(piece)
        yield piece


def read(file: Path) -> dict[str, Any]:
    """The manifest of a whole file: every byte is read. Raises BadBackup, OSError."""
    with file.open("rb") as source:
        size = os.fstat(source.fileno()).st_size - TRAILER
        if size <= 0:
            raise BadBackup(f"{file} is not a backup of Attest: it is too short")
        source.seek(size)
        trailer = source.read()
        if not trailer.startswith(MARK):
            raise BadBackup(f"{file} is not a backup of Attest, or was cut off: its end is missing")
        source.seek(0)
        if trailer != MARK + digest_of(source, size).encode() + b"\n":
            raise BadBackup(f"{file} was modified: its digest does not match")
    manifest: dict[str, Any] = json.loads(member(file, MANIFEST) or b"{}")
    if manifest.get("format") != FORMAT:
        raise BadBackup(f"{file} does not have the format {FORMAT}: it was made by another version of Attest")
    return manifest


def member(file: Path, name: str) -> bytes | None:
    """The content of a small member; None where there is none."""
    with tarfile.open(file, "r:") as tar:
        if name not in tar.getnames():
            return None
        content = tar.extractfile(name)
        return content.read() if content else None


@contextmanager
def dump_of(file: Path) -> Iterator[Iterator[bytes]]:
    """The dump of the database, in pieces."""
    with tarfile.open(file, "r:") as tar:
        content = tar.extractfile(DUMP)
        if content is None:
            raise BadBackup(f"{file} contains no {DUMP}")
        yield pieces(content, tar.getmember(DUMP).size)
