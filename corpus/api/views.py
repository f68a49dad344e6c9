"""Corpora, their articles, texts and intakes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import CharField, OuterRef, QuerySet, Subquery, Value
from django.shortcuts import get_object_or_404
from django.urls import reverse
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from corpus.api import units
from corpus.api.filters import ArticleFilter
from corpus.api.pagination import Keyset
from corpus.api.permissions import require, scopes_of
from corpus.api.problems import Problem, ProblemSerializer
from corpus.api.resource import InCorpus, Resource
from corpus.api.serializers import (
    ArticleRow,
    ArticleWhole,
    CorpusRow,
    DocumentWhole,
    Me,
    NewArticle,
    StoredArticle,
    TextRow,
)
from corpus.intake import ingest
from corpus.models import Article, Corpus, Document, Intake, Membership
from corpus.passages.index import not_indexed
from corpus.text.offsets import Offsets


class Corpora(Resource):
    """Corpora that you are a member of."""

    queryset = Corpus.objects.all()
    serializer_class = CorpusRow
    orders = {"slug": ("slug",)}
    lookup_field = "slug"

    def rows(self) -> QuerySet[Any, Any]:
        corpora = Corpus.objects.for_user(self.request.user)
        return CorpusRow.of(with_role(corpora, self.request.user))

    def list(self, request: Request) -> Response:
        return self.listed(self.rows())

    def retrieve(self, request: Request, slug: str) -> Response:
        return Response(CorpusRow(get_object_or_404(self.rows(), slug=slug)).data)


def with_role(corpora: QuerySet[Any], user: Any) -> QuerySet[Any]:
    own = Membership.objects.filter(corpus=OuterRef("pk"), user=user)
    is_manager = Value(Membership.Role.MANAGER, output_field=CharField())
    rows: QuerySet[Any] = corpora.annotate(role=is_manager if user.is_superuser else Subquery(own.values("role")))
    return rows


class ArticlePages(Keyset):
    """Pages of articles; those of a search say how many articles it could not find yet."""

    def get_paginated_response(self, data: Any) -> Response:
        response = super().get_paginated_response(data)
        if self.request.query_params.get("search"):
            response.data["not_indexed"] = not_indexed(self.request.parser_context["view"].corpus)
        return response

    def get_paginated_response_schema(self, schema: Any) -> dict[str, Any]:
        whole = super().get_paginated_response_schema(schema)
        about = "With `search`: articles with a text or title that is not indexed yet; the search may have missed them."
        whole["properties"]["not_indexed"] = {"type": "integer", "description": about}
        return whole


class Articles(InCorpus):
    """Published articles. Their texts are documents."""

    queryset = Article.objects.all()
    serializer_class = ArticleRow
    filterset_class = ArticleFilter
    pagination_class = ArticlePages
    orders = {"-created": ("-created", "id"), "created": ("created", "id"), "title": ("title", "id")}

    def list(self, request: Request, slug: str) -> Response:
        """Articles of a corpus, newest first."""
        return self.listed(article_rows(Article.objects.for_user(request.user).filter(corpus=self.corpus)))

    @extend_schema(
        request=NewArticle,
        responses={
            201: StoredArticle,
            200: OpenApiResponse(StoredArticle, "The same text already exists."),
            422: OpenApiResponse(ProblemSerializer, "The text is empty, or a date is invalid."),
        },
        examples=[
            OpenApiExample(
                "A text",
                {
                    "title": "Workers sent home",
                    "text": "There used to be 300 workers here.",
                    "language": "en",
                    "published": "2017-09-04",
                    "clean": False,
                },
                request_only=True,
            )
        ],
    )
    def create(self, request: Request, slug: str) -> Response:
        """Store a text as an article. Needs the role manager. Safe to repeat: the same text is stored once."""
        require(self.corpus, request.user, Membership.Role.MANAGER)
        body = NewArticle(data=request.data)
        body.is_valid(raise_exception=True)
        stored = stored_text(self.corpus, request.user, **body.validated_data)
        return Response(
            StoredArticle(stored_shape(stored)).data,
            status=201 if stored.created else 200,
            headers={"Location": reverse("api:article-detail", args=[stored.document.article_id])},
        )


def stored_text(corpus: Corpus, user: Any, *, title: str, text: str, clean: bool, **facts: Any) -> ingest.Stored:
    try:
        return ingest.ingest_text(corpus, text, user=user, door=Intake.Door.API, title=title, as_is=not clean, facts=facts)
    except ValueError as error:
        raise Problem("invalid", str(error), errors=[]) from error


def stored_shape(stored: ingest.Stored) -> dict[str, Any]:
    document = stored.document
    return {
        "created": stored.created,
        "article": document.article_id,
        "document": document.pk,
        "sha256": document.sha256,
        "length": document.length,
    }


def article_rows(articles: QuerySet[Article]) -> QuerySet[Any, Any]:
    newest = Document.objects.filter(article=OuterRef("pk")).order_by("-version")
    return ArticleRow.of(articles.annotate(document=Subquery(newest.values("pk")[:1])))


class ArticleDetail(Resource):
    queryset = Article.objects.all()
    serializer_class = ArticleWhole

    def retrieve(self, request: Request, pk: UUID) -> Response:
        """One article with all its texts."""
        row = get_object_or_404(article_rows(Article.objects.for_user(request.user)), pk=pk)
        texts = Document.objects.filter(article=pk).order_by("-version").values(*TextRow.columns())
        return Response(ArticleWhole(row | {"documents": texts}).data)


class Documents(Resource):
    queryset = Document.objects.all()
    serializer_class = DocumentWhole
    parameters = {"retrieve": (units.PARAMETER,)}

    @extend_schema(parameters=[units.OFFSETS_PARAMETER])
    def retrieve(self, request: Request, pk: UUID) -> Response:
        """One document: its text, segments, zones, repairs and provenance.

        Its ETag is the SHA-256 of the text: a document never changes. Positions in the raw text always count code points.
        """
        utf16 = units.wants_utf16(request)
        rows = (
            Document.objects.for_user(request.user)
            .select_related("article", "corpus", "raw")
            .defer("raw__content")
            .prefetch_related("segments", "zones__segment", "repairs")
        )
        document = get_object_or_404(rows, pk=pk)
        whole = DocumentWhole(document).data
        if utf16:
            offsets = Offsets(document.text)
            whole = units.in_utf16(whole, offsets) | {"length": offsets.utf16_length}
        return Response(whole, headers={"ETag": f'"{document.sha256}"'})


class WhoAmI(Resource):
    queryset = Corpus.objects.none()
    serializer_class = Me

    def retrieve(self, request: Request) -> Response:
        """The current user, the scopes of the token, and your corpora."""
        corpora = with_role(Corpus.objects.for_user(request.user), request.user)
        me = {
            "username": request.user.get_username(),
            "scopes": scopes_of(request),
            "token": request.auth,
            "corpora": [{"corpus": slug, "role": role} for slug, role in corpora.values_list("slug", "role")],
        }
        return Response(Me(me).data)
