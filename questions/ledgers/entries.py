"""Events and figures: rows that are entries of the index."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from questions.asking.answer import SELECTIONS, EntrySelection, IndexAnswer
from questions.asking.asker import Asker
from questions.asking.condition import Condition, both
from questions.asking.rows import LedgerRows
from questions.asking.source import ALONE, BESIDE_OTHERS
from questions.asking.source_pairs import Suppositions
from questions.asking.time_limits import LEAST_SECONDS
from questions.ledgers.page import LedgerPage
from questions.ledgers.undated import undated

Object = dict[str, Any]
MANY = 1_000  # to which rows are counted that are too many to count


def page(asker: Asker, limit: int, after: tuple[Any, ...] | None = None) -> LedgerPage:
    answer = IndexAnswer(asker)
    heads = answer.page(limit, after)
    shown = heads[:limit]
    following = shown[-1].order if len(heads) > limit else None
    parts = answer.parts()
    totals: Object = {**more_than(answer)} if parts is None else {}
    ledger = LedgerRows(answer, shown)
    if totals == {} and after is None and following is None:
        totals |= sources_of_all(ledger)
    totals |= undated(asker, parts)
    return LedgerPage(ledger.listed(), parts, answer.unplaced(), following, answer.source.behind, totals)


def more_than(answer: IndexAnswer) -> dict[str, int]:
    """Where all rows take too long to count: than how many there are more, so far as that is known soon."""
    if not answer.asker.counts:
        return {}
    if answer.walks:
        return {"more_than_rows": len(answer.beginning) - 1}
    # Those of which nothing else has to be looked up come first: an index has all that is asked of most, and they are more than enough.
    alone, others = both([answer.there, answer.in_part, ALONE]), both([answer.heads, answer.in_part, BESIDE_OTHERS])
    selects = " UNION ALL ".join(f"SELECT 1 FROM {answer.source.table} e WHERE {each.of('e')}" for each in (alone, others))  # noqa: S608
    sql = f"SELECT 'more_than_rows', count(*) - 1 FROM ({selects} LIMIT {MANY + 1}) several"  # noqa: S608 - of our own words
    return dict(answer.counted_in(LEAST_SECONDS, sql, others.values) or [])


def sources_of_all(ledger: LedgerRows) -> dict[str, int]:
    """How many independent sources all rows of an answer have together; nothing where it was not worked out to the end."""
    count = ledger.independent(ledger.entries)
    return {"fewest_sources": count["fewest"], "most_sources": count["most"]} if count["most"] and count["exact"] else {}


def rows_of(asker: Asker, ids: Sequence[UUID]) -> list[Object]:
    """The rows of these events or figures, or of the events that are linked with these."""
    return ledger_of(asker, ids, {}).listed()


def ledger_of(asker: Asker, ids: Sequence[UUID], supposed: Suppositions) -> LedgerRows:
    """What these rows are made of, if of some pairs of sources somebody supposes that they are one, or two."""
    only = Condition("({e}.id = ANY(%(rows)s::uuid[]) OR {e}.linked = ANY(%(rows)s::uuid[]))", {"rows": list(ids)})
    usual = SELECTIONS[asker.question.ledger.name]
    answer = IndexAnswer(asker, EntrySelection(usual.kinds, usual.order, only))
    return LedgerRows(answer, answer.page(len(ids))[: len(ids)], supposed)
