"""Whether agreement has changed in the course of the weeks, in more than chance explains.

Of each series (a layer, a label, a reader) every week is tried as the one from which on agreement is another one. How large the largest change of all
series and weeks is by chance follows from giving the articles' weeks to other articles: so many series are no reason to flag one. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from annotations.agreement.bootstrap import LEAST_ARTICLES, intervals

LEVEL = 0.05  # in so many corpora in which nothing has changed, some series is flagged
SHUFFLES = 199
LEAST = 5  # articles with marks of a series, before the change and after it
MOST_ARTICLES = 2_000  # the newest
SEED = 1

Numbers = NDArray[np.float64]
Ratio = tuple[float, float]
Series = tuple[str, str]  # its kind and its name


class ArticleScore(NamedTuple):
    """`ratios`: series → numerator and denominator, of those of which the article has something."""

    week: int
    ratios: Mapping[Series, Ratio]


class Drift(NamedTuple):
    """A change of a series: from `week` on. Intervals where there are enough articles."""

    series: Series
    week: int
    articles_before: int
    articles_after: int
    before: float
    after: float
    before_interval: tuple[float, float] | None
    after_interval: tuple[float, float] | None


class SplitSeries(NamedTuple):
    """A series before and after a week, which counts on neither side; after the week `since`, and before the week `until`."""

    series: Series
    week: int
    since: int | None = None
    until: int | None = None


class SeriesTable:
    """Numerators and denominators of all series of many articles, in little room."""

    def __init__(self, articles: Sequence[ArticleScore]) -> None:
        self.weeks = np.array([each.week for each in articles], dtype=np.int64)
        self.columns = {name: at for at, name in enumerate(sorted({name for each in articles for name in each.ratios}))}
        self.table = np.zeros((len(articles), len(self.columns), 2), dtype=np.float32)
        for row, each in zip(self.table, articles, strict=True):
            for name, ratio in each.ratios.items():
                row[self.columns[name]] = ratio

    def split(self, asked: SplitSeries) -> Drift | None:
        """None where one of the sides has nothing of it. Of each side the MOST_ARTICLES next to the week count."""
        if asked.series not in self.columns:
            return None
        ratios = self.table[:, self.columns[asked.series]].astype(float)
        has = ratios[:, 1] > 0
        before = np.flatnonzero(has & (self.weeks < asked.week) & (self.weeks > (asked.since or 0)))
        after = np.flatnonzero(has & (self.weeks > asked.week) & ((self.weeks < asked.until) if asked.until else True))
        if not (len(before) and len(after)):
            return None
        near = [
            rows[np.argsort(np.abs(self.weeks[rows] - asked.week), kind="stable")][:MOST_ARTICLES] for rows in (before, after)
        ]
        return drift_of(asked.series, asked.week, [ratios[rows] for rows in near])


def drifts(articles: Sequence[ArticleScore], *, shuffles: int = SHUFFLES, seed: int = SEED) -> list[Drift]:
    """The series whose largest change is beyond chance, each at the week of that change."""
    some = sorted(articles, key=lambda each: each.week)[-MOST_ARTICLES:]
    weeks = np.array([each.week for each in some])
    # The first article of each week but the first: there a change can begin.
    splits = np.flatnonzero(np.diff(weeks)) + 1 if len(some) else np.array([], dtype=int)
    names = sorted({name for each in some for name in each.ratios})
    table = np.array([[each.ratios.get(name, (0.0, 0.0)) for name in names] for each in some]).reshape(len(some), len(names), 2)
    if not (len(splits) and names):
        return []
    residuals = residuals_of(table)
    fits = enough(table[:, :, 1] > 0, splits)
    sizes = changes(residuals, splits) * fits
    chance = np.random.default_rng(seed)
    largest = np.sort([(changes(residuals[chance.permutation(len(some))], splits) * fits).max() for _ in range(shuffles)])
    line = largest[min(shuffles - 1, int(np.ceil((1 - LEVEL) * (shuffles + 1))) - 1)]
    flagged = [(name, int(sizes[:, number].argmax())) for number, name in enumerate(names) if sizes[:, number].max() > line]
    return [drift_at(name, some[splits[split]].week, splits[split], table[:, names.index(name)]) for name, split in flagged]


def residuals_of(table: Numbers) -> Numbers:
    """What each article has more or less of a series than all together would give it, in standard deviations."""
    totals = table.sum(axis=0)
    rates = np.divide(totals[:, 0], totals[:, 1], out=np.zeros(len(totals)), where=totals[:, 1] > 0)
    residuals = table[:, :, 0] - rates * table[:, :, 1]
    spread = residuals.std(axis=0)
    return np.divide(residuals, spread, out=np.zeros_like(residuals), where=spread > 0)


def changes(residuals: Numbers, splits: NDArray[np.int64]) -> Numbers:
    """Of each split and series, how far the articles before are from those after it, as a score that is standard normal by chance."""
    n = len(residuals)
    before = np.cumsum(residuals, axis=0)[splits - 1]
    return np.abs(before) / np.sqrt(splits * (n - splits) / n)[:, None]


def enough(has: NDArray[np.bool_], splits: NDArray[np.int64]) -> NDArray[np.bool_]:
    before = np.cumsum(has, axis=0)[splits - 1]
    return (before >= LEAST) & (has.sum(axis=0) - before >= LEAST)


def drift_at(name: Series, week: int, split: int, ratios: Numbers) -> Drift:
    return drift_of(name, week, [side[side[:, 1] > 0] for side in (ratios[:split], ratios[split:])])


def drift_of(name: Series, week: int, sides: Sequence[Numbers]) -> Drift:
    before, after = (float(side[:, 0].sum() / side[:, 1].sum()) for side in sides)
    ranges = [
        intervals([[(row[0], row[1])] for row in side.tolist()], seed=SEED)[0] if len(side) >= LEAST_ARTICLES else None
        for side in sides
    ]
    return Drift(name, week, len(sides[0]), len(sides[1]), before, after, *ranges)
