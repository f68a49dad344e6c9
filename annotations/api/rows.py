"""Shapes of marks in lists across corpora: each line says whose it is and in which text."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import Func, TextField
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from annotations.api.declared import Number, object_of, values_of
from annotations.models import Assignment, Change
from annotations.models.assignment import SHOWN
from annotations.native.types import ClaimObject, EventObject, FigureAttributes
from corpus.api.rows import OrNull, Row
from corpus.api.shape import Shape

JOINT = len(" … ")


class WordsOf(Func):
    """(text, fragments) → the words of each fragment, cut by the database: the text stays there."""

    output_field = ArrayField(TextField())
    template = (
        "(SELECT coalesce(array_agg(substr(q.body, q.parts[i][1] + 1, q.parts[i][2] - q.parts[i][1])"
        " ORDER BY i), '{}') FROM (SELECT %(expressions)s) AS q(body, parts),"
        " generate_subscripts(q.parts, 1) AS i)"
    )


def quoted(fragments: list[list[int]], words: list[str]) -> list[dict[str, Any]]:
    return [{"start": start, "end": end, "quote": quote} for (start, end), quote in zip(fragments, words, strict=True)]


def cut(quote: str, fragments: list[list[int]]) -> list[dict[str, Any]]:
    """The fragments with their words, which the stored quote holds in order, joined by “ … ”."""
    words, position = [], 0
    for start, end in fragments:
        words.append(quote[position : position + end - start])
        position += end - start + JOINT
    return quoted(fragments, words)


class FragmentShape(Shape):
    """`document.text[start:end]` is the quote: code points, from 0, end-exclusive."""

    start = serializers.IntegerField()
    end = serializers.IntegerField()
    quote = serializers.CharField(trim_whitespace=False)

    class Meta:
        ref_name = "Fragment"


class ReferenceShape(Shape):
    """One of the two."""

    mention = serializers.UUIDField(required=False)
    entity = serializers.UUIDField(required=False)

    class Meta:
        ref_name = "Reference"


class AssignmentRow(Row):
    id = serializers.UUIDField()
    document = serializers.UUIDField(source="document_id")
    article = serializers.UUIDField(source="document__article_id")
    title = serializers.CharField(source="document__article__title")
    corpus = serializers.CharField(source="document__corpus__slug")
    annotator = serializers.CharField(source="annotator__username")
    role = serializers.ChoiceField(choices=Assignment.Role.choices)
    status = serializers.ChoiceField(choices=SHOWN)
    revision = serializers.IntegerField(help_text="Number of batches written to it.")
    created = serializers.DateTimeField()
    submitted = serializers.DateTimeField(allow_null=True)
    saw_gold = serializers.DateTimeField(
        allow_null=True,
        help_text="When it was reopened although its annotator could have seen the gold: exclude it from agreement.",
    )
    independent = serializers.IntegerField(
        allow_null=True,
        help_text="Revision that agreement counts: the last one submitted before its annotator could see the gold, "
        "or as a reviewer another reading.",
    )
    plan = serializers.IntegerField(source="plan_id", allow_null=True, help_text="Plan from which it was taken.")
    due = serializers.DateField(allow_null=True, help_text="Day by which it should be submitted.")
    released = serializers.DateTimeField(
        allow_null=True, help_text="Since when its annotator may see the gold. From then on only a reviewer can return it."
    )

    class Meta:
        ref_name = "Assignment"


class ChangeRow(Row):
    id = serializers.UUIDField()
    op = serializers.ChoiceField(choices=Change.Op.choices)
    kind = serializers.ChoiceField(choices=Change.Kind.choices)
    object = serializers.DictField(source="after", allow_null=True, help_text="Object after the change; null: deleted.")
    before = serializers.DictField(allow_null=True, help_text="Object before the change; null: created.")
    revision = serializers.IntegerField()
    user = serializers.CharField(source="user__username")
    at = serializers.DateTimeField()

    also = ("position",)

    class Meta:
        ref_name = "LoggedChange"


class MirroredChangeRow(ChangeRow):
    """A change, with its corpus, article and assignment."""

    number = serializers.IntegerField(help_text="Number in the log of all changes; may have gaps.")
    assignment = serializers.UUIDField(source="assignment_id")
    document = serializers.UUIDField(source="assignment__document_id")
    corpus = serializers.CharField(source="assignment__document__corpus__slug")

    class Meta:
        ref_name = "MirroredChange"


class MarkRow(Row):
    """Annotator, document and assignment of an object."""

    id = serializers.UUIDField()
    key = OrNull(help_text="Id in the imported file.")
    revision = serializers.IntegerField()
    assignment = serializers.UUIDField(source="assignment_id")
    document = serializers.UUIDField(source="assignment__document_id")
    article = serializers.UUIDField(source="assignment__document__article_id")
    corpus = serializers.CharField(source="assignment__document__corpus__slug")
    annotator = serializers.CharField(source="assignment__annotator__username")
    gold = serializers.SerializerMethodField(help_text="Whether it belongs to the gold.")
    draft = serializers.SerializerMethodField(help_text="Whether its assignment is not submitted.")

    also: tuple[str, ...] = ("assignment__role", "assignment__status")

    def get_gold(self, row: dict[str, Any]) -> bool:
        return bool(row["assignment__role"] == Assignment.Role.ADJUDICATION)

    def get_draft(self, row: dict[str, Any]) -> bool:
        return bool(row["assignment__status"] != Assignment.Status.SUBMITTED)


class SpanRow(MarkRow):
    """A mark in the native format, with its location."""

    layer = serializers.CharField()
    label: Any = serializers.CharField()
    start = serializers.IntegerField()
    end = serializers.IntegerField()
    quote = serializers.CharField(trim_whitespace=False)
    fragments = FragmentShape(many=True)
    attributes = serializers.DictField(help_text="Attributes of an actor or a figure.")
    event = serializers.UUIDField(allow_null=True, help_text="Id of the event of a trigger.")

    class Meta:
        ref_name = "Span"


@values_of(FigureAttributes)
class FigureRow(MarkRow):
    """The value of a figure, in `unit` (UCUM) or `currency` (ISO 4217)."""

    id = serializers.UUIDField(source="span_id", help_text="Words of its mark.")
    key = OrNull(source="span__key")
    revision = serializers.IntegerField(source="span__revision")
    label: Any = serializers.CharField(source="span__label__code")
    start = serializers.IntegerField(source="span__start")
    end = serializers.IntegerField(source="span__end")
    quote = serializers.CharField(source="span__quote", trim_whitespace=False)
    per_count = Number(source="per_count_n")
    counted = serializers.SerializerMethodField()
    of_whole = serializers.SerializerMethodField()

    also = (
        *MarkRow.also, "counted_span_id", "counted_entity_id", "of_whole_span_id", "of_whole_entity_id",
    )  # fmt: skip

    class Meta:
        ref_name = "Figure"

    @extend_schema_field(ReferenceShape(allow_null=True))
    def get_counted(self, row: dict[str, Any]) -> Any:
        return target(row, "counted")

    @extend_schema_field(ReferenceShape(allow_null=True))
    def get_of_whole(self, row: dict[str, Any]) -> Any:
        return target(row, "of_whole")


def target(row: dict[str, Any], name: str) -> dict[str, Any] | None:
    """What a figure counts, or the whole that it is part of: a mark or an entity."""
    mention, entity = row[f"{name}_span_id"], row[f"{name}_entity_id"]
    return {"mention": mention} if mention else {"entity": entity} if entity else None


class TriggerShape(Shape):
    id = serializers.UUIDField()
    start = serializers.IntegerField()
    end = serializers.IntegerField()
    quote = serializers.CharField(trim_whitespace=False)

    class Meta:
        ref_name = "Trigger"


class ArgumentShape(Shape):
    """A role and its filler: exactly one of the four."""

    role = serializers.CharField()
    mention = serializers.UUIDField(required=False)
    entity = serializers.UUIDField(required=False)
    event = serializers.UUIDField(required=False)
    measure_ref = serializers.UUIDField(required=False)
    implicit = serializers.BooleanField(required=False)

    class Meta:
        ref_name = "Argument"


class TimeShape(Shape):
    """EDTF, with its earliest and latest day."""

    text = serializers.CharField(allow_null=True)
    start = serializers.IntegerField(allow_null=True)
    end = serializers.IntegerField(allow_null=True)
    edtf = serializers.CharField(allow_null=True)
    earliest = serializers.DateField(allow_null=True)
    latest = serializers.DateField(allow_null=True)
    part_of_day = serializers.CharField(allow_null=True)
    basis = serializers.CharField()
    note = serializers.CharField(allow_null=True)

    class Meta:
        ref_name = "EventTime"


@object_of(EventObject, triggers="attributes")
class EventRow(MarkRow):
    """An event in the native format, with its triggers and location."""

    attributes = serializers.DictField(help_text="Attributes of the event type, by their codes.")
    triggers = TriggerShape(many=True)
    arguments = ArgumentShape(many=True)
    time = TimeShape(allow_null=True)

    class Meta:
        ref_name = "Event"


class SignatureShape(Shape):
    """Who rated a claim (other than F and 6), and when. Set by the server."""

    rating = serializers.CharField(help_text="C3")
    by = serializers.CharField()
    at = serializers.DateTimeField()

    class Meta:
        ref_name = "Signature"


@object_of(ClaimObject, rated="rating_note")
class ClaimRow(MarkRow):
    """A claim: source, content and rating."""

    cue = FragmentShape(many=True)
    content = FragmentShape(many=True)
    rated = SignatureShape(allow_null=True)

    class Meta:
        ref_name = "Claim"
