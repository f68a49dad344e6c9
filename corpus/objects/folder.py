"""A folder of objects: put if absent, read, list, remove. An object has its name only when it is whole and on the disk. Pure.

An object that no row names is marked first and removed days later, since a backup may still name it. Whoever puts it meanwhile takes the
mark away.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

KEY = re.compile(r"raw/[1-9]\d*/[0-9a-f]{64}")
ORPHAN, TAKEN = ".orphan", ".taken"


class ObjectFolder:
    """Keys are `raw/<corpus>/<SHA-256 of the content>`."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def __str__(self) -> str:
        return str(self.root)

    def path(self, key: str) -> Path:
        """Raises ValueError for what is no key."""
        return self.root / checked(key)

    def put(self, key: str, content: bytes) -> None:
        """What is there already is kept if it is the same, and replaced if it is damaged. Raises OSError."""
        path = self.path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        marker(path).unlink(missing_ok=True)
        if not (path.exists() and digest(path.read_bytes()) == digest(content)):
            write(path, content)

    def read(self, key: str) -> bytes:
        """Raises OSError."""
        return self.path(key).read_bytes()

    def size(self, key: str) -> int | None:
        """Bytes; None where there is none. Raises OSError."""
        path = self.path(key)
        return path.stat().st_size if path.is_file() else None

    def keys(self) -> Iterator[str]:
        for path in sorted(self.root.glob("raw/*/*")):
            key = path.relative_to(self.root).as_posix()
            if KEY.fullmatch(key):
                yield key

    # What no row names

    def mark(self, key: str) -> float:
        """When it was first seen that no row names it, in seconds of the clock: now, if that is new."""
        path = marker(self.path(key))
        path.touch(exist_ok=True) if not path.exists() else None
        return path.stat().st_mtime

    def unmark(self, key: str) -> None:
        marker(self.path(key)).unlink(missing_ok=True)

    def remove(self, key: str) -> bool:
        """One that is marked; False where somebody has put it meanwhile, which then is there."""
        path = self.path(key)
        taken = path.with_name(path.name + TAKEN)
        path.rename(taken)
        if not marker(path).exists():
            with suppress(FileExistsError):
                os.link(taken, path)
        taken.unlink()
        is_gone = not path.exists()
        if is_gone:
            marker(path).unlink(missing_ok=True)
        return is_gone


def checked(key: str) -> str:
    """Raises ValueError for what is no key: it leads nowhere else."""
    if not KEY.fullmatch(key):
        raise ValueError(f"{key}: no key of an object")
    return key


def marker(path: Path) -> Path:
    return path.with_name(path.name + ORPHAN)


def write(path: Path, content: bytes) -> None:
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
