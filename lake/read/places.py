"""Where files of crawls lie: in folders of this machine or in buckets. A file of a bucket is fetched for as long as it is read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from corpus.objects.s3 import connected, is_bucket, needed, parts, patience, refusals

type Crawls = Path | str
"""A file or folder, or the address of an object or of all objects below it."""


class NoInput(ValueError):
    """A path that cannot be read from; the message says which and why."""


class InputFile(NamedTuple):
    """`path`: or its address; `name`: its path from where it was named, as it is known in the lake."""

    path: str
    name: str
    size: int


def crawls_at(text: str) -> Crawls:
    """As somebody names them. Raises BadAddress."""
    if not is_bucket(text):
        return Path(text)
    parts(text)
    return text.rstrip("/")


def resolved(source: Crawls) -> str:
    """The one name that all ways to it have."""
    return source if isinstance(source, str) else str(source.resolve())


def is_there(source: Crawls) -> bool:
    """Raises BucketError, MissingLibrary."""
    return next(objects(source), None) is not None if isinstance(source, str) else source.exists()


def input_files(sources: Sequence[Crawls]) -> Iterator[InputFile]:
    """Raises NoInput, BucketError, MissingLibrary."""
    for source in sources:
        yield from objects_of(source) if isinstance(source, str) else files_of(source)


def files_of(source: Path) -> Iterator[InputFile]:
    if not source.exists():
        raise NoInput(f"{source}: no such file or folder")
    paths = sorted(path for path in source.rglob("*") if path.is_file()) if source.is_dir() else [source]
    if not paths:
        raise NoInput(f"{source}: the folder is empty")
    for path in paths:
        name = path.relative_to(source.parent).as_posix() if source.is_dir() else source.name
        yield InputFile(str(path.absolute()), name, path.stat().st_size)


# In buckets


def objects_of(address: str) -> Iterator[InputFile]:
    """With the names that the same files have in a folder."""
    files = sorted(objects(address), key=lambda file: file.name.split("/"))
    if not files:
        raise NoInput(f"{address}: there is no object with this key, and none below it")
    yield from files


def objects(address: str) -> Iterator[InputFile]:
    last, library = address.rpartition("/")[2], needed("obstore")
    with refusals(address):
        try:
            size = library.head(store_of(address), key_of(address))["size"] if key_of(address) else None
        except FileNotFoundError:
            size = None
        if size is not None:
            yield InputFile(address, last, size)
            return
        rows = [row for some in library.list(connected(address)) for row in some]
    folders = {row["path"].rpartition("/")[0] for row in rows}
    for row in rows:
        if row["size"] or row["path"] not in folders:  # which consoles keep as empty objects
            yield InputFile(f"{address}/{row['path']}", f"{last}/{row['path']}", row["size"])


def store_of(address: str) -> Any:
    """The whole bucket: a key may have what an address that people write has not."""
    return needed("obstore.store").S3Store(address.removeprefix("s3://").partition("/")[0], **patience())


def key_of(address: str) -> str:
    return address.removeprefix("s3://").partition("/")[2]


def pieces(address: str) -> Iterator[bytes]:
    """All bytes of an object in turn. Raises BucketError, FileNotFoundError."""
    with refusals(address):
        for piece in needed("obstore").get(store_of(address), key_of(address)).stream():
            yield bytes(piece)


def ranges(address: str, places: Sequence[tuple[int, int]]) -> list[bytes]:
    """The bytes at some offsets with their lengths; places near each other are one request. Raises BucketError, FileNotFoundError."""
    starts, lengths = [offset for offset, _ in places], [length for _, length in places]
    with refusals(address):
        return [*map(bytes, needed("obstore").get_ranges(store_of(address), key_of(address), starts=starts, lengths=lengths))]


# In either


def fetch(path: str, into: BinaryIO) -> None:
    """Copy an object to a file of this machine. Raises BucketError, FileNotFoundError."""
    into.writelines(pieces(path))
    into.flush()
    into.seek(0)


def head_of(path: str, size: int, file_size: int) -> bytes:
    """Raises OSError."""
    if is_bucket(path):
        return ranges(path, [(0, min(size, file_size))])[0] if file_size else b""
    with Path(path).open("rb") as file:
        return file.read(size)


def sha256_of(path: str) -> str:
    """Raises OSError."""
    if not is_bucket(path):
        with Path(path).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    digest = hashlib.sha256()
    for piece in pieces(path):
        digest.update(piece)
    return digest.hexdigest()
