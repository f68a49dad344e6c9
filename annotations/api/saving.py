"""A program saves: the shortest way from the request to the one write and back.

What comes with a token needs no session, no check against forged forms, no messages, no page of our own and no choice among renderers,
which together take longer than the save. Only a request that is plain in every respect goes this way. Whoever is not let in goes the
long way, which says why; what is wrong with the batch is said here, in the same words and with the same headers.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeGuard, cast
from uuid import UUID

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.middleware.clickjacking import XFrameOptionsMiddleware
from django.middleware.csp import ContentSecurityPolicyMiddleware
from django.middleware.security import SecurityMiddleware
from rest_framework.exceptions import AuthenticationFailed, Throttled
from rest_framework.renderers import JSONRenderer

from annotations.api.assignments import save
from annotations.api.problems import problem_for
from annotations.write.errors import Refusal
from corpus.accounts.signed_in import SignedIn
from corpus.api.authentication import BearerToken
from corpus.api.parsers import StrictJSONParser
from corpus.api.problems import problem_response
from corpus.api.request import Request
from corpus.api.throttles import OfPeople
from corpus.models import Token

Handler = Callable[[HttpRequest], HttpResponse]

JSON = "application/json"
PATH = re.compile(r"/api/v1/assignments/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/changes/")
ACCEPTED = {"*/*", JSON}
# Of the answers to this address, whatever they are.
HEADERS = {"Allow": "GET, POST, HEAD, OPTIONS", "Vary": "Authorization, Cookie"}
FOR_BROWSERS = (SecurityMiddleware, ContentSecurityPolicyMiddleware, XFrameOptionsMiddleware)


class Saving:
    """Middleware, the outermost one."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        self.headers: dict[str, str] = {}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if is_plain(request) and (address := PATH.fullmatch(request.path_info)) and let_in(request):
            return self.finished(request, answer(request, UUID(address[1])))
        return self.get_response(request)

    def finished(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        self.headers = self.headers or HEADERS | set_by(FOR_BROWSERS, request)
        kept = "private, no-cache" if response.status_code < 300 else "private, no-store"
        for name, value in (self.headers | {"Cache-Control": kept, "Content-Length": str(len(response.content))}).items():
            response[name] = value
        return response


def set_by(middleware: Any, request: HttpRequest) -> dict[str, str]:
    """The headers that these set, always the same ones."""
    response = HttpResponse()
    for each in middleware:
        each(HttpResponse).process_response(request, response)
    return {name: value for name, value in response.items() if name != "Content-Type"}


def is_plain(request: HttpRequest) -> bool:
    """A body of JSON from a program, for an answer in JSON, of which nothing else is asked."""
    meta = request.META
    return bool(
        request.method == "POST"
        and "HTTP_AUTHORIZATION" in meta
        and not meta.get("HTTP_COOKIE")
        and not meta.get("QUERY_STRING")
        and meta.get("CONTENT_TYPE") == JSON
        and meta.get("HTTP_ACCEPT", JSON) in ACCEPTED
        and meta.get("CONTENT_LENGTH", "") not in ("", "0")  # "0" also where config.front refused the body
        and (request.is_secure() or not settings.SECURE_SSL_REDIRECT)
    )


def let_in(request: HttpRequest) -> TypeGuard[SignedIn]:
    """Whether its token lives and may write; then `request.user` is its owner."""
    try:
        request.get_host()
        known = BearerToken().authenticate(cast("Request", request))  # it looks at the header alone
    except (DisallowedHost, AuthenticationFailed, OperationalError):
        return False
    if known is None or Token.Scope.ANNOTATE not in known[1].scopes:
        return False
    request.user = known[0]
    return True


def answer(request: SignedIn, pk: UUID) -> HttpResponse:
    try:
        check_rate(request)
        body = save(request.user, pk, lambda: StrictJSONParser().parse(request))
        return HttpResponse(JSONRenderer().render(body, JSON), content_type=JSON)
    except Exception as error:  # noqa: BLE001 - problem_response logs what nobody foresaw
        problem = problem_response(problem_for(error) if isinstance(error, Refusal) else error, {})
        content = JSONRenderer().render(problem.data, JSON)
        response = HttpResponse(content, status=problem.status_code, content_type=problem.content_type)
        if "Retry-After" in problem:
            response["Retry-After"] = problem["Retry-After"]
        return response


def check_rate(request: HttpRequest) -> None:
    """Raises Throttled."""
    limit = OfPeople()
    if not limit.allow_request(request, None):
        raise Throttled(limit.wait())
