"""Middleware that answers a request whose body was refused: with a page, or with a problem of the API."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from config.front.application import REFUSED
from corpus.api.problems import MEDIA_TYPE, RETRY_SOON, Problem

Handler = Callable[[HttpRequest], HttpResponse]


class RefusedBodies:
    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        refused = request.META.get(REFUSED)
        if refused is None:
            return self.get_response(request)
        problem = Problem(refused.code, refused.detail)
        if request.path_info.startswith("/api/"):
            response: HttpResponse = JsonResponse(problem.body(), status=problem.status_code, content_type=MEDIA_TYPE)
        else:
            response = render(request, "refused.html", {"problem": problem}, status=problem.status_code)
        response["Cache-Control"] = "no-store"
        if problem.status_code == 503:
            response["Retry-After"] = str(RETRY_SOON)
        return response
