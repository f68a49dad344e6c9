"""Which annotations a person can carry to the newest text of an article, and what was carried there already."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.models import User
from django.shortcuts import get_object_or_404

from annotations.models import Assignment, Carry
from corpus.models import Article, Document


def newest_text(article: Article) -> Document:
    """Raises Http404 where there is none."""
    return get_object_or_404(article.documents.order_by("-version")[:1])


def carry_of(document: Document, owner: User) -> Carry | None:
    own = Assignment.objects.outside_bin().filter(document=document, annotator=owner)
    return Carry.objects.filter(assignment__in=own).select_related("source__document").first()


def reading_of_other(article: Article, user: User, pk: UUID) -> Assignment:
    """The reading of the article that a manager names. Raises Http404, and PermissionDenied for everybody else."""
    article.corpus.require(user, "manager")
    seen = Assignment.objects.for_user(user).live().filter(role=Assignment.Role.ANNOTATION, document__article=article)
    return get_object_or_404(seen.select_related("document", "scheme", "annotator"), pk=pk)


def older_reading(article: Article, document: Document, user: User) -> Assignment | None:
    """Their newest reading of an older text, if they have none of this one."""
    own = Assignment.objects.live().writable_by(user).filter(document__article=article)
    if own.filter(document=document, revision__gt=0).exists():
        return None
    older = own.filter(document__version__lt=document.version, revision__gt=0)
    return older.select_related("document", "scheme", "annotator").order_by("-document__version", "role").first()
