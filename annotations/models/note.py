"""What an annotator wants a colleague to know about the whole article."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from annotations.models.assignment import Assignment, OwnedQuerySet


class Note(models.Model):
    """On the assignment as a whole: why a date is what it is, what was left out on purpose."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="notes")
    order = models.PositiveIntegerField(default=0, help_text="Position of the note.")
    text = models.TextField()
    revision = models.PositiveIntegerField(help_text="Revision of the assignment at the last change.")

    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering = ["assignment", "order", "id"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="note_says_something")]

    def __str__(self) -> str:
        return self.text[:80]
