"""What one press assigned, as edits of one batch: the history of each reading has it, and `annotations.bin.assigned` takes it back."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID, uuid4

from django.contrib.auth.models import User

from annotations.models import Assignment
from corpus.models import Corpus, Edit


def record_assigned(corpus: Corpus, readings: Iterable[tuple[Assignment, str]], by: User) -> UUID:
    """The batch; `readings`: with the titles of their articles."""
    batch = uuid4()
    edits = [
        Edit(
            corpus=corpus,
            kind=Edit.Kind.READING,
            object=str(reading.pk),
            label=title[:200],
            after={"annotator": reading.annotator.get_username(), "due": reading.due.isoformat() if reading.due else ""},
            batch=batch,
            user=by,
        )
        for reading, title in readings
    ]
    Edit.objects.bulk_create(edits)
    return batch
