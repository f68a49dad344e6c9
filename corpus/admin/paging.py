"""Pages of a list of any length: rows are counted up to a bound, and a page is found by its keys before its rows are read."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator

MOST_COUNTED = 10_000


class AtLeast(int):
    """A number of rows that were not all counted, and says so where it is shown."""

    def __str__(self) -> str:
        return f"more than {int(self):,}"


class BoundedPaginator(Paginator):
    """The pages of the first MOST_COUNTED rows: to count on takes as long as there are rows, and nobody turns so many pages.

    `rows` are all that the person may see, with what hangs on them; the page's are taken from there by their keys.
    """

    object_list: Any

    def __init__(self, matches: Any, per_page: int, rows: Any, **options: Any) -> None:
        super().__init__(matches, per_page, **options)
        self.rows = rows

    @cached_property
    def count(self) -> int:
        number: int = self.object_list.order_by()[: MOST_COUNTED + 1].count()
        return number if number <= MOST_COUNTED else AtLeast(MOST_COUNTED)

    def page(self, number: Any) -> Any:
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        matches = self.object_list
        keys = self.keys(matches)[first : first + self.per_page]
        return Page(self.rows.filter(pk__in=list(keys)).order_by(*matches.query.order_by), number, self)

    def keys(self, matches: Any) -> Any:
        """Where few rows are found, PostgreSQL is to look for them and not to read all others in the order of the list."""
        keys = matches.values_list("pk", flat=True)
        return keys if isinstance(self.count, AtLeast) else list(keys)
