"""How alike two texts are: shared runs of words (shingles), exactly or from small sketches of them (MinHash).

A sketch is 128 minima; the share of minima that two sketches have in common estimates the Jaccard
index of their shingles with a standard error of 0.04. Sketches are cut into 32 bands of 4: texts that
share 50 % of their shingles share a band with a chance of 87 %, those that share 85 % always do.
Andrei Broder, On the resemblance and containment of documents, 1997.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from functools import lru_cache
from hashlib import blake2b
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

WIDTH = 5
SIZE, BANDS = 128, 32
ROWS = SIZE // BANDS
_CHUNK = 4096
# Scripts without spaces give a token for each sign, others for each word.
_TOKEN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\W\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+")
# The same for ASCII, where it is seven times as fast.
_BETWEEN = str.maketrans({sign: " " for sign in map(chr, range(128)) if not (sign.isalnum() or sign == "_")})

Minima = NDArray[np.uint32]


def tokens(text: str) -> list[str]:
    """Words in the form in which they are compared: case, width and the form of quotation marks do not count."""
    if text.isascii():
        return text.lower().translate(_BETWEEN).split()
    return _TOKEN.findall(unicodedata.normalize("NFKC", text).casefold())


def shingles(text: str) -> set[str]:
    """Runs of five tokens; of a shorter text the whole."""
    words = tokens(text)
    return {" ".join(words[at : at + WIDTH]) for at in range(max(1, len(words) - WIDTH + 1))} if words else set()


def runs(words: list[str]) -> set[tuple[str, ...]]:
    """The same as tuples, which are made in a third of the time."""
    if len(words) < WIDTH:
        return {tuple(words)} if words else set()
    return set(zip(*(words[at:] for at in range(WIDTH)), strict=False))


def similarity(one: str, other: str) -> float:
    """The Jaccard index of their shingles, 0 to 1."""
    a, b = runs(tokens(one)), runs(tokens(other))
    common = len(a & b)
    return common / (len(a) + len(b) - common) if a or b else 0.0


def signature(text: str) -> Minima:
    """128 minima; those of a text without words are all the largest number."""
    hashes = np.fromiter(map(crc32, map(str.encode, shingles(text))), dtype=np.uint64)
    minima = np.full(SIZE, 0xFFFFFFFF, dtype=np.uint64)
    for at in range(0, len(hashes), _CHUNK):
        part = hashes[at : at + _CHUNK]
        # Multiply and shift (Dietzfelbinger, 1997): products wrap at 64 bits, their upper half is the permuted hash.
        permuted = part[None, :] * FACTORS[:, None]
        permuted += SHIFTS[:, None]
        minima = np.minimum(minima, permuted.min(axis=1) >> np.uint64(32))
    return minima.astype(np.uint32)


def estimate(one: Minima, others: NDArray[np.uint32]) -> NDArray[np.float64]:
    """The likeness of a signature to each row of others."""
    return np.asarray((others == one[None, :]).mean(axis=1), dtype=np.float64)


def bands(minima: Minima, salt: int) -> list[int]:
    """32 signed 64-bit hashes. `salt`: texts of different corpora share none."""
    rows, width, digests = minima.astype("<u4").tobytes(), 4 * ROWS, []
    for n, salted in enumerate(salted_hashes(salt)):
        digest = salted.copy()
        digest.update(rows[n * width : (n + 1) * width])
        digests.append(digest.digest())
    return [*struct.unpack(f"<{BANDS}q", b"".join(digests))]


@lru_cache(maxsize=64)
def salted_hashes(salt: int) -> tuple[blake2b, ...]:
    """One for each band, to be copied: to begin with a salt takes longer than all that follows."""
    return tuple(blake2b(digest_size=8, salt=f"{salt}.{n}".encode()[:16]) for n in range(BANDS))


_random = np.random.default_rng(2371)
FACTORS = _random.integers(0, 1 << 63, SIZE, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
SHIFTS = _random.integers(0, 1 << 63, SIZE, dtype=np.uint64)
