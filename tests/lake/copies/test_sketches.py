"""Pairs of texts that share a band are those that comparing all of them gives, however few digits of a hash are sorted."""

import hashlib
import random
from collections import defaultdict

import numpy as np
import pyarrow as pa
import pytest
from pyarrow import parquet

from corpus.near_duplicates.shingles import BANDS, SIZE, bands, runs, shingles, tokens
from lake.copies import sketches
from lake.copies.sketches import Sketches, fixed, numbers, pairs_of, split


def pairs(hashes):
    firsts = {}
    for rank, value in enumerate(hashes):
        firsts.setdefault(value, rank)
    return sorted((firsts[value], rank) for rank, value in enumerate(hashes) if firsts[value] != rank)


def unpacked(parts):
    return sorted((int(pair) >> 32, int(pair) & 0xFFFFFFFF) for part in parts for pair in part)


def written(path, columns):
    parquet.write_table(pa.table(columns), path, row_group_size=1_500)
    return path


@pytest.mark.parametrize("mixed", [sketches.MIXED, 1, 3])
@pytest.mark.parametrize("most", [1 << 40, 7])
@pytest.mark.parametrize("digits", [64, 6, 3])
def test_texts_with_the_same_hash_are_paired_with_the_first(most, digits, mixed, monkeypatch):
    monkeypatch.setattr(sketches, "MOST", most)
    monkeypatch.setattr(sketches, "MIXED", mixed)
    dice = random.Random(digits)
    # Few digits: many share a hash. Those at the upper end only differ below what is sorted.
    hashes = [dice.randrange(1 << digits) for _ in range(60)] + [(1 << 63) + dice.randrange(3) for _ in range(20)]
    ranks = np.arange(len(hashes), dtype=np.uint64)
    assert unpacked(pairs_of(np.array(hashes, dtype=np.uint64), ranks, ranks)) == pairs(hashes)


def test_ranks_are_in_the_order_of_the_digests_and_a_text_has_one(tmp_path):
    dice = np.random.default_rng(3)
    texts = [hashlib.sha256(bytes([number])).hexdigest() for number in range(40)]
    minima = [dice.integers(0, 1 << 32, SIZE, np.uint32).tobytes() for _ in texts]
    drawn = [dice.integers(-(1 << 63), (1 << 63) - 1, BANDS, np.int64).tolist() for _ in texts]
    columns = {"text_sha256": texts, "minima": minima, "bands": drawn}
    own = Sketches([written(tmp_path / f"{number}.parquet", columns) for number in range(2)], tmp_path)
    ranks = np.arange(len(texts), dtype=np.uint64)
    order = sorted(range(len(texts)), key=texts.__getitem__)
    assert own.names(ranks).to_pylist() == [texts[at] for at in order]
    for number in (0, BANDS - 1):
        assert own.band(number)[own.rows].view(np.int64).tolist() == [drawn[at][number] for at in order]


@pytest.mark.parametrize("at_once", [sketches.AT_ONCE, 7])
@pytest.mark.parametrize("pending", [sketches.PENDING, 100])
def test_pairs_are_alike_as_all_their_minima_are(pending, at_once, tmp_path, monkeypatch):
    """Also those of which the bands tell, and those that have a band in common and little else; however few wait to be counted."""
    monkeypatch.setattr(sketches, "PENDING", pending)
    monkeypatch.setattr(sketches, "AT_ONCE", at_once)
    dice = np.random.default_rng(8)
    minima = dice.integers(0, 1 << 32, (4_000, SIZE), np.uint32)
    for number in range(1, 240, 2):
        for kept in (slice(0, 4 * (1 + number % 31)), slice(0, None, 1 + number % 3)):
            minima[number, kept] = minima[number - 1, kept]
    texts = [hashlib.sha256(str(number).encode()).hexdigest() for number in range(len(minima))]
    own = [bands(row, 0) for row in minima]
    columns = {"text_sha256": texts, "minima": [row.tobytes() for row in minima], "bands": own}
    halves = [{name: values[at::2] for name, values in columns.items()} for at in range(2)]
    paths = [written(tmp_path / f"{number}.parquet", half) for number, half in enumerate(halves)]
    sketches_of_all = Sketches(paths, tmp_path)
    shared, counts = sketches_of_all.pairs()
    alike = sketches_of_all.alike(shared, counts, 0.4)
    expected = {
        tuple(sorted((texts[at], texts[at + 1])))
        for at in range(0, len(texts), 2)
        if set(own[at]) & set(own[at + 1]) and (minima[at] == minima[at + 1]).mean() >= 0.4
    }
    names = [sketches_of_all.names(ranks).to_pylist() for ranks in split(alike)]
    assert set(zip(*names, strict=True)) == expected
    assert 0 < len(expected) == len(alike) < len(shared)
    ranks = {text: rank for rank, text in enumerate(sorted(texts))}
    in_common = [
        (min(pair) << 32 | max(pair), sum(map(int.__eq__, own[at], own[at + 1])))
        for at in range(0, len(texts), 2)
        if (pair := (ranks[texts[at]], ranks[texts[at + 1]])) and set(own[at]) & set(own[at + 1])
    ]
    assert dict(zip(shared.tolist(), counts.tolist(), strict=True)) == dict(in_common)


def test_what_has_another_length_is_no_digest():
    with pytest.raises(ValueError, match="64 bytes"):
        fixed(pa.array(["a" * 64, "a" * 63]), 64)
    assert bytes(fixed(pa.array(["b" * 3, "c" * 3, "d" * 3])[1:], 3)) == b"cccddd"


def test_numbers_are_read_of_digits():
    values = [0, 9, 10, 0xABCDEF0123456789, (1 << 64) - 1]
    digits = np.frombuffer("".join(f"{value:016x}" for value in values).encode(), np.uint8).reshape(-1, 16)
    assert numbers(digits).tolist() == values


@pytest.mark.parametrize("text", ["", "one", "a b c d", "a b c d e", "one two three four five six one two three four five"])
def test_runs_are_shingles(text):
    grouped = defaultdict(int)
    for run in runs(tokens(text)):
        grouped[" ".join(run)] += 1
    assert dict(grouped) == dict.fromkeys(shingles(text), 1)
