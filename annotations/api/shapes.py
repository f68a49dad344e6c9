"""The native document and the one write as the schema tells them; annotations.native.validators is what checks a write."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers

from annotations.api.declared import object_of
from annotations.api.rows import ArgumentShape, FragmentShape, SignatureShape, TimeShape
from annotations.models import Assignment, Change, Transition
from annotations.models.assignment import SHOWN
from annotations.models.transition import VERDICT_CHOICES
from annotations.native.types import (
    CitationObject,
    ClaimObject,
    EntityObject,
    EventObject,
    LinkObject,
    NoteObject,
    RelationObject,
)
from corpus.api.serializers import RepairShape, RunShape, Strict
from corpus.api.shape import Shape

UUID = "5f2a1c9e-8a51-4c53-9d0e-2f6f1f2d8f01"


class Keyed(Shape):
    id = serializers.UUIDField()
    key = serializers.CharField(allow_blank=True, help_text="Id in the imported file.")
    revision = serializers.IntegerField(help_text="Revision of the assignment at the last change.")


class MentionShape(Keyed):
    """A mark. An actor or figure has `attributes`, a trigger its `event`."""

    layer = serializers.CharField()
    label: Any = serializers.CharField()
    segment = serializers.CharField(allow_null=True)
    start = serializers.IntegerField()
    end = serializers.IntegerField()
    quote = serializers.CharField()
    discontinuous = serializers.BooleanField()
    fragments = FragmentShape(many=True)
    attributes = serializers.DictField(required=False)
    event = serializers.UUIDField(required=False)
    attribution = serializers.CharField(
        required=False, allow_null=True, help_text="Id of the claim that it belongs to; Q0: the narrator."
    )

    class Meta:
        ref_name = "Mention"


@object_of(EventObject, triggers="type")
class NativeEvent(Keyed):
    triggers = serializers.ListField(child=serializers.UUIDField())
    arguments = ArgumentShape(many=True)
    time = TimeShape(allow_null=True)
    attributions = serializers.ListField(child=serializers.CharField())
    factuality = serializers.CharField(allow_null=True)
    realis = serializers.CharField(allow_null=True)

    class Meta:
        ref_name = "NativeEvent"


@object_of(ClaimObject, rated="rating_note")
class AttributionShape(Keyed):
    """A claim (`attribution` in files)."""

    cue = FragmentShape(many=True)
    content = FragmentShape(many=True)
    rated = SignatureShape(allow_null=True)

    class Meta:
        ref_name = "Attribution"


@object_of(CitationObject)
class MeasureRefShape(Keyed):
    """A citation (`measure_ref` in files)."""

    fragments = FragmentShape(many=True)

    class Meta:
        ref_name = "MeasureRef"


@object_of(LinkObject)
class NativeLink(Shape):
    revision = serializers.IntegerField()

    class Meta:
        ref_name = "Link"


@object_of(EntityObject)
class NativeEntity(Keyed):
    """An entity is shared by articles: it has a revision of its own, which an update must give."""

    class Meta:
        ref_name = "NativeEntity"


@object_of(RelationObject)
class NativeRelation(NativeLink):
    class Meta:
        ref_name = "EntityRelation"


class NativeFacts(Shape):
    id = serializers.UUIDField()
    title = serializers.CharField()
    clean_sha256 = serializers.CharField(help_text="Segments of the text, as in /documents/{id}/.")
    clean_length = serializers.IntegerField(help_text="Length in code points.")

    class Meta:
        ref_name = "DocumentFacts"


@object_of(NoteObject)
class NativeNote(Shape):
    """A note on the article as a whole."""

    revision = serializers.IntegerField()

    class Meta:
        ref_name = "Note"


class NativeDocument(Shape):
    """All annotations of one person in one document. Ids are UUIDs; `key` is the id in a file."""

    format = serializers.CharField()
    id = serializers.UUIDField(help_text="Revision of the assignment.")
    revision = serializers.IntegerField()
    status = serializers.ChoiceField(choices=SHOWN)
    submitted = serializers.DateTimeField(allow_null=True, help_text="When it was submitted.")
    saw_gold = serializers.DateTimeField(
        allow_null=True, help_text="When it was reopened although its annotator could have seen the gold."
    )
    role = serializers.ChoiceField(choices=Assignment.Role.choices)
    annotator = serializers.CharField()
    scheme = serializers.DictField(child=serializers.CharField())
    offsets = serializers.DictField()
    document = NativeFacts()
    segments = serializers.ListField(child=serializers.DictField())
    zones = serializers.ListField(child=serializers.DictField())
    normalisation = RepairShape(many=True)
    source_map = RunShape(many=True)
    default_attribution = serializers.DictField()
    mentions = MentionShape(many=True)
    events = NativeEvent(many=True)
    attributions = AttributionShape(many=True)
    measure_refs = MeasureRefShape(many=True)
    relations = NativeLink(many=True)
    entities = NativeEntity(many=True)
    entity_relations = NativeRelation(many=True)
    checks = serializers.ListField(child=serializers.DictField())
    counts = serializers.DictField()
    notes = NativeNote(many=True)
    adjudication_notes = serializers.ListField(child=serializers.CharField(), help_text="Texts of the notes.")
    text = serializers.CharField(
        required=False, help_text="Text of the document, in which the positions count. With `text=1` only."
    )

    class Meta:
        ref_name = "NativeDocument"


# The write


class ChangeShape(Shape):
    id = serializers.UUIDField(help_text="UUID made by the client; sending it again changes nothing.")
    op = serializers.ChoiceField(choices=Change.Op.choices)
    kind = serializers.ChoiceField(choices=Change.Kind.choices)
    object = serializers.DictField(
        help_text="With `id`, a UUID made by the client. create: the whole object; update: the changed fields; delete: the id."
    )

    class Meta:
        ref_name = "Change"


class BatchShape(Shape):
    """A batch of changes: all are written or none."""

    base = serializers.IntegerField(min_value=0, help_text="Revision that the changes are based on.")
    changes = serializers.ListField(child=ChangeShape(), min_length=1, max_length=10_000)

    class Meta:
        ref_name = "Batch"


class WrittenShape(Shape):
    id = serializers.UUIDField()
    op = serializers.ChoiceField(choices=Change.Op.choices)
    kind = serializers.ChoiceField(choices=Change.Kind.choices)
    revision = serializers.IntegerField()
    object = serializers.DictField(allow_null=True, help_text="The stored object, with derived values; null: deleted.")

    class Meta:
        ref_name = "Written"


class AnswerShape(Shape):
    """If `revision` is not `base` + 1, others have written in between: read the log since `base`."""

    revision = serializers.IntegerField()
    changes = WrittenShape(
        many=True, help_text="The changes that were sent, then those of events that were re-read because a trigger changed."
    )

    class Meta:
        ref_name = "Answer"


class Identity(serializers.UUIDField):
    """A UUID as a string; the base class would take a number for one."""

    def to_internal_value(self, data: Any) -> Any:
        return super().to_internal_value(data if isinstance(data, str) else "")


class OpenShape(Strict):
    document = Identity()

    class Meta:
        ref_name = "OpenAssignment"


CHOSEN_STATUSES = [Assignment.Status.OPEN.value, Assignment.Status.SUBMITTED.value, Assignment.Status.SKIPPED.value]


class StatusShape(Strict):
    """Either a status, of one's own assignment, or a verdict on another one, a due date, or another holder of a gold."""

    status = serializers.ChoiceField(choices=[(each, each) for each in CHOSEN_STATUSES], required=False)
    reason = serializers.ChoiceField(choices=Transition.SkipReason.choices, required=False, help_text="Why it is skipped.")
    verdict = serializers.ChoiceField(choices=VERDICT_CHOICES, required=False, help_text="Needs the role reviewer.")
    due = serializers.DateField(required=False, allow_null=True, help_text="Needs the role manager.")
    holder = serializers.CharField(
        max_length=150,
        required=False,
        help_text="User name of the adjudicator who holds the gold from now on. Needs the role manager.",
    )
    revision = serializers.IntegerField(min_value=0, required=False, help_text="Revision that the verdict is about.")
    note = serializers.CharField(
        max_length=2_000,
        required=False,
        help_text="Why it is returned or handed over, a remark on an approval, or more about why it is skipped: needed with the reason other.",
    )

    class Meta:
        ref_name = "AssignmentStatus"

    def validate(self, values: dict[str, Any]) -> dict[str, Any]:
        if len(values.keys() & {"status", "verdict", "due", "holder"}) != 1:
            raise serializers.ValidationError("Give either a status, a verdict, a due date or a holder.")
        if "due" in values and len(values) > 1:
            raise serializers.ValidationError({"due": ["A due date comes alone."]})
        if "holder" in values and values.keys() - {"holder", "note"}:
            raise serializers.ValidationError({"holder": ["A holder has nothing but a note."]})
        if "verdict" in values:
            self.check_verdict(values)
        if "status" in values:
            self.check_reason(values)
        return values

    def check_verdict(self, values: dict[str, Any]) -> None:
        needed = {"revision", "note"} if values["verdict"] == Transition.Kind.RETURNED else {"revision"}
        if missing := sorted(needed - values.keys()):
            raise serializers.ValidationError(
                {missing[0]: ["A verdict needs the revision that it is about; returning also needs a note."]}
            )

    def check_reason(self, values: dict[str, Any]) -> None:
        allowed = {"status", "reason", "note"} if values["status"] == Assignment.Status.SKIPPED else {"status"}
        if values.keys() - allowed:
            raise serializers.ValidationError({"status": ["A status has no revision; only “skipped” has a reason and a note."]})
        if values["status"] != Assignment.Status.SKIPPED:
            return
        if "reason" not in values:
            raise serializers.ValidationError({"reason": ["Give the reason for skipping."]})
        if values["reason"] == Transition.SkipReason.OTHER and "note" not in values:
            raise serializers.ValidationError({"note": ["The reason “other” needs a note."]})


MARK_A_FIGURE = OpenApiExample(
    "Create a figure",
    summary="Without values, the server reads them from the words and returns them.",
    value={
        "base": 17,
        "changes": [
            {
                "id": "0b7e7f0a-4c0e-4f5a-9a53-0a8c5ac1f8d1",
                "op": "create",
                "kind": "span",
                "object": {
                    "id": UUID,
                    "layer": "FIGURE",
                    "label": "PEOPLE",
                    "fragments": [{"start": 412, "end": 415, "quote": "300"}],
                },
            }
        ],
    },
    request_only=True,
)
CORRECT_A_VALUE = OpenApiExample(
    "Correct a value",
    summary="Attributes are merged key by key; null clears an attribute.",
    value={
        "base": 18,
        "changes": [
            {
                "id": "7c1d1f5e-27c5-4a5e-8c0f-7b7d9a6e9c55",
                "op": "update",
                "kind": "span",
                "object": {"id": UUID, "attributes": {"approximate": True}},
            }
        ],
    },
    request_only=True,
)
DELETE_A_MARK = OpenApiExample(
    "Delete a mark",
    summary="Fails with in-use while other objects refer to it, unless the same batch removes the references.",
    value={
        "base": 19,
        "changes": [
            {
                "id": "b2f3a0de-51e2-4f4c-8a37-64d7e3b5b0aa",
                "op": "delete",
                "kind": "span",
                "object": {"id": UUID},
            }
        ],
    },
    request_only=True,
)
WRITES = [MARK_A_FIGURE, CORRECT_A_VALUE, DELETE_A_MARK]
