"""The breakdown of lines as tables: each value with its number leads to the same question, narrowed to it."""

from __future__ import annotations

from datetime import date
from typing import Any

from questions.address.question import AddressError, Question
from questions.asking.asker import Asker
from questions.drawing.addresses import page_of
from questions.ledgers.answered import Answered
from questions.wording.code_names import CodeNames
from questions.wording.line_words import number_words

Object = dict[str, Any]
NONE = {"outlet": "not stated", "year": "no single year", "label": "no mark"}


def breakdown(answer: Answered, slug: str) -> list[Object]:
    """A table for each column: `values` with words, number and address; empty where nothing is counted."""
    counted = answer.page.breakdown
    if not counted or not answer.page.rows:
        return []
    names = CodeNames(answer.asker.scheme)
    tables = []
    for name, column in counted.items():
        rows = [] if column is None else [value_row(answer.asker, slug, name, each, names) for each in column["values"]]
        tables.append({"name": name, "rows": rows, "further": 0 if column is None else column["further"]})
    return tables


def value_row(asker: Asker, slug: str, column: str, counted: Object, names: CodeNames) -> Object:
    value = counted["value"]
    words = NONE[column] if value is None else names.of("mark", value) if column == "label" else value
    narrowed = None if value is None else narrow(asker, column, value)
    return {"words": words, "number": number_words(counted), "address": page_of(slug, narrowed) if narrowed else ""}


def narrow(asker: Asker, column: str, value: str) -> Question | None:
    """The question about lines of one value; None where no address can ask so."""
    question = asker.question
    try:
        if column == "outlet":
            narrowed = question.having(outlet=value)
            return narrowed if narrowed["outlet"] == value else None
        if column == "year":
            return question.having(**days_of(asker, int(value)))
        conditions = {*filter(None, question["on"].split(",")), f"label:{value}"}
        return question.having(on=",".join(sorted(conditions)))
    except AddressError:
        return None


def days_of(asker: Asker, year: int) -> dict[str, str]:
    """The first and the last day of a year, as far as the question does not ask for fewer."""
    question, today = asker.question, asker.today
    first, last = question.day("published_from", today), question.day("published_to", today)
    asked = {"published_from": question["published_from"], "published_to": question["published_to"]}
    if first is None or first < date(year, 1, 1):
        asked["published_from"] = date(year, 1, 1).isoformat()
    if last is None or last > date(year, 12, 31):
        asked["published_to"] = date(year, 12, 31).isoformat()
    return asked
