"""What a person says of an article beside others: that it is a copy, or tells the same story."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from corpus.api.parsers import refuse_body
from corpus.api.permissions import require
from corpus.api.problems import Problem, ProblemSerializer
from corpus.api.resource import Resource
from corpus.api.serializers import ArticleRow, Strict
from corpus.api.views import article_rows
from corpus.models import Article, Membership
from corpus.near_duplicates import duplicates, stories


class Verdict(Strict):
    is_copy = serializers.BooleanField(
        help_text="false: keep it as a separate article and do not report it as a duplicate again."
    )
    of = serializers.UUIDField(required=False, help_text="Id of the other article. Default: the one that was detected.")

    class Meta:
        ref_name = "Verdict"


class Other(Strict):
    other = serializers.UUIDField(help_text="Id of an article of the same corpus, in any language.")

    class Meta:
        ref_name = "OtherArticle"


class Beside(Resource):
    """Duplicates and stories: relations between articles."""

    queryset = Article.objects.all()
    serializer_class = ArticleRow

    @extend_schema(request=Verdict, responses={200: ArticleRow, 422: ProblemSerializer})
    def copy(self, request: Request, pk: str) -> Response:
        """Decide whether an article is a duplicate, which counts once with the other one. Needs the role manager."""
        article = self.managed(pk)
        body = Verdict(data=request.data)
        body.is_valid(raise_exception=True)
        verdict = body.validated_data
        if not verdict["is_copy"]:
            duplicates.decide(article, is_copy=False)
        elif "of" in verdict and verdict["of"] != article.copy_of_id:
            self.tried(duplicates.declare, article, self.other(article, verdict["of"]))
        elif article.copy_of_id:
            duplicates.decide(article, is_copy=True)
        else:
            raise Problem("invalid", "No duplicate was detected: give the other article in “of”.", errors=[])
        return self.row_response(pk)

    @extend_schema(request=Other, responses={200: ArticleRow, 422: ProblemSerializer})
    def join(self, request: Request, pk: str) -> Response:
        """Group two articles as one story; if each has a story, the two are merged. Needs the role manager."""
        article = self.managed(pk)
        body = Other(data=request.data)
        body.is_valid(raise_exception=True)
        self.tried(stories.join, article, self.other(article, body.validated_data["other"]))
        return self.row_response(pk)

    @extend_schema(responses={200: ArticleRow})
    def leave(self, request: Request, pk: str) -> Response:
        """Remove an article from its story; a story with one article left is removed. Needs the role manager."""
        article = self.managed(pk)
        refuse_body(request)
        stories.leave(article)
        return self.row_response(pk)

    def managed(self, pk: str) -> Article:
        article = get_object_or_404(Article.objects.for_user(self.request.user).select_related("corpus", "cluster"), pk=pk)
        require(article.corpus, self.request.user, Membership.Role.MANAGER)
        return article

    def other(self, article: Article, pk: Any) -> Article:
        rows = Article.objects.outside_bin().filter(corpus=article.corpus_id).select_related("cluster", "copy_of")
        return get_object_or_404(rows, pk=pk)

    def tried(self, verb: Any, article: Article, other: Article) -> None:
        try:
            verb(article, other)
        except ValueError as error:
            raise Problem("invalid", str(error), errors=[]) from error

    def row_response(self, pk: str) -> Response:
        return Response(ArticleRow(article_rows(Article.objects.filter(pk=pk)).get()).data)
