"""A look before anything is stored: what was read is held until a person has seen what cleaning would do to it.

What claims the address of an article that is there is held for a manager's verdict in any case.
"""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from typing import Any

from django.db import DataError, transaction

from corpus.intake.article_text import clean_record, refuse_blank
from corpus.intake.awaiting_review import hold_back, record_of, source_of
from corpus.intake.ingest import (
    AddressTakenError,
    ArticleVerdict,
    add_result,
    fit,
    keep,
    present,
    store,
)
from corpus.models import Article, Held, Intake, IntakeItem
from corpus.passages.index import index_later
from corpus.provenance.addresses import Source
from corpus.readers.extracted import Record, Unread

AT_ONCE = 200  # things that one request saves


def hold(intake: Intake, record: Record | Unread, *, source: Source | None = None, name: str = "", **fields: Any) -> IntakeItem:
    """Keep what was read for a look. What is there already, or cannot be stored, needs none and is told at once."""
    if isinstance(record, Unread):
        return keep(intake, record, source=source, name=name, **fields)
    name, source = name or record.name, source or Source(record.name)
    try:
        cleaned = clean_record(record)
        refuse_blank(cleaned)
        with transaction.atomic():
            there = present(intake.corpus, record, cleaned, source)
            if there.document:
                return add_result(intake, name, IntakeItem.Outcome.PRESENT, document_id=there.document, **fields)
            item = IntakeItem(intake=intake, name=fit(name), **fields)
            hold_back(item, record, source, Article.objects.get(pk=there.claimed) if there.claimed else None)
            return item
    except (ValueError, DataError) as error:
        return add_result(intake, name, IntakeItem.Outcome.FAILED, detail=str(error), **fields)


def save(item: IntakeItem, refuse: Collection[str] = (), *, person: Any = None, as_text: bool | None = None) -> None:
    """Store what was held, without the refused repairs. Nothing happens to what somebody else has decided on meanwhile.

    Of what claims the address of an article, `person` decides: `as_text` makes it the newest text of that article, in that
    person's name; False keeps it apart. Raises ValueError for what cannot be stored so, and where there is something to decide.
    """
    try:
        store_held(item, refuse, person, as_text)
    except AddressTakenError as error:
        Held.objects.filter(pk=item.pk).update(claims=error.article)
        raise


@transaction.atomic
def store_held(item: IntakeItem, refuse: Collection[str], person: Any, as_text: bool | None) -> None:
    rows = Held.objects.select_for_update(of=("self",)).select_related("item__intake__corpus", "claims")
    held = rows.filter(item=item.pk).first()
    if held is None:
        return
    record = record_of(held)
    verdict = ArticleVerdict(person, held.claims if as_text else None) if held.claims and as_text is not None else None
    intake, cleaned = held.item.intake, clean_record(record, refuse)
    stored = store(intake.corpus, record, cleaned, source=source_of(held), facts=intake.facts, verdict=verdict)
    IntakeItem.objects.filter(pk=item.pk).update(outcome=stored.outcome, document=stored.document, detail="")
    held.delete()
    index_later()


def leave_out(item: IntakeItem) -> None:
    """It is not stored. What was read of it stays with the intake, for whoever thinks better of it."""
    rows = IntakeItem.objects.filter(pk=item.pk, outcome=IntakeItem.Outcome.HELD)
    rows.update(outcome=IntakeItem.Outcome.LEFT)


def without_claim(intake: Intake) -> Any:
    """What is held and may be saved without a verdict."""
    return intake.items.filter(outcome=IntakeItem.Outcome.HELD, reading__claims=None)


def save_all(intake: Intake) -> int:
    """Save what is held as cleaning would have it, AT_ONCE things at most, but what waits for a verdict. How many those are."""
    saved = 0
    for item in without_claim(intake)[:AT_ONCE]:
        with suppress(AddressTakenError):  # by something that was saved before it
            save(item)
            saved += 1
    return saved
