"""A manager puts a reading, an article or a corpus in the bin. Its rows stay as they are; `for_user` leaves them out."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from annotations.bin.contents import Kind, Status, Thing, counts_of, kind_of, label_of, readings_of
from annotations.models import AdjudicationInput, Assignment, Transition
from corpus.edits.history import EditError, lock_corpus
from corpus.models import Article, Corpus, Deletion, Document, SearchPassage

LONGEST_REASON = 500


@transaction.atomic
def delete(thing: Thing, by: User, reason: str) -> Deletion:
    """Raises PermissionDenied for who does not manage the corpus, and EditError for what cannot be deleted now."""
    return delete_locked(thing, lock_corpus(corpus_of(thing), by), by, reason)


def delete_locked(thing: Thing, corpus: Corpus, by: User, reason: str) -> Deletion:
    """The same for whom its caller allows it, under the lock of the corpus. Raises EditError."""
    lock_texts(thing)
    kind = kind_of(thing)
    refuse_deleted(thing)
    if isinstance(thing, Assignment):
        refuse_input_of_gold(thing)
    row = Deletion.objects.create(
        corpus=corpus,
        kind=kind,
        object=str(thing.pk),
        label=label_of(thing),
        reason=reason,
        counts=counts_of(thing),
        before={} if kind == Kind.CORPUS else {str(pk): status for pk, status in readings_of(thing).values_list("pk", "status")},
        user=by,
    )
    if isinstance(thing, Corpus):
        Corpus.objects.filter(pk=thing.pk).update(deletion=row)
        return row
    delete_readings(thing, row)
    if isinstance(thing, Article):
        Article.objects.filter(pk=thing.pk).update(deletion=row)
        SearchPassage.objects.filter(article=thing.pk).delete()  # made anew from the texts when it is restored
    return row


def corpus_of(thing: Thing) -> Corpus:
    if isinstance(thing, Corpus):
        return thing
    return thing.corpus if isinstance(thing, Article) else thing.document.corpus


def lock_texts(thing: Thing) -> None:
    """So that nobody opens or submits a reading meanwhile: who does holds the text, or refers to it."""
    if isinstance(thing, Corpus):
        return
    path = {"article": thing.pk} if isinstance(thing, Article) else {"pk": thing.document_id}
    list(Document.objects.filter(**path).order_by("pk").select_for_update(of=("self",)).values_list("pk"))


def refuse_deleted(thing: Thing) -> None:
    """Raises EditError."""
    model: type[Any] = type(thing)
    if model.objects.filter(pk=thing.pk, deletion__isnull=False).exists():
        raise EditError(f"“{label_of(thing)}” is in the bin already.")


def refuse_input_of_gold(reading: Assignment) -> None:
    """Raises EditError: a gold says of each of its annotations in which readings it stands."""
    inputs = AdjudicationInput.objects.filter(assignment=reading)
    if inputs.exclude(adjudication__gold__status=Status.DELETED).exists():
        raise EditError("The gold of the article was made of this reading. Delete the gold first.")


def delete_readings(thing: Thing, deletion: Deletion) -> None:
    now = timezone.now()
    rows = list(readings_of(thing).only("pk", "revision"))
    Assignment.objects.filter(pk__in=[row.pk for row in rows]).update(status=Status.DELETED, deletion=deletion)
    kind, note = Transition.Kind.DELETED, deletion.reason
    Transition.objects.bulk_create(
        Transition(assignment=row, revision=row.revision, kind=kind, note=note, user=deletion.user, at=now) for row in rows
    )
