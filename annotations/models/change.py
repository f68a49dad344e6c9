"""The log of every write. Rows are only ever added: a trigger refuses the rest."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Func

from annotations.models.assignment import Assignment, OwnedQuerySet
from corpus.db.choices import TextChoices
from corpus.db.round_trip import Rows, Statement, round_trip

DERIVED, REST = 8, 80  # the version of ids that begin as the one of their assignment does, and the bits behind that beginning


class NextNumber(Func):
    """The database numbers the changes of all assignments: one sequence."""

    function = "nextval"
    template = "%(function)s('annotations_change_number')"
    output_field = models.BigIntegerField()


class Change(models.Model):
    """One accepted change. `id` was made by the client: to send it again changes nothing."""

    class Op(TextChoices):
        CREATE = "create", "create"
        UPDATE = "update", "update"
        DELETE = "delete", "delete"

    class Kind(TextChoices):
        SPAN = "span", "mark"
        EVENT = "event", "event"
        CLAIM = "claim", "claim"
        CITATION = "citation", "citation"
        LINK = "link", "link"
        NOTE = "note", "note"
        OUTCOME = "outcome", "outcome of a suggestion"
        ENTITY = "entity", "entity"
        RELATION = "relation", "entity relation"

    # A document that a file brings: one row for all that it created. `after` says how many of each kind, `imported` has their changes,
    # and `LoggedChange` shows each of them.
    IMPORT = ("import", "import")
    DOCUMENT = ("document", "document")

    id = models.UUIDField(primary_key=True, editable=False)
    # `change_place_once` begins with it.
    assignment = models.ForeignKey(
        Assignment, on_delete=models.PROTECT, related_name="changes", db_index=False, db_constraint=False
    )
    revision = models.PositiveIntegerField(help_text="Revision of the assignment after this batch.")
    position = models.PositiveIntegerField(help_text="Position in the batch.")
    op = models.CharField(max_length=6, choices=[*Op.choices, IMPORT])
    kind = models.CharField(max_length=10, choices=[*Kind.choices, DOCUMENT])
    object_id = models.UUIDField()
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    imported = models.TextField(null=True, editable=False, help_text="Of an imported document: its changes, as JSON.")
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
                condition=models.Q(op__in=["create", "import"], before__isnull=True, after__isnull=False)
                | models.Q(op="update", before__isnull=False, after__isnull=False)
                | models.Q(op="delete", before__isnull=False, after__isnull=True),
                name="change_before_and_after",
            ),
            models.CheckConstraint(
                condition=models.Q(op="import", imported__isnull=False) | models.Q(~models.Q(op="import"), imported__isnull=True),
                name="change_imported_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["object_id", "revision"], name="change_history"),
            models.Index(fields=["at", "revision", "position", "id"], name="change_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.op} {self.kind} by {self.user} at revision {self.revision}"


class LoggedChange(models.Model):
    """A change of one object: a row of the log, or one of those that an imported document created. A view: read only.

    Ask by assignment, or by `stored_at` (the number of the row that holds it), which PostgreSQL looks up before it unfolds documents.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    assignment = models.ForeignKey(Assignment, on_delete=models.DO_NOTHING, related_name="+")
    revision = models.PositiveIntegerField()
    position = models.PositiveIntegerField()
    op = models.CharField(max_length=6, choices=Change.Op)
    kind = models.CharField(max_length=10, choices=Change.Kind)
    object_id = models.UUIDField()
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    digest = models.CharField(max_length=64)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, related_name="+")
    at = models.DateTimeField()
    number = models.BigIntegerField()
    stored_at = models.BigIntegerField()

    objects = OwnedQuerySet.as_manager()

    class Meta:
        managed = False
        db_table = "annotations_loggedchange"
        ordering = ["assignment", "revision", "position"]

    def __str__(self) -> str:
        return f"{self.op} {self.kind} at revision {self.revision}"


def imports_near(pk: UUID) -> tuple[UUID, UUID] | None:
    """The first and the last id of the assignments whose imported document may have made what has this id: the ids of both begin with
    the same time. None for an id that no file can have brought."""
    if pk.version != DERIVED:
        return None
    return UUID(int=pk.int >> REST << REST), UUID(int=pk.int | (1 << REST) - 1)


def importing(object_id: UUID) -> models.Q:
    """The row of the imported document that created an object."""
    if not (near := imports_near(object_id)):
        return models.Q(pk__in=[])
    rows = LoggedChange.objects.filter(assignment__gte=near[0], assignment__lte=near[1], object_id=object_id, op=Change.Op.CREATE)
    return models.Q(number__in=list(rows.order_by().values_list("stored_at", flat=True)))


def settled() -> int:
    """The number up to which the log is complete: whoever has read so far misses nothing later.

    Numbers are drawn before a transaction ends, so a higher one can be seen before a lower one. Each
    writer therefore holds a lock named after the last number that was drawn before its first one
    (migration 0006). The order of the two questions matters: a writer that has no lock yet when the
    locks are read draws its numbers after that, above what was reached before.
    """
    return settled_number(round_trip(SETTLED))


SETTLED: list[Statement] = [
    ("SELECT coalesce(pg_sequence_last_value('annotations_change_number'::regclass), 0)", ()),
    ("SELECT attest_change_writers_from()", ()),
]


def settled_number(answers: Sequence[Rows]) -> int:
    """The same of the answers to SETTLED, which can be sent with others."""
    (((reached,),), ((writing,),)) = answers
    return int(reached if writing is None else min(reached, writing))
