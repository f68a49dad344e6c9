"""What the words of a format's files mean in a corpus, both ways."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from annotations.documents.export import NATIVE, takes_native
from annotations.formats import FORMATS
from annotations.formats.middle.mapping import Mapping
from annotations.imports.foreign import meaningless
from annotations.models import FormatMapping
from annotations.schemes.of_corpus import NoScheme, scheme_for
from annotations.schemes.stored import compiled
from corpus.api.bounded import BoundedObject
from corpus.api.parsers import refuse_body, refuse_silence
from corpus.api.permissions import require
from corpus.api.problems import Problem
from corpus.api.request import Request
from corpus.api.resource import InCorpus
from corpus.api.rows import Row
from corpus.api.serializers import Strict
from corpus.models import Membership

MAPPED = sorted(name for name, module in FORMATS.items() if name != NATIVE and not takes_native(module))
LONGEST = 200  # characters of a word
EXAMPLE = {"marks": {"GPE": "ACTOR.TERRITORY", "Protein": None}, "ties": {"Located": None}, "roles": {"Giver": "payer"}}


class NamesField(BoundedObject):
    """Name in a file → code in the scheme; null leaves it out. If two names map to one code, the first is used for export."""

    child = serializers.CharField(allow_null=True, max_length=LONGEST)
    max_length = 2_000

    def to_internal_value(self, data: Any) -> dict[str, str | None]:
        parts: dict[str, str | None] = super().to_internal_value(data)
        if wrong := [word for word in parts if not 0 < len(word) <= LONGEST]:
            raise serializers.ValidationError(f"a name has 1 to {LONGEST} characters, not {len(wrong[0])}")
        return parts

    def to_representation(self, value: Any) -> dict[str, Any]:
        """Of pairs, as they are stored."""
        return super().to_representation(dict(value))


class NewMapping(Strict):
    """Names that are not given keep their default mapping."""

    marks = NamesField(required=False, help_text="Maps to LAYER.LABEL, CLAIM, CUE or CITATION.")
    ties = NamesField(required=False, help_text="Maps to a link, role:… or what attaches values to marks.")
    roles = NamesField(required=False, help_text="Maps to a role of the scheme.")
    attributes = NamesField(required=False, help_text="Maps to an attribute; only the part before the first dot is matched.")

    class Meta:
        ref_name = "NewFormatMapping"


class MappingRow(Row):
    format = serializers.ChoiceField(choices=MAPPED)
    words = NewMapping()
    changed_by = serializers.CharField(source="changed_by__username", allow_null=True)
    changed = serializers.DateTimeField()

    class Meta:
        ref_name = "FormatMapping"


class Mappings(InCorpus):
    queryset = FormatMapping.objects.all()
    serializer_class = MappingRow
    orders = {"format": ("format",)}

    def rows(self) -> Any:
        return FormatMapping.objects.for_user(self.request.user).filter(corpus=self.corpus)

    def list(self, request: Request, slug: str) -> Response:
        """Formats for which a corpus has a mapping."""
        return self.listed(self.rows().values(*MappingRow.columns()))

    def retrieve(self, request: Request, slug: str, name: str) -> Response:
        """The mapping of a format; 404 if there is none."""
        return self.answer(name)

    @extend_schema(
        request=NewMapping,
        responses={200: MappingRow, 201: OpenApiResponse(MappingRow, "The mapping was created.")},
        examples=[OpenApiExample("Labels of brat", EXAMPLE, request_only=True)],
    )
    def update(self, request: Request, slug: str, name: str) -> Response:
        """Replace the mapping of a format. Needs the role manager."""
        require(self.corpus, request.user, Membership.Role.MANAGER)
        if name not in MAPPED:
            raise Http404
        refuse_silence(request, "give marks, ties, roles or attributes; to remove a mapping, use DELETE")
        body = NewMapping(data=request.data)
        body.is_valid(raise_exception=True)
        words = Mapping(**body.validated_data)
        self.check(words)
        made = FormatMapping.keep(self.corpus, name, words, request.user)
        return self.answer(name, status=201 if made else 200)

    def check(self, words: Mapping) -> None:
        try:
            view = compiled(scheme_for(self.corpus)).view
        except NoScheme as error:
            raise Problem("invalid", str(error), errors=[]) from error
        wrong: dict[str, list[str]] = {}
        for part, word, meaning in meaningless(words, view):
            wrong.setdefault(part, []).append(f"“{word}” is mapped to “{meaning}”, which is not in the scheme")
        if wrong:
            raise serializers.ValidationError(wrong)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, slug: str, name: str) -> Response:
        """Delete the mapping: the default applies again. Needs the role manager."""
        mapping = get_object_or_404(self.rows(), format=name)
        require(self.corpus, request.user, Membership.Role.MANAGER)
        refuse_body(request)
        mapping.delete()
        return Response(status=204)

    def answer(self, name: str, status: int = 200) -> Response:
        row = get_object_or_404(self.rows().values(*MappingRow.columns()), format=name)
        return Response(MappingRow(row).data, status=status)
