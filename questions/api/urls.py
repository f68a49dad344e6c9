"""Addresses under /api/v1/ that this app answers."""

from django.urls import path

from questions.api import ask, coreference, sums
from questions.api.files.download import AnswerFile

GET = {"get": "retrieve"}

urlpatterns = [
    *(path(f"corpora/<slug:slug>/ask/{ledger}/", view.as_view(GET), name=f"ask-{ledger}") for ledger, view in ask.ASKING.items()),
    path("corpora/<slug:slug>/ask/<slug:ledger>/file/", AnswerFile.as_view({"get": "download"}), name="ask-file"),
    path("corpora/<slug:slug>/ask/events/sum/", sums.AskSum.as_view(GET), name="ask-sum"),
    path("corpora/<slug:slug>/judgements/", coreference.Judgements.as_view({"get": "list"}), name="corpus-judgements"),
    path("corpora/<slug:slug>/pairs/", coreference.Pairs.as_view(GET), name="corpus-pairs"),
    path("events/<uuid:pk>/join/", coreference.Judging.as_view({"post": "create"}), name="event-join"),
    path("judgements/<uuid:pk>/undo/", coreference.Judging.as_view({"post": "undo"}), name="judgement-undo"),
    path("linked-events/<uuid:pk>/", coreference.LinkedEvents.as_view(GET), name="linked-events"),
]
