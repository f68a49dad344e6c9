"""Candidates: how many texts and pages may name an entry of a list, by entry, outlet and month. Near-duplicates count once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

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


def counts(connection: Any, list_key: str, group: str, most: int) -> Sequence[tuple[Any, ...]]:
    """Rows of (what it is grouped by, …, texts, pages), the most texts first."""
    by = GROUPS[group].partition(", min(")[0]
    rows: Sequence[tuple[Any, ...]] = connection.execute(COUNTS.format(group=GROUPS[group], by=by), [list_key, most]).fetchall()
    return rows
