"""What rows of ledgers say of entities and of words: each read once for a page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from annotations.models import Citation, Claim, Span
from registry.models import Entity

Object = dict[str, Any]


class Called:
    """Entities by their ids, as rows show them. `unnamed`: None where nobody has said."""

    def __init__(self, ids: Iterable[UUID | None], known: Iterable[Entity] | None = None) -> None:
        """`known`: where they have been read with others."""
        rows = Entity.objects.filter(pk__in={pk for pk in ids if pk}).only("name", "anonymous") if known is None else known
        self._entities = {entity.pk: entity for entity in rows}

    def __getitem__(self, pk: UUID) -> Object:
        entity = self._entities.get(pk)
        return {"entity": pk, "name": entity.name if entity else "", "unnamed": entity.anonymous if entity else None}


def quoted(mark: Span | Claim) -> Object:
    """The words of a mark or a claim and where to see them; fragments in code points."""
    href = f"/annotate/{mark.assignment_id}/#mark={mark.pk}"
    fragments = mark.content if isinstance(mark, Claim) else mark.fragments
    return {"id": mark.pk, "quote": mark.quote, "fragments": fragments, "href": href}


def quoted_words(citation: Citation) -> Object:
    """The same of a citation, which is no mark that an address can open."""
    href = f"/annotate/{citation.assignment_id}/"
    return {"id": citation.pk, "quote": citation.quote, "fragments": citation.fragments, "href": href}


def triggers_of(events: Iterable[UUID]) -> dict[UUID, list[Span]]:
    """By event, its triggers in the order of the text."""
    return by_event(Span.objects.filter(event__in=set(events)))


def by_event(spans: Iterable[Span]) -> dict[UUID, list[Span]]:
    """Of marks that have been read with others, the triggers: by event, in the order of the text."""
    marks: dict[UUID, list[Span]] = {}
    for mark in sorted(spans, key=lambda span: (span.start, span.end, span.pk)):
        if mark.event_id:
            marks.setdefault(mark.event_id, []).append(mark)
    return marks
