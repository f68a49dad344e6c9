"""Articles to read next, by API: those of the page, in its order."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from corpus.api.filters import parameters_of
from corpus.api.problems import Problem
from corpus.api.resource import InCorpus
from corpus.api.shape import Shape
from questions.address.parameters import LEDGERS
from questions.address.question import AddressError, read
from questions.api.ask import etag_of
from questions.api.shapes import AskedShape, RestsOnShape
from questions.asking.asker import NotThere
from questions.asking.time_limits import TooBroad
from questions.ledgers.read_next import MOST_ARTICLES, articles_to_read
from questions.models import Entry
from questions.wording.sentence import in_words


class ArticleToReadShape(Shape):
    article = serializers.UUIDField()
    title = serializers.CharField()
    outlet = serializers.CharField()
    published = serializers.CharField(help_text="EDTF")
    words = serializers.ListField(child=serializers.CharField(), help_text="Words of the rows that it has, folded.")

    class Meta:
        ref_name = "ArticleToRead"


class ArticlesToReadShape(Shape):
    question = AskedShape()
    rests_on = RestsOnShape()
    results = ArticleToReadShape(many=True, help_text=f"Up to {MOST_ARTICLES}, those with most of the words first.")

    class Meta:
        ref_name = "ArticlesToRead"


class NextArticles(InCorpus):
    queryset = Entry.objects.none()
    serializer_class = ArticlesToReadShape

    def allowed_parameters(self) -> set[str]:
        ledger = LEDGERS.get(self.kwargs["ledger"])
        return set(ledger.parameters) if ledger else set()

    @extend_schema(responses=ArticlesToReadShape)
    def retrieve(self, request: Request, slug: str, ledger: str) -> Response:
        """Articles without annotations that have words of the rows of a ledger; takes the parameters of the ledger, without those of its pages."""
        if ledger not in LEDGERS:
            raise Http404
        try:
            body = ArticlesToReadShape(self.body(request, ledger)).data
        except AddressError as error:
            raise ValidationError({error.name: error.rule}) from error
        except NotThere as error:
            raise Http404 from error
        except TooBroad as error:
            raise Problem("too-broad", "The answer takes longer than 3 seconds: add a condition.") from error
        return Response(body, headers={"ETag": etag_of(body)})

    def body(self, request: Request, ledger: str) -> dict[str, Any]:
        question = read(ledger, parameters_of(request).items())
        answer, articles = articles_to_read(question, self.corpus, request.user)
        address = request.build_absolute_uri(f"{request.path}?{question.query}" if question.query else request.path)
        text = in_words(answer.asker.pieces)
        return {
            "question": {"ledger": ledger, "query": question.query, "self": address, "text": text},
            "rests_on": answer.rests_on,
            "results": articles,
        }
