"""Marks on words: spans of fragments, and the values of those that are figures."""

from __future__ import annotations

import uuid
from typing import Any, cast

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q

from annotations.models.assignment import Assignment, OwnedQuerySet
from annotations.models.event import Event
from annotations.models.scheme import Label, Layer
from corpus.db.pointers import pointers
from registry.models import Entity


class FragmentsField(ArrayField):
    """[[start, end], …] in code points of the document, in order, apart, half-open."""

    def __init__(self, **options: Any) -> None:
        options.pop("base_field", None)
        super().__init__(ArrayField(models.IntegerField(), size=2), **options)

    def deconstruct(self) -> tuple[Any, ...]:
        name, path, args, options = super().deconstruct()
        options.pop("base_field", None)
        return name, path, args, options


class FragmentsValid(Func):
    """SPAN-01 and SPAN-06 as far as one row can hold them (function made by the first migration)."""

    function = "attest_fragments_valid"
    output_field = models.BooleanField()


class SpanQuerySet(OwnedQuerySet["Span"]):
    def whole(self) -> SpanQuerySet:
        """With everything that one row shows: label, entity, value, event, article."""
        return self.select_related("label__layer", "entity", "figure", "event", "assignment__document__article")


class Span(models.Model):
    """Words of a document under one label of one layer, by one annotator."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # `span_in_order` begins with it.
    assignment = models.ForeignKey(
        Assignment, on_delete=models.PROTECT, related_name="spans", db_index=False, db_constraint=False
    )
    key = models.CharField("file key", max_length=100, blank=True, help_text="Id in the imported file.")
    label = models.ForeignKey(Label, on_delete=models.PROTECT, related_name="spans", db_constraint=False)
    kind = models.CharField(max_length=10, choices=Layer.Kind)
    fragments = FragmentsField()
    start = models.GeneratedField(
        expression=cast("models.Expression", F("fragments__0__0")), output_field=models.IntegerField(), db_persist=True
    )
    end = models.GeneratedField(
        expression=Func(F("fragments"), function="attest_fragments_end"),
        output_field=models.IntegerField(),
        db_persist=True,
    )
    quote = models.TextField(help_text="Marked words; fragments are joined by “ … ”.")
    mention_type = models.CharField(max_length=10, blank=True, help_text="For an actor: form of the mention.")
    entity = models.ForeignKey(Entity, null=True, blank=True, on_delete=models.PROTECT, related_name="spans", db_index=False)
    event = models.ForeignKey(
        Event,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="triggers",
        db_constraint=False,
        db_index=False,
    )
    extra = models.JSONField(default=dict, blank=True, help_text="Attributes of the scheme without a column of their own.")
    revision = models.PositiveIntegerField()

    objects = SpanQuerySet.as_manager()

    class Meta:
        ordering = ["assignment", "start", "end", "id"]
        verbose_name = "mark"
        constraints = [
            models.CheckConstraint(condition=FragmentsValid(F("fragments")), name="span_01_fragments"),
            models.CheckConstraint(condition=Q(quote__regex=r"^\S(.*\S)?$"), name="span_02_no_white_space_at_the_ends"),
            models.CheckConstraint(
                condition=Q(kind="event", event__isnull=False) | ~Q(kind="event") & Q(event__isnull=True),
                name="evt_01_trigger_has_event",
            ),
            models.CheckConstraint(
                condition=Q(kind="actor") | Q(entity__isnull=True, mention_type=""),
                name="span_entity_only_of_actor",
            ),
            models.UniqueConstraint(fields=["assignment", "key"], condition=~Q(key=""), name="span_key_once"),
            models.UniqueConstraint(fields=["id", "assignment"], name="span_of_assignment"),
        ]
        indexes = [
            models.Index(fields=["assignment", "start"], name="span_in_order"),
            models.Index(fields=["assignment", "revision"], name="span_since"),
            *pointers("entity", "event", prefix="span"),
            GinIndex(fields=["quote"], name="span_quote_trigrams", opclasses=["gin_trgm_ops"]),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.quote}"


def to_span() -> models.ForeignKey:
    """A mark that a figure speaks of: few do. The database has a constraint of its own for it (migration 0003)."""
    return models.ForeignKey(
        Span, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )


class Figure(models.Model):
    """What was read from a figure's words: an amount with its bounds, unit and basis.

    `low` and `high` are plain numbers in `unit` (UCUM) or `currency` (ISO 4217): "one million KPW"
    is 1000000 with currency KPW, "half" is 50 with unit %. Both are empty until somebody reads it.
    """

    span = models.OneToOneField(Span, primary_key=True, on_delete=models.CASCADE, related_name="figure", db_constraint=False)
    # Checked together with the mark, whose assignment is (figure_span_of_assignment, migration 0003).
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="figures", db_constraint=False)
    low = models.DecimalField(max_digits=30, decimal_places=6, null=True, blank=True)
    high = models.DecimalField(max_digits=30, decimal_places=6, null=True, blank=True)
    comparator = models.CharField(max_length=10, blank=True)
    approximate = models.BooleanField(null=True, blank=True)
    vague = models.BooleanField(null=True, blank=True)
    statistic = models.CharField(max_length=20, blank=True)
    use = models.CharField(max_length=20, blank=True)
    unit = models.CharField(max_length=20, blank=True, help_text="UCUM")
    currency = models.CharField(max_length=3, blank=True, help_text="ISO 4217")
    currency_basis = models.CharField(max_length=20, blank=True)
    per_currency = models.CharField(max_length=3, blank=True, help_text="ISO 4217")
    per_unit = models.CharField(max_length=30, blank=True, help_text="UCUM: t, [bbl_us], {vessel}")
    per_period = models.CharField(max_length=20, blank=True, help_text="ISO 8601: P1M")
    per_count_n = models.DecimalField(max_digits=30, decimal_places=6, null=True, blank=True)
    per_count_figure = to_span()
    per_count_span = to_span()
    counted_span = to_span()
    counted_entity = models.ForeignKey(
        Entity, null=True, blank=True, on_delete=models.PROTECT, related_name="counted_by", db_index=False
    )
    counted_text = models.CharField(max_length=300, blank=True)
    of_whole_span = to_span()
    of_whole_entity = models.ForeignKey(Entity, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    credibility = models.CharField(max_length=1, blank=True, help_text="Overrides the credibility of the claim.")
    note = models.TextField(blank=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(comparator="", low__isnull=True, high__isnull=True)
                | Q(comparator="eq", low=F("high"))
                | Q(comparator__in=["gt", "ge"], low__isnull=False, high__isnull=True)
                | Q(comparator__in=["lt", "le"], low__isnull=True, high__isnull=False)
                | Q(comparator="between", low__lt=F("high")),
                name="fig_01_comparator_and_bounds",
            ),
            models.CheckConstraint(
                condition=Q(currency__regex="^([A-Z]{3})?$", per_currency__regex="^([A-Z]{3})?$"),
                name="fig_02_currency_is_iso_4217",
            ),
            models.CheckConstraint(
                condition=Q(vague__isnull=True) | Q(vague=False) | Q(approximate__isnull=False, approximate=True),
                name="fig_03_vague_is_approximate",
            ),
            models.CheckConstraint(
                condition=Q(counted_span__isnull=True) | Q(counted_entity__isnull=True),
                name="figure_counted_once",
            ),
            models.CheckConstraint(
                condition=Q(of_whole_span__isnull=True) | Q(of_whole_entity__isnull=True),
                name="figure_of_one_whole",
            ),
        ]
        indexes = pointers(
            "per_count_figure",
            "per_count_span",
            "counted_span",
            "counted_entity",
            "of_whole_span",
            "of_whole_entity",
            prefix="figure",
        )

    def __str__(self) -> str:
        return f"{self.comparator} {self.low}–{self.high} {self.currency or self.unit}".strip()
