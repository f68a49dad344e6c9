"""The marks of an entity, each passage once, as a list that can be cut into pages."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from annotations.models import Span
from annotations.queries.snippets import once_each, start_of, with_context

# Counted by hash: to sort the passages of each document takes twice as long.
BY_DOCUMENT = """SELECT m.document_id, m.n FROM (SELECT p.document_id, count(*) AS n FROM ({passages}) p(document_id, fragments) GROUP BY p.document_id) m
JOIN corpus_document d ON d.id = m.document_id JOIN corpus_article x ON x.id = d.article_id ORDER BY x.created, m.document_id"""


class Mentions(Sequence[Any]):
    """Passages are counted by document; of a page, the ids are looked up in its documents, and only its rows are read with their text."""

    def __init__(self, spans: QuerySet[Any]) -> None:
        self.spans = spans

    @cached_property
    def documents(self) -> list[tuple[UUID, int]]:
        """In the order of the list, each with how many passages it has."""
        passages, values = self.spans.order_by().values("assignment__document", "fragments").distinct().query.sql_with_params()
        with connection.cursor() as cursor:
            cursor.execute(BY_DOCUMENT.format(passages=passages), values)
            rows: list[tuple[UUID, int]] = cursor.fetchall()
        return rows

    def __len__(self) -> int:
        return sum(count for _, count in self.documents)

    def __getitem__(self, cut: Any) -> Any:
        first, last, _ = cut.indices(len(self))
        parts: list[Any] = []
        before = seen = 0
        for document, count in self.documents:
            if seen + count > first and seen < last:
                before = before if parts else seen
                parts.append(document)
            seen += count
        ids = once_each(self.spans.filter(assignment__document__in=parts)).values_list("pk", flat=True)[
            first - before : last - before
        ]
        return self.read(list(ids))

    def read(self, ids: list[UUID]) -> list[Any]:
        rows = with_context(Span.objects.filter(pk__in=ids), start_of()).select_related("label")
        by_id = {row.pk: row for row in rows}
        return [by_id[pk] for pk in ids]
