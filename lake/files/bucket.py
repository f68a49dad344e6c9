"""A lake in a bucket of S3, or of another store that speaks its protocol: what `LakeFolder` is in a folder.

The server refuses to create what is there, so a part that two tasks write is one part. There is no lock: two commands that write at a time
do the same work twice, and nothing wrong.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, cast

from corpus.objects.s3 import CREATE, connected, needed, patience, refusals
from lake.files.folder import checked, parsed

FILESYSTEM = "s3"


class LakeBucket:
    """`address`: s3://BUCKET/PREFIX. Names are paths below it with slashes."""

    is_there = True  # whether it answers is seen when it is asked

    def __init__(self, address: str) -> None:
        self.address = self.resolved = address.rstrip("/")
        self.library, self.store = needed("obstore"), connected(address)

    def has(self, name: str) -> bool:
        try:
            with refusals(self.address):
                self.library.head(self.store, checked(name))
        except FileNotFoundError:
            return False
        return True

    def names(self, folder: str, ending: str) -> list[str]:
        """In the order of the alphabet."""
        with refusals(self.address):
            rows = self.library.list_with_delimiter(self.store, checked(folder))["objects"]
        return sorted(row["path"] for row in rows if row["path"].endswith(ending))

    def location(self, name: str) -> str:
        return f"{self.address}/{checked(name)}"

    def open(self, name: str) -> BinaryIO:
        return cast("BinaryIO", self.filesystem().open(self.location(name)))

    def filesystem(self) -> Any:
        """Of fsspec, by which DuckDB and pyarrow read `s3://…`."""
        return needed("obstore.fsspec").FsspecStore(FILESYSTEM, **patience())

    @contextmanager
    def scratch(self) -> Iterator[Path]:
        """A file of this machine to write to; it is gone afterwards."""
        descriptor, name = tempfile.mkstemp(prefix="attest-lake-")
        os.close(descriptor)
        try:
            yield Path(name)
        finally:
            Path(name).unlink(missing_ok=True)

    @contextmanager
    def spill(self) -> Iterator[Path]:
        with tempfile.TemporaryDirectory(prefix="attest-lake-") as name:
            yield Path(name)

    def put_file(self, name: str, written: Path) -> bool:
        """False where the name is taken, whose file stays."""
        return self.create(name, written)

    def put_json(self, name: str, values: Any) -> bool:
        return self.create(name, (json.dumps(values, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode())

    def create(self, name: str, content: bytes | Path) -> bool:
        with refusals(self.address):
            try:
                self.library.put(self.store, checked(name), content, **CREATE)
            except self.library.exceptions.AlreadyExistsError:
                return False
            return True

    def read_json(self, name: str) -> Any:
        """Raises LakeUnreadable."""
        with refusals(self.address):
            return parsed(name, bytes(self.library.get(self.store, checked(name)).bytes()))

    @contextmanager
    def writer(self) -> Iterator[None]:
        yield
