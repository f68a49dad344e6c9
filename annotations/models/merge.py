"""Two entities that were one: who joined them, and what it takes to part them again."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from corpus.models import Corpus


class MergeQuerySet(models.QuerySet["Merge"]):
    def for_user(self, user: Any, at_least: str = "viewer") -> MergeQuerySet:
        return self.filter(corpus__in=Corpus.objects.for_user(user, at_least))

    def of(self, entity: Any) -> MergeQuerySet:
        """Those that the entity has outlived."""
        return self.filter(kept=entity)


class Merge(models.Model):
    """Everything that pointed at one entity points at another since. Rows stay when it is undone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    corpus = models.ForeignKey(Corpus, on_delete=models.PROTECT, related_name="merges")
    kept = models.UUIDField(help_text="Entity that was kept.")
    gone = models.UUIDField(help_text="Entity that was merged into the other one.")
    kept_name = models.CharField(max_length=500)
    gone_name = models.CharField(max_length=500)
    before = models.JSONField(help_text="Both entities and their relations before the merge.")
    changes = ArrayField(models.UUIDField(), help_text="Ids of the changes in all assignments.")
    marks = models.PositiveIntegerField(help_text="Number of marks that were moved.")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="merges")
    at = models.DateTimeField(auto_now_add=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)

    objects = MergeQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["gone"], condition=Q(undone_at__isnull=True), name="merge_gone_once"),
            models.CheckConstraint(
                condition=Q(undone_by__isnull=True, undone_at__isnull=True) | Q(undone_by__isnull=False, undone_at__isnull=False),
                name="merge_undone_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["kept"], name="merge_by_kept")]

    def __str__(self) -> str:
        return f"{self.gone_name} into {self.kept_name}"
