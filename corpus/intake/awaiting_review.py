"""Things that were read and wait for a person, as they lie in the database."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from corpus.models import Article, Held, IntakeItem
from corpus.provenance.addresses import Source
from corpus.readers.extracted import Known, Record


@transaction.atomic
def hold_back(item: IntakeItem, record: Record, source: Source, claims: Article | None = None) -> None:
    """Keep what was read, with its item. `claims`: the article whose address it claims."""
    item.outcome, item.document = IntakeItem.Outcome.HELD, None
    item.detail = why(claims) if claims else ""
    item.save()
    content = {"raw": record.raw, "record": written(record), "source": source.name[:2000], "is_fetched": source.is_fetched}
    Held.objects.create(item=item, claims=claims, **content)


def why(claims: Article) -> str:
    return f"it claims the URL of “{claims.title[:100]}”, {claims.url}, but was not fetched from there: a manager must decide"


def written(record: Record) -> dict[str, Any]:
    """A record without its bytes, as JSON."""
    fields = {name: getattr(record, name) for name in record.__slots__ if name != "raw"}
    return fields | {"retrieved": record.retrieved and record.retrieved.isoformat()}


def record_of(held: Held) -> Record:
    """The way back from `written`."""
    fields = dict(held.record)
    known = tuple(Known(*one) for one in fields.pop("known"))
    retrieved = fields.pop("retrieved")
    return Record(raw=bytes(held.raw), known=known, retrieved=retrieved and datetime.fromisoformat(retrieved), **fields)


def source_of(held: Held) -> Source:
    return Source(held.source, held.is_fetched)
