"""Readings of a text that a person may see beside each other."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.models import User
from django.db.models import Q, QuerySet

from annotations.models import Assignment, PracticeArticle
from annotations.models.assignment import being_annotated_by
from corpus.models import Membership

NEWEST = 20  # readings that are offered


def comparable(user: User, document: UUID) -> QuerySet[Assignment]:
    """What they may read. To annotators whose own reading is released, and not open again, the other submitted ones are shown here too, and
    nowhere else; not of articles to learn on, where a reading is a result. Gold first."""
    rows = Assignment.objects.filter(document=document)
    seen = Q(pk__in=rows.for_user(user).order_by().values("pk"))
    if is_released(user, document):
        seen |= Q(role=Assignment.Role.ANNOTATION, status=Assignment.Status.SUBMITTED)
    return rows.outside_bin().filter(seen).select_related("annotator").order_by("role", "created", "pk")


def is_released(user: User, document: UUID) -> bool:
    if not user.is_active or PracticeArticle.objects.filter(document=document).exists():
        return False
    member = Q(
        document__corpus__memberships__user=user.pk,
        document__corpus__memberships__role__in=Membership.Role.from_rank("annotator"),
    )
    own = Assignment.objects.read_by(user).filter(member, document=document, document__article__practice=False)
    own = own.outside_bin().filter(status=Assignment.Status.SUBMITTED, released__isnull=False)
    own = own.exclude(document__in=being_annotated_by(user))
    gold = Assignment.objects.gold().without_drafts().outside_bin().filter(document=document)
    return own.exists() and gold.exists()
