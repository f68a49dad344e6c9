"""Addresses of pages of the account and of articles on their way in."""

from django.urls import path

from corpus import views

app_name = "corpus"

urlpatterns = [
    path("tokens/", views.tokens, name="tokens"),
    path("tokens/<int:pk>/revoke/", views.revoke_token, name="revoke_token"),
    path("corpora/<slug:slug>/add/", views.add_article, name="add_article"),
    path("corpora/<slug:slug>/bring-in/", views.bring_in, name="bring_in"),
    path("corpora/<slug:slug>/intakes/", views.intakes, name="intakes"),
    path("intakes/<int:pk>/", views.intake, name="intake"),
    path("intakes/<int:pk>/retry/", views.retry_intake, name="retry_intake"),
    path("articles/<uuid:pk>/original/", views.original, name="original"),
    path("documents/<uuid:pk>/raw/", views.raw, name="raw"),
]
