"""Addresses of the pages of lakes."""

from django.urls import path

from lake.views import listed, pages, state, texts

app_name = "lake"

urlpatterns = [
    path("lakes/", pages.lakes, name="lakes"),
    path("lakes/<slug:slug>/", pages.lake, name="lake"),
    path("lakes/<slug:slug>/listed/", listed.names, name="listed"),
    path("lakes/<slug:slug>/state/", state.state, name="state"),
    path("lakes/<slug:slug>/pages/<str:page>/", texts.text, name="page"),
    path("promotions/<uuid:pk>/", pages.promotion, name="promotion"),
    path("promotions/<uuid:pk>/cancel/", pages.cancel, name="cancel_promotion"),
]
