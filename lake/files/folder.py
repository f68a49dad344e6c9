"""A folder of files that are written whole and once: a file with a name that is there already stays as it is.

No more is asked of it than an object store gives: create if absent, read, list.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from lake.files.unreadable import LakeUnreadable

SCRATCH = "tmp"


class LakeBusy(RuntimeError):
    """Another command writes to this lake."""


class LakeFolder:
    """Names are paths inside it with slashes."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @property
    def address(self) -> str:
        return str(self.root)

    @property
    def resolved(self) -> str:
        """The one address that all ways to the folder have."""
        return str(self.root.resolve())

    @property
    def is_there(self) -> bool:
        return self.root.is_dir()

    def path(self, name: str) -> Path:
        """Raises ValueError for a name that leads out of the folder."""
        return self.root / checked(name)

    def location(self, name: str) -> str:
        """As a library reads it."""
        return str(self.path(name))

    def open(self, name: str) -> BinaryIO:
        return self.path(name).open("rb")

    @contextmanager
    def spill(self) -> Iterator[Path]:
        """A folder for what a database has no memory for."""
        yield self.root / SCRATCH / "duckdb"

    def has(self, name: str) -> bool:
        return self.path(name).exists()

    def names(self, folder: str, ending: str) -> list[str]:
        """In the order of the alphabet."""
        return sorted(path.relative_to(self.root).as_posix() for path in self.path(folder).glob(f"*{ending}"))

    @contextmanager
    def scratch(self) -> Iterator[Path]:
        """A file to write to; it is gone afterwards unless it was put."""
        folder = self.root / SCRATCH
        folder.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=folder)
        os.close(descriptor)
        try:
            yield Path(name)
        finally:
            Path(name).unlink(missing_ok=True)

    def put_file(self, name: str, written: Path) -> bool:
        """Give a file that is written its name, whole or not at all; False where the name is taken, whose file stays."""
        target = self.path(name)
        target.parent.mkdir(parents=True, exist_ok=True)
        flush(written)
        try:
            os.link(written, target)
        except FileExistsError:
            return False
        flush(target.parent)
        return True

    def put_json(self, name: str, values: Any) -> bool:
        with self.scratch() as path:
            path.write_text(json.dumps(values, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")
            return self.put_file(name, path)

    def read_json(self, name: str) -> Any:
        """Raises LakeUnreadable."""
        return parsed(name, self.path(name).read_bytes())

    @contextmanager
    def writer(self) -> Iterator[None]:
        """For the time of one command, which first clears away what one before it left half written. Raises LakeBusy."""
        self.root.mkdir(parents=True, exist_ok=True)
        with (self.root / "lock").open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise LakeBusy(f"{self.root}: another command is writing to this lake. Wait until it has ended.") from None
            shutil.rmtree(self.root / SCRATCH, ignore_errors=True)
            yield


def checked(name: str) -> str:
    """Raises ValueError for a name that leads out of the lake."""
    if name.startswith("/") or ".." in name.split("/"):
        raise ValueError(f"{name}: no name in a lake")
    return name


def parsed(name: str, text: bytes) -> Any:
    """Raises LakeUnreadable."""
    try:
        return json.loads(text)
    except ValueError as error:
        raise LakeUnreadable(ValueError(f"{name} is no JSON")) from error


def flush(path: Path) -> None:
    """Onto the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
