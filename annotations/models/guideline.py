"""Guidelines of a corpus: how its team annotates, beyond the definitions of the scheme; each change is a new version."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Now

from corpus.models import Corpus
from corpus.models.evidence import Evidence, Recorded, RecordedQuerySet


class GuidelineQuerySet(models.QuerySet["Guideline"]):
    def for_user(self, user: User, at_least: str = "viewer") -> GuidelineQuerySet:
        return self.filter(corpus__in=Corpus.objects.for_user(user, at_least))


class Guideline(models.Model):
    """What it is about: a label of the scheme, by the codes of layer and label, or annotation in general."""

    corpus = models.ForeignKey(Corpus, on_delete=models.PROTECT, related_name="guidelines")
    layer = models.CharField(max_length=40, blank=True, help_text="Code of the layer; empty: a general guideline.")
    label = models.CharField(max_length=40, blank=True, help_text="Code of the label; empty: a general guideline.")

    objects = GuidelineQuerySet.as_manager()

    class Meta:
        ordering = ["corpus", "layer", "label", "id"]
        constraints = [
            models.UniqueConstraint(fields=["corpus", "layer", "label"], condition=~Q(label=""), name="guideline_once_a_label"),
            models.CheckConstraint(
                condition=Q(layer="", label="") | (~Q(layer="") & ~Q(label="")), name="guideline_layer_with_label"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.layer}.{self.label}" if self.label else "General"

    def get_absolute_url(self) -> str:
        return f"/guidelines/{self.pk}/"


class GuidelineVersionQuerySet(RecordedQuerySet["GuidelineVersion"]):
    def for_user(self, user: User, at_least: str = "viewer") -> GuidelineVersionQuerySet:
        return self.filter(guideline__in=Guideline.objects.for_user(user, at_least))

    def newest(self) -> GuidelineVersionQuerySet:
        """The newest version of each guideline."""
        numbers = GuidelineVersion.objects.filter(guideline=OuterRef("guideline")).order_by("-number").values("number")
        return self.filter(number=Subquery(numbers[:1]))


class GuidelineVersion(Recorded):
    """What a guideline says since `at`. Rows are only added: the database refuses everything else."""

    guideline = models.ForeignKey(Guideline, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(help_text="1, 2, 3 … of the guideline.")
    title = models.CharField(max_length=200)
    body = models.TextField(help_text="Markdown without HTML and images.")
    note = models.CharField(max_length=500, blank=True, help_text="Reason for the change.")
    older = models.PositiveIntegerField(
        null=True, help_text="Annotations of the label in the corpus when the version was written; empty: a general guideline."
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now(), editable=False)

    objects: ClassVar = GuidelineVersionQuerySet.as_manager()
    recorded_as = Evidence("guideline_version")

    # By `newest_for`: when the guideline was begun, and whether a person has not read this version.
    since: datetime
    unread: bool

    class Meta:
        ordering = ["guideline", "-number"]
        verbose_name = "version of a guideline"
        verbose_name_plural = "versions of guidelines"
        constraints = [
            models.UniqueConstraint(fields=["guideline", "number"], name="guidelineversion_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="guidelineversion_from_one"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(body=""), name="guidelineversion_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.number}"


class GuidelineRead(models.Model):
    """A person has marked a version as read."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    version = models.ForeignKey(GuidelineVersion, on_delete=models.PROTECT, related_name="read_by")
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ["id"]
        verbose_name = "read guideline"
        constraints = [models.UniqueConstraint(fields=["user", "version"], name="guidelineread_once")]

    def __str__(self) -> str:
        return f"{self.user}: {self.version}"
