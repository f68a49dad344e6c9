"""The evidence log: every state of every row of evidence, in chains of hashes, and seals over all of them.

Triggers write it (corpus.db.evidence_triggers). An insert is always recorded; an update or a deletion where Attest makes it:
by a model's `save` and `delete`, by its querysets, or inside `recorded()`. Marks have a log of their own, the change log; each of its batches
is an entry here, with the SHA-256 of its rows, in the chain of its assignment.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.apps import apps
from django.db import connection, models, transaction

from corpus.db.choices import TextChoices
from corpus.db.evidence_triggers import FLAG


@dataclass(frozen=True)
class Evidence:
    """What of a model the log keeps: all columns, but those `left_out`, each with its reason.

    `chain`, `owner`: what a row belongs to and the column with its id. `digests`: SQL of what is kept of a long column.
    """

    kind: str
    chain: str = ""
    owner: str = "id"
    left_out: Mapping[str, str] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)

    @property
    def root(self) -> str:
        return self.chain or self.kind

    def columns(self, model: type[models.Model]) -> list[str]:
        left_out = {"id", self.owner, *self.left_out}
        return [each.column for each in model._meta.concrete_fields if each.column and each.column not in left_out]


@contextmanager
def recorded() -> Iterator[None]:
    """What the block changes in rows of evidence, or deletes, stands in the log as a change that Attest made."""
    with ExitStack() as stack:
        if not connection.in_atomic_block:
            stack.enter_context(transaction.atomic())
        cursor = stack.enter_context(connection.cursor())
        cursor.execute(f"SELECT current_setting('{FLAG}', true), set_config('{FLAG}', 'on', true)")
        before = (cursor.fetchone() or ("",))[0]
        yield
        cursor.execute("SELECT set_config(%s, %s, true)", [FLAG, before or ""])


class RecordedQuerySet[Row: models.Model](models.QuerySet[Row]):
    def update(self, **values: Any) -> int:
        with recorded():
            return super().update(**values)

    def delete(self) -> tuple[int, dict[str, int]]:
        with recorded():
            return super().delete()

    def _raw_delete(self, using: str | None) -> int:
        with recorded():
            return super()._raw_delete(using)

    update.alters_data = delete.alters_data = _raw_delete.alters_data = True  # type: ignore[attr-defined]


class Deletable(models.Model):
    """A model with whose rows rows of evidence may go, or that these may lose sight of."""

    objects: ClassVar = RecordedQuerySet.as_manager()

    class Meta:
        abstract = True

    def delete(self, *arguments: Any, **options: Any) -> tuple[int, dict[str, int]]:
        with recorded():
            return super().delete(*arguments, **options)

    delete.alters_data = True  # type: ignore[attr-defined]


class Recorded(Deletable):
    """A model whose rows are evidence. `recorded_as` says what the log keeps of them; a migration makes the triggers."""

    recorded_as: Evidence

    class Meta:
        abstract = True

    def save(self, *arguments: Any, **options: Any) -> None:
        if self._state.adding:
            super().save(*arguments, **options)
            return
        with recorded():
            super().save(*arguments, **options)

    save.alters_data = True  # type: ignore[attr-defined]


def recorded_models() -> list[type[Recorded]]:
    return [model for model in apps.get_models() if issubclass(model, Recorded)]


class EvidenceLog(models.Model):
    """One entry: rows as they were made, what was changed in one, that one was deleted, or a batch of the change log.

    `state`: {id: {column: value}}, of a changed row only what changed, null for a deleted one; of a batch its revision,
    how many changes and their SHA-256; of an erasure by position and by revision the SHA-256 of what stands there since. `hash` is over the hash before it in the chain and all the rest but `number`.
    """

    class Op(TextChoices):
        START = "start", "present when the log began"
        INSERT = "insert", "made"
        UPDATE = "update", "changed"
        DELETE = "delete", "deleted"
        BATCH = "batch", "batch of changes"
        ERASE = "erase", "name erased"

    number = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    chain = models.CharField(
        max_length=60, db_collation="C", help_text="Chain of the entry: article/…, document/…, assignment/…."
    )
    position = models.PositiveIntegerField(help_text="Position in the chain, from 1.")
    kind = models.CharField(max_length=20)
    op = models.CharField(max_length=6, choices=Op)
    state = models.JSONField()
    hash = models.BinaryField()

    class Meta:
        verbose_name = "evidence log entry"
        verbose_name_plural = "evidence log"
        constraints = [models.UniqueConstraint(fields=["chain", "position"], name="evidencelog_place_once")]

    def __str__(self) -> str:
        return f"{self.op} {self.kind} in {self.chain}"


class Seal(models.Model):
    """Every minute in which something was recorded: a hash over the seal before it and all entries since, as far as they are complete.

    Whoever keeps one elsewhere can ask later whether everything up to it still stands.
    """

    number = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    upto = models.BigIntegerField("last entry", help_text="Number of the last entry that it may cover.")
    entries = models.PositiveBigIntegerField("new entries", help_text="Number of newly covered entries.")
    hash = models.CharField(max_length=64, unique=True, help_text="SHA-256")

    class Meta:
        verbose_name = "evidence log seal"
        verbose_name_plural = "evidence log seals"
        ordering = ["number"]

    def __str__(self) -> str:
        return self.hash
