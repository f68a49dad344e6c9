"""Everything under /api/v1/. What no app answers is a problem as JSON, not a page."""

from typing import Any

from django.urls import include, path, re_path
from rest_framework.exceptions import NotFound
from rest_framework.request import Request

from corpus.api.reference import Schema, reference
from corpus.api.resource import Resource
from corpus.models import Corpus

app_name = "api"


class NothingHere(Resource):
    queryset = Corpus.objects.none()
    schema = None

    def answer(self, request: Request, **_: Any) -> None:
        raise NotFound


METHODS = ("get", "post", "put", "patch", "delete")

urlpatterns = [
    path("schema/", Schema.as_view({"get": "retrieve"}), name="schema"),
    path("docs/", reference, name="reference"),
    path("", include("corpus.api.urls")),
    path("", include("registry.api.urls")),
    path("", include("annotations.api.urls")),
    path("", include("questions.api.urls")),
    re_path(r"^[\s\S]*\Z", NothingHere.as_view(dict.fromkeys(METHODS, "answer")), name="nothing"),
]
