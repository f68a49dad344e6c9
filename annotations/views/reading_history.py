"""The history of a whole reading: its changes, newest first, and the objects that were deleted from it."""

from __future__ import annotations

import re
import uuid
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from annotations.models import Assignment, Change, LoggedChange
from annotations.views.history import words_of

AT_ONCE = 50  # changes
BEFORE = re.compile(r"([0-9]{1,9})\.([0-9]{1,9})")


@require_safe
def reading_history(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """From each change the history of its object, where an earlier state is restored. `before`: revision.position; `only`: deleted."""
    if Assignment.readable(request.user, pk) is None:
        raise Http404
    assignment = Assignment.whole(pk)
    only_deleted = request.GET.get("only") == "deleted"
    rows = deleted(assignment) if only_deleted else LoggedChange.objects.filter(assignment=assignment)
    before = BEFORE.fullmatch(request.GET.get("before", ""))
    if before:
        rows = rows.filter(earlier(int(before[1]), int(before[2])))
    changes = list(rows.select_related("user").order_by("-revision", "-position")[: AT_ONCE + 1])
    last = changes[AT_ONCE - 1] if len(changes) > AT_ONCE else None
    shown = {
        "corpus": assignment.document.article.corpus,
        "assignment": assignment,
        "changes": [(change, words_of(change)) for change in changes[:AT_ONCE]],
        "only_deleted": only_deleted,
        "earlier": f"{last.revision}.{last.position}" if last else "",
        "is_first": not before,
    }
    return render(request, "annotations/reading_history.html", shown)


def deleted(assignment: Assignment) -> Any:
    """The change that deleted each object which nothing has brought back since."""
    since = Change.objects.filter(assignment=assignment, object_id=OuterRef("object_id")).filter(
        Q(revision__gt=OuterRef("revision")) | Q(revision=OuterRef("revision"), position__gt=OuterRef("position"))
    )
    return Change.objects.filter(assignment=assignment, op=Change.Op.DELETE).exclude(Exists(since))


def earlier(revision: int, position: int) -> Q:
    return Q(revision__lt=revision) | Q(revision=revision, position__lt=position)
