"""Figures as ranges, and counts as bars or a shaded table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from corpus.plots.bars import CountBar, bars
from corpus.plots.elements import SvgElement
from corpus.plots.matrix import Cell, matrix
from corpus.plots.ranges import FigureRange, Precision, ranges
from questions.address.question import Question
from questions.drawing.narrowed import listing
from questions.wording.amounts import amount_words, per
from questions.wording.code_names import NOT_STATED, CodeNames

Object = dict[str, Any]
IN_TIME = ("month", "year")


def drawn_ranges(rows: list[Object], names: CodeNames) -> SvgElement | None:
    """Of the figures that count the same, the largest group: what cannot be compared has no common axis."""
    groups: dict[tuple[str, ...], list[FigureRange]] = {}
    for row in rows:
        for value in row["values"]:
            if value["low"] is not None or value["high"] is not None:
                groups.setdefault(axis_of(value, names), []).extend(figure_ranges(row, value))
    if not groups:
        return None
    axis, figures = max(groups.items(), key=lambda group: len(group[1]))
    others = sum(map(len, groups.values())) - len(figures)
    left_out = f"; {others} figures of other kinds are in the table" if others else ""
    title = " ".join(filter(None, axis))
    return ranges(figures, title, f"{len(figures)} figures ({title}) as ranges with their sources{left_out}")


def axis_of(value: Object, names: CodeNames) -> tuple[str, ...]:
    return names.of("label", value["label"]), value["currency"], value["unit"], per(value).strip()


def figure_ranges(row: Object, value: Object) -> Iterable[FigureRange]:
    words = amount_words(value)
    for figure in value["figures"]:
        source = ", ".join(source["name"] for source in figure["sources"]) or "no source"
        precision = Precision.VAGUE if value["vague"] else Precision.APPROXIMATE if value["approximate"] else Precision.EXACT
        counted = ", ".join(entity["name"] for entity in figure["counted"])
        label = ", ".join(filter(None, (words, counted, f"according to {source}")))
        yield FigureRange(source, words, label, row["entries"][0]["href"], value["low"], value["high"], precision)


def drawn_counts(question: Question, slug: str, rows: list[Object], names: CodeNames) -> SvgElement | None:
    """Bars of one column, a shaded table of two."""
    columns = question["by"].split(",")
    if not rows:
        return None
    if len(columns) == 1:
        each = [
            CountBar(value_name(names, row, 0), row["count"], count_label(names, row), listed_behind(question, slug, row, names))
            for row in rows
        ]
        return bars(each, f"{len(rows)} values of {columns[0]} with their counts")
    cells = [
        Cell(
            value_name(names, row, 0),
            value_name(names, row, 1),
            row["count"],
            count_label(names, row),
            listed_behind(question, slug, row, names),
        )
        for row in rows
    ]
    orders = [sorted({value_name(names, row, at) for row in rows}) if by in IN_TIME else [] for at, by in enumerate(columns)]
    return matrix(cells, f"{columns[0]} by {columns[1]}: {len(rows)} pairs with their counts", *orders)


def value_name(names: CodeNames, row: Object, at: int) -> str:
    """A value of counts by its name."""
    value = row["values"][at]
    return names.of(value["by"], value["name"]) if value["value"] else NOT_STATED


def count_label(names: CodeNames, row: Object) -> str:
    words = ", ".join(value_name(names, row, at) for at in range(len(row["values"])))
    apart = f" ({row['events']:,} events, {row['figures']:,} figures)" if row["events"] and row["figures"] else ""
    inside = "; listed with places inside" if any(value["by"] == "place" for value in row["values"]) else ""
    return f"{words}: {row['count']:,}{apart}{inside}"


def listed_behind(question: Question, slug: str, row: Object, names: CodeNames) -> str:
    """Where a drawn number leads: to the events with these values, and only without any to the figures."""
    return listing(question, slug, row, "events" if row["events"] else "figures", names)
