"""The log of every write. Rows are only ever added: a trigger refuses the rest."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from annotations.models.assignment import Assignment, OwnedQuerySet


class Change(models.Model):
    """One accepted change. `id` was made by the client: to send it again changes nothing."""

    class Op(models.TextChoices):
        CREATE = "create", "create"
        UPDATE = "update", "update"
        DELETE = "delete", "delete"

    class Kind(models.TextChoices):
        SPAN = "span", "mark"
        EVENT = "event", "event"
        CLAIM = "claim", "claim"
        CITATION = "citation", "citation"
        LINK = "link", "link"
        NOTE = "note", "note"
        ENTITY = "entity", "entity"
        RELATION = "relation", "entity relation"

    id = models.UUIDField(primary_key=True, editable=False)
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="changes")
    revision = models.PositiveIntegerField(help_text="Of the assignment, after this batch.")
    position = models.PositiveIntegerField(help_text="In the batch.")
    op = models.CharField(max_length=6, choices=Op)
    kind = models.CharField(max_length=10, choices=Kind)
    object_id = models.UUIDField()
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    digest = models.CharField(max_length=64, help_text="SHA-256 of what the client sent.")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="changes")
    at = models.DateTimeField(auto_now_add=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering = ["assignment", "revision", "position"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "revision", "position"], name="change_place_once"),
            models.CheckConstraint(
                condition=models.Q(op="create", before__isnull=True, after__isnull=False)
                | models.Q(op="update", before__isnull=False, after__isnull=False)
                | models.Q(op="delete", before__isnull=False, after__isnull=True),
                name="change_before_and_after",
            ),
        ]
        indexes = [models.Index(fields=["object_id", "revision"], name="change_history")]

    def __str__(self) -> str:
        return f"{self.op} {self.kind} by {self.user} at revision {self.revision}"
