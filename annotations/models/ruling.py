"""Rulings: decided examples of a guideline, each with its words, the right label and the reason."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import BooleanField, Case, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Now

from annotations.models.assignment import Assignment, being_annotated_by
from annotations.models.guideline import GuidelineVersion
from annotations.models.span import FragmentsField
from corpus.models import Document, Membership

LABEL_LENGTH = 81  # LAYER.LABEL


class RulingQuerySet(models.QuerySet["Ruling"]):
    def for_user(self, user: User) -> RulingQuerySet:
        """Those of the corpora of `user`, each with `shows_quote`: whether they may know how its text was annotated.

        An annotator may once they see the gold of the text, a reviewer unless they annotate it themselves: their reading of it
        should stay independent.
        """
        rows = self.filter(
            document__article__deletion=None, version__in=GuidelineVersion.objects.for_user(user).order_by().values("pk")
        )
        if user.is_superuser:
            return rows.annotate(shows_quote=Value(True))
        reviewer = Membership.objects.filter(
            user=user.pk, corpus=OuterRef("document__corpus"), role__in=Membership.Role.from_rank("reviewer")
        )
        gold = Assignment.objects.for_user(user).gold().filter(document=OuterRef("document")).order_by()
        shows = (Exists(reviewer) & ~Q(document__in=being_annotated_by(user))) | (Exists(gold) & ~Exists(reviewer))
        return rows.annotate(shows_quote=Case(When(shows, then=Value(True)), default=Value(False), output_field=BooleanField()))


class Ruling(models.Model):
    """Rows are only added: the database refuses everything else. It holds from `at` on; later decisions are held against it."""

    version = models.ForeignKey(
        GuidelineVersion, on_delete=models.PROTECT, related_name="rulings", help_text="Version of the guideline that it explains."
    )
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    fragments = FragmentsField()
    quote = models.TextField(help_text="The words, as they are in the text.")
    right = models.CharField(max_length=LABEL_LENGTH, help_text="LAYER.LABEL")
    wrong = models.CharField(max_length=LABEL_LENGTH, blank=True, help_text="LAYER.LABEL; empty: any other of the layer.")
    why = models.TextField()
    decision = models.ForeignKey(
        "annotations.AdjudicationDecision",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="rulings",
        help_text="Decision of an adjudication that it came from.",
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now(), editable=False)

    objects = RulingQuerySet.as_manager()

    shows_quote: bool  # by `for_user`

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["version", "-at"], name="ruling_of_a_version")]
        constraints = [
            models.CheckConstraint(condition=~Q(quote="") & ~Q(why="") & ~Q(right=""), name="ruling_says_something"),
            models.CheckConstraint(condition=~Q(right=F("wrong")), name="ruling_right_is_not_wrong"),
        ]

    def __str__(self) -> str:
        return f"{self.right}, not {self.wrong}" if self.wrong else self.right

    def get_absolute_url(self) -> str:
        return f"{self.version.guideline.get_absolute_url()}#r-{self.pk}"
