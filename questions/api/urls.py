"""Addresses under /api/v1/ that this app answers."""

from django.urls import path

from questions.api import ask

GET = {"get": "retrieve"}

urlpatterns = [
    path("corpora/<slug:slug>/ask/events/", ask.AskEvents.as_view(GET), name="ask-events"),
    path("corpora/<slug:slug>/ask/figures/", ask.AskFigures.as_view(GET), name="ask-figures"),
]
