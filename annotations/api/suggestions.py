"""What a reader is offered while they read. To accept or reject is a change of their reading, as any other."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import PermissionDenied
from rest_framework.response import Response

from annotations.api.assignments import OfAssignments, object_of
from annotations.api.rows import FragmentShape
from annotations.models import Assignment
from annotations.native.outcomes import SUGGESTED
from annotations.suggesters.arms import CONTROL, OFF, ON
from corpus.api import units
from corpus.api.request import Request
from corpus.api.serializers import Strict
from corpus.api.shape import Shape
from corpus.models.document import text_of
from corpus.text.offsets import Offsets


class SuggestedBy(Shape):
    suggester = serializers.CharField()
    version = serializers.CharField()
    score = serializers.FloatField(min_value=0, max_value=1)


class SuggestionRow(Shape):
    """By kind there is more: `attributes` of a mark, as far as they would be read from the words; `type` of an event; `cue`, `content`
    and `speaker` of a claim; `measure` of a citation; `source` and `target` of a link."""

    key = serializers.UUIDField(help_text="Follows from the text, the words and the label.")
    kind = serializers.ChoiceField(choices=SUGGESTED)
    layer = serializers.CharField()
    label = serializers.CharField()
    fragments = FragmentShape(many=True)
    score = serializers.FloatField(min_value=0, max_value=1)
    why = serializers.CharField(help_text="Plain text.")
    by = SuggestedBy(many=True)

    class Meta:
        ref_name = "Suggestion"


class SuggesterRow(Shape):
    code = serializers.CharField()
    version = serializers.CharField()

    class Meta:
        ref_name = "Suggester"


class SuggestionsRow(Shape):
    arm = serializers.ChoiceField(
        choices=[ON, CONTROL, OFF], help_text="control: a reading that was drawn to get none; off: nothing is offered here."
    )
    digest = serializers.CharField()
    held = serializers.IntegerField(help_text="How many more there are than are served.")
    suggesters = SuggesterRow(many=True)
    suggestions = SuggestionRow(many=True)

    class Meta:
        ref_name = "Suggestions"


class ShownShape(Strict):
    digest = serializers.RegexField(r"^[0-9a-f]{64}$", help_text="Of the answer that was shown.")

    class Meta:
        ref_name = "ShownSuggestions"


class Suggestions(OfAssignments):
    parameters = {"retrieve": (units.PARAMETER,)}

    @extend_schema(responses=SuggestionsRow, parameters=[units.OFFSETS_PARAMETER])
    def retrieve(self, request: Request, pk: str) -> Response:
        """What is offered in your own reading: numbers, names that the corpus knows, words marked before. Nothing is stored until you accept:
        a change of the kind `outcome`, in the batch of the mark."""
        in_utf16 = units.wants_utf16(request)
        reading = self.own(pk)
        from annotations.suggesters.serve import answer  # with the readers of a text, which a start needs not

        native = answer(reading).native()
        return Response(units.in_utf16(native, Offsets(text_of(reading.document_id))) if in_utf16 else native)

    @extend_schema(request=ShownShape, responses={204: None})
    def create(self, request: Request, pk: str) -> Response:
        """Say that a person has been shown an answer: what was passed over is known only so. Nothing is kept of one that is out of date."""
        body = ShownShape(data=object_of(request.data))
        body.is_valid(raise_exception=True)
        reading = self.own(pk)
        from annotations.suggesters.serve import keep_shown

        keep_shown(reading, body.validated_data["digest"])
        return Response(status=204)

    def own(self, pk: str) -> Assignment:
        """Raises Http404, and PermissionDenied for that of another."""
        reading = Assignment.whole(self.readable(pk).pk)
        if reading.annotator_id != self.request.user.pk:
            raise PermissionDenied("Only its annotator gets the suggestions of a reading.")
        return reading
