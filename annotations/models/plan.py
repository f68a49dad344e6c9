"""Plans: which texts of a corpus are read how often, by whom, until when."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q

from corpus.db.choices import TextChoices
from corpus.models import Corpus, Document


def any_seed() -> int:
    return secrets.randbelow(2**31)


class PlanQuerySet(models.QuerySet["Plan"]):
    def for_user(self, user: User) -> PlanQuerySet:
        """Those of the corpora in which `user` annotates."""
        return self.filter(corpus__in=Corpus.objects.for_user(user, "annotator"))

    def running(self) -> PlanQuerySet:
        return self.filter(state=Plan.State.RUNNING, corpus__deletion=None)


class Plan(models.Model):
    """A draft has no articles; they are drawn once, at the start, by the seed."""

    class State(TextChoices):
        DRAFT = "draft", "draft"
        RUNNING = "running", "running"
        PAUSED = "paused", "paused"
        DONE = "done", "done"

    class Chances(TextChoices):
        EQUAL = "equal", "the same for each article"
        LENGTH = "length", "in proportion to the length of the text"

    corpus = models.ForeignKey(Corpus, on_delete=models.CASCADE, related_name="plans")
    name = models.CharField(max_length=100)
    filter = models.TextField(blank=True, help_text="Query of the list of articles.")
    readings = models.PositiveSmallIntegerField(default=1, help_text="Of the articles that are read more than once.")
    share = models.PositiveSmallIntegerField(default=0, help_text="Per cent of the articles that are read more than once.")
    chances = models.CharField(max_length=10, choices=Chances, default=Chances.EQUAL, help_text="Of being read more than once.")
    due = models.DateField(null=True, blank=True)
    seed = models.PositiveIntegerField(default=any_seed, help_text="Of the draw.")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created = models.DateTimeField(auto_now_add=True)
    started = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0, help_text="Number of changes, so that none overwrites another.")

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ["-created", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["corpus", "name"], name="plan_name_once"),
            models.CheckConstraint(
                condition=Q(readings=1, share=0) | Q(readings__gte=2, readings__lte=5, share__gte=1, share__lte=100),
                name="plan_readings",
            ),
            models.CheckConstraint(condition=Q(chances__in=["equal", "length"]), name="plan_chances"),
            models.CheckConstraint(
                condition=Q(state="draft", started__isnull=True)
                | Q(state__in=["running", "paused", "done"], started__isnull=False),
                name="plan_state",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/corpora/{self.corpus.slug}/plans/{self.pk}/"


class PlanArticle(models.Model):
    """A text of a plan. `live` counts its readings that are open or submitted; a trigger keeps it, under the lock of this row."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="articles")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="+")
    needed = models.PositiveSmallIntegerField(help_text="Readings.")
    chance = models.FloatField(help_text="That a text of the plan is read more than once; 1 where all are read once.")
    position = models.PositiveIntegerField()
    live = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["plan", "position"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "document"], name="plan_article_once"),
            models.CheckConstraint(condition=Q(chance__gt=0, chance__lte=1), name="plan_article_chance"),
            models.CheckConstraint(condition=Q(needed__gte=1, needed__lte=5), name="plan_article_needed"),
        ]
        indexes = [
            # Texts with a first reading before those with none, in the order of the plan.
            models.Index(fields=["plan", "-live", "position"], condition=Q(live__lt=models.F("needed")), name="plan_article_free")
        ]

    def __str__(self) -> str:
        return f"{self.document} in {self.plan}"

    @classmethod
    def needed_of(cls, document: Document) -> int:
        """How many readings of a text the plans in use ask for."""
        rows = cls.objects.filter(document=document, plan__state__in=[Plan.State.RUNNING, Plan.State.PAUSED])
        return max(rows.order_by().values_list("needed", flat=True), default=0)


class PlanPerson(models.Model):
    """Who takes articles of a plan. A plan without people is for all annotators of its corpus."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="people")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    weight = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Part of the readings, beside the weights of the others. Empty: as many as they take."
    )

    class Meta:
        ordering = ["plan", "user"]
        verbose_name = "person of a plan"
        verbose_name_plural = "people of plans"
        constraints = [
            models.UniqueConstraint(fields=["plan", "user"], name="plan_person_once"),
            models.CheckConstraint(condition=Q(weight__isnull=True) | Q(weight__gte=1, weight__lte=100), name="plan_weight"),
        ]

    def __str__(self) -> str:
        return f"{self.user} in {self.plan}"
