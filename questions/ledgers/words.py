"""Words and marks of all articles, each with what is left and right of it: a concordance."""

from __future__ import annotations

from typing import Any

from questions.asking.answer import COUNTED
from questions.asking.asker import Asker
from questions.concordance.rows import rows_of
from questions.concordance.walk import Concordance
from questions.ledgers.page import LedgerPage

# `words`: those by which lines are sorted, if they are; `mark`: of a line that is a mark.
KEYS = {"words": "text", "created": "timestamptz", "document": "uuid", "start": "int", "end": "int", "mark": "uuid"}


def page(asker: Asker, limit: int, after: tuple[Any, ...] | None = None) -> LedgerPage:
    """Texts are read by everyone who may see the corpus; the marks under them are those that the asker may see.

    A page may have fewer lines than asked for, or none, and still not be the last. Nothing waits for the index of entries: marks are read
    as they are. Of `totals`, `not_indexed` are articles whose words no search finds yet.
    """
    if asker.role is None:
        return LedgerPage([], {COUNTED: 0}, 0, None, 0)
    lines = Concordance(asker)
    part = lines.page(limit, after and (after[0], after[1:]))
    totals = lines.totals(part, is_first=after is None) if asker.counts else None
    breakdown = lines.breakdown(part, is_first=after is None) if asker.counts else None
    if totals is not None:
        totals["not_indexed"] = lines.line_question.of_corpus.not_indexed
    following = part.after and (part.after[0], *part.after[1])
    parts = {COUNTED: totals["lines"]} if totals and "lines" in totals else None
    return LedgerPage(rows_of(asker, part.lines), parts, 0, following, 0, totals, breakdown)
