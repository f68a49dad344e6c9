"""Original files that stay in a crawl: where one lies below the folder of crawls, and how its bytes are taken from there. Pure.

A web archive is unpacked by a process in the sandbox. Whoever asks compares the bytes with their SHA-256.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from errno import EACCES
from pathlib import Path
from typing import BinaryIO

from corpus.readers import sandboxed
from corpus.readers.sandboxed import Child, DeadError
from corpus.sandbox.frames import send

AT_ONCE = 1 << 19  # bytes of records that are given to a process at a time, beside one that is larger


class CrawlReader:
    """The bytes of records, file by file: one is open at a time. Of web archives a process unpacks them, the same for all, while ours goes on."""

    def __init__(self, silence: int | None = None) -> None:
        """`silence`: seconds that the process may take for an answer, where it is more than those of a page that somebody waits for."""
        self.silence = silence
        self.path: Path | None = None
        self.stream: BinaryIO | None = None
        self.child: Child | None = None

    def close(self) -> None:
        if self.child:
            self.child.close()
        if self.stream:
            self.stream.close()
        self.path = self.stream = self.child = None

    def open(self, path: Path) -> BinaryIO:
        """Raises OSError."""
        if self.stream is None or path != self.path:
            stream = path.open("rb")
            if self.stream:
                self.stream.close()
            self.path, self.stream = path, stream
        return self.stream

    def stored(self, path: Path | str, places: Sequence[tuple[int, int]]) -> Iterator[bytes]:
        """As they lie in the file. `places`: offsets and lengths. Raises OSError."""
        stream = self.open(Path(path))
        for offset, length in places:
            stream.seek(offset)
            yield stream.read(length)

    def unpacked(self, path: Path | str, places: Sequence[tuple[int, int]]) -> Iterator[bytes]:
        """The page in each record of a web archive; empty for what is none. It ends early where a page kills the process. Raises OSError."""
        name = str(path).rpartition("/")[2]
        self.child = child = self.child or Child("corpus.readers.page_bytes")
        child.silence = self.silence
        owed = 0  # answers
        try:
            if child.layers().hold or not sandboxed.strict:
                for some in together(places):
                    records = [*self.stored(path, some)]
                    send(child.process.stdin, {"name": name, "lengths": [*map(len, records)]}, b"".join(records))
                    owed = len(some)
                    while owed:
                        data = child.header()["data"]
                        owed -= 1
                        yield data
        except (DeadError, BrokenPipeError):
            self.close()
        except GeneratorExit:
            if owed:
                self.close()  # nobody waits for these
            raise


def together(places: Iterable[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """As many as are given to a process at a time."""
    some: list[tuple[int, int]] = []
    size = 0
    for offset, length in places:
        size += length
        if some and size > AT_ONCE:
            yield some
            some, size = [], length
        some.append((offset, length))
    if some:
        yield some


def path_of(root: Path, crawl: str) -> Path:
    """Raises PermissionError for a path that leads out of the folder."""
    path = (root / crawl).resolve()
    if not path.is_relative_to(root.resolve()):
        raise PermissionError(EACCES, f"{crawl} leads out of {root}")
    return path


def name_below(root: Path | None, path: Path) -> str | None:
    """The path of a file or folder below that of crawls; None where it lies elsewhere, or where there is no such folder."""
    own, top = path.resolve(), root and root.resolve()
    return own.relative_to(top).as_posix() if top and own.is_relative_to(top) else None
