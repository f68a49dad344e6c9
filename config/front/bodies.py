"""The body of a request, taken in the event loop, where one that comes slowly holds nothing but its connection."""

from __future__ import annotations

import asyncio
import io
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import IO, Any

from config.front.limits import ELSEWHERE, Limit

IN_MEMORY = 64 * 2**10  # bytes; a larger body goes to the disk


class RefusedError(Exception):
    """The request is answered without being read: HTTP status, code of the API's problems, reason."""

    def __init__(self, status: int, code: str, detail: str) -> None:
        self.status, self.code, self.detail = status, code, detail
        super().__init__(detail)


def too_large(limit: Limit) -> RefusedError:
    whose = f" {limit.words} need at least the role “{limit.role}” in the corpus." if limit.role else ""
    most = ELSEWHERE if limit.role else limit
    return RefusedError(413, "too-large", f"The limit is {most.words} ({most.size:,} bytes).{whose}")


@dataclass
class Incoming:
    """A body on its way. `permitted` asks, once it is larger than bodies are elsewhere, whether its sender may send so much."""

    limit: Limit
    permitted: Callable[[], Awaitable[bool]]
    size: int = 0
    granted: bool = False

    async def count(self, size: int) -> None:
        """So many bytes in all. Raises RefusedError when they are too many."""
        if size > self.limit.size:
            raise too_large(Limit(self.limit.path, self.limit.size, self.limit.seconds))
        if self.limit.role and size > ELSEWHERE.size and not self.granted:
            if not await self.permitted():
                raise too_large(self.limit)
            self.granted = True
        self.size = size

    async def read(self, proto: Any, declared: int | None) -> IO[bytes]:
        """All of it, to be read from its start. `declared`: Content-Length, None where it comes in chunks. Raises RefusedError."""
        await self.count(declared or 0)
        try:
            async with asyncio.timeout(self.limit.seconds):
                if declared is not None and declared <= IN_MEMORY:
                    return io.BytesIO(await proto())
                return await self.spooled(proto, declared)
        except TimeoutError:
            raise RefusedError(408, "too-slow", f"The request body did not arrive within {self.limit.seconds} s.") from None
        except RuntimeError:  # granian's, for a connection that broke off
            raise CUT from None

    async def spooled(self, proto: Any, declared: int | None) -> IO[bytes]:
        file: IO[bytes] = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - closed by who reads it
        try:
            await self.fill(file, proto, declared)
        except BaseException:
            file.close()
            raise
        file.seek(0)
        return file

    async def fill(self, file: IO[bytes], proto: Any, declared: int | None) -> None:
        size = empty = 0
        async for piece in proto:
            size, empty = size + len(piece), empty + (not piece)
            if declared is None:
                await self.count(size)
            file.write(piece)
        # granian gives an empty piece for the end, and one before it for a body that breaks off or has trailers.
        if size != declared if declared is not None else empty > 1:
            raise CUT


CUT = RefusedError(400, "malformed", "The request body was cut off, or its chunks are not valid HTTP.")
