"""Whether two events are one: what people have judged of pairs, and the sets of linked events that this makes."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from annotations.models import Event
from corpus.db.choices import TextChoices
from corpus.models import Corpus, Membership
from corpus.models.evidence import Evidence, Recorded, RecordedQuerySet


class JudgementQuerySet(RecordedQuerySet["Judgement"]):
    def for_user(self, user: Any) -> JudgementQuerySet:
        """As reviewer all of the corpus, else those about two events of which both may be seen."""
        events = Event.objects.for_user(user).order_by().values("pk")
        reviewed = Q(corpus__in=Corpus.objects.for_user(user, Membership.Role.REVIEWER))
        return self.filter(reviewed | Q(corpus__in=Corpus.objects.for_user(user), one__in=events, other__in=events))

    def standing(self) -> JudgementQuerySet:
        return self.filter(undone_at=None)

    def about(self, *events: uuid.UUID) -> JudgementQuerySet:
        """Those of which one of the two events is among these."""
        return self.filter(Q(one__in=events) | Q(other__in=events))


class Judgement(Recorded):
    """That two events of a corpus are the same, or different. Rows stay when it is undone, and when an event is gone.

    A trigger refuses every change but undoing (migration 0003). The evidence log has both.
    """

    class Verdict(TextChoices):
        SAME = "same", "the same event"
        DIFFERENT = "different", "different events"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    corpus = models.ForeignKey(Corpus, on_delete=models.PROTECT, related_name="judgements")
    one = models.UUIDField(help_text="Of the two events the one with the smaller id.")
    other = models.UUIDField(help_text="The event with the larger id.")
    verdict = models.CharField(max_length=9, choices=Verdict)
    note = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="judgements")
    at = models.DateTimeField(db_default=Now(), editable=False)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)

    objects: ClassVar = JudgementQuerySet.as_manager()
    recorded_as = Evidence("judgement")

    class Meta:
        ordering = ["-at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="judgement_events_in_order"),
            models.CheckConstraint(condition=Q(verdict__in=["same", "different"]), name="judgement_verdict_known"),
            models.CheckConstraint(
                condition=Q(undone_by__isnull=True, undone_at__isnull=True) | Q(undone_by__isnull=False, undone_at__isnull=False),
                name="judgement_undone_by_somebody",
            ),
            models.UniqueConstraint(fields=["one", "other"], condition=Q(undone_at__isnull=True), name="judgement_once"),
        ]
        indexes = [
            models.Index(fields=["other"], condition=Q(undone_at__isnull=True), name="judgement_by_other"),
            models.Index(fields=["corpus", "-at", "id"], name="judgement_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.one} and {self.other}: {self.get_verdict_display()}"


class LinkedEvent(models.Model):
    """An event that is linked to others. Derived from the judgements, and written with them in one transaction."""

    event = models.UUIDField(primary_key=True)
    linked = models.UUIDField(help_text="Of the linked events the one with the smallest id, which stands for them all.")

    class Meta:
        ordering = ["linked", "event"]
        constraints = [models.CheckConstraint(condition=Q(linked__lte=F("event")), name="linkedevent_smallest")]
        indexes = [models.Index(fields=["linked"], name="linkedevent_set")]

    def __str__(self) -> str:
        return f"{self.event} in {self.linked}"
