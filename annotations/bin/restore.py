"""What is in the bin comes back as it was."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from annotations.bin.contents import Kind, Status
from annotations.models import AdjudicationInput, Assignment, Transition
from corpus.edits.history import EditError
from corpus.models import Article, Corpus, Deletion, Document, UnindexedArticle
from corpus.passages.index import index_later


class Restored(NamedTuple):
    """`refused`: what stays in the bin, each with the reason."""

    restored: list[Deletion]
    refused: list[tuple[Deletion, str]]


def restore_many(rows: Sequence[Deletion], by: User) -> Restored:
    """Each by itself. What needs another of them first, as a reading its article, is tried again after it. Raises PermissionDenied."""
    restored: list[Deletion] = []
    refused, before = [(row, "") for row in rows], None
    while refused and len(refused) != before:
        before, left = len(refused), []
        for row, _ in refused:
            try:
                restored.append(restore(row, by))
            except EditError as error:
                left.append((row, str(error)))
        refused = left
    return Restored(restored, refused)


@transaction.atomic
def restore(deletion: Deletion, by: User) -> Deletion:
    """Raises PermissionDenied for who does not manage the corpus, and EditError where something stands in its place."""
    lock_managed(deletion, by)
    row = Deletion.objects.select_for_update(of=("self",)).get(pk=deletion.pk)
    if row.restored_at or row.purged_at:
        raise EditError(f"“{row.label}” is in the bin no longer.")
    row.restored_by, row.restored_at = by, timezone.now()
    row.save(update_fields=["restored_by", "restored_at"])
    if row.kind == Kind.CORPUS:
        Corpus.objects.filter(deletion=row).update(deletion=None)
        return row
    if row.kind == Kind.ARTICLE:
        restore_article(row)
    restore_readings(row, by)
    return row


def lock_managed(deletion: Deletion, by: User) -> None:
    """One restores what is in the bin of a corpus after the corpus itself."""
    corpora = Corpus.objects.with_deleted(by, "manager")
    corpus = Corpus.objects.select_for_update(no_key=True).filter(pk__in=corpora.order_by().values("pk"), pk=deletion.corpus_id)
    locked = corpus.first()
    if locked is None:
        raise PermissionDenied("Only a manager of the corpus restores from its bin.")
    if locked.deletion_id and deletion.kind != Kind.CORPUS:
        raise EditError(f"The corpus “{locked}” is in the bin itself. Restore it first.")


def restore_article(deletion: Deletion) -> None:
    article = Article.objects.get(deletion=deletion)
    Article.objects.filter(pk=article.pk).update(deletion=None)
    UnindexedArticle.objects.create(corpus=deletion.corpus, article=article)
    transaction.on_commit(index_later)


def restore_readings(deletion: Deletion, by: User) -> None:
    """Each with the status that it had. Raises EditError."""
    rows = list(Assignment.objects.filter(deletion=deletion).select_related("document__article", "annotator").order_by("pk"))
    list(Document.objects.filter(pk__in={row.document_id for row in rows}).order_by("pk").select_for_update().values_list("pk"))
    now = timezone.now()
    for row in rows:
        refuse_taken_place(row)
        try:
            with transaction.atomic():
                Assignment.objects.filter(pk=row.pk).update(status=deletion.before[str(row.pk)], deletion=None)
        except IntegrityError as error:
            raise EditError(REFUSED.get(constraint_of(error), OTHER)) from error
    kind = Transition.Kind.RESTORED
    Transition.objects.bulk_create(Transition(assignment=row, revision=row.revision, kind=kind, user=by, at=now) for row in rows)


REFUSED = {
    "assignment_once": "Its annotator has another reading of this article by now. Delete that one first.",
    "assignment_one_gold_per_document": "The article has another gold by now. Delete that one first.",
}
OTHER = "The database refuses it. Ask your administrator to run the check of integrity."


def constraint_of(error: IntegrityError) -> str:
    return str(getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") or "")


def refuse_taken_place(row: Assignment) -> None:
    """Raises EditError for a reading of an article that is in the bin itself, and a gold without its readings."""
    if row.document.article.deletion_id:
        raise EditError(f"The article “{row.document.article}” is in the bin itself. Restore it first.")
    inputs = AdjudicationInput.objects.filter(adjudication__gold=row).exclude(assignment__deletion=row.deletion_id)
    if row.role == Assignment.Role.ADJUDICATION and inputs.filter(assignment__status=Status.DELETED).exists():
        raise EditError("Readings of which this gold was made are in the bin. Restore them first.")
