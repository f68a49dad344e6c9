"""A new text of an article and the rows that it becomes, with its article where that is new too. One text at a time, or many together."""

from __future__ import annotations

from itertools import batched
from typing import Any, Protocol

from django.utils import timezone

from corpus.cleaning.clean import Cleaned
from corpus.db.row_writer import Row, row_of
from corpus.ids import timely
from corpus.models import Article, Document, IntakeItem, Repair, Segment

AT_ONCE = 1_000  # segments in one statement: all those of a very long text would be larger than the text


class Rows(Protocol):
    """Where rows are gathered until they are sent."""

    def add(self, model: Any, rows: Any) -> None: ...


def new_text(article: Article, text: str, digest: str, **facts: Any) -> Document:
    """The next text of an article, not written yet; nobody else writes to the corpus meanwhile. `facts`: where it comes from."""
    version = 1 if article._state.adding else article.documents.count() + 1
    own: dict[str, Any] = {"article": article, "corpus_id": article.corpus_id, "version": version, "retrieved": timezone.now()}
    return Document(timely(), text=text, sha256=digest, **own, **facts)


def add_rows(out: Rows, document: Document, cleaned: Cleaned, item: IntakeItem | None) -> None:
    """Rows of a new text, without its zones. `item`: its result in the intake."""
    if item:
        out.add(IntakeItem, [row_of(item)])
    if document.article._state.adding:
        out.add(Article, [row_of(document.article)])
    out.add(Document, [row_of(document)])
    add_parts(out, document, cleaned)


def add_parts(out: Rows, document: Document, cleaned: Cleaned) -> None:
    """Segments and repairs, which have nothing of the database in them but the key of their text."""
    for parts in batched(enumerate(cleaned.segments), AT_ONCE):
        out.add(Segment, [segment_row(document, n, part) for n, part in parts])
    own = {"document_id": document.pk}
    out.add(Repair, (own | {"position": n} | repair.as_dict() for n, repair in enumerate(cleaned.repairs)))


def segment_row(document: Document, position: int, part: Any) -> Row:
    span = {"start": part.start, "end": part.end}
    return {"document_id": document.pk, "position": position, "code": part.id, "kind": part.kind} | span
