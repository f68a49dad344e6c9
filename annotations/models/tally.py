"""Work in numbers: what a reader made, changed and removed in a week, counted from the change log by the worker."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q

from annotations.models.team import TeamSettings
from corpus.models import Corpus, Membership


class TallyQuerySet(models.QuerySet["Tally"]):
    def for_user(self, user: User) -> TallyQuerySet:
        """One's own; of others only where one manages the corpus and it shows figures about persons."""
        shown = TeamSettings.objects.filter(show_people=True).values("corpus")
        managed = Corpus.objects.for_user(user, Membership.Role.MANAGER).order_by().values("pk")
        own = Q(user=user.pk, corpus__in=Corpus.objects.for_user(user).order_by().values("pk"))
        return self.filter(own | Q(corpus__in=managed) & Q(corpus__in=shown))


class Tally(models.Model):
    """Of a reader's changes to their own readings, without imports: of marks of one label, or of everything (`label` empty).

    It can be made anew from the log at any time. The time of a person is forgotten after a year: then a row without one keeps the sum of a week.
    """

    corpus = models.ForeignKey(Corpus, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Empty: all of them, where the time of each is forgotten.",
    )
    week = models.DateField(help_text="Its Monday, UTC.")
    label = models.CharField(max_length=81, blank=True, help_text="LAYER.LABEL of marks; empty: all changes.")
    made = models.PositiveIntegerField()
    changed = models.PositiveIntegerField()
    removed = models.PositiveIntegerField()
    seconds = models.PositiveIntegerField(
        help_text="Between a change and the next one in the same reading, five minutes at the most; 0 beside a label."
    )

    objects = TallyQuerySet.as_manager()

    class Meta:
        ordering = ["corpus", "user", "week", "label"]
        verbose_name_plural = "tallies"
        constraints = [
            models.UniqueConstraint(fields=["corpus", "week", "user", "label"], nulls_distinct=False, name="tally_once"),
            models.CheckConstraint(
                condition=Q(user__isnull=False) | Q(label="", made=0, changed=0, removed=0), name="tally_of_nobody_is_time"
            ),
            models.CheckConstraint(condition=Q(label="") | Q(seconds=0), name="tally_seconds_of_all_changes"),
        ]

    def __str__(self) -> str:
        return f"{self.user or 'all'}, {self.week}: {self.label or 'all changes'}"


class TallyReach(models.Model):
    """Up to which number of the change log tallies are made: one row."""

    number = models.BigIntegerField()

    class Meta:
        verbose_name = "reach of tallies"
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="tallyreach_one_row")]

    def __str__(self) -> str:
        return str(self.number)
