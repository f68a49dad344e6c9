"""The log of every write. Rows are only ever added: a trigger refuses the rest."""

from __future__ import annotations

from django.conf import settings
from django.db import connection, models
from django.db.models import Func

from annotations.models.assignment import Assignment, OwnedQuerySet


class NextNumber(Func):
    """The database numbers the changes of all assignments: one sequence."""

    function = "nextval"
    template = "%(function)s('annotations_change_number')"
    output_field = models.BigIntegerField()


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
    # `change_place_once` begins with it.
    assignment = models.ForeignKey(
        Assignment, on_delete=models.PROTECT, related_name="changes", db_index=False, db_constraint=False
    )
    revision = models.PositiveIntegerField(help_text="Revision of the assignment after this batch.")
    position = models.PositiveIntegerField(help_text="Position in the batch.")
    op = models.CharField(max_length=6, choices=Op)
    kind = models.CharField(max_length=10, choices=Kind)
    object_id = models.UUIDField()
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the request.")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="changes", db_constraint=False)
    at = models.DateTimeField(auto_now_add=True)
    number = models.BigIntegerField(db_default=NextNumber(), editable=False, help_text="Number in the log of all changes.")

    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering = ["assignment", "revision", "position"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "revision", "position"], name="change_place_once"),
            models.UniqueConstraint(fields=["number"], name="change_number_once"),
            models.CheckConstraint(
                condition=models.Q(op="create", before__isnull=True, after__isnull=False)
                | models.Q(op="update", before__isnull=False, after__isnull=False)
                | models.Q(op="delete", before__isnull=False, after__isnull=True),
                name="change_before_and_after",
            ),
        ]
        indexes = [
            models.Index(fields=["object_id", "revision"], name="change_history"),
            models.Index(fields=["at", "revision", "position", "id"], name="change_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.op} {self.kind} by {self.user} at revision {self.revision}"


def settled() -> int:
    """The number up to which the log is complete: whoever has read so far misses nothing later.

    Numbers are drawn before a transaction ends, so a higher one can be seen before a lower one. Each
    writer therefore holds a lock named after the last number that was drawn before its first one
    (migration 0006). The order of the two questions matters: a writer that has no lock yet when the
    locks are read draws its numbers after that, above what was reached before.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(pg_sequence_last_value('annotations_change_number'::regclass), 0)")
        (reached,) = cursor.fetchone()
        cursor.execute("SELECT attest_change_writers_from()")
        (writing,) = cursor.fetchone()
    return reached if writing is None else min(reached, writing)
