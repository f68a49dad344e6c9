"""Events and figures: rows that are entries of the index."""

from __future__ import annotations

from typing import Any

from questions.asking.answer import IndexAnswer
from questions.asking.asker import Asker
from questions.asking.rows import LedgerRows
from questions.ledgers.page import LedgerPage


def page(asker: Asker, limit: int, after: tuple[Any, ...] | None = None) -> LedgerPage:
    answer = IndexAnswer(asker)
    heads = answer.page(limit, after)
    shown = heads[:limit]
    following = shown[-1].order if len(heads) > limit else None
    return LedgerPage(LedgerRows(answer, shown).listed(), answer.parts(), answer.unplaced(), following, answer.source.behind)
