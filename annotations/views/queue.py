"""What I have to do next."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Case, F, IntegerField, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from annotations.models import Assignment
from annotations.models.transition import skip_words, with_skip_reason
from annotations.plans.take import take_next
from annotations.practice.results import unqualified
from annotations.queries.progress import next_for, takes_from_plan
from annotations.schemes.of_corpus import NoScheme
from annotations.write.errors import Refusal

PAGE = 50
Status = Assignment.Status
HEADINGS = {Status.OPEN: "In progress", Status.SUBMITTED: "Submitted", Status.SKIPPED: "Skipped", Status.LAPSED: "Lapsed"}
IN_ORDER = Case(*(When(status=status, then=Value(number)) for number, status in enumerate(HEADINGS)), output_field=IntegerField())


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """My open assignments, by due date and the oldest first; then what I have submitted, the newest first; then what gave its place away."""
    mine = (
        Assignment.objects.for_user(request.user)
        .filter(annotator=request.user)
        .select_related("document__article__corpus", "document__article__outlet")
        .order_by(IN_ORDER, "-submitted", F("due").asc(nulls_last=True), "created", "pk")
    )
    page = Paginator(with_skip_reason(mine), PAGE).get_page(request.GET.get("page"))
    for row in page.object_list:
        row.heading = HEADINGS[row.status]
        row.skipped_why = skip_words(row.skip_reason, row.skip_note)
    has_open = any(row.status == Status.OPEN for row in page.object_list)
    idle = page.number == 1 and not has_open
    tests = unqualified(request.user)
    shown = {"page": page, "idle": idle, "tests": tests, "next": next_for(request.user), "takes": takes_from_plan(request.user)}
    return render(request, "annotations/queue.html", shown)


@require_POST
def take(request: HttpRequest) -> HttpResponse:
    """Take the next article and go there; where there is none, say why in the queue."""
    try:
        return redirect(take_next(request.user).assignment)
    except NoScheme as error:
        return render(request, "annotations/noscheme.html", {"error": error}, status=409)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("annotations:queue")
