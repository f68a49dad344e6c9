"""Marks with the sentence in which they stand, for pages that list marks of many articles."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.functions import Greatest, Substr

from annotations.models import Assignment
from corpus.text.sentence import around

# Code points of context that are fetched on either side: enough for nearly every sentence, and a
# page of fifty marks does not fetch fifty whole articles.
CONTEXT = 400


@dataclass(frozen=True)
class Passage:
    """A mark and the words around it; `before` and `after` end with its sentence."""

    row: Any
    assignment: Assignment
    before: str
    quote: str
    after: str

    @property
    def url(self) -> str:
        """The address of the mark in its article."""
        return f"{self.assignment.get_absolute_url()}#mark={self.row.pk}"


def with_context(rows: QuerySet[Any], start: Any) -> QuerySet[Any]:
    """The rows (which know their assignment), each with its article and the text around `start`."""
    first = Greatest(start - CONTEXT, 0)
    window = Substr("assignment__document__text", first + 1, 2 * CONTEXT + 200)
    texts: QuerySet[Any] = rows.annotate(window_start=first, window=window)
    return texts.select_related("assignment__document__article", "assignment__annotator")


def passages(rows: Iterable[Any]) -> list[Passage]:
    """Of rows `with_context`: their sentences. A mark of two fragments is shown as one stretch."""
    return [passage(row) for row in rows]


def passage(row: Any) -> Passage:
    text, shift = row.window, row.window_start
    start = row.fragments[0][0] - shift
    end = min(row.fragments[-1][1] - shift, len(text))
    left, right = around(text, start, end)
    return Passage(row, row.assignment, text[left:start], text[start:end], text[end:right])


def once_each(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The same words marked by several people once: by the gold if it has them."""
    words = ("assignment__document__article__created", "assignment__document_id", "fragments")
    return rows.order_by(*words, "assignment__role", "pk").distinct(*words)


def start_of(field: str = "fragments") -> Any:
    """Where the first fragment begins, as an expression."""
    return F(f"{field}__0__0")
