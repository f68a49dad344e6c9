"""Counts of agreement of two assignments on one text: a cache, to be filled again at any time."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q

from annotations.models.assignment import Assignment


class PairScoreQuerySet(models.QuerySet["PairScore"]):
    def for_user(self, user: User) -> PairScoreQuerySet:
        """Pairs of which the person may see both assignments."""
        seen = Assignment.objects.for_user(user).order_by().values("pk")
        return self.filter(left__in=seen, right__in=seen)


class PairScore(models.Model):
    """Two independent readings, `left` of the annotator whose account is older; or the gold as `left`, and a reading."""

    left = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="+")
    left_revision = models.PositiveIntegerField()
    right = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="+")
    right_revision = models.PositiveIntegerField()
    method = models.CharField(max_length=20, help_text="Name and number of the way of counting.")
    counts = models.JSONField()
    at = models.DateTimeField()

    objects = PairScoreQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["left", "right"], name="pairscore_once"),
            models.CheckConstraint(condition=~Q(left=models.F("right")), name="pairscore_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.left_id} and {self.right_id}"
