"""Sketches of all texts of a lake as files of plain numbers: keys, and each band by itself, since one of them is in memory at a time.

A text is known by its rank among all texts, in the order of their digests.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.near_duplicates.shingles import BANDS, ROWS, SIZE
from lake.extras import needed
from lake.files.progress import Progress
from lake.files.unreadable import LakeUnreadable

Numbers = NDArray[np.uint64]

DIGITS = 64  # of a SHA-256
AT_ONCE = 2_000  # texts, whose sketches stay in the cache of the processor
TURNED = 128  # of these, whose bands are put together
WRITTEN = 1 << 16  # bytes of a file at a time: a quarter of them takes the kernel twice as long
MIXED = 1 << 14  # of a band, which stay in the cache of the processor
MOST = 16_000_000  # of a band, which are sorted at a time
PENDING = 2_000_000  # pairs that wait to be sorted with the others
LOW = np.uint64(0xFFFFFFFF)
COLUMNS = ("text_sha256", "minima", "bands")


class Sketches:
    """Those of Parquet files with the `COLUMNS`, in files of a folder. A text that many pages have is there once."""

    def __init__(self, paths: Sequence[Path], folder: Path) -> None:
        self.paths, self.folder = paths, folder
        self.rows, self.ranks = ranked(write(paths, folder))

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
        both = [self.rows[ranks] for ranks in split(pairs[unsure])]
        rows = np.unique(np.concatenate(both))
        if len(rows):
            self.write_minima(rows)
        for start in range(0, len(unsure), AT_ONCE):
            some = slice(start, start + AT_ONCE)
            minima = records(self.folder / "minima", "<u4", SIZE)
            one, other = (minima[np.searchsorted(rows, each[some])] for each in both)
            is_alike[unsure[some]] = (one == other).mean(axis=1) >= share
        return pairs[is_alike]

    def write_minima(self, rows: NDArray[np.int64]) -> None:
        """Of these rows, which are sorted, into a file."""
        start = 0
        with (self.folder / "minima").open("wb") as file:
            for batch in batches(self.paths, ["minima"]):
                some = rows[slice(*np.searchsorted(rows, (start, start + len(batch))))] - start
                file.write(np.frombuffer(fixed(batch.column(0), 4 * SIZE), dtype=f"V{4 * SIZE}")[some])
                start += len(batch)


def batches(paths: Sequence[Path], columns: Sequence[str]) -> Iterator[Any]:
    """In the order of the files. Mapped: to read them takes as long again, to clear memory that it is copied to. Each group of rows
    anew: what was looked at is no memory of ours for longer. Raises LakeUnreadable."""
    arrow, parquet = needed("pyarrow"), needed("pyarrow.parquet")
    for path in paths:
        try:
            metadata = parquet.read_metadata(path)
            for group in range(metadata.num_row_groups):
                with parquet.ParquetFile(path, metadata=metadata, memory_map=True) as file:
                    yield from file.iter_batches(AT_ONCE, [group], columns, use_threads=False)
        except (arrow.ArrowException, OSError) as error:
            raise LakeUnreadable(error) from error


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


def write(paths: Sequence[Path], folder: Path) -> Numbers:
    """Digests and bands of all texts; their keys."""
    keys = [np.empty(0, dtype=np.uint64)]
    with ExitStack() as stack:
        names = ("ids", *(f"band{at}" for at in range(BANDS)))
        ids, *bands = [stack.enter_context((folder / name).open("wb", WRITTEN)) for name in names]
        for batch in batches(paths, ["text_sha256", "bands"]):
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
    low = (np.uint64(1) << np.uint64(len(rows).bit_length())) - np.uint64(1)
    mixed = np.empty_like(some)
    for start in range(0, len(some), MIXED):
        part = slice(start, start + MIXED)
        np.bitwise_or(some[part] & ~low, ranks[part], out=mixed[part])
    mixed.sort()
    if len(rows) < len(hashes):
        mixed = distinct(mixed)
    is_later = np.zeros(len(mixed) + 1, dtype=bool)  # than another one of its digits; nothing follows the last
    for start in range(1, len(mixed), MIXED):
        values = mixed[start - 1 : start + MIXED]
        is_later[start : start + len(values) - 1] = values[1:] ^ values[:-1] <= low
    at = np.flatnonzero(is_later[1:] | is_later[:-1])
    members, is_later = mixed.take(at) & low, is_later.take(at)
    own = hashes.take(rows.take(members.view(np.int64)))
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
    later = np.flatnonzero(is_later)
    return members.take(firsts.take(later)) << np.uint64(32) | members.take(later)
