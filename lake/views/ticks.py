"""Pages that a person has ticked among the samples of a lake: in the session, so that they stay from one page of samples to another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lake.models import Lake
from lake.queries.filters import PAGE

MOST = 1_000


class Ticks:
    """Those of one lake, in the order in which they were ticked; what is no id of a page is never kept."""

    def __init__(self, session: Any, lake: Lake) -> None:
        self.session, self.key = session, f"lake ticks {lake.pk}"

    @property
    def pages(self) -> list[str]:
        return list(self.session.get(self.key, ()))

    def take(self, shown: Sequence[str], ticked: Sequence[str]) -> bool:
        """Of the shown pages the ticked ones stay, and no other. False where they are too many, of which the first stay."""
        pages = list(dict.fromkeys([*(page for page in self.pages if page not in shown), *filter(PAGE.fullmatch, ticked)]))
        if pages != self.pages:
            self.session[self.key] = pages[:MOST]
        return len(pages) <= MOST

    def clear(self) -> None:
        self.session.pop(self.key, None)
