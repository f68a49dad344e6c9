"""Rows of scores, each of two readings of an article, and what is added up of many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from annotations.agreement.all_readers import as_readers
from annotations.agreement.bootstrap import LEAST_ARTICLES
from annotations.agreement.pair_counts import Counts

EACH, GOLD, AGAIN = "each", "gold", "again"


@dataclass(frozen=True)
class ScoreRow:
    """Two readings of one article, or the gold (`left`, without a reader's name) and one."""

    pk: int
    article: UUID
    title: str
    left: str
    right: str
    counts: Counts
    week: date | None = None  # in which the later reading was submitted; None where one is open again
    document: UUID | None = None
    readings: tuple[tuple[str, str], ...] = ()  # of both, id and revision
    weight: float = 1.0  # 1 / the chance with which its article was drawn to be read more than once

    def without_counts(self) -> ScoreRow:
        """With what is shown of them: counts of thousands of rows take much room."""
        made = replace(self, counts={})
        made.__dict__.update({name: getattr(self, name) for name in ("exact", "overlap", "marks")})
        return made

    def f1(self, pairs: str) -> float:
        """Of the marks of all layers; `pairs`: exact or overlap."""
        layers = self.counts["layers"].values()
        size = sum(part["left"] + part["right"] for part in layers)
        return 2 * sum(part[pairs] for part in layers) / size if size else 1.0

    @cached_property
    def exact(self) -> float:
        return self.f1("exact")

    @cached_property
    def overlap(self) -> float:
        return self.f1("overlap")

    @cached_property
    def marks(self) -> int:
        return sum(part["left"] + part["right"] for part in self.counts["layers"].values())


@dataclass(frozen=True)
class ReaderPair:
    """All articles that two readers have in common."""

    left: str
    right: str
    articles: int
    marks: int
    exact: float
    overlap: float


class WeekAgreement(NamedTuple):
    """Of pairs whose later reading was submitted in the week of this Monday; F1 of the marks of all layers."""

    week: date
    pairs: int
    articles: int
    marks: int
    exact: float
    overlap: float


class LayerWeek(NamedTuple):
    """The same of one layer, for marks with the same words and the same label."""

    week: date
    layer: str
    marks: int
    exact: float


class CodeAgreement(NamedTuple):
    """`marks`: of both readings of each pair."""

    articles: int
    marks: int
    exact: float

    @property
    def is_enough(self) -> bool:
        """Below, one odd article decides."""
        return self.articles >= LEAST_ARTICLES

    def is_under(self, least: int) -> bool:
        """`least`: in per cent."""
        return 100 * self.exact < least


def layer_weeks_of(by_week: Mapping[date, list[ScoreRow]]) -> list[LayerWeek]:
    """Of weeks in which somebody has marked in the layer."""
    sums: dict[tuple[date, str], list[int]] = defaultdict(lambda: [0, 0])
    for week, rows in by_week.items():
        for layer, part in (each for row in rows for each in row.counts["layers"].items()):
            sums[week, layer][0] += part["left"] + part["right"]
            sums[week, layer][1] += 2 * part["exact"]
    return [LayerWeek(*key, marks, both / marks) for key, (marks, both) in sums.items() if marks]


def rows_by_week(rows: Iterable[ScoreRow]) -> dict[date, list[ScoreRow]]:
    """The oldest week first."""
    groups: dict[date, list[ScoreRow]] = defaultdict(list)
    for row in rows:
        if row.week:
            groups[row.week].append(row)
    return dict(sorted(groups.items()))


def agreement_by_code(rows: Iterable[ScoreRow]) -> dict[str, CodeAgreement]:
    """LAYER and LAYER.LABEL, as far as somebody has marked it."""
    articles: dict[str, set[UUID]] = defaultdict(set)
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for row in rows:
        for layer, part in row.counts["layers"].items():
            labels = {f"{layer}.{label}": numbers for label, numbers in part["labels"].items()}
            for code, (left, right, exact, _) in {layer: (part["left"], part["right"], part["exact"], 0), **labels}.items():
                if left + right:
                    articles[code].add(row.article)
                    sums[code][0] += left + right
                    sums[code][1] += 2 * exact
    return {code: CodeAgreement(len(articles[code]), marks, both / marks) for code, (marks, both) in sums.items()}


def all_readers_of(rows: list[ScoreRow]) -> Counts | None:
    """`rows`: the pairs of a text."""
    if len(rows) == 1:
        return as_readers(rows[0].counts)
    of = dict(reading for row in rows for reading in row.readings)
    whole = next((readers for row in rows if (readers := row.counts.get("readers")) and readers["of"] == of), None)
    return whole and whole["layers"]


def reader_pair(left: str, right: str, rows: Iterable[ScoreRow]) -> ReaderPair:
    rows = list(rows)
    layers = [part for row in rows for part in row.counts["layers"].values()]
    size = sum(part["left"] + part["right"] for part in layers)
    exact, overlap = (2 * sum(part[pairs] for part in layers) / size if size else 1.0 for pairs in ("exact", "overlap"))
    return ReaderPair(left, right, len({row.article for row in rows}), size, exact, overlap)


def week_of(left: datetime | None, right: datetime | None, against: str) -> date | None:
    """The Monday. Against the gold, of the reading: when somebody adjudicates says nothing of how it was read."""
    if right is None or (left is None and against != GOLD):
        return None
    day = (right if against == GOLD or left is None else max(left, right)).date()
    return day - timedelta(days=day.weekday())


def week_agreement(week: date, rows: list[ScoreRow]) -> WeekAgreement:
    pair = reader_pair("", "", rows)
    return WeekAgreement(week, len(rows), pair.articles, pair.marks, pair.exact, pair.overlap)
