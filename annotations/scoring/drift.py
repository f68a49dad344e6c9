"""Drift of a corpus: layers, labels and readers whose agreement has changed with the weeks, beyond chance."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from annotations.agreement.drift import ArticleScore, Drift, drifts
from annotations.scoring.score_rows import EACH, ScoreRow


class DriftSeries(NamedTuple):
    """`kind`: layer, label or reader."""

    kind: str
    name: str


class DriftLine(NamedTuple):
    """From `week` on agreement (F1 of the same words and the same label) is another one than before."""

    kind: str
    name: str
    week: date
    articles_before: int
    before: float
    before_low: float | None
    before_high: float | None
    articles_after: int
    after: float
    after_low: float | None
    after_high: float | None

    @property
    def title(self) -> str:
        """A label before its layer: COMPANY (ACTOR)."""
        layer, _, label = self.name.partition(".") if self.kind == "label" else (self.name, "", "")
        return f"{label} ({layer})" if label else layer


def drift_lines(scores: Sequence[ArticleScore]) -> list[DriftLine]:
    return [drift_line(each) for each in drifts(scores)]


def article_scores(scored: Iterable[ScoreRow], against: str) -> list[ArticleScore]:
    """Of each article all pairs, in the week of the last one."""
    rows: dict[UUID, list[ScoreRow]] = defaultdict(list)
    for row in scored:
        if row.week:
            rows[row.article].append(row)
    scores = []
    for some in rows.values():
        sums: dict[DriftSeries, list[float]] = defaultdict(lambda: [0.0, 0.0])
        for row in some:
            for series, same, marks in ratios_of(row, against):
                sums[series][0] += 2 * same
                sums[series][1] += marks
        week = max(row.week for row in some if row.week)
        scores.append(ArticleScore(week.toordinal(), {series: (both, marks) for series, (both, marks) in sums.items()}))
    return scores


def ratios_of(row: ScoreRow, against: str) -> Iterator[tuple[DriftSeries, int, int]]:
    """Series, how many marks of it are the same, and how many both have; none of which there is nothing."""
    same = 0
    for layer, part in row.counts["layers"].items():
        same += part["exact"]
        if marks := part["left"] + part["right"]:
            yield DriftSeries("layer", layer), part["exact"], marks
        for label, (left, right, exact, _) in part["labels"].items():
            if marks := left + right:
                yield DriftSeries("label", f"{layer}.{label}"), exact, marks
    for reader in (row.left, row.right) if against == EACH else (row.right,):
        if row.marks:
            yield DriftSeries("reader", reader), same, row.marks


def drift_line(drift: Drift) -> DriftLine:
    sides = [
        (articles, value, *(interval or (None, None)))
        for articles, value, interval in (
            (drift.articles_before, drift.before, drift.before_interval),
            (drift.articles_after, drift.after, drift.after_interval),
        )
    ]
    return DriftLine(*drift.series, date.fromordinal(drift.week), *sides[0], *sides[1])
