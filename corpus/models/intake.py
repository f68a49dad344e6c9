"""One act of bringing things in, with a result for each of them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

from corpus.models.access import Corpus
from corpus.models.document import Document


class IntakeQuerySet(models.QuerySet["Intake"]):
    def for_user(self, user: Any, at_least: str = "viewer") -> IntakeQuerySet:
        return self.filter(corpus__in=Corpus.objects.for_user(user, at_least))


class Intake(models.Model):
    """Files, pasted text or addresses given at one time through one door."""

    class Door(models.TextChoices):
        COMMAND = "command", "command line"
        API = "api", "API"
        PAGE = "page", "web page"

    corpus = models.ForeignKey(Corpus, on_delete=models.PROTECT, related_name="intakes")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT)
    door = models.CharField(max_length=10, choices=Door)
    started = models.DateTimeField(auto_now_add=True)
    finished = models.DateTimeField(null=True, blank=True)

    objects = IntakeQuerySet.as_manager()

    class Meta:
        ordering = ["-started", "-id"]

    def __str__(self) -> str:
        return f"intake {self.pk} into {self.corpus}"


class IntakeItem(models.Model):
    """What became of one thing of an intake."""

    class Outcome(models.TextChoices):
        STORED = "stored", "stored"
        PRESENT = "present", "already there"
        FAILED = "failed", "failed"

    intake = models.ForeignKey(Intake, on_delete=models.CASCADE, related_name="items")
    name = models.CharField(max_length=2000)
    outcome = models.CharField(max_length=10, choices=Outcome)
    detail = models.TextField(blank=True, help_text="For a failure: where and why.")
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="intake_items")

    class Meta:
        ordering = ["intake", "id"]
        verbose_name = "item of an intake"
        verbose_name_plural = "items of intakes"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome="failed", document__isnull=True)
                | models.Q(outcome__in=["stored", "present"], document__isnull=False),
                name="intakeitem_has_document_unless_failed",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.outcome}"
