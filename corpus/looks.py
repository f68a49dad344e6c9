"""A look before anything is stored: what was read is held until a person has seen what cleaning would do to it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import DataError, transaction

from corpus.ingest import clean_record, keep, present, refuse_blank, result, store
from corpus.models import Held, Intake, IntakeItem
from corpus.record import Known, Record, Unread

AT_ONCE = 200  # things that one request saves


def hold(intake: Intake, found: Record | Unread, *, name: str = "", **fields: Any) -> IntakeItem:
    """Keep what was read for a look. What is there already, or cannot be stored, needs none and is told at once."""
    if isinstance(found, Unread):
        return keep(intake, found, name=name, **fields)
    name = name or found.name
    try:
        cleaned = clean_record(found)
        refuse_blank(cleaned)
        with transaction.atomic():
            there = present(intake.corpus, found, cleaned, found.url)
            if there:
                return result(intake, name, IntakeItem.Outcome.PRESENT, document_id=there, **fields)
            item = result(intake, name, IntakeItem.Outcome.HELD, **fields)
            Held.objects.create(item=item, raw=found.raw, record=written(found))
            return item
    except (ValueError, DataError) as error:
        return result(intake, name, IntakeItem.Outcome.FAILED, detail=str(error), **fields)


@transaction.atomic
def save(item: IntakeItem, refuse: Collection[str] = ()) -> None:
    """Store what was held, without the refused repairs. Nothing happens to what somebody else has decided on meanwhile.

    Raises ValueError for what cannot be stored so.
    """
    held = Held.objects.select_for_update(of=("self",)).select_related("item__intake__corpus").filter(item=item.pk).first()
    if held is None:
        return
    record = record_of(held)
    stored = store(held.item.intake.corpus, record, clean_record(record, refuse))
    IntakeItem.objects.filter(pk=item.pk).update(outcome=stored.outcome, document=stored.document)
    held.delete()


def leave_out(item: IntakeItem) -> None:
    """It is not stored. What was read of it stays with the intake, for whoever thinks better of it."""
    items = IntakeItem.objects.filter(pk=item.pk, outcome=IntakeItem.Outcome.HELD)
    items.update(outcome=IntakeItem.Outcome.LEFT)


def save_all(intake: Intake) -> int:
    """Save what is held as cleaning would have it, AT_ONCE things at most. How many those are."""
    items = intake.items.filter(outcome=IntakeItem.Outcome.HELD)[:AT_ONCE]
    for item in items:
        save(item)
    return len(items)


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
