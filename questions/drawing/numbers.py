"""Figures as ranges, and counts as bars or a shaded table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from corpus.plots.bars import CountBar, bars
from corpus.plots.elements import SvgElement
from corpus.plots.matrix import Cell, matrix
from corpus.plots.ranges import FigureRange, Precision, ranges
from questions.address.kinds import CODE
from questions.address.question import Question
from questions.drawing.addresses import asked_of, page_of
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
            CountBar(value_name(names, row, 0), row["count"], count_label(names, row), address(question, slug, row))
            for row in rows
        ]
        return bars(each, f"{len(rows)} values of {columns[0]} with their counts")
    cells = [
        Cell(
            value_name(names, row, 0),
            value_name(names, row, 1),
            row["count"],
            count_label(names, row),
            address(question, slug, row),
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
    return f"{words}: {row['count']:,}"


def address(question: Question, slug: str, row: Object) -> str:
    """Where the events or figures with these values are listed; empty where no ledger can be asked so."""
    ledger = "figures" if row["figures"] and not row["events"] else "events"
    asked: dict[str, str] = {"status": "any", "polarity": "any"} | ({"use": "any"} if ledger == "figures" else {})
    for value in row["values"]:
        pair = condition(value)
        if pair is None:
            return ""
        asked |= pair
    if ledger == "events" and "label" in asked:
        asked["type"] = asked.pop("label")
    known = asked_of(question, ledger).ledger.parameters
    return page_of(slug, asked_of(question, ledger, **asked)) if set(asked) <= known else ""


def condition(value: Object) -> dict[str, str] | None:
    """What to ask for a value; None: nothing asks for it."""
    by, given = value["by"], value["value"]
    if given is None:
        return None
    if by == "outlet":
        return {"outlet": value["name"]}
    if by in IN_TIME or by == "layer":
        return None
    return {by: given} if CODE.fullmatch(given) else None
