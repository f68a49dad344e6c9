"""What became of an assignment, step by step: rows that are only added."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Case, CharField, OuterRef, Subquery, TextField, Value, When

from annotations.models.assignment import Assignment
from corpus.db.choices import TextChoices
from corpus.models.evidence import Evidence, Recorded


class Transition(Recorded):
    """One step from a state to the next. The status of an assignment follows from its last one that is no approval, move or hand-over."""

    class Kind(TextChoices):
        SUBMITTED = "submitted", "submitted"
        REOPENED = "reopened", "reopened by its annotator"
        RETURNED = "returned", "returned by a reviewer"
        APPROVED = "approved", "approved by a reviewer"
        SKIPPED = "skipped", "skipped by its annotator"
        LAPSED = "lapsed", "lapsed: nothing was written for some time"
        DELETED = "deleted", "put in the bin"
        RESTORED = "restored", "restored from the bin: as it was before"
        # These leave its status as it is, like an approval.
        MOVED = "moved", "moved to another version of the scheme"
        MOVED_BACK = "moved-back", "moved back to its version of the scheme"
        HANDED_OVER = "handed-over", "handed over to another adjudicator"

    class SkipReason(TextChoices):
        OFF_TOPIC = "off-topic", "off topic"
        UNREADABLE = "unreadable", "unreadable"
        LANGUAGE = "language", "language"
        COPY = "copy", "copy of another article"
        CONFLICT = "conflict", "conflict of interest"
        TOO_LONG = "too-long", "too long"
        OTHER = "other", "other"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="transitions")
    revision = models.PositiveIntegerField(help_text="Of the assignment at that time.")
    kind = models.CharField(max_length=12, choices=Kind)
    reason = models.CharField(max_length=12, choices=SkipReason, blank=True, help_text="Why it was skipped.")
    note = models.TextField(
        blank=True, help_text="Why it was returned or handed over, more about why it was skipped, or a remark on an approval."
    )
    previous_holder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Who held the gold before it was handed over.",
    )
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Who holds it since.",
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Empty: the worker, or before this was recorded.",
    )
    at = models.DateTimeField()

    recorded_as = Evidence("transition", chain="assignment", owner="assignment_id")

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(kind="returned") | ~models.Q(note=""), name="transition_returned_with_a_reason"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    kind="skipped",
                    reason__in=["off-topic", "unreadable", "language", "copy", "conflict", "too-long", "other"],
                )
                | (~models.Q(kind="skipped") & models.Q(reason="")),
                name="transition_skipped_with_a_reason",
            ),
            models.CheckConstraint(
                condition=~models.Q(reason="other") | ~models.Q(note=""), name="transition_other_reason_has_a_note"
            ),
            models.CheckConstraint(
                condition=models.Q(kind="handed-over", holder__isnull=False, previous_holder__isnull=False)
                & ~models.Q(holder=models.F("previous_holder"))
                | (~models.Q(kind="handed-over") & models.Q(holder=None, previous_holder=None)),
                name="transition_handed_over_has_holders",
            ),
        ]
        indexes = [models.Index(fields=["assignment", "at"], name="transition_in_order")]

    def __str__(self) -> str:
        return f"{self.kind} at revision {self.revision}"


VERDICTS = (Transition.Kind.APPROVED, Transition.Kind.RETURNED)
VERDICT_CHOICES = [(str(each.value), str(each.value)) for each in VERDICTS]


def approvals(reading: Assignment | None = None) -> models.QuerySet[Transition]:
    """Those of a reading, or of the one that a query is about, since it was last submitted: an earlier one was about another version."""
    pk, since = (reading.pk, reading.submitted) if reading else (OuterRef("pk"), OuterRef("submitted"))
    return Transition.objects.filter(assignment=pk, kind=Transition.Kind.APPROVED, at__gte=since)


def with_skip_reason(assignments: Any) -> Any:
    """The assignments, each with `skip_reason` (empty unless it is skipped) and `skip_note`."""
    last = Transition.objects.filter(assignment=OuterRef("pk"), kind=Transition.Kind.SKIPPED).order_by("-at", "-id")
    skipped = {"status": Assignment.Status.SKIPPED}
    return assignments.annotate(
        skip_reason=Case(When(**skipped, then=Subquery(last.values("reason")[:1])), default=Value(""), output_field=CharField()),
        skip_note=Case(When(**skipped, then=Subquery(last.values("note")[:1])), default=Value(""), output_field=TextField()),
    )


def skip_words(reason: str, note: str) -> str:
    """A reason as a person reads it: the note in place of “other”; empty where there is none."""
    if not reason:
        return ""
    label = str(Transition.SkipReason(reason).label)
    return note if reason == Transition.SkipReason.OTHER else f"{label}: {note}" if note else label
