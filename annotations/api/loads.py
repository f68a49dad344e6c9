"""Marks out of a file into a corpus: at once, or only to hear what would come of it."""

from __future__ import annotations

import json
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response

from annotations.api.assignments import object_of
from annotations.api.downloads import flag, on, options_of
from annotations.formats.middle.mapping import Mapping
from annotations.formats.options import READING, described
from annotations.imports.annotators import member, placeholder_account
from annotations.imports.foreign import Meaningless, Reading, guess, readers
from annotations.imports.order import Order
from annotations.imports.process import carried_out
from annotations.models import Assignment
from annotations.schemes.of_corpus import NoScheme
from corpus.api.parsers import StrictJSONParser
from corpus.api.permissions import require
from corpus.api.problems import Problem
from corpus.api.request import Request
from corpus.api.resource import InCorpus
from corpus.api.shape import Shape
from corpus.models import Membership


class NewLoad(Shape):
    file = serializers.FileField()
    mapping = serializers.CharField(
        required=False,
        help_text="JSON: {marks, ties, roles, attributes}, each a map from names in the file to codes of the scheme.",
    )

    def get_fields(self) -> dict[str, Any]:
        """And the options of formats, each as a field, or as a file where it is long."""
        options = {name: serializers.CharField(required=False, help_text=about) for name, about in described(READING).items()}
        return super().get_fields() | options


class LoadReport(Shape):
    """Result of an import. `errors`: documents that could not be imported, each with its location; `losses`: what was left
    out, by kind."""

    format = serializers.CharField()
    documents = serializers.IntegerField(help_text="Documents imported or already present.")
    articles = serializers.IntegerField(help_text="New documents.")
    unchanged = serializers.IntegerField(help_text="Documents already imported.")
    written = serializers.DictField(child=serializers.IntegerField(), help_text="Objects imported, by kind.")
    present = serializers.IntegerField(help_text="Objects already present.")
    errors = serializers.ListField(child=serializers.CharField())
    losses = serializers.DictField()
    words = serializers.DictField(help_text="Each name in the file, its number of occurrences and its mapping.")


class Loads(InCorpus):
    queryset = Assignment.objects.all()
    serializer_class = LoadReport
    parser_classes = [MultiPartParser, StrictJSONParser]
    throttle_scope = "import"
    parameters = {"create": ("format", "annotator", "gold", "check")}

    @extend_schema(
        parameters=[
            OpenApiParameter("format", str, enum=sorted(readers()), description="File format. Default: detected."),
            OpenApiParameter(
                "annotator", str, description="User name of the annotator. Default: the annotators named in the file."
            ),
            flag("gold", "Import the marks as the gold."),
            flag("check", "Preview only: nothing is stored."),
        ],
        request={"multipart/form-data": NewLoad},
        responses={200: LoadReport},
    )
    def create(self, request: Request, slug: str) -> Response:
        """Import annotated documents: their marks, and articles whose texts are not in the corpus yet. Needs the role manager.

        Each document is taken whole or not at all; a file of which none is taken answers 422. To load a file again changes nothing.
        """
        require(self.corpus, request.user, Membership.Role.MANAGER)
        file = request.FILES.get("file") if hasattr(request, "FILES") else None
        if file is None:
            raise ValidationError({"file": "is missing"})
        name = str(file.name)[:200]
        format_name = chosen_format(request) or guess(file.file, name)
        order = self.order(request, name, format_name)
        report = carried_out(order, file.file, file.temporary_file_path(), file.size)
        if report["errors"] and not report["documents"]:
            errors = [{"detail": error} for error in report["errors"]]
            raise Problem("invalid", f"None of {report['refused']:,} documents could be imported.", errors=errors)
        return Response(LoadReport(report).data)

    def order(self, request: Request, name: str, format_name: str) -> Order:
        """What is asked for, once all of it is known to mean something."""
        mapping, options = mapping_of(request), options_given(request, format_name)
        try:
            Reading.into(self.corpus, format_name, mapping, options)
        except NoScheme as error:
            raise Problem("invalid", str(error), errors=[]) from error
        except Meaningless as error:
            raise ValidationError({"mapping": str(error)}) from error
        gold = on(request, "gold")
        annotator = placeholder_account("") if gold else self.annotator(request.query_params.get("annotator"))
        return Order(
            corpus=self.corpus.pk,
            user=request.user.pk,
            name=name,
            format=format_name,
            mapping=mapping.to_dict(),
            options=options,
            annotator=annotator and annotator.pk,
            is_gold=gold,
            is_preview=on(request, "check"),
        )

    def annotator(self, name: str | None) -> Any:
        if not name:
            return None
        account = None if "\x00" in name else member(self.corpus, name)
        if account is None:
            raise ValidationError({"annotator": "is not an annotator of this corpus"})
        return account


def chosen_format(request: Request) -> str | None:
    name = request.query_params.get("format")
    if name and name not in readers():
        raise ValidationError({"format": f"should be one of {', '.join(sorted(readers()))}"})
    return name


def mapping_of(request: Request) -> Mapping:
    try:
        return Mapping.from_dict(json.loads(str(object_of(request.data).get("mapping") or "{}")))
    except (ValueError, RecursionError) as error:
        raise ValidationError({"mapping": f"is not a valid mapping: {error}"}) from error


def options_given(request: Request, name: str) -> dict[str, str]:
    """The fields beside file and mapping: one that is no option of the format is an error."""
    pairs = [
        (field, text_of(field, value)) for field, value in object_of(request.data).items() if field not in ("file", "mapping")
    ]
    return options_of(READING.get(name, {}), pairs)


def text_of(field: str, value: Any) -> str:
    """As it stands in the field, or in the file that it brings."""
    try:
        return value.read().decode() if hasattr(value, "read") else str(value)
    except UnicodeDecodeError:
        raise ValidationError({field[:100]: "is not UTF-8"}) from None
