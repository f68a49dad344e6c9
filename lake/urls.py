"""Addresses of the pages of lakes."""

from django.urls import path

from lake.views import pages

app_name = "lake"

urlpatterns = [
    path("lakes/", pages.lakes, name="lakes"),
    path("lakes/<slug:slug>/", pages.lake, name="lake"),
    path("promotions/<uuid:pk>/", pages.promotion, name="promotion"),
    path("promotions/<uuid:pk>/cancel/", pages.cancel, name="cancel_promotion"),
]
