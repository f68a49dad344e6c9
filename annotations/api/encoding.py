"""Streams squeezed on the way, in the coding that the client prefers (RFC 9110, 12.5.3)."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from typing import Any, Protocol

from backports.zstd import ZstdCompressor

GZIP = 16 + zlib.MAX_WBITS
PIECE = 2**16  # bytes: smaller pieces are put together, each send costs


class Squeezer(Protocol):
    def compress(self, data: bytes, /) -> bytes: ...
    def flush(self) -> bytes: ...


def gzip() -> Any:
    return zlib.compressobj(level=1, wbits=GZIP)


SQUEEZERS = {"zstd": ZstdCompressor, "gzip": gzip}


def squeezed(accepted: str, pieces: Iterable[bytes]) -> tuple[str, Iterable[bytes]]:
    """The coding and the pieces in it; "" and the pieces as they are for a client that reads neither."""
    coding = preferred(accepted)
    return coding, through(SQUEEZERS[coding](), pieces) if coding else pieces


def preferred(accepted: str) -> str:
    """The one that is liked best, of equals zstd."""
    liked = {coding: quality for coding, quality in map(coding_of, accepted.split(",")) if coding in SQUEEZERS and quality > 0}
    return max(SQUEEZERS, key=lambda coding: liked.get(coding, 0)) if liked else ""


def coding_of(entry: str) -> tuple[str, float]:
    """ "gzip;q=0.5" → gzip, 0.5; what makes no sense is not liked at all."""
    coding, _, quality = entry.partition(";")
    try:
        return coding.strip().lower(), float(quality.strip().removeprefix("q=") or 1)
    except ValueError:
        return "", 0


def through(squeezer: Squeezer, pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The first piece at once, so that the client sees that it comes."""
    waiting, size = [], PIECE
    for piece in pieces:
        waiting.append(squeezer.compress(piece))
        size += len(waiting[-1])
        if size >= PIECE:
            yield b"".join(waiting)
            waiting, size = [], 0
    yield b"".join(waiting) + squeezer.flush()
