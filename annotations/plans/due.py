"""A manager gives a reading another due date."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import User
from django.db import transaction

from annotations.models import Assignment
from annotations.notices.events import notify_of_another_date
from corpus.edits.history import lock_corpus, record
from corpus.models import Edit


@transaction.atomic
def change_due(reading: Assignment, due: date | None, by: User) -> Edit | None:
    """None where that is its date already. Raises PermissionDenied."""
    corpus = lock_corpus(reading.document.corpus, by)
    rows = Assignment.objects.select_for_update(of=("self",)).select_related("document__article").defer("document__text")
    locked = rows.get(pk=reading.pk)
    if locked.due == due:
        return None
    before, locked.due = locked.due, due
    locked.save(update_fields=["due"])
    if locked.status == Assignment.Status.OPEN:
        notify_of_another_date(corpus, [locked.annotator_id], by, assignment=locked.pk)
    old, new = ({"due": each and each.isoformat()} for each in (before, due))
    return record(corpus, Edit.Kind.READING, locked, old, new, by, label=locked.document.article.title[:200])
