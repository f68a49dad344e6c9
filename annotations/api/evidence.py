"""Saved evidence tables: which of their rows are out of date."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response

from annotations.formats.base import Unreadable
from annotations.imports.saved_tables import saved_rows
from annotations.models import Assignment
from annotations.queries.outdated_rows import REASONS, outdated
from corpus.api.parsers import StrictJSONParser
from corpus.api.request import Request
from corpus.api.resource import InCorpus
from corpus.api.shape import Shape
from corpus.models import Token


class SavedTable(Shape):
    file = serializers.FileField(help_text="CSV, Excel, Word, Markdown, or the ZIP of an export.")


class OutdatedRow(Shape):
    number = serializers.IntegerField(help_text="Number of the row among those with a seal, from 1.")
    reasons = serializers.ListField(child=serializers.ChoiceField(choices=list(REASONS.items())))
    assignment = serializers.UUIDField(allow_null=True)
    article = serializers.CharField()
    line = serializers.CharField(allow_null=True, help_text="Id of the figure, event or claim.")
    statement = serializers.CharField(help_text="Current content of the row.")


class EvidenceState(Shape):
    rows = serializers.IntegerField(help_text="Rows with a seal.")
    outdated = OutdatedRow(many=True)


class SavedTables(InCorpus):
    queryset = Assignment.objects.all()
    serializer_class = EvidenceState
    parser_classes = [MultiPartParser, StrictJSONParser]
    throttle_scope = "export"
    scopes = {"create": Token.Scope.EXPORT}

    @extend_schema(request={"multipart/form-data": SavedTable}, responses={200: EvidenceState})
    def create(self, request: Request, slug: str) -> Response:
        """Check a saved evidence table: which rows have changed since it was exported. Nothing is stored.

        The column `seal` of each row tells; at most 2,000 rows. Needs the scope export.
        """
        corpus = self.corpus
        file = request.FILES.get("file") if hasattr(request, "FILES") else None
        if file is None:
            raise ValidationError({"file": "is missing"})
        try:
            seals = saved_rows(file.file, str(file.name)[:200])
        except Unreadable as error:
            raise ValidationError({"file": str(error)}) from error
        return Response(EvidenceState({"rows": len(seals), "outdated": outdated(corpus, request.user, seals)}).data)
