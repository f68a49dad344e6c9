"""Addresses under /api/v1/ that this app answers."""

from django.urls import path

from corpus.api import views

LISTING, ONE = {"get": "list"}, {"get": "retrieve"}

urlpatterns = [
    path("corpora/", views.Corpora.as_view(LISTING), name="corpus-list"),
    path("corpora/<slug:slug>/", views.Corpora.as_view(ONE), name="corpus-detail"),
    path(
        "corpora/<slug:slug>/articles/",
        views.Articles.as_view(LISTING | {"post": "create"}),
        name="article-list",
    ),
    path("corpora/<slug:slug>/intakes/", views.Intakes.as_view(LISTING), name="intake-list"),
    path(
        "corpora/<slug:slug>/intakes/<int:pk>/items/",
        views.IntakeItems.as_view(LISTING),
        name="intake-item-list",
    ),
    path("articles/<uuid:pk>/", views.ArticleDetail.as_view(ONE), name="article-detail"),
    path("documents/<uuid:pk>/", views.Documents.as_view(ONE), name="document-detail"),
    path("me/", views.WhoAmI.as_view(ONE), name="me"),
]
