"""One file packed by gzip, bzip2 or xz: what it unpacks to is read in its turn."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zlib
from collections.abc import Callable, Iterator
from typing import Any

from corpus.readers.archive import unpacked
from corpus.readers.extracted import Part, UnreadableError

TITLE = "Compressed file"
VERSION = "1"

OPENERS: dict[bytes, Callable[[Any], Any]] = {
    b"\x1f\x8b": lambda data: gzip.GzipFile(fileobj=data),
    b"BZh": bz2.BZ2File,
    b"\xfd7zXZ\x00": lzma.LZMAFile,
}
_ENDINGS = (".gz", ".tgz", ".bz2", ".xz")


def claims(data: bytes, name: str, kind: str = "") -> bool:
    return data.startswith(tuple(OPENERS))


def read(data: bytes, name: str, url: str, kind: str = "") -> Iterator[Part]:
    """Raises UnreadableError for a damaged file, or one that unpacks to too much."""
    opener = next(opener for magic, opener in OPENERS.items() if data.startswith(magic))
    try:
        with opener(io.BytesIO(data)) as stream:
            content = unpacked(stream, len(data))
    except UnreadableError:
        raise
    except (OSError, EOFError, zlib.error, lzma.LZMAError, ValueError) as error:
        raise UnreadableError(f"it cannot be decompressed: {error}") from error
    yield Part(data=content, name=plain_name(name), url=url, kind=kind)


def plain_name(name: str) -> str:
    ending = next((ending for ending in _ENDINGS if name.lower().endswith(ending)), "")
    kept = name[: len(name) - len(ending)] if ending else name
    return f"{kept}.tar" if ending == ".tgz" else kept
