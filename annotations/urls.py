"""Addresses of the pages of the work, and of what marks point at."""

from django.urls import path

from annotations.views import annotate, articles, queue, register

app_name = "annotations"

urlpatterns = [
    path("", articles.corpora, name="corpora"),
    path("corpora/<slug:slug>/", articles.articles, name="articles"),
    path("articles/<uuid:pk>/", articles.article, name="article"),
    path("articles/<uuid:pk>/annotate/", articles.begin, name="begin"),
    path("annotate/<uuid:pk>/", annotate.annotate, name="annotate"),
    path("schemes/<slug:code>/<str:version>.json", annotate.scheme, name="scheme"),
    path("queue/", queue.queue, name="queue"),
    path("entities/<uuid:pk>/", register.entity, name="entity"),
    path("measures/<str:code>/", register.measure, name="measure"),
]
