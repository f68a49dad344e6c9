"""Scheme changes: readings of a corpus on their way to another version of their scheme, and what became of each."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from annotations.models.assignment import Assignment
from annotations.models.scheme import Scheme
from corpus.db.choices import TextChoices
from corpus.models import Corpus


class MoveQuerySet(models.QuerySet["Move"]):
    def for_user(self, user: User) -> MoveQuerySet:
        """Those of the corpora that `user` manages."""
        return self.filter(corpus__in=Corpus.objects.for_user(user, "manager"))

    def unfinished(self) -> MoveQuerySet:
        """Those that a job carries out."""
        return self.filter(state__in=[Move.State.RUNNING, Move.State.UNDOING])


class Move(models.Model):
    """A mapping of the codes of `source` to those of `target`, and the readings that it applies to. A job carries it out."""

    class State(TextChoices):
        DRAFT = "draft", "draft"
        RUNNING = "running", "running"
        DONE = "done", "done"
        UNDOING = "undoing", "being undone"
        UNDONE = "undone", "undone"

    class Scope(TextChoices):
        OPEN = "open", "unsubmitted readings"
        GOLD = "gold", "unsubmitted readings and gold"
        ALL = "all", "all readings"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    corpus = models.ForeignKey(Corpus, on_delete=models.PROTECT, related_name="moves")
    source = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="+", help_text="Version that the readings have.")
    target = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="+", help_text="Version that they get.")
    scope = models.CharField(max_length=10, choices=Scope, default=Scope.OPEN)
    mapping = models.JSONField(default=list, help_text="Rows: kind, layer, label, attribute, code, to, reason.")
    counts = models.JSONField(
        null=True, help_text="What the preview said when it began: readings, and per row marks, events, arguments, values."
    )
    chosen_before = models.ForeignKey(
        Scheme,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Version that the corpus had chosen before it began.",
    )
    targets_before = models.JSONField(
        null=True, editable=False, help_text="Targets of agreement before it began; empty: it changed none."
    )
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now(), editable=False)
    started = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)

    objects = MoveQuerySet.as_manager()

    class Meta:
        verbose_name = "scheme change"
        ordering = ["-at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(source=F("target")), name="move_to_another_version"),
            models.CheckConstraint(condition=Q(scope__in=["open", "gold", "all"]), name="move_scope"),
            models.CheckConstraint(
                condition=Q(state="draft", started__isnull=True)
                | Q(state__in=["running", "done", "undoing", "undone"], started__isnull=False, counts__isnull=False),
                name="move_state",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["undoing", "undone"], undone_by__isnull=False, undone_at__isnull=False)
                | Q(state__in=["draft", "running", "done"], undone_by__isnull=True, undone_at__isnull=True),
                name="move_undone_by_somebody",
            ),
            models.UniqueConstraint(fields=["corpus"], condition=Q(state__in=["running", "undoing"]), name="move_one_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"

    def get_absolute_url(self) -> str:
        return f"/corpora/{self.corpus.slug}/scheme/{self.pk}/"


class MoveItemQuerySet(models.QuerySet["MoveItem"]):
    def for_user(self, user: User) -> MoveItemQuerySet:
        return self.filter(move__in=Move.objects.for_user(user).order_by())


class MoveItem(models.Model):
    """A reading that was reached: moved, or left as it is with what prevents it; and later moved back, or not."""

    class MoveOutcome(TextChoices):
        MOVED = "moved", "moved"
        STAYED = "stayed", "not moved"
        BACK = "back", "moved back"
        STUCK = "stuck", "not moved back"

    move = models.ForeignKey(Move, on_delete=models.PROTECT, related_name="items")
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="moves")
    outcome = models.CharField(max_length=10, choices=MoveOutcome)
    before = models.PositiveIntegerField(help_text="Revision of the reading before.")
    after = models.PositiveIntegerField(help_text="Revision after; the same where all its codes stay.")
    findings = models.JSONField(default=list, help_text="What prevents it: code, detail, objects.")
    at = models.DateTimeField(db_default=Now(), editable=False)

    objects = MoveItemQuerySet.as_manager()

    class Meta:
        verbose_name = "reading of a scheme change"
        verbose_name_plural = "readings of scheme changes"
        ordering = ["move", "id"]
        constraints = [
            models.UniqueConstraint(fields=["move", "assignment"], name="move_item_once"),
            models.CheckConstraint(condition=Q(before__lte=F("after")), name="move_item_revisions"),
            models.CheckConstraint(
                condition=Q(outcome__in=["moved", "back"], findings=[]) | Q(outcome__in=["stayed", "stuck"]) & ~Q(findings=[]),
                name="move_item_why_not",
            ),
        ]
        indexes = [models.Index(fields=["move", "outcome", "id"], name="move_item_by_outcome")]

    def __str__(self) -> str:
        return f"{self.assignment}: {self.get_outcome_display()}"
