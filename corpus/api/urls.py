"""Addresses under /api/v1/ that this app answers."""

from typing import Any

from django.urls import path

from corpus.api import feeds, intakes, members, review, stories, views

LISTING: dict[str, Any] = {"get": "list"}
ONE: dict[str, Any] = {"get": "retrieve"}

urlpatterns = [
    path("corpora/", views.Corpora.as_view(LISTING), name="corpus-list"),
    path("corpora/<slug:slug>/", views.Corpora.as_view(ONE), name="corpus-detail"),
    path(
        "corpora/<slug:slug>/articles/",
        views.Articles.as_view(LISTING | {"post": "create"}),
        name="article-list",
    ),
    path("corpora/<slug:slug>/intakes/", intakes.Intakes.as_view(LISTING | {"post": "create"}), name="intake-list"),
    path("corpora/<slug:slug>/intakes/<int:pk>/", intakes.Intakes.as_view(ONE), name="intake-detail"),
    path("corpora/<slug:slug>/intakes/<int:pk>/items/", intakes.IntakeItems.as_view(LISTING), name="intake-item-list"),
    path("corpora/<slug:slug>/intakes/<int:pk>/files/", intakes.Files.as_view({"post": "create"}), name="intake-file-list"),
    path("corpora/<slug:slug>/intakes/<int:pk>/retry/", intakes.Intakes.as_view({"post": "retry"}), name="intake-retry"),
    path("corpora/<slug:slug>/feeds/", feeds.Feeds.as_view(LISTING | {"post": "create"}), name="feed-list"),
    path(
        "corpora/<slug:slug>/feeds/<int:pk>/",
        feeds.Feeds.as_view({"patch": "partial_update", "delete": "destroy"}),
        name="feed-detail",
    ),
    path("corpora/<slug:slug>/feeds/<int:pk>/look/", feeds.Feeds.as_view({"post": "look"}), name="feed-look"),
    path("corpora/<slug:slug>/members/", members.Members.as_view(LISTING | {"post": "create"}), name="member-list"),
    path(
        "corpora/<slug:slug>/members/<int:pk>/",
        members.Members.as_view({"patch": "partial_update", "delete": "destroy"}),
        name="member-detail",
    ),
    path("articles/<uuid:pk>/", views.ArticleDetail.as_view(ONE), name="article-detail"),
    path("intake-items/<int:pk>/", review.Reviews.as_view(ONE), name="look-detail"),
    path("intake-items/<int:pk>/save/", review.Reviews.as_view({"post": "save"}), name="look-save"),
    path("intake-items/<int:pk>/leave/", review.Reviews.as_view({"post": "leave"}), name="look-leave"),
    path("articles/<uuid:pk>/copy/", stories.Beside.as_view({"post": "copy"}), name="article-copy"),
    path("articles/<uuid:pk>/story/", stories.Beside.as_view({"post": "join", "delete": "leave"}), name="article-story"),
    path("documents/<uuid:pk>/", views.Documents.as_view(ONE), name="document-detail"),
    path("me/", views.WhoAmI.as_view(ONE), name="me"),
]
