"""What a question is put to: the index, and in place of what it is behind with, entries derived on the spot."""

from __future__ import annotations

from typing import Any, NamedTuple
from uuid import UUID

from questions.index.entries_sql import COLUMNS, ENTRIES
from questions.index.keep import parameters, with_articles
from questions.models import Stale

MOST_LIVE = 200
NAMES = ", ".join(COLUMNS)
LIVE = f"live AS MATERIALIZED ({ENTRIES})"
BESIDE = f"""(SELECT {NAMES} FROM questions_entry WHERE assignment_id <> ALL(%(ids)s::uuid[])
    UNION ALL SELECT {NAMES} FROM live)"""  # noqa: S608 - of our own words


class EntrySource(NamedTuple):
    """`table`: what FROM takes; `tables`: what WITH must say for it; `behind`: how many assignments the answer does not heed yet."""

    table: str
    tables: str
    values: dict[str, Any]
    behind: int


def source() -> EntrySource:
    """True at once: a save counts from its commit on, as long as the index is not far behind."""
    waiting = Stale.objects.order_by().values_list("assignment", flat=True).distinct()
    stale: list[UUID] = list(waiting[: MOST_LIVE + 1])
    if not stale:
        return EntrySource("questions_entry", "", {}, 0)
    if len(stale) > MOST_LIVE:
        return EntrySource("questions_entry", "", {}, waiting.count())
    return EntrySource(BESIDE, LIVE, parameters(with_articles(stale)), 0)
