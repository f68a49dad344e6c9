"""All rows of an answer, page by page, out of one moment."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from questions.asking.asker import Asker
from questions.ledgers.every import LEDGER_PAGES

Object = dict[str, Any]
AT_ONCE, MOST = 200, 100_000


def pages(asker: Asker) -> Iterator[list[Object]]:
    """At most 100,000 rows. Asked for inside a moment of the database; nothing is counted on the way."""
    after: Any = None
    for _ in range(MOST // AT_ONCE):
        page = LEDGER_PAGES[asker.question.ledger.name](asker, AT_ONCE, after)
        yield page.rows
        after = page.after
        if after is None:
            return
