"""Addresses under /api/v1/ that this app answers."""

from django.urls import path

from registry.api import lists, views

urlpatterns = [
    path("entities/", views.Entities.as_view({"get": "list"}), name="entity-list"),
    path("base-entities/", views.BaseEntities.as_view({"get": "list"}), name="base-entity-list"),
    path("measures/", views.Measures.as_view({"get": "list"}), name="measure-list"),
    path("lists/", lists.Lists.as_view({"get": "list"}), name="list-list"),
    path("lists/<str:code>/", lists.Lists.as_view({"get": "retrieve"}), name="list-detail"),
    path("lists/<str:code>/look/", lists.Lists.as_view({"post": "look"}), name="list-look"),
    path("lists/<str:code>/versions/", lists.ListVersions.as_view({"get": "list", "post": "create"}), name="list-versions"),
    path("lists/<str:code>/versions/<int:number>/", lists.ListVersions.as_view({"get": "retrieve"}), name="list-version-detail"),
    path("lists/<str:code>/versions/<int:number>/changes/", lists.ListChanges.as_view({"get": "list"}), name="list-changes"),
    path("lists/<str:code>/versions/<int:number>/confirm/", lists.ListVersions.as_view({"post": "confirm"}), name="list-confirm"),
    path("lists/<str:code>/versions/<int:number>/refuse/", lists.ListVersions.as_view({"post": "refuse"}), name="list-refuse"),
    path("lists/<str:code>/entries/", lists.ListEntries.as_view({"get": "list"}), name="list-entries"),
    path("lists/<str:code>/entries/<path:ref>/", lists.ListEntries.as_view({"get": "retrieve"}), name="list-entry"),
]
