"""Percentile bootstrap of ratios of sums: articles are drawn, never marks, since the marks of one article go together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

LEAST_ARTICLES = 20  # below, intervals are too narrow: of 95 % they hold 91.5 % at 20 articles, 94.2 % at 50
RESAMPLES = 2_000
AT_ONCE = 2_000_000  # articles drawn in one step

Numbers = NDArray[np.float64]


def intervals(
    rows: Sequence[Sequence[tuple[float, float]]], *, resamples: int = RESAMPLES, seed: int = 1, level: float = 0.95
) -> list[tuple[float, float]]:
    """(low, high) of each ratio. `rows`: for each article the (numerator, denominator) of every ratio."""
    table = np.asarray(rows, dtype=float)
    articles, ratios, _ = table.shape
    sums = np.concatenate(list(drawn_sums(table.reshape(articles, ratios * 2), resamples, seed))).reshape(resamples, ratios, 2)
    return [percentiles(sums[:, n, 0], sums[:, n, 1], level) for n in range(ratios)]


def drawn_sums(table: Numbers, resamples: int, seed: int) -> Iterator[Numbers]:
    """Column sums of as many articles as there are, drawn with replacement."""
    chance = np.random.default_rng(seed)
    articles = len(table)
    step = max(1, AT_ONCE // articles)
    for start in range(0, resamples, step):
        count = min(step, resamples - start)
        drawn = chance.integers(articles, size=(count, articles), dtype=np.int64)
        drawn += (np.arange(count) * articles)[:, None]
        times = np.bincount(drawn.ravel(), minlength=count * articles).reshape(count, articles)
        yield times @ table


def percentiles(numerators: Numbers, denominators: Numbers, level: float) -> tuple[float, float]:
    """Where a sample has nothing to be right or wrong about, its ratio is 1."""
    empty = denominators == 0
    scores = np.sort(np.where(empty, 1.0, numerators / np.where(empty, 1.0, denominators)))
    places = [min(len(scores) - 1, int(share * len(scores))) for share in ((1 - level) / 2, (1 + level) / 2)]
    low, high = (float(scores[position]) for position in places)
    return low, high
