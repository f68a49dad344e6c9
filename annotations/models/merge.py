"""Two entities that were one: who joined them, and what it takes to part them again."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q

from annotations.models.assignment import Assignment
from corpus.db.choices import TextChoices
from corpus.models import Corpus


class MergeQuerySet(models.QuerySet["Merge"]):
    def for_user(self, user: User, at_least: str = "viewer") -> MergeQuerySet:
        return self.filter(corpus__in=Corpus.objects.for_user(user, at_least))

    def of(self, entity: Any) -> MergeQuerySet:
        """Those that the entity has outlived."""
        return self.filter(kept=entity)

    def unfinished(self, *entities: Any) -> MergeQuerySet:
        """Those whose marks are on their way; of these entities, if any are given."""
        rows = self.filter(is_finished=False)
        return rows.filter(Q(kept__in=entities) | Q(gone__in=entities)) if entities else rows


class Merge(models.Model):
    """Everything that pointed at one entity points at another since. Rows stay when it is undone.

    Until it `is_finished`, both entities are there and a job moves what points at them, `moved` of `total` so far: to the one that is
    kept, or back where `undone_at` is set.
    """

    class State(TextChoices):
        MERGING = "merging", "marks are being moved"
        MERGED = "merged", "merged"
        UNDOING = "undoing", "marks are being moved back"
        UNDONE = "undone", "undone"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    corpus = models.ForeignKey(Corpus, on_delete=models.PROTECT, related_name="merges")
    kept = models.UUIDField(help_text="Entity that was kept.")
    gone = models.UUIDField(help_text="Entity that was merged into the other one.")
    kept_name = models.CharField(max_length=500)
    gone_name = models.CharField(max_length=500)
    before = models.JSONField(help_text="Both entities and their relations before the merge.")
    is_finished = models.BooleanField(default=True, help_text="Nothing is left to be moved.")
    total = models.PositiveIntegerField(default=0, help_text="Marks, events and claims that pointed at the entity when it began.")
    moved = models.PositiveIntegerField(default=0, help_text="Of them: moved so far.")
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
        indexes = [
            models.Index(fields=["kept"], name="merge_by_kept"),
            models.Index(fields=["at"], condition=Q(is_finished=False), name="merge_unfinished"),
        ]

    def __str__(self) -> str:
        return f"{self.gone_name} into {self.kept_name}"

    def get_absolute_url(self) -> str:
        return f"/merges/{self.pk}/"

    @property
    def state(self) -> State:
        if self.undone_at:
            return self.State.UNDONE if self.is_finished else self.State.UNDOING
        return self.State.MERGED if self.is_finished else self.State.MERGING


class MovedBatch(models.Model):
    """A batch of an assignment's log in which a merge moved what pointed at an entity: what it takes to move it back."""

    merge = models.ForeignKey(Merge, on_delete=models.CASCADE, related_name="batches")
    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="+")
    revision = models.PositiveIntegerField(help_text="Of the assignment, after the batch.")
    objects_moved = models.PositiveIntegerField()
    is_undone = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "moved batches"
        constraints = [models.UniqueConstraint(fields=["assignment", "revision"], name="movedbatch_once")]
        indexes = [models.Index(fields=["merge", "id"], condition=Q(is_undone=False), name="movedbatch_to_undo")]

    def __str__(self) -> str:
        return f"revision {self.revision} of {self.assignment_id}"
