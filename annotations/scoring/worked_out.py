"""What agreement says of some rows of scores. It is worked out once for the same rows: a process keeps what it has worked out last."""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from threading import Lock
from typing import Any
from uuid import UUID

from annotations.agreement.all_readers import all_reader_measures
from annotations.agreement.drift import Drift, SeriesTable, SplitSeries
from annotations.agreement.of_code import has_marks, of_code
from annotations.agreement.pair_counts import Counts
from annotations.agreement.summary import summary
from annotations.scoring.drift import article_scores, drift_lines
from annotations.scoring.score_rows import (
    GOLD,
    ReaderPair,
    ScoreRow,
    agreement_by_code,
    all_readers_of,
    layer_weeks_of,
    reader_pair,
    rows_by_week,
    week_agreement,
)

MOST_ROWS = 50_000  # of all that is kept, without their counts


class WorkedOut:
    """`scores`: the rows without their counts, the least agreement first. `is_together`: whether all readers of a text are compared, too;
    `is_weighted`: measures and labels weigh each article by 1 / chance, what is compared with weeks, readers and guidelines does not;
    `code`: the layer or label that alone is counted, but for targets, drift and guidelines, which name theirs."""

    def __init__(
        self, every: Sequence[ScoreRow], against: str, *, is_together: bool, code: str = "", is_weighted: bool = False
    ) -> None:
        rows = rows_of_code(every, code) if code else every
        is_gold, label = against == GOLD, code.partition(".")[2]
        weights = {row.article: row.weight for row in rows} if is_weighted else None
        self.summary = summary(((row.article, row.counts) for row in rows), is_gold=is_gold, label=label, weights=weights)
        texts = texts_of(rows) if is_together and not code else []
        self.texts_pending = sum(text is None for text in texts)
        self.measures = [*self.summary.measures, *all_reader_measures([text for text in texts if text is not None])]
        self.readers = readers_of(rows)
        by_week = rows_by_week(rows)
        self.by_week = list(by_week)
        self.weeks = [week_agreement(week, some) for week, some in by_week.items()]
        self.layer_weeks = layer_weeks_of(by_week)
        self.codes = agreement_by_code(every)
        scores = article_scores(every, against)
        self.drift = drift_lines(scores)
        self.table, self.splits = SeriesTable(scores), dict[SplitSeries, Drift | None]()
        self.scores = [row.without_counts() for row in sorted(rows, key=lambda row: (row.overlap, row.exact, row.pk))]

    def split(self, asked: SplitSeries) -> Drift | None:
        """A series before and after a week, worked out once."""
        if asked not in self.splits:
            self.splits[asked] = self.table.split(asked)
        return self.splits[asked]


def rows_of_code(rows: Sequence[ScoreRow], code: str) -> list[ScoreRow]:
    """Those with a mark of it."""
    made = [replace(row, counts=of_code(row.counts, code)) for row in rows]
    return [row for row in made if has_marks(row.counts)]


def texts_of(rows: Sequence[ScoreRow]) -> list[Counts | None]:
    """What all readers of each text have marked; None: not counted yet."""
    by_text: dict[UUID | None, list[ScoreRow]] = defaultdict(list)
    for row in rows:
        by_text[row.document].append(row)
    return [all_readers_of(some) for some in by_text.values()]


def readers_of(rows: Sequence[ScoreRow]) -> list[ReaderPair]:
    groups: dict[tuple[str, str], list[ScoreRow]] = defaultdict(list)
    for row in rows:
        groups[row.left, row.right].append(row)
    return [reader_pair(*names, some) for names, some in sorted(groups.items())]


# What was asked for last is at the end.
kept: OrderedDict[Any, WorkedOut] = OrderedDict()
lock = Lock()


def worked_out(key: Any, work_out: Callable[[], WorkedOut]) -> WorkedOut:
    """`key`: names all that goes in."""
    with lock:
        known = kept.get(key)
    made = known or work_out()
    with lock:
        kept[key] = made
        kept.move_to_end(key)
        while len(kept) > 1 and sum(len(each.scores) for each in kept.values()) > MOST_ROWS:
            kept.popitem(last=False)
    return made
