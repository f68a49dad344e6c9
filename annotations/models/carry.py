"""A reading that was carried to a newer text of its article, and what of it a person has to look at."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q

from annotations.models.assignment import Assignment, OwnedQuerySet
from corpus.db.choices import TextChoices


class Carry(models.Model):
    """`assignment` began with the marks of `source`, which stands as it was, on its own text."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    source = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="carries")
    assignment = models.OneToOneField(Assignment, on_delete=models.PROTECT, related_name="carried_by")
    counts = models.JSONField(help_text="Marks, citations and claims by outcome: carried, moved, changed, orphan.")
    existed = models.BooleanField(default=False, help_text="Whether the reading was there before, without annotations.")
    revision = models.PositiveIntegerField(default=1, help_text="Of the reading, when all of it was carried.")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = "carried annotation"
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.source} carried to version {self.assignment.document.version}"

    def open_items(self) -> models.QuerySet[CarryItem]:
        return self.items.filter(decision="")


class CarryItemQuerySet(models.QuerySet["CarryItem"]):
    def for_user(self, user: User) -> CarryItemQuerySet:
        return self.filter(carry__in=Carry.objects.for_user(user).order_by())


class CarryItem(models.Model):
    """One thing that was not carried, or not as it was."""

    class Outcome(TextChoices):
        ORPHAN = "orphan", "not carried"
        CHANGED = "changed", "words changed"
        LOST = "lost", "a part was lost"

    class ItemDecision(TextChoices):
        TAKEN = "taken", "candidate annotated"
        DISMISSED = "dismissed", "done"

    carry = models.ForeignKey(Carry, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=10)
    object_id = models.CharField(max_length=120, help_text="Of the object in the reading it was carried from.")
    quote = models.TextField(blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome)
    part = models.CharField(max_length=100, blank=True, help_text="Which part of it was lost: a role, an attribute.")
    start = models.PositiveIntegerField(null=True, help_text="Of the candidate in the newer text, in code points.")
    end = models.PositiveIntegerField(null=True)
    decision = models.CharField(max_length=10, choices=ItemDecision, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)

    objects = CarryItemQuerySet.as_manager()

    class Meta:
        ordering = ["carry", "position"]
        constraints = [
            models.UniqueConstraint(fields=["carry", "position"], name="carry_item_once"),
            models.CheckConstraint(
                condition=Q(start__isnull=True, end__isnull=True) | Q(start__lt=models.F("end")), name="carry_item_candidate"
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(decision="") & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="carry_item_is_decided_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quote[:60]}: {self.get_outcome_display()}"
