"""Where articles of a list have the words of a search: the first place in each text, with what is left and right of it."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, Q

from corpus.models import Corpus
from corpus.passages.search import candidates_for, occurrences_in, query_for, with_text
from corpus.words.patterns import as_beginning, read_pattern

MOST_PASSAGES = 500
BESIDE = 70  # code points left and right


class TextSnippet(NamedTuple):
    """Words of a text, the occurrence in the middle."""

    left: str
    hit: str
    right: str


def text_snippets(corpus: Corpus, search: str, articles: Collection[UUID]) -> dict[UUID, TextSnippet]:
    """By article; none where only the title has the words. Raises PatternError."""
    pattern = as_beginning(read_pattern(search))
    query = query_for(corpus, pattern)
    rows = with_text(candidates_for(corpus, query).filter(article__in=articles, document__isnull=False))
    is_title = ExpressionWrapper(Q(start=0), output_field=BooleanField())  # the list shows titles anyway
    rows = rows.order_by("article_id", "-document__version", is_title, "start")
    rows = rows.distinct("article_id") if query.is_exact else rows[:MOST_PASSAGES]
    snippets: dict[UUID, TextSnippet] = {}
    for row in rows:
        first = None if row.article_id in snippets else next(occurrences_in(row, pattern), None)
        if first:
            snippets[row.article_id] = cut(row.text, first.start - row.start, first.end - row.start)
    return snippets


def cut(text: str, start: int, end: int) -> TextSnippet:
    left, right = text[max(0, start - BESIDE) : start], text[end : end + BESIDE]
    return TextSnippet("…" * (start > BESIDE) + left, text[start:end], right + "…" * (end + BESIDE < len(text)))
