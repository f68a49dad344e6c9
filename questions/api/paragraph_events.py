"""Events beside a paragraph of the register, by API."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from corpus.api.filters import parameters_of
from corpus.api.problems import Problem
from corpus.api.resource import Resource
from corpus.api.shape import Shape
from corpus.models import Corpus
from questions.address.parameters import LEDGERS, PARAMETERS
from questions.address.question import AddressError
from questions.api.entry_shapes import LedgerRowShape
from questions.asking.asker import NotThere
from questions.asking.time_limits import TooBroad
from questions.ledgers.paragraph_events import paragraph_events
from questions.models import Entry
from questions.wording.checks import VERDICTS
from registry.models import Paragraph

LIMIT, MOST = 50, 200
PAGING = ("limit", "cursor")
OWN = ("corpus", "cited", *PAGING)
ASKED = [name for name in PARAMETERS if name in LEDGERS["law"].parameters - {"measure", "paragraph", "part", "chain"}]
SHOWN = [
    OpenApiParameter("corpus", str, required=True, description="Slug of a corpus."),
    OpenApiParameter(
        "cited", str, enum=["0", "1"], description="1: events that cite the paragraph; 0: the others. Default: both."
    ),
    *(OpenApiParameter(name, str, description=PARAMETERS[name].help) for name in ASKED),
    OpenApiParameter("limit", {"type": "integer", "minimum": 1, "maximum": MOST, "default": LIMIT}, description="Rows per page."),
    OpenApiParameter("cursor", str, description="Cursor: take it from `next`."),
]


class ParagraphEventShape(LedgerRowShape):
    verdict = serializers.ChoiceField(choices=list(VERDICTS), help_text="What the paragraph says of it by the register.")
    cited = serializers.BooleanField(help_text="It cites the paragraph.")

    class Meta:
        ref_name = "ParagraphEvent"


class VerdictCountShape(Shape):
    verdict = serializers.CharField()
    cited = serializers.IntegerField(help_text="Events that cite the paragraph.")
    others = serializers.IntegerField()

    class Meta:
        ref_name = "VerdictCount"


class ParagraphEventsShape(Shape):
    counts = VerdictCountShape(many=True, allow_null=True, help_text="null: counting takes too long.")
    behind = serializers.IntegerField(help_text="Assignments whose changes are not in the answer yet.")
    next = serializers.URLField(allow_null=True)
    results = ParagraphEventShape(many=True)

    class Meta:
        ref_name = "ParagraphEvents"


class ParagraphEventList(Resource):
    queryset = Entry.objects.none()
    serializer_class = ParagraphEventsShape
    parameters = {"retrieve": (*OWN, *ASKED)}

    @extend_schema(operation_id="measures_paragraphs_events_retrieve", parameters=SHOWN, responses=ParagraphEventsShape)
    def retrieve(self, request: Request, code: str, paragraph: str) -> Response:
        """Events of a corpus beside a paragraph: those that cite it, and those that have the type, attributes, goods and country that it is about.

        `verdict`: what the register says of each. Nothing here is stated by the articles or stored.
        """
        row = get_object_or_404(Paragraph.objects.select_related("measure"), measure__code=code, number=paragraph)
        asked = asked_once(request)
        corpus = get_object_or_404(Corpus.objects.for_user(request.user), slug=asked.pop("corpus"))
        try:
            body = ParagraphEventsShape(self.page(request, row, corpus, asked)).data
        except AddressError as error:
            raise ValidationError({error.name: error.rule}) from error
        except NotThere as error:
            raise ValidationError({str(error): "the corpus has no such entity"}) from error
        except TooBroad as error:
            raise Problem("too-broad", "The answer takes longer than 3 seconds: add a condition.") from error
        return Response(body)

    def page(self, request: Request, row: Paragraph, corpus: Corpus, asked: dict[str, str]) -> dict[str, Any]:
        limit, cursor, cited = (
            read_limit(asked.pop("limit", str(LIMIT))),
            asked.pop("cursor", ""),
            read_cited(asked.pop("cited", "")),
        )
        answer = paragraph_events(row, corpus, request.user, limit, cursor, tuple(asked.items()), cited=cited)
        counts = answer.counts
        return {
            "counts": counts
            and [
                {"verdict": verdict, "cited": counts[verdict][0], "others": counts[verdict][1]}
                for verdict in VERDICTS
                if verdict in counts
            ],
            "behind": answer.behind,
            "next": answer.following and self.address(cursor=answer.following),
            "results": answer.rows,
        }

    def address(self, **more: str) -> str:
        query = self.request.query_params.copy()
        for name, value in more.items():
            query[name] = value
        return str(self.request.build_absolute_uri(f"{self.request.path}?{query.urlencode()}"))


def asked_once(request: Request) -> dict[str, str]:
    """Raises ValidationError for a parameter that is there twice, and without a corpus."""
    for name, values in request.query_params.lists():
        if len(values) > 1:
            raise ValidationError({name: "is given more than once"})
    asked = parameters_of(request)
    if not asked.get("corpus"):
        raise ValidationError({"corpus": "is required: the slug of a corpus"})
    return asked


def read_limit(words: str) -> int:
    if not (words.isascii() and words.isdecimal() and len(words) < 5 and 1 <= int(words) <= MOST):
        raise AddressError("limit", f"takes a whole number from 1 to {MOST}")
    return int(words)


def read_cited(words: str) -> bool | None:
    if words not in ("", "0", "1"):
        raise AddressError("cited", "takes 0 or 1")
    return words == "1" if words else None
