"""What became of an assignment, step by step: rows that are only added."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from annotations.models.assignment import Assignment, OwnedQuerySet
from corpus.db.choices import TextChoices


class Transition(models.Model):
    """One step from a state to the next. The status of an assignment follows from its last one."""

    class Kind(TextChoices):
        SUBMITTED = "submitted", "submitted"
        REOPENED = "reopened", "reopened by its annotator"
        RETURNED = "returned", "returned by a reviewer"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="transitions")
    revision = models.PositiveIntegerField(help_text="Of the assignment at that time.")
    kind = models.CharField(max_length=12, choices=Kind)
    note = models.TextField(blank=True, help_text="Why it was returned.")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Empty: before this was recorded.",
    )
    at = models.DateTimeField()

    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(kind="returned") | ~models.Q(note=""), name="transition_returned_with_a_reason"
            ),
        ]
        indexes = [models.Index(fields=["assignment", "at"], name="transition_in_order")]

    def __str__(self) -> str:
        return f"{self.kind} at revision {self.revision}"
