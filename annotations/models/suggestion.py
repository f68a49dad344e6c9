"""What was offered to a reader, and what became of it. A suggestion is no mark: only a person makes one."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from annotations.models.assignment import Assignment, OwnedQuerySet
from annotations.models.span import FragmentsField, FragmentsValid
from corpus.db.choices import TextChoices


class SuggestionOutcome(models.Model):
    """What a person did with a suggestion, written through the change log in the batch of the mark.

    `key` follows from the text and what was offered, not from who offered it: what was rejected stays rejected.
    """

    class Outcome(TextChoices):
        ACCEPTED = "accepted", "accepted"
        CHANGED = "changed", "accepted with changes"
        REJECTED = "rejected", "rejected"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # `suggestionoutcome_once` begins with it.
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="outcomes", db_index=False)
    key = models.UUIDField()
    kind = models.CharField(max_length=10, help_text="Kind of object that was suggested.")
    layer = models.CharField(max_length=40, blank=True)
    label = models.CharField(max_length=40, blank=True)
    fragments = FragmentsField()
    by = models.JSONField("suggested by", help_text="Suggesters, each with its version and score.")
    outcome = models.CharField(max_length=8, choices=Outcome)
    changed = ArrayField(
        models.CharField(max_length=10),
        default=list,
        blank=True,
        help_text="What differs from the suggestion: words, label, entity.",
    )
    made_kind = models.CharField(max_length=10, blank=True, help_text="Kind of what was made of it; empty: rejected.")
    made = models.UUIDField(null=True, help_text="What was made of it. It may have been deleted since.")
    seconds = models.FloatField(null=True, help_text="From the first look to the decision. Empty: not measured.")
    revision = models.PositiveIntegerField()

    objects: ClassVar = OwnedQuerySet.as_manager()

    class Meta:
        ordering = ["assignment", "fragments", "id"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "key"], name="suggestionoutcome_once"),
            models.CheckConstraint(condition=FragmentsValid(F("fragments")), name="suggestionoutcome_fragments"),
            models.CheckConstraint(
                condition=Q(outcome="rejected", made__isnull=True, made_kind="")
                | ~Q(outcome="rejected") & Q(made__isnull=False) & ~Q(made_kind=""),
                name="suggestionoutcome_makes_unless_rejected",
            ),
            models.CheckConstraint(
                condition=Q(outcome="changed") & ~Q(changed=[]) | ~Q(outcome="changed") & Q(changed=[]),
                name="suggestionoutcome_says_what_changed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label or self.kind}: {self.outcome}"


class SuggestionsShown(models.Model):
    """What a reading was offered, once for each different answer: without it nobody knows what was passed over."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    digest = models.CharField(max_length=64)
    items = models.JSONField(help_text="Key, layer, label and suggesters of each.")

    class Meta:
        verbose_name_plural = "suggestions shown"
        constraints = [models.UniqueConstraint(fields=["assignment", "digest"], name="suggestionsshown_once")]

    def __str__(self) -> str:
        return f"{self.assignment_id}, {self.at:%Y-%m-%d %H:%M}"
