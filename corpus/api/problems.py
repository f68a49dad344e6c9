"""Every error of the API as application/problem+json (RFC 9457): a code for programs, a reason for people."""

from __future__ import annotations

import logging
import math
import uuid
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation, ValidationError
from django.db import DataError, IntegrityError, OperationalError
from django.http import Http404
from rest_framework import exceptions, serializers
from rest_framework.response import Response
from rest_framework.views import set_rollback

from corpus.api.shape import Shape
from corpus.db.full_disk import RETRY_SECONDS, is_full_disk, log_full_disk

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
REFERENCE = "/api/v1/docs/"

# code → (status, title). The reference page shows this table; `type` of a problem points into it.
CODES: dict[str, tuple[int, str]] = {
    "malformed": (400, "The request is malformed."),
    "unauthenticated": (401, "Authentication required."),
    "forbidden": (403, "You don't have permission for this."),
    "not-qualified": (403, "The running plans are for other people, or tests are to be passed first."),
    "not-found": (404, "Not found."),
    "method": (405, "Method not allowed."),
    "not-acceptable": (406, "None of the accepted media types is available."),
    "too-slow": (408, "The request body did not arrive in time."),
    "being-adjudicated": (409, "The reading is closed: a gold is being made of it."),
    "cannot-adjudicate": (409, "The readings cannot be adjudicated."),
    "cannot-carry": (409, "The annotations cannot be carried."),
    "cannot-undo": (409, "Somebody has worked on it since."),
    "conflict": (409, "Someone else has changed this in the meantime."),
    "contradiction": (409, "This contradicts what was judged before."),
    "overlap": (409, "The rows may count the same."),
    "released": (409, "The reading is closed: its annotator may see the gold."),
    "nothing-left": (409, "There is no article to take."),
    "paused": (409, "You are offered no articles."),
    "no-place": (409, "All places of this text are taken."),
    "stale": (412, "The assignment has changed since that revision."),
    "too-large": (413, "The request body is too large."),
    "media-type": (415, "The request body must be application/json."),
    "invalid": (422, "The request is invalid."),
    "in-use": (422, "The object is still in use."),
    "id-reused": (422, "The change id was already used for another change."),
    "submitted": (422, "The assignment is submitted: reopen it first."),
    "undecided": (422, "Differences of the adjudication are undecided."),
    "without-place": (422, "The assignment was skipped or has lapsed: take it up again first."),
    "base-missing": (428, "The base revision is missing."),
    "too-many": (429, "Too many requests."),
    "failed": (500, "Internal server error."),
    "busy": (503, "The database is busy or unavailable: try again."),
    "too-broad": (503, "The question is too broad."),
    "too-long": (503, "The answer would take too long."),
    "full": (507, "The server's disk is full: nothing can be saved."),
}
RETRY_SOON = 1  # seconds


class Problem(exceptions.APIException):
    """An answer by its code; further fields go into the body as they are."""

    detail: Any

    def __init__(self, code: str, detail: str, *, retry: int | None = None, **fields: Any) -> None:
        self.code, self.detail, self.fields, self.wait = code, detail, fields, retry
        self.status_code, self.title = CODES[code]

    def __str__(self) -> str:
        return f"{self.code}: {self.detail}"

    def body(self) -> dict[str, Any]:
        return {
            "type": f"{REFERENCE}#{self.code}",
            "title": self.title,
            "status": self.status_code,
            "code": self.code,
            "detail": self.detail,
            **self.fields,
        }


class ProblemSerializer(Shape):
    """An error: `code` for programs, `title` and `detail` for people."""

    type = serializers.CharField(help_text="URL of the documentation of this code.")
    title = serializers.CharField()
    status = serializers.IntegerField()
    code = serializers.ChoiceField(choices=list(CODES))
    detail = serializers.CharField(allow_blank=True)
    errors = serializers.ListField(
        child=serializers.DictField(),
        required=False,
        help_text="One entry per error, with the field or object that it concerns.",
    )

    class Meta:
        ref_name = "Problem"


def problem_response(error: Exception, context: dict[str, Any]) -> Response:
    """The answer to an exception of a view. What nobody foresaw is logged under the id that it tells."""
    problem = problem_of(error)
    set_rollback()
    headers = {}
    if getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = error.auth_header  # type: ignore[attr-defined]
    if problem.wait is not None:
        headers["Retry-After"] = str(problem.wait)
    return Response(problem.body(), status=problem.status_code, headers=headers, content_type=MEDIA_TYPE)


def problem_of(error: Exception) -> Problem:
    for kinds, make in MAKERS:
        if isinstance(error, kinds):
            return make(error)
    return unforeseen(error)


# From what was raised to what is said


def refused_fields(error: Any) -> Problem:
    """A ValidationError of a serializer or filter, field by field."""
    errors = [{"field": field, "detail": detail} for field, detail in flattened("", error.detail)]
    names = ", ".join(dict.fromkeys(entry["field"] for entry in errors if entry["field"]))
    return Problem("malformed", f"Invalid: {names}." if names else errors[0]["detail"], errors=errors)


def flattened(path: str, detail: Any) -> list[tuple[str, str]]:
    if isinstance(detail, dict):
        pairs = [(f"{path}.{key}".strip("."), entry) for key, entry in detail.items()]
    elif isinstance(detail, list):
        pairs = [(path, entry) for entry in detail]
    else:
        return [(path.removesuffix("non_field_errors").strip("."), str(detail))]
    return [problem for key, entry in pairs for problem in flattened(key, entry)]


def nothing_there(error: Exception) -> Problem:
    """The same words for what is not there and what one may not see."""
    return Problem("not-found", "It does not exist, or you don't have access to it.")


def throttled(error: Any) -> Problem:
    seconds = max(1, math.ceil(error.wait or 1))
    limit = getattr(error, "limit", "")
    return Problem("too-many", f"{limit}: try again in {seconds} s." if limit else f"Try again in {seconds} s.", retry=seconds)


def unstorable(error: Exception) -> Problem:
    return Problem("malformed", "A value cannot be stored.")


def too_large(error: Exception) -> Problem:
    return Problem("too-large", f"The limit is {settings.DATA_UPLOAD_MAX_MEMORY_SIZE:,} bytes.")


def busy(error: Exception) -> Problem:
    if is_full_disk(error):
        return full(error)
    log.warning("database: %s", type(error.__cause__ or error).__name__)
    return Problem("busy", f"Try again in {RETRY_SOON} s.", retry=RETRY_SOON)


def full(error: Exception) -> Problem:
    log_full_disk(error)
    detail = (
        f"Nothing was saved; reading still works. Ask the administrator to free disk space, then try again in {RETRY_SECONDS} s."
    )
    return Problem("full", detail, retry=RETRY_SECONDS)


def unforeseen(error: Exception) -> Problem:
    if is_full_disk(error):
        return full(error)
    name = str(uuid.uuid4())
    log.error("failed request %s", name, exc_info=error)
    return Problem("failed", f"The error was logged as {name}.")


def plain(code: str) -> Any:
    return lambda error: Problem(code, str(error) or CODES[code][1])


MAKERS: list[tuple[Any, Callable[[Any], Problem]]] = [
    (Problem, lambda problem: problem),
    ((Http404, exceptions.NotFound), nothing_there),
    ((exceptions.NotAuthenticated, exceptions.AuthenticationFailed), plain("unauthenticated")),
    ((PermissionDenied, exceptions.PermissionDenied), plain("forbidden")),
    (exceptions.Throttled, throttled),
    (exceptions.ValidationError, refused_fields),
    (exceptions.MethodNotAllowed, plain("method")),
    (exceptions.NotAcceptable, plain("not-acceptable")),
    (exceptions.UnsupportedMediaType, plain("media-type")),
    (RequestDataTooBig, too_large),
    (exceptions.ParseError, plain("malformed")),
    (SuspiciousOperation, unstorable),
    ((DataError, IntegrityError, UnicodeError, ValidationError), unstorable),  # Django's: a model field's
    (RecursionError, lambda error: Problem("malformed", "The request body is nested too deeply.")),
    (OperationalError, busy),
]
