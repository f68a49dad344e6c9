"""Practice and test articles of a plan, and how readings of them compared with the gold."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import User
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from annotations.models.assignment import Assignment, OwnedQuerySet
from annotations.models.plan import Plan
from corpus.db.choices import TextChoices
from corpus.models import Corpus, Document


class PracticeArticleQuerySet(models.QuerySet["PracticeArticle"]):
    def for_user(self, user: User) -> PracticeArticleQuerySet:
        """For managers: whoever knows that an article is a test would look at it otherwise."""
        return self.filter(plan__corpus__in=Corpus.objects.for_user(user, "manager"))


class PracticeArticle(models.Model):
    """A text with a submitted gold that newcomers read before the articles of a plan. It has no places: everybody may read it."""

    class Kind(TextChoices):
        PRACTICE = "practice", "practice"
        TEST = "test", "test"

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="practice")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(
        max_length=10, choices=Kind, help_text="practice: the gold is open at any time; test: after submitting, and counted."
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created = models.DateTimeField(db_default=Now(), editable=False)

    objects = PracticeArticleQuerySet.as_manager()

    class Meta:
        ordering = ["plan", "kind", "id"]  # practice before tests
        constraints = [
            models.UniqueConstraint(fields=["plan", "document"], name="practice_article_once"),
            models.CheckConstraint(condition=Q(kind__in=["practice", "test"]), name="practice_article_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.document} in {self.plan} ({self.kind})"


class PracticeResult(models.Model):
    """How a submitted reading compared with the gold. Rows are only added: the database refuses everything else."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="results")
    revision = models.PositiveIntegerField(help_text="Of the assignment.")
    gold = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="+")
    gold_revision = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=PracticeArticle.Kind)
    layers = models.JSONField(
        help_text="Layer → marks of the gold (left) and of the reading (right), exact and overlapping pairs."
    )
    least = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(1), MaxValueValidator(100)], help_text="F1 of each layer in per cent that passes."
    )
    passed = models.BooleanField()
    at = models.DateTimeField(db_default=Now(), editable=False)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "revision"], name="practice_result_once"),
            models.CheckConstraint(condition=Q(least__gte=1, least__lte=100), name="practice_result_least"),
            models.CheckConstraint(condition=Q(kind__in=["practice", "test"]), name="practice_result_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.assignment}: {'passed' if self.passed else 'not passed'}"

    def get_absolute_url(self) -> str:
        return f"/annotate/{self.assignment_id}/result/"
