"""The history of one object of an assignment: each change with what it was before and after, and a way back."""

from __future__ import annotations

import json
import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from annotations.models import Assignment, Change, LoggedChange
from annotations.write.errors import Refusal
from annotations.write.inverse import restore
from corpus.accounts.signed_in import SignedIn
from corpus.models import with_password_links

SHOWN = 200  # newest changes
SHARED = (Change.Kind.ENTITY, Change.Kind.RELATION)  # by the readings of a corpus
# Beside these: what follows from the fragments.
HIDDEN = {"id", "revision", "start", "end", "discontinuous"}


@require_http_methods(["GET", "HEAD", "POST"])
def history(request: SignedIn, pk: uuid.UUID, object_id: uuid.UUID) -> HttpResponse:
    """All changes of the object, newest first; a POST makes it again as it was after `change`."""
    if Assignment.readable(request.user, pk) is None:
        raise Http404
    assignment = Assignment.whole(pk)
    rows = LoggedChange.objects.filter(assignment=assignment, object_id=object_id).order_by("-revision", "-position")
    changes = list(with_password_links(rows).select_related("user")[:SHOWN])
    if not changes:
        raise Http404
    mine = Assignment.writable(request.user, pk) is not None and assignment.status == Assignment.Status.OPEN
    problem = ""
    if request.method == "POST":
        change = get_object_or_404(rows, pk=identifier(request.POST.get("change", "")))
        base = request.POST.get("base", "")
        try:
            restore(assignment, change, request.user, int(base) if base.isascii() and base.isdigit() and len(base) < 10 else None)
        except Refusal as refusal:
            problem = str(refusal)
        except Assignment.DoesNotExist:
            problem = "This reading is not yours."
        else:
            messages.success(request, f"Restored as of revision {change.revision}.")
            return redirect("annotations:history", pk, object_id)
    newest = changes[0]
    shown = {
        "corpus": assignment.document.article.corpus,
        "assignment": assignment,
        "changes": [(change, lines(change)) for change in changes],
        "newest": newest,
        "words": words_of(newest),
        "restorable": mine,
        "shared": newest.kind in SHARED,
        "problem": problem,
    }
    return render(request, "annotations/history.html", shown, status=409 if problem else 200)


def identifier(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def lines(change: LoggedChange) -> list[tuple[str, str, str]]:
    """(field, value before, value after) of each field that changed."""
    before, after = flat(change.before), flat(change.after)
    names = [name for name in before | after if name not in HIDDEN and before.get(name) != after.get(name)]
    sides = [(name.replace("_", " "), shown_value(before.get(name)), shown_value(after.get(name))) for name in names]
    return [(name, old, new) for name, old, new in sides if old or new]


def flat(record: Any) -> dict[str, Any]:
    whole: dict[str, Any] = dict(record or {})
    whole.update(whole.pop("attributes", {}))
    return whole


def shown_value(value: Any) -> str:
    if value in (None, "", [], {}):
        return ""
    if isinstance(value, list) and all(isinstance(each, dict) and {"start", "end"} <= each.keys() for each in value):
        return ", ".join(f"{each['start']}–{each['end']}" for each in value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def words_of(change: LoggedChange) -> str:
    """Its words, type or text, also where it is gone."""
    record = flat(change.after or change.before)
    return next(
        (str(record[name]) for name in ("quote", "text", "name", "type", "measure") if record.get(name)),
        change.get_kind_display(),
    )
