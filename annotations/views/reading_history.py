"""The history of a whole reading: its changes, newest first, the objects that were deleted from it, and undoing what was written at once."""

from __future__ import annotations

import re
import uuid
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from annotations.models import Assignment, Change, LoggedChange, Transition
from annotations.views.history import words_of
from annotations.write.errors import Refusal
from annotations.write.inverse import undo
from corpus.accounts.signed_in import SignedIn
from corpus.models import with_password_links

AT_ONCE = 50  # changes
BEFORE = re.compile(r"([0-9]{1,9})\.([0-9]{1,9})")


@require_http_methods(["GET", "HEAD", "POST"])
def reading_history(request: SignedIn, pk: uuid.UUID) -> HttpResponse:
    """From each change the history of its object, where an earlier state is restored. `before`: revision.position; `only`: deleted; `kind`
    and `user` leave the changes of one kind of object, and of one person. A POST undoes all changes of `revision`."""
    if Assignment.readable(request.user, pk) is None:
        raise Http404
    assignment = Assignment.whole(pk)
    is_open = assignment.status == Assignment.Status.OPEN and Assignment.writable(request.user, pk) is not None
    problem = ""
    if request.method == "POST":
        revision = number_in(request.POST.get("revision", ""))
        if revision is None or not is_open:
            raise Http404
        if not (problem := undo_revision(assignment, revision, request.user)):
            messages.success(request, f"Changes of revision {revision} undone.")
            return redirect("annotations:reading_history", pk)
    shown = changes_of(request, assignment) | {"undoes": is_open, "problem": problem}
    return render(request, "annotations/reading_history.html", shown, status=409 if problem else 200)


def changes_of(request: SignedIn, assignment: Assignment) -> dict[str, Any]:
    asked = request.GET
    only_deleted = asked.get("only") == "deleted"
    every = LoggedChange.objects.filter(assignment=assignment)
    rows = deleted(assignment) if only_deleted else every
    users = sorted(set(every.order_by().values_list("user__username", flat=True)))
    filters = [
        ("kind", asked.get("kind", ""), Change.Kind.choices),
        ("user", asked.get("user", ""), [(name, name) for name in users]),
    ]
    chosen = {name: value for name, value, choices in filters if value in dict(choices)}
    paths = {"kind": "kind", "user": "user__username"}
    rows = rows.filter(**{paths[name]: value for name, value in chosen.items()})
    before = BEFORE.fullmatch(asked.get("before", ""))
    if before:
        rows = rows.filter(earlier(int(before[1]), int(before[2])))
    changes = list(with_password_links(rows).select_related("user").order_by("-revision", "-position")[: AT_ONCE + 1])
    last = changes[AT_ONCE - 1] if len(changes) > AT_ONCE else None
    kept = urlencode(chosen | ({"only": "deleted"} if only_deleted else {}))
    return {
        "corpus": assignment.document.article.corpus,
        "assignment": assignment,
        "changes": [(change, words_of(change)) for change in changes[:AT_ONCE]],
        "only_deleted": only_deleted,
        "earlier": f"{last.revision}.{last.position}" if last else "",
        "is_first": not before,
        "steps": [] if before or only_deleted or chosen else steps_of(assignment),
        "filters": filters,
        "chosen": chosen,
        "kept": kept,
    }


def steps_of(assignment: Assignment) -> Any:
    """How it came to its state, newest first."""
    return with_password_links(Transition.objects.filter(assignment=assignment)).select_related("user").order_by("-at", "-id")


def undo_revision(assignment: Assignment, revision: int, user: User) -> str:
    """Why it cannot be undone; empty: it is."""
    changes = LoggedChange.objects.filter(assignment=assignment, revision=revision)
    try:
        undo(assignment, list(changes.values_list("pk", flat=True)), user)
    except Refusal as refusal:
        return str(refusal)
    except Assignment.DoesNotExist:
        return "This reading is not yours."
    return ""


def number_in(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def deleted(assignment: Assignment) -> Any:
    """The change that deleted each object which nothing has brought back since."""
    since = Change.objects.filter(assignment=assignment, object_id=OuterRef("object_id")).filter(
        Q(revision__gt=OuterRef("revision")) | Q(revision=OuterRef("revision"), position__gt=OuterRef("position"))
    )
    return Change.objects.filter(assignment=assignment, op=Change.Op.DELETE).exclude(Exists(since))


def earlier(revision: int, position: int) -> Q:
    return Q(revision__lt=revision) | Q(revision=revision, position__lt=position)
