"""Lakes that people may see, and promotions of their pages into corpora. The pages themselves lie in files."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from corpus.db.choices import TextChoices
from corpus.models import Corpus, Intake


class LakeQuerySet(models.QuerySet["Lake"]):
    def for_user(self, user: Any, at_least: str = "viewer") -> LakeQuerySet:
        """Those of the corpora in which `user` has this role."""
        return self.filter(corpora__in=Corpus.objects.for_user(user, at_least)).distinct()


class Lake(models.Model):
    """A folder of pages on this installation. Members of its corpora see them, managers promote them into theirs."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    folder = models.CharField(
        max_length=1000, unique=True, help_text="Folder of the lake, on each host of Attest, or s3://BUCKET/PREFIX."
    )
    crawls = models.JSONField(default=list, help_text="Files and folders that it was read from.")
    corpora = models.ManyToManyField(
        Corpus,
        related_name="lakes",
        blank=True,
        help_text="Members of these see its pages; managers promote pages into theirs.",
    )

    objects = LakeQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.name


class PromotionQuerySet(models.QuerySet["Promotion"]):
    def for_user(self, user: Any, at_least: str = "viewer") -> PromotionQuerySet:
        return self.filter(corpus__in=Corpus.objects.for_user(user, at_least))

    def unfinished(self) -> PromotionQuerySet:
        """Those that a job carries out."""
        return self.filter(state=Promotion.State.RUNNING)


class Promotion(models.Model):
    """Pages of a lake on their way into a corpus; a job carries it out. What became of each stands in the intake."""

    class State(TextChoices):
        RUNNING = "running", "running"
        DONE = "done", "done"
        CANCELLED = "cancelled", "cancelled"
        FAILED = "failed", "failed"

    class Originals(TextChoices):
        COPY = "copy", "copied"
        STAY = "stay", "stay in the crawl"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    lake = models.ForeignKey(Lake, on_delete=models.PROTECT, related_name="promotions")
    corpus = models.ForeignKey(Corpus, on_delete=models.PROTECT, related_name="promotions")
    intake = models.OneToOneField(Intake, verbose_name="import", on_delete=models.PROTECT, related_name="promotion")
    sql = models.TextField("SELECT", help_text="Gives the pages, in a column page.")
    originals = models.CharField(
        "original files",
        max_length=10,
        choices=Originals,
        default=Originals.COPY,
        db_default=Originals.COPY.value,
        help_text="Whether they are copied.",
    )
    state = models.CharField(max_length=10, choices=State, default=State.RUNNING)
    pages = models.PositiveBigIntegerField(default=0, help_text="How many pages the job has passed.")
    total = models.PositiveBigIntegerField(
        null=True, blank=True, help_text="How many pages the SELECT gives, once the job has counted them."
    )
    detail = models.TextField(blank=True, help_text="For an error: the reason and the remedy.")
    at = models.DateTimeField(db_default=Now(), editable=False)

    objects = PromotionQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["running", "done", "cancelled", "failed"]), name="promotion_state"),
            models.CheckConstraint(condition=Q(originals__in=["copy", "stay"]), name="promotion_originals"),
            models.CheckConstraint(condition=Q(state="failed") | Q(detail=""), name="promotion_reason_of_a_failure"),
        ]

    def __str__(self) -> str:
        return f"promotion of {self.lake} into {self.corpus}"
