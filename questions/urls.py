"""Addresses of the pages that ask the corpus."""

from django.urls import path

from questions.views import ask, linked, saved, search, sums

app_name = "questions"

urlpatterns = [
    path("corpora/<slug:slug>/search/", search.search, name="search"),
    path("corpora/<slug:slug>/ask/", ask.questions, name="questions"),
    path("corpora/<slug:slug>/ask/<slug:ledger>/", ask.ledger, name="ledger"),
    path("corpora/<slug:slug>/ask/<slug:ledger>/plot.svg", ask.plot, name="plot"),
    path("corpora/<slug:slug>/ask/<slug:ledger>/next/", ask.read_next_page, name="next"),
    path("corpora/<slug:slug>/ask/<slug:ledger>/lines/", linked.lines, name="lines"),
    path("corpora/<slug:slug>/ask/events/sum/", sums.event_sum, name="sum"),
    path("corpora/<slug:slug>/ask/<slug:ledger>/save/", saved.save, name="save"),
    path("questions/<uuid:pk>/", saved.saved_question, name="saved"),
    path("questions/<uuid:pk>/look/", saved.look_at, name="look"),
    path("questions/<uuid:pk>/change/", saved.change, name="change_saved"),
    path("questions/<uuid:pk>/delete/", saved.delete, name="delete_saved"),
    path("corpora/<slug:slug>/pairs/", linked.pairs, name="pairs"),
    path("linked-events/<uuid:pk>/", linked.linked, name="linked"),
    path("linked-events/<uuid:pk>/judge/", linked.judging, name="judge"),
    path("judgements/<uuid:pk>/undo/", linked.undoing, name="undo_judgement"),
]
