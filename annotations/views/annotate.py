"""The page of the annotator, and the scheme that its script reads."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from annotations.assign import gold_beside
from annotations.blocks import chunks
from annotations.models import Assignment, Scheme
from annotations.scheme import compiled, measures_data


@require_safe
def annotate(request: HttpRequest, pk: str) -> HttpResponse:
    """The text with everything the script needs; the marks come by the API."""
    rows = Assignment.objects.for_user(request.user).select_related("document__article__corpus", "scheme", "annotator")
    assignment = get_object_or_404(rows, pk=pk)
    is_open = assignment.status == Assignment.Status.OPEN
    mine = Assignment.objects.writable_by(request.user).filter(pk=assignment.pk).exists()
    shown = {
        "assignment": assignment,
        "document": assignment.document,
        "article": assignment.document.article,
        "corpus": assignment.document.article.corpus,
        "chunks": chunks(assignment.document),
        "editable": mine and is_open,
        "mine": mine,
        "comparable": assignment.document.article.practice and gold_beside(assignment, request.user) is not None,
        "api_url": f"/api/v1/assignments/{assignment.pk}/",
        "scheme_url": scheme_address(assignment.scheme),
    }
    answer = render(request, "annotations/annotate.html", shown)
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_safe
def scheme(request: HttpRequest, code: str, version: str) -> HttpResponse:
    """The whole scheme with the register of measures. Asked for by its digest it never changes."""
    found = get_object_or_404(Scheme, code=code, version=version)
    body = scheme_body(found)
    tag = digest(body)
    answer = HttpResponse(body, content_type="application/json")
    if request.headers.get("If-None-Match", "").strip('W/"') == tag:
        answer = HttpResponseNotModified()
    lasting = request.GET.get("v") == tag
    answer["Cache-Control"] = f"private, {'max-age=31536000, immutable' if lasting else 'no-cache'}"
    answer["ETag"] = f'"{tag}"'
    return answer


def scheme_address(found: Scheme) -> str:
    """With the digest of its content, so that a browser keeps it until it changes."""
    address = reverse("annotations:scheme", args=[found.code, found.version])
    return f"{address}?v={digest(scheme_body(found))}"


def scheme_body(found: Scheme) -> bytes:
    whole: dict[str, Any] = compiled(found).data | {"measures": measures_data()}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()


def digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()[:16]
