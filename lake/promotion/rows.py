"""Rows of Parquet files as the readers have them, one after the other: out of the sandbox, as they came into the lake."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, BinaryIO, cast

from corpus.objects.s3 import is_bucket
from corpus.readers.sandboxed import DeadError
from lake.read.places import fetch
from lake.read.sandboxed import RowReader, check_layers


class MissingRow(OSError):
    """A file has no such row; the message says why."""


def opened(path: str) -> BinaryIO:
    """A file, or a copy of an object, which is gone when it is closed. Raises OSError."""
    if not is_bucket(path):
        return Path(path).open("rb")
    copy: Any = TemporaryFile(prefix="attest-crawl-")  # noqa: SIM115 - whoever asked closes it
    fetch(path, copy)
    return cast("BinaryIO", copy)


class RowCursor:
    """One file is open at a time. Rows are asked for in their order, the last one also again; for an earlier one the file is read anew."""

    def __init__(self) -> None:
        self.path: str | None = None
        self.stream: BinaryIO | None = None
        self.reader: RowReader | None = None
        self.rows: Iterator[tuple[int, str, bytes]] = iter(())
        self.last = -1, b""

    def close(self) -> None:
        if self.reader:
            self.reader.close()
        if self.stream:
            self.stream.close()
        self.path = self.stream = self.reader = None

    def open(self, path: str) -> None:
        """Raises OSError, DeadError, SandboxMissing."""
        self.close()
        self.path, self.stream, self.last = path, opened(path), (-1, b"")
        self.reader = RowReader(self.stream.fileno())
        check_layers(self.reader)
        self.rows = self.reader.rows()

    def row(self, path: str, number: int) -> bytes:
        """As JSON. Raises MissingRow, OSError, SandboxMissing."""
        try:
            if path != self.path or number < self.last[0]:
                self.open(path)
            if number == self.last[0]:
                return self.last[1]
            for at, why, data in self.rows:
                self.last = at, data
                if why and at in (-1, number):
                    raise MissingRow(why)
                if at == number:
                    return data
        except DeadError as error:
            self.close()
            raise MissingRow(str(error)) from error
        raise MissingRow("the file ends before it")
