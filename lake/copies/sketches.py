"""Sketches of all texts of a lake as files of plain numbers: keys, and each band by itself, since one of them is in memory at a time.

A text is known by its rank among all texts, in the order of their digests.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.near_duplicates.shingles import BANDS, ROWS, SIZE
from lake.extras import needed
from lake.files.progress import Progress

Numbers = NDArray[np.uint64]

DIGITS = 64  # of a SHA-256
AT_ONCE = 6_000  # texts, whose bands stay in the cache of the processor
TURNED = 128  # of these, whose bands are put together
MOST = 16_000_000  # of a band, which are sorted at a time
PENDING = 2_000_000  # pairs that wait to be sorted with the others
LOW = np.uint64(0xFFFFFFFF)
KEYS = "SELECT text_sha256, bands FROM pages"
MINIMA = "SELECT text_sha256, minima FROM pages SEMI JOIN compared USING (text_sha256)"


class Sketches:
    """Those of a lake, in files of a folder. A text that many pages have is there once."""

    def __init__(self, connection: Any, folder: Path) -> None:
        self.connection, self.folder = connection, folder
        self.keys = write(connection, folder)
        self.rows, self.ranks = ranked(self.keys)

    def band(self, number: int) -> Numbers:
        """In the order of the files."""
        return records(self.folder / f"band{number}", "<u8", 1)[:, 0]

    def names(self, ranks: Numbers) -> Any:
        """The digests of the texts, as a column of Arrow."""
        arrow, length = needed("pyarrow"), len(ranks)
        digits = records(self.folder / "ids", f"S{DIGITS}", 1)[self.rows[ranks], 0]
        ends = np.arange(0, DIGITS * (length + 1), DIGITS, dtype=np.int64)
        return arrow.Array.from_buffers(arrow.large_string(), length, [None, arrow.py_buffer(ends), arrow.py_buffer(digits)])

    def pairs(self, progress: Progress | None = None) -> tuple[Numbers, Numbers]:
        """Of texts that share a band each with the first of them, and how many bands brought it: two texts share as many, or more.

        A pair: the rank of the first in the upper half, its own in the lower.
        """
        pairs, counts, pending = *counted(np.empty(0, dtype=np.uint64)), [np.empty(0, dtype=np.uint64)]
        for number in range(BANDS if len(self.rows) else 0):
            pending.extend(pairs_of(self.band(number), self.ranks, self.rows))
            if number == BANDS - 1 or sum(map(len, pending)) > PENDING:
                pairs, counts = added(pairs, counts, *counted(np.sort(np.concatenate(pending))))
                pending = []
            if progress:
                progress("sorted", number + 1, BANDS)
        return pairs, counts

    def alike(self, pairs: Numbers, counts: Numbers, share: float) -> Numbers:
        """Those whose sketches have so much in common. Where the bands tell that already, the minima are not read."""
        is_alike = counts >= math.ceil(share * SIZE / ROWS)
        unsure = np.flatnonzero(~is_alike)
        ranks = distinct(np.sort(np.concatenate(split(pairs[unsure]))))
        at = self.write_minima(ranks) if len(unsure) else np.empty(0, dtype=np.int64)
        for start in range(0, len(unsure), AT_ONCE):
            some = unsure[start : start + AT_ONCE]
            one, other = (
                records(self.folder / "minima", "<u4", SIZE)[at[np.searchsorted(ranks, part)]] for part in split(pairs[some])
            )
            is_alike[some] = (one == other).mean(axis=1) >= share
        return pairs[is_alike]

    def write_minima(self, ranks: Numbers) -> NDArray[np.int64]:
        """Of these texts, into a file; where in it each stands."""
        self.connection.register("compared", needed("pyarrow").table([self.names(ranks)], names=["text_sha256"]))
        written = [np.empty(0, dtype=np.uint64)]
        with (self.folder / "minima").open("wb") as file:
            for batch in self.connection.sql(MINIMA).to_arrow_reader(AT_ONCE):
                written.append(keys_of(fixed(batch.column(0), DIGITS)))
                file.write(fixed(batch.column(1), 4 * SIZE))
        self.connection.unregister("compared")
        at = np.empty(len(ranks), dtype=np.int64)
        at[np.searchsorted(self.keys[self.rows[ranks]], np.concatenate(written))] = np.arange(sum(map(len, written)))
        return at


def records(path: Path, kind: str, width: int) -> NDArray[Any]:
    """Of a file. Anew each time: what was looked at is no memory of ours for longer."""
    if not path.stat().st_size:
        return np.empty((0, width), dtype=kind)
    return np.memmap(path, dtype=kind, mode="r").reshape(-1, width)


def ranked(keys: Numbers) -> tuple[NDArray[np.int64], Numbers]:
    """Of each rank a row of the files, and of each row its rank."""
    order = np.argsort(keys)
    own = keys[order]
    is_first = np.ones(len(keys), dtype=bool)
    is_first[1:] = own[1:] != own[:-1]
    ranks = np.empty(len(keys), dtype=np.uint64)
    ranks[order] = np.cumsum(is_first) - 1
    return order[is_first], ranks


def split(pairs: Numbers) -> tuple[Numbers, Numbers]:
    return pairs >> np.uint64(32), pairs & LOW


def distinct(values: Numbers) -> Numbers:
    """Of sorted ones."""
    return values[firsts_of(values)]


def firsts_of(values: Numbers) -> NDArray[np.int64]:
    """Where each of the sorted values begins."""
    is_first = np.ones(len(values), dtype=bool)
    is_first[1:] = values[1:] != values[:-1]
    return np.flatnonzero(is_first)


def counted(values: Numbers) -> tuple[Numbers, Numbers]:
    """Each of the sorted values once, and how often it was there."""
    firsts = firsts_of(values)
    return values[firsts], np.diff(firsts, append=len(values)).astype(np.uint64)


def added(one: Numbers, of_one: Numbers, other: Numbers, of_other: Numbers) -> tuple[Numbers, Numbers]:
    """Sorted values of both, and the sum of their numbers."""
    values = distinct(np.sort(np.concatenate([one, other])))
    counts = np.zeros(len(values), dtype=np.uint64)
    counts[np.searchsorted(values, one)] += of_one
    counts[np.searchsorted(values, other)] += of_other
    return values, counts


def numbers(digits: NDArray[np.uint8]) -> Numbers:
    """Rows of 16 hexadecimal digits as they are read, eight digits at a time."""
    eights = np.ascontiguousarray(digits).view(">u8").astype(np.uint64)
    values = (eights & np.uint64(0x0F0F0F0F0F0F0F0F)) + (eights >> np.uint64(6) & np.uint64(0x0101010101010101)) * np.uint64(9)
    for bits, mask in ((4, 0x00FF00FF00FF00FF), (8, 0x0000FFFF0000FFFF), (16, 0x00000000FFFFFFFF)):
        values = (values | values >> np.uint64(bits)) & np.uint64(mask)
    return values[:, 0] << np.uint64(32) | values[:, 1]


def write(connection: Any, folder: Path) -> Numbers:
    """Digests and bands of all texts; their keys."""
    keys = [np.empty(0, dtype=np.uint64)]
    with ExitStack() as stack:
        ids, *bands = [stack.enter_context((folder / name).open("wb")) for name in ("ids", *(f"band{at}" for at in range(BANDS)))]
        for batch in connection.sql(KEYS).to_arrow_reader(AT_ONCE):
            digits = fixed(batch.column(0), DIGITS)
            keys.append(keys_of(digits))
            ids.write(digits)
            for band, file in zip(turned(whole(batch.column(1).flatten()).reshape(-1, BANDS)), bands, strict=True):
                file.write(band)
    return np.concatenate(keys)


def keys_of(digests: memoryview) -> Numbers:
    """Their first 16 digits as numbers, which no two texts have in common."""
    return numbers(np.frombuffer(digests, dtype=np.uint8).reshape(-1, DIGITS)[:, :16])


def turned(rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """Its columns as rows, some at a time, which stay in the cache of the processor."""
    columns = np.empty(rows.shape[::-1], dtype=rows.dtype)
    for at in range(0, len(rows), TURNED):
        columns[:, at : at + TURNED] = rows[at : at + TURNED].T
    return columns


def fixed(column: Any, width: int) -> memoryview:
    """The bytes of texts or bytes that have one length. Raises ValueError for others."""
    _, ends, content = column.buffers()
    ends = np.frombuffer(ends, dtype=np.int32)[column.offset : column.offset + len(column) + 1]
    if (np.diff(ends) != width).any():
        raise ValueError(f"a value has not {width} bytes")
    return memoryview(content)[ends[0] : ends[-1]]


def whole(column: Any) -> NDArray[np.int64]:
    """Numbers, of which none is missing, as they lie in memory; pyarrow would load pandas first."""
    return np.frombuffer(column.buffers()[1], dtype=np.int64)[column.offset : column.offset + len(column)]


def pairs_of(hashes: Numbers, ranks: Numbers, rows: NDArray[np.int64]) -> Iterator[Numbers]:
    """Of the ranks with the same hash: all but the first, each with that. `ranks`: of each row its rank; `rows`: of each rank a row."""
    slices = -(-len(hashes) // MOST)
    for number in range(slices):
        some = slice(None) if slices == 1 else np.flatnonzero(hashes % slices == number)
        yield pairs_among(hashes, hashes[some], ranks[some], rows)


def pairs_among(hashes: Numbers, some: Numbers, ranks: Numbers, rows: NDArray[np.int64]) -> Numbers:
    """Sorting numbers is a third of sorting places: the rank takes the lower digits of the hash, and what is left of it tells few apart
    that are not; these are sorted by the whole hash then."""
    bits = np.uint64(len(rows).bit_length())
    mixed = some >> bits << bits | ranks
    mixed.sort()
    if len(rows) < len(hashes):
        mixed = distinct(mixed)
    is_later = np.zeros(len(mixed) + 1, dtype=bool)  # than another one of its digits; nothing follows the last
    np.less(mixed[1:] ^ mixed[:-1], np.uint64(1) << bits, out=is_later[1:-1])
    at = np.flatnonzero(is_later[1:] | is_later[:-1])
    members, is_later = mixed[at] & ((np.uint64(1) << bits) - np.uint64(1)), is_later[at]
    own = hashes[rows[members]]
    is_other = is_later & (own != np.roll(own, 1))
    if is_other.any():
        group = np.cumsum(~is_later)
        is_mixed = np.zeros(len(members) + 1, dtype=bool)
        is_mixed[group[is_other]] = True
        at = np.flatnonzero(is_mixed[group])
        order = at[np.argsort(own[at], kind="stable")]
        members[at], own[at] = members[order], own[order]
        is_later &= own == np.roll(own, 1)
    firsts = np.maximum.accumulate(np.where(is_later, 0, np.arange(len(members))))
    return members[firsts][is_later] << np.uint64(32) | members[is_later]
