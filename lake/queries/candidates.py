"""Candidates: how many texts and pages may name an entry of a list, by entry, outlet and month. Near-duplicates count once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from registry.names import Match, compare

# A page is of its outlet as it says, else of its domain.
GROUPS = {
    "entry": "n.entry, min(n.name)",
    "outlet": "coalesce(nullif(p.outlet, ''), p.domain)",
    "month": "substr(p.published, 1, 7)",
}
COUNTS = """
SELECT {group}, count(DISTINCT coalesce(c.of, n.text_sha256)) AS texts, count(DISTINCT p.page) AS pages
FROM names n JOIN pages p USING (text_sha256) LEFT JOIN copies c USING (text_sha256)
WHERE n.list = ? GROUP BY {by} ORDER BY texts DESC, 1 LIMIT ?
"""


# Names on the list and words of texts by which a group came, as examples.
EXAMPLES = ", ".join(f"list_slice(list_sort(list(DISTINCT n.{column})), 1, 3)" for column in ("name", "quote"))
ALL = 2**31


class CandidateCount(NamedTuple):
    """Texts and pages with names of one entry, of one outlet or in one month."""

    group: str
    names: list[str]
    quotes: list[str]
    texts: int
    pages: int

    @property
    def matches(self) -> list[Match]:
        """Each quote and the most alike of the names, explained as a candidate of a corpus is."""
        return [max((compare(quote, name, "any") for name in self.names), key=lambda match: match.score) for quote in self.quotes]


def candidates(connection: Any, list_key: str, group: str) -> list[CandidateCount]:
    """All of them, the most texts first, with up to three names and quotes of each."""
    by = GROUPS[group].partition(", min(")[0]
    sql = COUNTS.format(group=f"coalesce({by}, ''), {EXAMPLES}", by=by)
    return [CandidateCount(*row) for row in connection.execute(sql, [list_key, ALL]).fetchall()]


def counts(connection: Any, list_key: str, group: str, most: int) -> Sequence[tuple[Any, ...]]:
    """Rows of (what it is grouped by, …, texts, pages), the most texts first."""
    by = GROUPS[group].partition(", min(")[0]
    rows: Sequence[tuple[Any, ...]] = connection.execute(COUNTS.format(group=GROUPS[group], by=by), [list_key, most]).fetchall()
    return rows
