"""Addresses under /api/v1/ that this app answers."""

from django.urls import path

from registry.api import views

urlpatterns = [
    path("entities/", views.Entities.as_view({"get": "list"}), name="entity-list"),
    path("measures/", views.Measures.as_view({"get": "list"}), name="measure-list"),
]
