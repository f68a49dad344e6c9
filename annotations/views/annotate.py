"""The page of the annotator, and the scheme that its script reads."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseNotModified, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from annotations.approval.verdicts import is_approvable, last_verdict
from annotations.assign import gold_beside, is_reopenable
from annotations.discussion.threads import threads_by_mark
from annotations.documents import build
from annotations.guidelines.rulings import beside_labels
from annotations.models import Assignment, Scheme
from annotations.queries.progress import next_for, next_open, submitted_today, takes_from_plan
from annotations.scheme.colours import has_own
from annotations.schemes.measures_data import measures_data
from annotations.schemes.stored import compiled
from annotations.templatetags.attest_text import SEAM, data_block
from annotations.text.page_blocks import chunks
from annotations.views.deletions import says_where_deleted
from annotations.views.places import is_returnable
from annotations.views.scheme_label import colours_address
from corpus.accounts.signed_in import SignedIn
from corpus.models.document import parts_of, text_of
from registry.screening.scopes import versions_for


@require_safe
@says_where_deleted
def annotate(request: SignedIn, pk: uuid.UUID) -> StreamingHttpResponse:
    """The text, the marks as they stand, and everything else that the script needs to begin."""
    if Assignment.readable(request.user, pk) is None:
        raise Http404
    assignment = Assignment.whole(pk)
    mine = Assignment.writable(request.user, pk) is not None
    article = assignment.document.article
    shown = {
        "assignment": assignment,
        "document": assignment.document,
        "article": article,
        "corpus": article.corpus,
        "chunks": chunks(text_of(assignment.document_id), parts_of(assignment.document_id)["segments"]),
        "seam": SEAM,
        "editable": mine and assignment.status == Assignment.Status.OPEN,
        "mine": mine,
        "returnable": is_returnable(assignment, request.user) and article.corpus.allows(request.user, "reviewer"),
        "approvable": is_approvable(assignment, request.user) and article.corpus.allows(request.user, "reviewer"),
        "verdict": last_verdict(assignment) if was_submitted(assignment) else None,
        "result": assignment.results.order_by("-at", "-pk").first() if was_submitted(assignment) else None,
        "closed": mine and not is_reopenable(assignment),
        "comparable": article.practice and gold_beside(assignment, request.user) is not None,
        "api_url": f"/api/v1/assignments/{assignment.pk}/",
        "scheme_url": scheme_address(assignment.scheme),
        "colours_url": colours_address(assignment.scheme),
        "guidelines": beside_labels(article.corpus, request.user),
        "threads": threads_by_mark(assignment, request.user),
        "discusses": article.corpus.allows(request.user, "annotator"),
        "has_lists": versions_for(article.corpus, request.user).exists(),
    }
    if mine and not shown["editable"]:
        following = next_open(request.user)
        # Whoever has just submitted goes on with Enter.
        takes = not following and takes_from_plan(request.user)
        beginning = following or (None if takes else next_for(request.user))
        shown |= {"following": following, "takes": takes, "beginning": beginning, "just": "submitted" in request.GET}
        shown["today"] = submitted_today(request.user) if shown["just"] else 0
    before, after = render_to_string("annotations/annotate.html", shown, request).split(SEAM)
    return StreamingHttpResponse(pieces(before, assignment, after), headers={"Cache-Control": "private, no-store"})


def was_submitted(assignment: Assignment) -> bool:
    """Whether it is submitted, or was. Nobody has judged the others, and nothing is asked about them."""
    # Of a text that is not the first of its article, neither may have been set.
    first = assignment.document.version == 1
    is_open = assignment.status == Assignment.Status.OPEN
    return not (is_open and first and assignment.independent is None and assignment.released is None)


def pieces(before: str, assignment: Assignment, after: str) -> Iterator[str]:
    """The page in two pieces: the text can be read, and is laid out, while the database writes the marks."""
    yield before
    yield data_block(build.page_data(assignment)) + after


@require_safe
def scheme(request: SignedIn, code: str, version: str) -> HttpResponse:
    """The whole scheme with the register of measures. Asked for by its digest it never changes."""
    stored = get_object_or_404(Scheme.objects.for_user(request.user), code=code, version=version)
    body = scheme_body(stored)
    tag = digest(body)
    answer = HttpResponse(body, content_type="application/json")
    if request.headers.get("If-None-Match", "").strip('W/"') == tag:
        answer = HttpResponseNotModified()
    lasting = request.GET.get("v") == tag
    answer["Cache-Control"] = f"private, {'max-age=31536000, immutable' if lasting else 'no-cache'}"
    answer["ETag"] = f'"{tag}"'
    return answer


def scheme_address(stored: Scheme) -> str:
    """With the digest of its content, so that a browser keeps it until it changes."""
    address = reverse("annotations:scheme", args=[stored.code, stored.version])
    return f"{address}?v={digest(scheme_body(stored))}"


def scheme_body(stored: Scheme) -> bytes:
    """What the page needs: the server reads events, with tables that are half of the scheme, and answers questions across articles."""
    whole: dict[str, Any] = compiled(stored).data | {"measures": measures_data()}
    for name in ("factuality", "acts", "questions"):
        whole.pop(name, None)
    retired = {label["code"] for layer in whole["layers"] for label in layer["labels"] if label.get("retired")}
    if retired:
        whole["label_words"] = {code: row for code, row in whole.get("label_words", {}).items() if code not in retired}
    whole["layers"] = [layer | {"labels": [shaded(label) for label in layer["labels"]]} for layer in whole["layers"]]
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()


def shaded(label: dict[str, Any]) -> dict[str, Any]:
    """With its own shade, where it has a colour of its own: the others have one by their position. Nothing offers what is retired."""
    unoffered: dict[str, Any] = {"trigger_examples": []} if label.get("retired") else {}
    return label | ({"step": label["code"]} if has_own(label) else {}) | unoffered


def digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()[:16]
