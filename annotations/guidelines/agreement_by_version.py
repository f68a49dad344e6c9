"""Agreement in the label of a guideline before and after each of its versions: from the version before it, and until the next one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby
from typing import Any, NamedTuple

from django.db.models import QuerySet

from annotations.agreement.drift import SplitSeries
from annotations.guidelines.carried import carried_in
from annotations.models import GuidelineVersion
from annotations.scoring.drift import DriftSeries
from annotations.scoring.report import AgreementReport
from corpus.db.compiled_queries import RepeatedRows, Slot
from corpus.models import Corpus

MOST_VERSIONS = 10  # the newest
COLUMNS = ("guideline_id", "guideline__layer", "guideline__label", "title", "number", "at")


class VersionWeeks(NamedTuple):
    """A version, the Monday of its week, and those of the version before it and of the next one. `label`: LAYER.LABEL as it is now."""

    title: str
    number: int
    label: str
    week: date
    since: date | None
    until: date | None


class VersionLine(NamedTuple):
    """F1 of the same words and the same label. What was submitted in the week of the version counts on neither side."""

    title: str
    number: int
    label: str
    week: date
    articles_before: int
    before: float
    before_low: float | None
    before_high: float | None
    articles_after: int
    after: float
    after_low: float | None
    after_high: float | None


def labelled() -> QuerySet[Any, Any]:
    """Versions of guidelines about a label."""
    rows = GuidelineVersion.objects.filter(guideline__corpus=Slot("corpus")).exclude(guideline__label="")
    return rows.order_by("guideline_id", "number").values_list(*COLUMNS)


LABELLED = RepeatedRows(labelled)


def version_lines(report: AgreementReport) -> list[VersionLine]:
    """Of versions with articles on both sides, the newest first."""
    lines = []
    for version in sorted(versions_of(report.corpus), key=lambda each: each.week, reverse=True)[:MOST_VERSIONS]:
        since, until = (each.toordinal() if each else None for each in (version.since, version.until))
        series = DriftSeries("label", version.label)
        if split := report.worked_out.split(SplitSeries(series, version.week.toordinal(), since, until)):
            sides = (
                split.articles_before, split.before, *(split.before_interval or (None, None)),
                split.articles_after, split.after, *(split.after_interval or (None, None)),
            )  # fmt: skip
            lines.append(VersionLine(version.title, version.number, version.label, version.week, *sides))
    return lines


def versions_of(corpus: Corpus) -> Iterator[VersionWeeks]:
    """Of guidelines about a label that the scheme in use has, the first versions of which there was nothing before among them."""
    carried = carried_in(corpus)
    for (_, layer, label), group in groupby(LABELLED.all(corpus=corpus.pk), key=lambda row: row[:3]):
        every = list(group)
        now = carried.now(f"{layer}.{label}", every[0][-1])
        weeks = [at.date() - timedelta(days=at.weekday()) for *_, at in every]
        for (*_, title, number, _), since, week, until in zip(every, [None, *weeks], weeks, [*weeks[1:], None], strict=False):
            if now:
                yield VersionWeeks(title, number, now, week, since, until)
