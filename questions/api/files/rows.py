"""All rows of an answer, page by page, out of one moment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from questions.address.kinds import ANY
from questions.asking.answer import COUNTED
from questions.asking.asker import Asker
from questions.ledgers.every import LEDGER_PAGES

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
        """How many rows the file has; where there are others, out of how many, if that can be counted soon. Asked for last: to count limits
        the time of all that comes behind."""
        facts = {"rows": self.number, "whole": self.is_whole}
        return facts if self.is_whole else facts | {"rows_in_all": rows_in_all(self.asker)}


def rows_in_all(asker: Asker) -> int | None:
    """None where counting takes too long."""
    page = LEDGER_PAGES[asker.question.ledger.name](replace(asker, counts=True), 1, None)
    totals, part = page.totals or {}, asker.question["part"] or COUNTED
    number = totals.get("values", totals.get("lines"))
    if number is not None or page.parts is None:
        return number
    return sum(page.parts.values()) if part == ANY else page.parts.get(part, 0)
