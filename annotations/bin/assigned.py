"""Articles that one press assigned, and taking that back: readings in which nobody has written anything go into the bin."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet

from annotations.bin.put import delete, lock_texts
from annotations.models import Assignment
from corpus.edits.history import lock_corpus, record
from corpus.models import Corpus, Edit

REASON = "Assigning undone."


class AssignedCounts(NamedTuple):
    """Readings of a batch: which can be taken back, or were; and which stay, since something was done in them."""

    untouched: int
    begun: int


def standing(corpus: Corpus, batch: UUID) -> QuerySet[Edit]:
    """Edits that assigned, without those that are undone."""
    return Edit.objects.filter(corpus=corpus, batch=batch, kind=Edit.Kind.READING, undoes=None, undone_by=None).order_by("id")


def untouched(keys: list[UUID]) -> QuerySet[Assignment]:
    return Assignment.objects.filter(pk__in=keys, status=Assignment.Status.OPEN, revision=0)


def counts_of_batch(corpus: Corpus, batch: UUID) -> AssignedCounts:
    keys = keys_of(standing(corpus, batch))
    count = untouched(keys).count()
    return AssignedCounts(count, len(keys) - count)


@transaction.atomic
def undo_assigned(corpus: Corpus, batch: UUID, by: User) -> AssignedCounts:
    """Raises PermissionDenied for who does not manage the corpus."""
    locked = lock_corpus(corpus, by)
    edits = {UUID(edit.object): edit for edit in standing(locked, batch)}
    readings = untouched(list(edits)).select_related("document__corpus", "document__article").defer("document__text")
    count = 0
    for reading in readings.order_by("document", "pk"):
        lock_texts(reading)
        # With the lock it is looked at again: its annotator may just have written.
        if not untouched([reading.pk]).select_for_update(of=("self",)).exists():
            continue
        delete(reading, by, REASON)
        edit = edits[reading.pk]
        record(locked, Edit.Kind.READING, reading, edit.after, None, by, label=edit.label, undoes=edit)
        count += 1
    return AssignedCounts(count, len(edits) - count)


def keys_of(edits: QuerySet[Edit]) -> list[UUID]:
    return [UUID(key) for key in edits.values_list("object", flat=True)]
