"""Objects in a bucket of S3 or of another store that speaks its protocol, as `ObjectFolder` keeps them in a folder. Pure.

Address and key of the server come from the environment, as of every program of S3: AWS_ENDPOINT_URL, AWS_REGION, AWS_ACCESS_KEY_ID, ….
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from typing import Any

from corpus.objects.folder import KEY, ORPHAN, checked, digest
from corpus.objects.s3 import CREATE, connected, needed, refusals


class ObjectBucket:
    """`address`: s3://BUCKET or s3://BUCKET/PREFIX. Keys are those of a folder. Raises OSError where the server does not do what is asked."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.library, self.store = needed("obstore"), connected(address)

    def __str__(self) -> str:
        return self.address

    def put(self, key: str, content: bytes) -> None:
        """What is there already is kept if it is the same, and replaced if it is damaged."""
        self.unmark(key)
        if not self.create(key, content) and digest(self.read(key)) != digest(content):
            with refusals(self.address):
                self.library.put(self.store, key, content)

    def create(self, key: str, content: bytes) -> bool:
        """False where there is one."""
        with refusals(self.address):
            try:
                self.library.put(self.store, key, content, **CREATE)
            except self.library.exceptions.AlreadyExistsError:
                return False
            return True

    def read(self, key: str) -> bytes:
        try:
            with refusals(self.address):
                return bytes(self.library.get(self.store, checked(key)).bytes())
        except FileNotFoundError:
            raise FileNotFoundError(errno.ENOENT, f"{self.address} has no {key}") from None

    def size(self, key: str) -> int | None:
        """Bytes; None where there is none."""
        meta = self.head(checked(key))
        return meta and int(meta["size"])

    def keys(self) -> Iterator[str]:
        with refusals(self.address):
            for page in self.library.list(self.store, "raw"):
                yield from sorted(row["path"] for row in page if KEY.fullmatch(row["path"]))

    # What no row names

    def mark(self, key: str) -> float:
        """When it was first seen that no row names it, in seconds of the server's clock: now, if that is new."""
        name = checked(key) + ORPHAN
        if self.head(name) is None:
            self.create(name, b"")
        meta = self.head(name)
        if meta is None:
            raise FileNotFoundError(errno.ENOENT, f"{name} is gone again")
        return float(meta["last_modified"].timestamp())

    def unmark(self, key: str) -> None:
        self.delete(checked(key) + ORPHAN)

    def remove(self, key: str) -> bool:
        """One that is marked; False where somebody has put it meanwhile, which then is there."""
        content, name = self.read(key), key + ORPHAN
        if self.head(name) is None:
            return False
        self.delete(key)
        if self.head(name) is None:  # whoever puts takes the mark away first, and may have seen the object just before
            self.create(key, content)
            return False
        self.delete(name)
        return True

    def delete(self, name: str) -> None:
        with refusals(self.address):
            self.library.delete(self.store, name)

    def head(self, name: str) -> Any:
        """Size and time of change; None where there is none."""
        with refusals(self.address):
            try:
                return self.library.head(self.store, name)
            except FileNotFoundError:
                return None
