"""What managers have put in the bin: corpora, articles, readings. All of it can be restored."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from corpus.db.choices import TextChoices
from corpus.models.access import Corpus


class DeletionQuerySet(models.QuerySet["Deletion"]):
    def for_user(self, user: Any) -> DeletionQuerySet:
        """Those of corpora that `user` manages, also of a corpus that is in the bin itself."""
        return self.filter(corpus__in=Corpus.objects.with_deleted(user, "manager").order_by().values("pk"))

    def in_bin(self) -> DeletionQuerySet:
        return self.filter(restored_at=None, purged_at=None)


class Deletion(models.Model):
    """That one thing was put in the bin, by whom and why. It is there until it is restored, or erased for good.

    Rows are only added; how it ended is written once into the row. The database refuses everything else.
    """

    class Kind(TextChoices):
        READING = "reading", "reading"
        ARTICLE = "article", "article"
        CORPUS = "corpus", "corpus"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Without a constraint, like the history of a corpus.
    corpus = models.ForeignKey(Corpus, on_delete=models.DO_NOTHING, db_constraint=False, related_name="deletions")
    kind = models.CharField(max_length=10, choices=Kind)
    object = models.CharField(max_length=40, help_text="Id of what was deleted.")
    label = models.CharField(max_length=200, help_text="Name of it at that time.")
    reason = models.CharField(max_length=500)
    counts = models.JSONField(help_text="What it held at that time: articles, texts, readings, submitted, gold, marks.")
    before = models.JSONField(default=dict, blank=True, help_text="Readings that went with it, each with its status.")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now(), editable=False)
    restored_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    restored_at = models.DateTimeField(null=True, blank=True)
    purged_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    purged_at = models.DateTimeField("deleted for good at", null=True, blank=True)
    hashes = models.JSONField(default=list, blank=True, help_text="SHA-256 of the texts that were deleted for good.")

    objects = DeletionQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["reading", "article", "corpus"]), name="deletion_kind"),
            models.CheckConstraint(condition=~Q(reason=""), name="deletion_has_a_reason"),
            models.CheckConstraint(
                condition=Q(restored_by=None, restored_at=None) | Q(restored_by__isnull=False, restored_at__isnull=False),
                name="deletion_restored_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(purged_by=None, purged_at=None)
                | Q(purged_by__isnull=False, purged_at__isnull=False, restored_at=None),
                name="deletion_purged_by_somebody",
            ),
            models.UniqueConstraint(fields=["kind", "object"], condition=Q(restored_at=None), name="deletion_once"),
        ]
        indexes = [models.Index(fields=["corpus", "-at"], condition=Q(restored_at=None, purged_at=None), name="deletion_in_bin")]

    def __str__(self) -> str:
        return f"{self.kind} {self.label}"
