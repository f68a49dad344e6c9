"""How many marks each layer has: of entities and other things that are neither events nor figures, and of events each trigger.

The index has events and figures alone, so marks are counted where they are stored, of the readings that answer.
"""

from __future__ import annotations

from typing import Any

from questions.address.question import AddressError
from questions.asking import time_limits
from questions.asking.asker import Asker
from questions.asking.condition import Condition, both
from questions.asking.filters import fits
from questions.asking.whose import visible
from questions.index.entries_sql import BEST_FIRST, IS_EVIDENCE, LIVE
from questions.ledgers.page import LedgerPage

Object = dict[str, Any]
SECONDS = 1.0
# What can be asked of a whole reading. Of marks nobody can ask in which event they are, when it was or who says so.
OF_READINGS = frozenset("by order whose copies outlet language published_from published_to article".split())
KEY = (int, str, str, str, str)
FIRST = "row_number() OVER (PARTITION BY {of} ORDER BY {order}) = 1"
# With the columns by which entries are asked whose they are and of which article.
READINGS = f"""SELECT b.id AS assignment_id, t.article_id, x.copy_of_id AS copy_of,
        {IS_EVIDENCE} AND {FIRST.format(of=f"t.article_id, {IS_EVIDENCE}", order=BEST_FIRST)} AS is_best,
        {IS_EVIDENCE} AND b.role = 'adjudication'
            AND {FIRST.format(of=f"t.article_id, {IS_EVIDENCE}, b.role = 'adjudication'", order=BEST_FIRST)} AS is_best_gold
    FROM annotations_assignment b JOIN corpus_document t ON t.id = b.document_id JOIN corpus_article x ON x.id = t.article_id
    WHERE x.corpus_id = %(corpus)s AND {LIVE.format(a="b")}"""  # noqa: S608 - of our own words
MARKS = f"""SELECT y.code, sum(s.number)::bigint FROM (SELECT s.label_id, count(*) AS number FROM ({READINGS}) e
        JOIN annotations_span s ON s.assignment_id = e.assignment_id WHERE {{condition}} GROUP BY s.label_id) s
    JOIN annotations_label l ON l.id = s.label_id JOIN annotations_layer y ON y.id = l.layer_id GROUP BY y.code"""  # noqa: S608 - the same


def can_be_asked(asker: Asker) -> bool:
    return OF_READINGS.issuperset(asker.question.given)


def marks_of_layers(asker: Asker) -> dict[str, int] | None:
    """By code of the layer, without marks of copies unless they are asked for; None where counting takes too long."""
    originals = [] if asker.question.is_on("copies") else [Condition("{e}.copy_of IS NULL")]
    condition = both([*visible(asker), *fits(asker), *originals])
    rows = time_limits.counted_in_time(
        MARKS.format(condition=condition.of("e")), condition.values | {"corpus": asker.corpus.pk}, SECONDS
    )
    return None if rows is None else dict(rows)


def with_marks(rows: list[Object], marks: dict[str, int]) -> list[Object]:
    """Rows of layers with their marks; a layer that has neither events nor figures is counted by these."""
    numbered = [row | {"marks": marks.get(code_of(row), 0)} for row in rows]
    others = marks.keys() - {code_of(row) for row in rows}
    return numbered + [alone(code, marks[code]) for code in others]


def code_of(row: Object) -> str:
    return row["values"][0]["value"] or ""


def alone(code: str, number: int) -> Object:
    value = {"by": "layer", "value": code, "name": code}
    return {"values": [value], "count": number, "events": 0, "figures": 0, "marks": number}


def page_of_layers(asker: Asker, whole: LedgerPage, limit: int, after: tuple[Any, ...] | None) -> LedgerPage:
    """The rows of all layers with those of marks among them, in the same order. Raises AddressError for keys of another kind."""
    if after is not None and tuple(map(type, after)) != KEY:
        raise AddressError("cursor", "is not a cursor of this question")
    marks = marks_of_layers(asker)
    rows = whole.rows if marks is None else with_marks(whole.rows, marks)
    keyed = {key_of(row, asker.question["order"]): row for row in rows}
    left = sorted(key for key in keyed if after is None or key > after)
    totals = (whole.totals or {}) | {"values": len(rows)}
    totals |= {} if marks is None else {"marks": sum(marks.values())}
    last = left[limit - 1] if len(left) > limit else None
    return LedgerPage([keyed[key] for key in left[:limit]], whole.parts, whole.unplaced, last, whole.behind, totals)


def key_of(row: Object, order: str) -> tuple[Any, ...]:
    """As the ledger of counts has it: by rank, by the name and by the code of the value, of a second value nothing."""
    return (-row["count"] if order == "count" else 0, code_of(row), "", code_of(row), "")
