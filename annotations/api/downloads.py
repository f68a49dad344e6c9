"""A corpus as a file in any format, made while it is sent; and before that, what the file will not hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_vary_headers
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response

from annotations.api import encoding
from annotations.documents.export import NATIVE, Export, look, writers
from annotations.documents.selection import BadSelection, Selection
from annotations.documents.stream import following
from annotations.formats import FORMATS
from annotations.formats.base import Options
from annotations.formats.evidence.selection import LineSelection
from annotations.formats.files.optional_libraries import why_not_installed
from annotations.formats.native import MEDIA_TYPE
from annotations.formats.options import WRITING, NoOption, checked, described
from annotations.models import Assignment, FormatMapping
from annotations.models.assignment import SHOWN
from corpus.api.request import Request
from corpus.api.resource import InCorpus
from corpus.api.shape import Shape
from corpus.models import Token

ZIP = "application/zip"
MEDIA_TYPES = sorted({ZIP, *(module.MEDIA_TYPE.partition(";")[0] for module in writers().values())})
LOOKED_AT = 200  # assignments in one answer
OPTIONS = described(WRITING)
SELECTION_PARAMETERS = ("format", "annotator", "gold", "status", "drafts", "after", *OPTIONS)
FLAGS = ("derived", "end", "report")
WITH_DRAFTS = "-with-drafts"
EMPTY = "Attest-Empty"  # header: why a file has no documents


class JSONLines(JSONRenderer):
    """Chosen by Accept; the lines are written by the export, problems as JSON."""

    media_type = MEDIA_TYPE
    format = "ndjson"


class AnyFile(JSONRenderer):
    """Whoever asks for a zip, or for anything, gets the file that the format is; a problem is JSON all the same."""

    media_type = ZIP
    format = "file"


def flag(name: str, about: str) -> OpenApiParameter:
    return OpenApiParameter(name, str, enum=["0", "1"], description=about)


class LossShape(Shape):
    count = serializers.IntegerField()
    things = serializers.ListField(child=serializers.CharField(), help_text="Document and object of each loss; the first 1,000.")


class LossesShape(Shape):
    documents = serializers.IntegerField(help_text="Documents checked.")
    of = serializers.IntegerField(help_text="Documents in the selection.")
    losses = serializers.DictField(
        child=LossShape(), help_text="Number per kind, such as “discontinuous marks written as their outer span”."
    )
    next = serializers.UUIDField(allow_null=True)


OPENAPI_PARAMETERS = [
    OpenApiParameter("format", str, enum=sorted(writers()), required=True, description="File format."),
    OpenApiParameter("annotator", str, description="User name: only this annotator's marks."),
    flag("gold", "Only the gold."),
    OpenApiParameter(
        "status", str, enum=[*dict(SHOWN)], description="Only open (drafts), submitted, skipped or lapsed assignments."
    ),
    flag(
        "drafts",
        "Include drafts (assignments not submitted) and all annotators' marks where there is a gold. Default: the gold of "
        "each text, or its submitted assignments if it has none.",
    ),
    OpenApiParameter(
        "after",
        OpenApiTypes.UUID,
        description="Continue after this assignment: `last` of an end record, or the id in the last complete line.",
    ),
    *(OpenApiParameter(name, str, description=about) for name, about in OPTIONS.items()),
]


class Downloads(InCorpus):
    queryset = Assignment.objects.all()
    renderer_classes = [JSONLines, AnyFile, JSONRenderer]
    throttle_scope: str | None = "export"
    scopes = {"download": Token.Scope.EXPORT}
    parameters = {"download": (*SELECTION_PARAMETERS, *FLAGS)}

    @extend_schema(
        parameters=[
            *OPENAPI_PARAMETERS,
            flag(
                "derived",
                "Native format only: include derived values (factuality, checks …), which take longer than the marks.",
            ),
            flag(
                "end",
                "Whether the last line is the end record. Default: 1 for the native format, 0 for other line formats.",
            ),
            flag(
                "report",
                "Return a ZIP of the file and report.json, which holds the end record and a list of what the format does not "
                "include.",
            ),
        ],
        responses={(200, media_type): OpenApiTypes.BINARY for media_type in MEDIA_TYPES},
    )
    def download(self, request: Request, slug: str) -> Response | StreamingHttpResponse:
        """Export a corpus in a format, from one snapshot of the database: the gold of each text, or its submitted assignments
        if it has none; drafts on request.

        A file of lines ends with {"end": {documents, bytes, sha256, last, moment, losses}}: bytes and SHA-256
        of what came before it. Where there is none, the file was cut off. Where all is drafts, the header Attest-Empty and
        `empty` of the end record say how many were left out. Needs the scope export.
        """
        export = self.export_of(request)
        stem = self.corpus.slug + (WITH_DRAFTS if selection_of(request).has_drafts else "")
        name = f"{stem}{export.module.EXTENSION}"
        if on(request, "report"):
            response = answer(request, export.with_report(name), ZIP, f"{stem}-{export.format}.zip")
        elif on(request, "end", default=export.format == NATIVE):
            if not export.in_lines:
                raise ValidationError({"end": f"{export.format} is not a line format; use report=1"})
            response = answer(request, export.with_end(), export.module.MEDIA_TYPE, name)
        else:
            response = answer(request, export.pieces(), export.module.MEDIA_TYPE, name)
        if export.empty:
            response[EMPTY] = export.empty
        return response

    def export_of(self, request: Request) -> Export:
        """Raises ValidationError."""
        name, options, selection = format_of(request), options_of_format(request), selection_of(request)
        # Who names lines has seen of which annotation they are.
        if LineSelection(options).ranks:
            selection = replace(selection, drafts=True)
        rows = selection.rows_for(request.user, self.corpus)
        if after := assignment_id(request.query_params.get("after")):
            seen = Assignment.objects.for_user(request.user).filter(document__corpus=self.corpus)
            rows = following(rows, get_object_or_404(seen.select_related("document__article"), pk=after))
        empty = "" if after or rows.exists() else self.why_empty(selection)
        words = FormatMapping.of(self.corpus, name)
        return Export(rows, name, derived=on(request, "derived"), options=options, mapping=words, empty=empty)

    def why_empty(self, selection: Selection) -> str:
        """Nothing where the selection is empty whatever is asked for."""
        number = selection.drafts_left_out(self.corpus, self.request.user)
        return f"{number} {'draft' if number == 1 else 'drafts'} left out: drafts=1 includes drafts" if number else ""


class ExportLosses(Downloads):
    renderer_classes = [JSONRenderer]
    throttle_scope = None  # a large corpus is looked at in many answers
    scopes = {"losses": Token.Scope.EXPORT}
    parameters = {"losses": SELECTION_PARAMETERS}

    @extend_schema(parameters=OPENAPI_PARAMETERS, responses=LossesShape)
    def losses(self, request: Request, slug: str) -> Response:
        """What a file in this format will not include, counted per kind and listed.

        So many assignments are looked at in one answer; where there are more, go on with `after` = `next`,
        and add the counts up. Needs the scope export.
        """
        export = self.export_of(request)
        losses = look(export.rows, export.format, export.mapping, export.options, most=LOOKED_AT)
        shown = {"documents": losses.documents, "of": export.rows.count(), "losses": losses.losses.to_dict(), "next": losses.next}
        return Response(LossesShape(shown).data)


def answer(request: Request, pieces: Any, media_type: str, name: str) -> StreamingHttpResponse:
    """Squeezed as the client can read it, while it is sent."""
    coding, squeezed = encoding.squeezed(request.headers.get("Accept-Encoding", ""), pieces)
    response = StreamingHttpResponse(squeezed, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    if coding:
        response["Content-Encoding"] = coding
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def on(request: Request, name: str, *, default: bool = False) -> bool:
    """A flag of the address. Raises ValidationError."""
    value = request.query_params.get(name) or ("1" if default else "0")
    if value not in ("0", "1"):
        raise ValidationError({name: "should be 0 or 1"})
    return value == "1"


def selection_of(request: Request) -> Selection:
    """Raises ValidationError."""
    try:
        return Selection.parse(request.query_params)
    except BadSelection as error:
        raise ValidationError({error.field: str(error)}) from error


def format_of(request: Request) -> str:
    """Raises ValidationError."""
    name = request.query_params.get("format", "")
    if name not in writers():
        if name in FORMATS and (why := why_not_installed(FORMATS[name])):
            raise ValidationError({"format": why})
        raise ValidationError({"format": f"should be one of {', '.join(sorted(writers()))}"})
    return name


def options_of_format(request: Request) -> dict[str, str]:
    """Raises ValidationError."""
    parameters = request.query_params
    return options_of(
        WRITING.get(parameters["format"], {}), [(name, parameters[name]) for name in OPTIONS if parameters.get(name)]
    )


def options_of(known: Options, pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Of a format. Raises ValidationError under the name of the option."""
    try:
        return checked(known, pairs)
    except NoOption as error:
        raise ValidationError({error.option[:100]: str(error)}) from error


def assignment_id(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        raise ValidationError({"after": "should be the id of an assignment"}) from None
