"""Sketches of all texts of a lake as files of plain numbers: keys, minima, and each band by itself, since one of them is in memory at a time.

A text is known by its rank among all texts, in the order of their digests.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.near_duplicates.shingles import BANDS, SIZE
from lake.extras import needed
from lake.files.progress import Progress

Numbers = NDArray[np.uint64]

DIGITS = 64  # of a SHA-256
AT_ONCE = 20_000  # texts
MOST = 16_000_000  # of a band, which are sorted at a time
LOW = np.uint64(0xFFFFFFFF)
SKETCHES = "SELECT text_sha256, minima, bands FROM pages"


class Sketches:
    """Those of a lake, in files of a folder. A text that many pages have is there once."""

    def __init__(self, connection: Any, folder: Path) -> None:
        self.folder = folder
        write(connection, folder)
        keys = (
            numbers(self.records("ids", "u1", DIGITS)[:, :16])
            if (folder / "ids").stat().st_size
            else np.empty(0, dtype=np.uint64)
        )
        order = np.argsort(keys, kind="stable")
        is_first = np.ones(len(keys), dtype=bool)
        is_first[1:] = keys[order][1:] != keys[order][:-1]
        self.rows = order[is_first]
        """Of each rank its number in the files."""

    def band(self, number: int) -> Numbers:
        return np.fromfile(self.folder / f"band{number}", dtype=np.uint64)[self.rows]

    def minima(self, ranks: Numbers) -> NDArray[np.uint32]:
        return self.records("minima", "<u4", SIZE)[self.rows[ranks]]

    def names(self, ranks: Numbers) -> list[str]:
        """The digests of the texts."""
        return [key.decode() for key in self.records("ids", f"S{DIGITS}", 1)[self.rows[ranks], 0].tolist()]

    def records(self, name: str, kind: str, width: int) -> NDArray[Any]:
        """Anew each time: what was looked at is no memory of ours for longer."""
        return np.memmap(self.folder / name, dtype=kind, mode="r").reshape(-1, width)

    def pairs(self, progress: Progress | None = None) -> Numbers:
        """Of texts that share a band each with the first of them: the rank of that in the upper half, its own in the lower."""
        pairs = np.empty(0, dtype=np.uint64)
        for number in range(BANDS if len(self.rows) else 0):
            pairs = np.sort(np.concatenate([pairs, *pairs_of(self.band(number))]))
            pairs = pairs[np.diff(pairs, prepend=~pairs[:1]) != 0]
            if progress:
                progress("sorted", number + 1, BANDS)
        return pairs


def numbers(digits: NDArray[np.uint8]) -> Numbers:
    """Rows of 16 hexadecimal digits as they are read."""
    values = np.zeros(len(digits), dtype=np.uint64)
    for column in digits.T:
        values = values << np.uint64(4) | np.where(column > ord("9"), column - (ord("a") - 10), column - ord("0")).astype(
            np.uint64
        )
    return values


def write(connection: Any, folder: Path) -> None:
    arrow = needed("pyarrow")
    with ExitStack() as stack:
        ids, minima, *bands = [
            stack.enter_context((folder / name).open("wb")) for name in ("ids", "minima", *(f"band{at}" for at in range(BANDS)))
        ]
        for batch in connection.sql(SKETCHES).to_arrow_reader(AT_ONCE):
            ids.write(fixed(batch.column(0).cast(arrow.binary()), DIGITS))
            minima.write(fixed(batch.column(1), 4 * SIZE))
            columns = batch.column(2).flatten().to_numpy().reshape(-1, BANDS)
            for at, file in enumerate(bands):
                file.write(np.ascontiguousarray(columns[:, at]))


def fixed(column: Any, width: int) -> memoryview:
    """The bytes of values that have one length. Raises ValueError for others."""
    arrow = needed("pyarrow")
    values = column.cast(arrow.binary(width))
    return memoryview(values.buffers()[1])[values.offset * width : (values.offset + len(values)) * width]


def pairs_of(hashes: Numbers) -> Iterator[Numbers]:
    """Of the ranks with the same hash: all but the first, each with that."""
    slices = -(-len(hashes) // MOST)
    for number in range(slices):
        ranks = np.arange(len(hashes), dtype=np.uint64) if slices == 1 else np.flatnonzero(hashes % slices == number)
        yield pairs_among(hashes, ranks.astype(np.uint64, copy=False))


def pairs_among(hashes: Numbers, ranks: Numbers) -> Numbers:
    """Sorting numbers is a third of sorting places: the rank takes the lower digits of the hash, and what is left of it tells few apart
    that are not; these are sorted by the whole hash then."""
    bits = np.uint64(len(hashes).bit_length())
    mixed = hashes[ranks] >> bits << bits | ranks
    mixed.sort()
    is_same = mixed[1:] >> bits == mixed[:-1] >> bits
    is_member = np.zeros(len(mixed), dtype=bool)
    is_member[1:] = is_same
    is_member[:-1] |= is_same
    members = np.sort(mixed[is_member] & ((np.uint64(1) << bits) - np.uint64(1)))
    order = np.argsort(hashes[members], kind="stable")
    members, whole = members[order], hashes[members][order]
    is_later = np.zeros(len(members), dtype=bool)
    is_later[1:] = whole[1:] == whole[:-1]
    firsts = np.maximum.accumulate(np.where(is_later, 0, np.arange(len(members))))
    return members[firsts][is_later] << np.uint64(32) | members[is_later]
