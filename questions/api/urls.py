"""Addresses under /api/v1/ that this app answers."""

from typing import Any

from django.urls import path

from questions.api import ask, coreference, event_pairs, measure_counts, paragraph_events, read_next, saved, sums
from questions.api.files.download import AnswerFile

GET: dict[str, Any] = {"get": "retrieve"}

urlpatterns = [
    *(path(f"corpora/<slug:slug>/ask/{ledger}/", view.as_view(GET), name=f"ask-{ledger}") for ledger, view in ask.ASKING.items()),
    path("corpora/<slug:slug>/ask/<slug:ledger>/file/", AnswerFile.as_view({"get": "download"}), name="ask-file"),
    path("corpora/<slug:slug>/ask/<slug:ledger>/next/", read_next.NextArticles.as_view(GET), name="ask-next"),
    path("corpora/<slug:slug>/ask/events/sum/", sums.AskSum.as_view(GET), name="ask-sum"),
    path("measures/<str:code>/counts/", measure_counts.CountsOfMeasure.as_view(GET), name="measure-counts"),
    path(
        "measures/<str:code>/paragraphs/<path:paragraph>/events/",
        paragraph_events.ParagraphEventList.as_view(GET),
        name="paragraph-events",
    ),
    path("corpora/<slug:slug>/judgements/", coreference.Judgements.as_view({"get": "list"}), name="corpus-judgements"),
    path("corpora/<slug:slug>/pairs/", coreference.Pairs.as_view(GET), name="corpus-pairs"),
    path(
        "corpora/<slug:slug>/questions/",
        saved.CorpusQuestions.as_view({"get": "list", "post": "create"}),
        name="corpus-questions",
    ),
    path(
        "questions/<uuid:pk>/",
        saved.SavedQuestions.as_view(GET | {"patch": "partial_update", "delete": "destroy"}),
        name="question",
    ),
    path("questions/<uuid:pk>/rows/", saved.QuestionRows.as_view(GET), name="question-rows"),
    path("questions/<uuid:pk>/news/", saved.QuestionNews.as_view(GET), name="question-news"),
    path("questions/<uuid:pk>/look/", saved.QuestionNews.as_view({"post": "look"}), name="question-look"),
    path("events/<uuid:pk>/join/", coreference.Judging.as_view({"post": "create"}), name="event-join"),
    path("judgements/<uuid:pk>/undo/", coreference.Judging.as_view({"post": "undo"}), name="judgement-undo"),
    path("linked-events/<uuid:pk>/pairs/", event_pairs.PairsOfEvent.as_view(GET), name="linked-event-pairs"),
    path("linked-events/<uuid:pk>/", coreference.LinkedEvents.as_view(GET), name="linked-events"),
]
