"""Agreement as tables of plain cells, each with its columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from annotations.agreement.pair_counts import METHOD
from annotations.agreement.summary import SEED
from annotations.scoring.report import AgreementReport
from annotations.scoring.targets import target_lines

Rows = Iterable[tuple[Any, ...]]


def measures(report: AgreementReport) -> Rows:
    for each in report.worked_out.measures:
        yield (each.measure, each.layer, each.value, each.n, each.low, each.high, report.against, METHOD, SEED)


def labels(report: AgreementReport) -> Rows:
    for each in report.worked_out.summary.labels:
        yield (*each[:6], each.f1_exact, each.f1_overlap, each.low, each.high, each.precision, each.recall)


def confusions(report: AgreementReport) -> Rows:
    for each in report.worked_out.summary.confusions:
        yield (each.layer, each.left, each.right, each.count)


def readers(report: AgreementReport) -> Rows:
    for each in report.worked_out.readers:
        yield (each.left, each.right, each.articles, each.marks, each.exact, each.overlap)


def weeks(report: AgreementReport) -> Rows:
    for each in report.worked_out.weeks:
        yield (each.week.isoformat(), *each[1:])


def layer_weeks(report: AgreementReport) -> Rows:
    for each in report.worked_out.layer_weeks:
        yield (each.week.isoformat(), *each[1:])


def targets(report: AgreementReport) -> Rows:
    yield from target_lines(report)


def drift(report: AgreementReport) -> Rows:
    for each in report.worked_out.drift:
        yield (*each[:2], each.week.isoformat(), *each[3:])


def articles(report: AgreementReport) -> Rows:
    for row in sorted(report.worked_out.scores, key=lambda row: row.pk):
        yield (str(row.article), row.title, row.left, row.right, row.marks, row.exact, row.overlap, row.pk)


def units(report: AgreementReport) -> Rows:
    for each in report.units():
        yield (str(each.article), *each[1:])


# By name: columns, and what gives the rows.
TABLES: dict[str, tuple[tuple[str, ...], Callable[[AgreementReport], Rows]]] = {
    "measures": (("measure", "layer", "value", "n", "low", "high", "against", "method", "seed"), measures),
    "labels": (
        ("layer", "label", "left", "right", "exact", "overlap", "f1_exact", "f1_overlap", "low", "high", "precision", "recall"),
        labels,
    ),
    "confusions": (("layer", "left", "right", "count"), confusions),
    "readers": (("left", "right", "articles", "marks", "f1_exact", "f1_overlap"), readers),
    "weeks": (("week", "pairs", "articles", "marks", "f1_exact", "f1_overlap"), weeks),
    "layer_weeks": (("week", "layer", "marks", "f1_exact"), layer_weeks),
    "targets": (("layer", "label", "least_per_cent", "articles", "marks", "f1_exact", "state"), targets),
    "drift": (
        ("kind", "name", "week", "articles_before", "f1_before", "low", "high", "articles_after", "f1_after", "low", "high"),
        drift,
    ),
    "articles": (("article", "title", "left", "right", "marks", "f1_exact", "f1_overlap", "pair"), articles),
    "units": (("article", "reader", "layer", "label", "start", "end"), units),
}
