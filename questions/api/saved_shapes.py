"""What saved questions and their news look like: no queries, no writes."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from corpus.api.serializers import Strict
from corpus.api.shape import Shape
from questions.address.parameters import LEDGERS
from questions.models import SavedQuestion, SeenState
from questions.models.saved import LONGEST_NAME, LONGEST_NOTE, LONGEST_QUERY
from questions.values.seals import ASPECTS


class SeenStateRow(serializers.ModelSerializer[SeenState]):
    """What you have seen, and how many rows are new, changed and gone since. null: not counted yet, or it can't be counted."""

    class Meta:
        model = SeenState
        fields = ["at", "new", "changed", "gone", "counted_at"]
        ref_name = "SeenState"
        extra_kwargs = {
            "at": {"help_text": "When you looked."},
            "counted_at": {"help_text": "When a worker counted, at most once a minute."},
        }


class SavedQuestionRow(serializers.ModelSerializer[SavedQuestion]):
    """A question under a name. `query`: the one form of its parameters, as after the `?` of an address."""

    corpus = serializers.CharField(source="corpus.slug")
    owner = serializers.CharField(source="owner.username")
    ledger = serializers.ChoiceField(choices=list(LEDGERS))
    seen = serializers.SerializerMethodField(help_text="null: you have not looked yet.")

    class Meta:
        model = SavedQuestion
        fields = ["id", "corpus", "owner", "name", "ledger", "query", "note", "is_shared", "created", "changed", "seen"]
        ref_name = "SavedQuestion"
        extra_kwargs = {"is_shared": {"help_text": "true: everyone who may see the corpus can read it."}}

    @extend_schema_field(SeenStateRow(allow_null=True))
    def get_seen(self, row: Any) -> Any:
        """Of the one who asks: the view reads no other."""
        return SeenStateRow(row.own_seen[0]).data if row.own_seen else None


class StrictText(serializers.CharField):
    """A text. A number is none, though it could be written as one."""

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str):
            raise serializers.ValidationError("is a text in quotation marks")
        return super().to_internal_value(data)


class NewSavedQuestion(Strict):
    id = serializers.UUIDField(required=False, help_text="UUID made by the client; safe to send again.")
    name = StrictText(max_length=LONGEST_NAME, help_text="Unique among your questions in the corpus.")
    ledger = serializers.ChoiceField(choices=list(LEDGERS))
    query = StrictText(
        required=False,
        allow_blank=True,
        max_length=LONGEST_QUERY,
        trim_whitespace=False,
        help_text="Parameters as after the `?` of an address of the ledger.",
    )
    note = StrictText(required=False, allow_blank=True, max_length=LONGEST_NOTE)
    is_shared = serializers.BooleanField(required=False)

    class Meta:
        ref_name = "NewSavedQuestion"


class SavedQuestionChange(Strict):
    """What is left out stays as it is."""

    name = StrictText(required=False, max_length=LONGEST_NAME)
    ledger = serializers.ChoiceField(required=False, choices=list(LEDGERS))
    query = StrictText(required=False, allow_blank=True, max_length=LONGEST_QUERY, trim_whitespace=False)
    note = StrictText(required=False, allow_blank=True, max_length=LONGEST_NOTE)
    is_shared = serializers.BooleanField(required=False)

    class Meta:
        ref_name = "SavedQuestionChange"


class SeenAnswerShape(Strict):
    seal = StrictText(
        required=False,
        max_length=16,
        help_text="`seal` of the news that you have read: 409 if the answer is another one now. Without it, the present rows count as seen.",
    )

    class Meta:
        ref_name = "SeenAnswer"


class RemainingObjectShape(Shape):
    kind = serializers.ChoiceField(choices=["event", "mark", "entity"])
    id = serializers.UUIDField()
    code = serializers.CharField(help_text="Type or label.")
    text = serializers.CharField(help_text="Quotation or name.")
    title = serializers.CharField(help_text="Of the article; empty for an entity.")
    href = serializers.CharField()

    class Meta:
        ref_name = "RemainingObject"


class NewsRowShape(Shape):
    key = serializers.CharField(help_text="The same for the same row in every answer.")
    state = serializers.ChoiceField(choices=["new", "changed", "gone"])
    aspects = serializers.ListField(
        child=serializers.ChoiceField(choices=list(ASPECTS)), help_text="In which respects a changed row says something else."
    )
    row = serializers.DictField(allow_null=True, help_text="The row as `rows/` shows it; null: it is gone.")
    remains = RemainingObjectShape(
        many=True, help_text="Of a row that is gone, the objects that you can still see: they are there, but no longer an answer."
    )

    class Meta:
        ref_name = "NewsRow"


class NewsShape(Shape):
    """Rows that differ from those that you have seen, whatever the cause. 2,000 rows are compared."""

    seen_at = serializers.DateTimeField(allow_null=True, help_text="null: you have not looked yet, so nothing is news.")
    rows = serializers.IntegerField(help_text="Rows of the present answer that are compared.")
    whole = serializers.BooleanField(help_text="false: the answer has more rows.")
    new = serializers.IntegerField(
        allow_null=True, help_text="null: the answer that you have seen had more rows than are compared."
    )
    changed = serializers.IntegerField(
        allow_null=True, help_text="null: Attest was updated since you looked, so it can't be told until you send `look/`."
    )
    gone = serializers.IntegerField(allow_null=True, help_text="null: the present answer has more rows than are compared.")
    behind = serializers.IntegerField(help_text="Assignments that this answer does not heed yet.")
    seal = serializers.CharField(help_text="Of the whole answer, for `look/`.")
    results = NewsRowShape(many=True)

    class Meta:
        ref_name = "News"
