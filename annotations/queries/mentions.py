"""The marks of an entity, each passage once, as a list that can be cut into pages."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from annotations.models import Span
from annotations.queries.snippets import once_each, start_of, with_context


class Mentions(Sequence[Any]):
    """Passages are counted by document; of a page, the ids are looked up in its documents, and only its rows are read with their text."""

    def __init__(self, spans: QuerySet[Any]) -> None:
        self.spans = spans

    @cached_property
    def documents(self) -> list[tuple[UUID, int]]:
        """In the order of the list, each with how many passages it has."""
        order = ("assignment__document__article__created", "assignment__document")
        rows = self.spans.order_by(*order).values(*order).annotate(n=Count("fragments", distinct=True))
        return list(rows.values_list("assignment__document", "n"))

    def __len__(self) -> int:
        return sum(count for _, count in self.documents)

    def __getitem__(self, cut: Any) -> Any:
        first, last, _ = cut.indices(len(self))
        wanted, before, seen = [], 0, 0
        for document, count in self.documents:
            if seen + count > first and seen < last:
                before = before if wanted else seen
                wanted.append(document)
            seen += count
        ids = once_each(self.spans.filter(assignment__document__in=wanted)).values_list("pk", flat=True)[
            first - before : last - before
        ]
        return self.read(list(ids))

    def read(self, ids: list[UUID]) -> list[Any]:
        rows = with_context(Span.objects.filter(pk__in=ids), start_of()).select_related("label")
        found = {row.pk: row for row in rows}
        return [found[pk] for pk in ids]
