"""All rows of an answer, page by page, out of one moment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.db import OperationalError, transaction

from questions.address.kinds import ANY
from questions.asking.answer import COUNTED
from questions.asking.asker import Asker
from questions.asking.time_limits import is_timeout
from questions.ledgers.every import LEDGER_PAGES
from questions.ledgers.page import LedgerPage

Object = dict[str, Any]
AT_ONCE, MOST = 200, 100_000


@dataclass
class AnswerRows:
    """At most 100,000 rows. Asked for inside a moment of the database; nothing is counted on the way.

    `number` and `is_whole`: once all pages are read, how many rows these had, and whether there are no others.
    """

    asker: Asker
    number: int = 0
    is_whole: bool = True

    def pages(self) -> Iterator[list[Object]]:
        after: Any = None
        for _ in range(MOST // AT_ONCE):
            page = LEDGER_PAGES[self.asker.question.ledger.name](self.asker, AT_ONCE, after)
            self.number += len(page.rows)
            yield page.rows
            after = page.after
            if after is None:
                return
        self.is_whole = False

    def facts(self) -> Object:
        """How many rows the file has, and what is not among them: the parts of the answer, and the rows that name no place or no day; where
        it is not whole, out of how many rows. None where counting takes too long."""
        facts: Object = {"rows": self.number, "whole": self.is_whole}
        page = counted_page(self.asker)
        if not self.is_whole:
            facts["rows_in_all"] = page and rows_in_all(self.asker, page)
        facts |= {"parts": page and page.parts, "unplaced": page and page.unplaced}
        totals = (page and page.totals) or {}
        return facts | ({"undated": totals["undated"]} if "undated" in totals else {})


def counted_page(asker: Asker) -> LedgerPage | None:
    """A page for its numbers; None where even that takes too long. What counting limits the time of is as before, since all of it is undone."""
    try:
        with transaction.atomic():
            page = LEDGER_PAGES[asker.question.ledger.name](replace(asker, counts=True), 1, None)
            transaction.set_rollback(True)
    except OperationalError as error:
        if is_timeout(error):
            return None
        raise
    return page


def rows_in_all(asker: Asker, page: LedgerPage) -> int | None:
    """None where counting takes too long."""
    totals, part = page.totals or {}, asker.question["part"] or COUNTED
    number = totals.get("values", totals.get("lines"))
    if number is not None or page.parts is None:
        return number
    return sum(page.parts.values()) if part == ANY else page.parts.get(part, 0)
