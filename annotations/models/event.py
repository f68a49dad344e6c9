"""What happens: events with their arguments. Their triggers are spans."""

from __future__ import annotations

import uuid

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from annotations.models.assignment import Assignment, OwnedQuerySet
from annotations.models.scheme import Label, Role
from corpus.db.pointers import pointers
from registry.models import Entity


class Event(models.Model):
    """A frame: a type, its attributes, a time. Dates are days, both ends included."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="events", db_constraint=False)
    key = models.CharField("file key", max_length=100, blank=True, help_text="Id in the imported file.")
    # `event_by_date` begins with it.
    label = models.ForeignKey(
        Label, on_delete=models.PROTECT, related_name="events", verbose_name="type", db_index=False, db_constraint=False
    )
    # What nobody has chosen is open: empty, or missing among the attributes.
    status = models.CharField(max_length=20, blank=True)
    polarity = models.CharField(max_length=20, blank=True)
    certainty = models.CharField(max_length=20, blank=True)
    attributes = models.JSONField(default=dict, blank=True, help_text="Attributes of the event type, by their codes.")
    has_time = models.BooleanField(default=False)
    time_text = models.CharField("time (words)", max_length=300, null=True, blank=True)
    time_start = models.IntegerField(null=True, blank=True, help_text="Offset in code points.")
    time_end = models.IntegerField(null=True, blank=True)
    time_edtf = models.CharField("time (EDTF)", max_length=100, null=True, blank=True)
    time_earliest = models.DateField("first day", null=True, blank=True)
    time_latest = models.DateField("last day", null=True, blank=True)
    time_part_of_day = models.CharField("part of the day", max_length=10, null=True, blank=True)
    time_basis = models.CharField("basis of the time", max_length=20, blank=True)
    time_note = models.TextField("note on the time", blank=True)
    note = models.TextField(blank=True)
    read = models.JSONField(
        "read from the text",
        default=dict,
        blank=True,
        help_text="Values read from the text: each attribute with the words it was read from.",
    )
    revision = models.PositiveIntegerField()

    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering = ["assignment", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(time_earliest__isnull=True, time_latest__isnull=True) | Q(time_earliest__lte=F("time_latest")),
                name="evt_06_earliest_not_after_latest",
            ),
            models.CheckConstraint(
                condition=Q(time_start__isnull=True, time_end__isnull=True) | Q(time_start__gte=0, time_start__lt=F("time_end")),
                name="event_time_words",
            ),
            models.UniqueConstraint(fields=["assignment", "key"], condition=~Q(key=""), name="event_key_once"),
            models.UniqueConstraint(fields=["id", "assignment"], name="event_of_assignment"),
        ]
        indexes = [
            models.Index(fields=["label", "time_earliest"], name="event_by_date"),
            GinIndex(fields=["attributes"], name="event_attributes", opclasses=["jsonb_path_ops"]),
        ]

    def __str__(self) -> str:
        return f"{self.label} ({self.status or 'status not chosen'}, {self.polarity or 'polarity not chosen'})"


class Argument(models.Model):
    """One filler of one role of an event: a mark, an entity without words, an event, a citation."""

    # `argument_position_once` begins with it.
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="arguments", db_index=False, db_constraint=False)
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    position = models.PositiveIntegerField()
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="arguments", db_constraint=False)
    span = models.ForeignKey(
        "annotations.Span",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="fills",
        db_constraint=False,
    )
    entity = models.ForeignKey(Entity, null=True, blank=True, on_delete=models.PROTECT, related_name="fills", db_index=False)
    filler_event = models.ForeignKey(
        Event,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="fills",
        db_index=False,
        db_constraint=False,
    )
    citation = models.ForeignKey(
        "annotations.Citation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="fills",
        db_index=False,
        db_constraint=False,
    )

    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering = ["event", "position"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    span__isnull=False,
                    entity__isnull=True,
                    filler_event__isnull=True,
                    citation__isnull=True,
                )
                | Q(
                    span__isnull=True,
                    entity__isnull=False,
                    filler_event__isnull=True,
                    citation__isnull=True,
                )
                | Q(
                    span__isnull=True,
                    entity__isnull=True,
                    filler_event__isnull=False,
                    citation__isnull=True,
                )
                | Q(
                    span__isnull=True,
                    entity__isnull=True,
                    filler_event__isnull=True,
                    citation__isnull=False,
                ),
                name="evt_02_one_filler",
            ),
            models.CheckConstraint(
                condition=Q(filler_event__isnull=True) | ~Q(filler_event=F("event")),
                name="evt_03_not_its_own_filler",
            ),
            models.UniqueConstraint(fields=["event", "position"], name="argument_position_once"),
        ]
        indexes = pointers("entity", "filler_event", "citation", prefix="argument")

    def __str__(self) -> str:
        filler = self.span or self.entity or self.filler_event or self.citation
        return f"{self.role.code}: {filler}"
