"""Saved questions by API: their names, their rows, and what is new in them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import PermissionDenied, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from corpus.api.parsers import refuse_body
from corpus.api.problems import Problem, ProblemSerializer
from corpus.api.resource import InCorpus, Resource
from corpus.models import Corpus
from questions.address.question import AddressError, Question
from questions.api.ask import FIELDS, FIELDS_PARAMETER, PAGING, PAGING_PARAMETERS, Asking, of_pages
from questions.api.row_shapes import ROW_SHAPES
from questions.api.saved_shapes import (
    NewSavedQuestion,
    NewsShape,
    SavedQuestionChange,
    SavedQuestionRow,
    SeenAnswerShape,
    SeenStateRow,
)
from questions.api.shapes import SHAPES
from questions.asking.asker import NotThere
from questions.asking.time_limits import TooBroad
from questions.models import SavedQuestion
from questions.saved import store
from questions.saved.news import AnswerMoved, News, look, news_of
from questions.saved.readable import readable
from questions.saved.remains import remains

ANY_LEDGER = PolymorphicProxySerializer(
    component_name="AnyLedger", serializers=list(SHAPES.values()), resource_type_field_name=None
)


@contextmanager
def refusals() -> Iterator[None]:
    """Errors of a question that is sent, as problems that name the field."""
    try:
        yield
    except AddressError as error:
        own = error.name in ("name", "ledger", "query", "note")
        raise ValidationError({error.name: error.rule} if own else {"query": {error.name: error.rule}}) from error
    except store.UsedName as error:
        raise Problem("invalid", str(error), errors=[{"field": "name", "detail": str(error)}]) from error
    except store.UsedId as error:
        raise Problem("id-reused", str(error)) from error
    except TooBroad as error:
        raise Problem("too-broad", "The answer takes longer than 3 seconds: add a condition.") from error


@contextmanager
def outdated() -> Iterator[None]:
    """Errors of a question that was saved, and of which the corpus no longer has a code or an entity."""
    try:
        yield
    except AddressError as error:
        if error.name in (*PAGING, FIELDS):
            raise
        detail = f"The saved question can't be asked any longer: {error}."
        raise Problem("invalid", detail, errors=[{"field": f"query.{error.name}", "detail": error.rule}]) from error
    except NotThere as error:
        detail = f"The saved question can't be asked any longer: {error} names nothing in this corpus."
        raise Problem(
            "invalid", detail, errors=[{"field": f"query.{error}", "detail": "names nothing in this corpus"}]
        ) from error
    except TooBroad as error:
        raise Problem("too-broad", "The answer takes longer than 3 seconds: add a condition.") from error


class CorpusQuestions(InCorpus):
    queryset = SavedQuestion.objects.all()
    serializer_class = SavedQuestionRow
    orders = {"name": ("name", "id"), "-changed": ("-changed", "id")}

    def list(self, request: Request, slug: str) -> Response:
        """Your saved questions and those that are shared with the corpus, each with what is new since you looked."""
        return self.listed(readable(request.user).filter(corpus=self.corpus))

    @extend_schema(request=NewSavedQuestion, responses={201: SavedQuestionRow, 422: ProblemSerializer})
    def create(self, request: Request, slug: str) -> Response:
        """Save a question under a name. It is stored in its one form, and refused if it can't be asked.

        422: you have another question of this name in the corpus, or the id belongs to another question.
        """
        corpus = self.corpus
        body = NewSavedQuestion(data=request.data)
        body.is_valid(raise_exception=True)
        with refusals():
            row = store.create(corpus, request.user, body.validated_data)
        return Response(SavedQuestionRow(readable(request.user).get(pk=row.pk)).data, status=201)


class OfQuestion(Resource):
    """A resource under /questions/{id}/."""

    queryset = SavedQuestion.objects.all()
    serializer_class: type[serializers.BaseSerializer[Any]] = SavedQuestionRow

    @cached_property
    def saved(self) -> SavedQuestion:
        saved: SavedQuestion = get_object_or_404(readable(self.request.user), pk=self.kwargs["pk"])
        return saved

    def owned(self) -> SavedQuestion:
        if self.saved.owner_id != self.request.user.pk:
            raise PermissionDenied("Only its owner can change or delete a saved question. Save it under a name of your own.")
        return self.saved


class SavedQuestions(OfQuestion):
    def retrieve(self, request: Request, pk: UUID) -> Response:
        """One saved question, your own or a shared one."""
        return Response(SavedQuestionRow(self.saved).data)

    @extend_schema(request=SavedQuestionChange, responses={200: SavedQuestionRow, 422: ProblemSerializer})
    def partial_update(self, request: Request, pk: UUID) -> Response:
        """Rename, share or change a question of your own. What people have seen of it stays."""
        saved = self.owned()
        body = SavedQuestionChange(data=request.data)
        body.is_valid(raise_exception=True)
        with refusals():
            store.change(saved, request.user, body.validated_data)
        return Response(SavedQuestionRow(readable(request.user).get(pk=saved.pk)).data)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: UUID) -> Response:
        """Delete a question of your own, for everybody with whom it is shared. No annotation changes."""
        saved = self.owned()
        refuse_body(request)
        saved.delete()
        return Response(status=204)


class QuestionNews(OfQuestion):
    serializer_class = NewsShape

    @extend_schema(responses={200: NewsShape, 422: ProblemSerializer})
    def retrieve(self, request: Request, pk: UUID) -> Response:
        """Rows that are new, changed or gone since you looked. Reading changes nothing: `look/` does."""
        with outdated():
            news = news_of(self.saved, request.user)
        return Response(NewsShape(presented_news(news, request.user)).data)

    @extend_schema(request=SeenAnswerShape, responses={200: SeenStateRow, 409: ProblemSerializer, 422: ProblemSerializer})
    def look(self, request: Request, pk: UUID) -> Response:
        """Store the present rows as seen by you. 409: the answer is no longer the one whose `seal` was sent."""
        saved = self.saved
        body = SeenAnswerShape(data=request.data)
        body.is_valid(raise_exception=True)
        try:
            with outdated():
                state = look(saved, request.user, body.validated_data.get("seal", ""))
        except AnswerMoved as error:
            raise Problem("conflict", str(error)) from error
        return Response(SeenStateRow(state).data)


def presented_news(news: News, user: Any) -> dict[str, Any]:
    ledger, rows = news.answer.ledger, news.answer.rows
    changed, gone = news.changed or {}, news.gone or []
    left = remains(gone, user)
    states = dict.fromkeys(news.new or [], "new") | dict.fromkeys(changed, "changed")
    shape = ROW_SHAPES[ledger]()
    present = [
        {
            "key": key,
            "state": states[key],
            "aspects": changed.get(key, []),
            "row": shape.to_representation(row),
            "remains": [],
        }
        for key, row in rows.items()
        if key in states
    ]
    past = [{"key": key, "state": "gone", "aspects": [], "row": None, "remains": left[key]} for key in gone]
    return {
        "seen_at": news.at,
        "rows": len(rows),
        "whole": news.answer.is_whole,
        **news.counts,
        "behind": news.answer.behind,
        "seal": news.answer.seal,
        "results": [*present, *past],
    }


class QuestionRows(Asking):
    """The answer to a saved question, as its ledger gives it."""

    @cached_property
    def saved(self) -> SavedQuestion:
        saved: SavedQuestion = get_object_or_404(readable(self.request.user), pk=self.kwargs["pk"])
        return saved

    @cached_property
    def corpus(self) -> Corpus:
        return self.saved.corpus

    def allowed_parameters(self) -> set[str]:
        return of_pages(self.saved.ledger)

    def question(self, request: Request) -> Question:
        return store.question_of(self.saved.ledger, self.saved.query)

    def page(self, request: Request) -> dict[str, Any]:
        with outdated():
            return super().page(request)

    def address(self, question: Question, **more: Any) -> str:
        """The question is in the path."""
        query = "&".join(f"{name}={value}" for name, value in more.items())
        return str(self.request.build_absolute_uri(f"{self.request.path}{'?' if query else ''}{query}"))

    @extend_schema(parameters=[*PAGING_PARAMETERS, FIELDS_PARAMETER], responses={200: ANY_LEDGER, 422: ProblemSerializer})
    def retrieve(self, request: Request, pk: UUID) -> Response:
        """The rows of a saved question that you may see: the same answer as that of its ledger."""
        self.ledger = self.saved.ledger
        return self.answer(request)
