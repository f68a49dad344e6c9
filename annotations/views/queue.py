"""What I have to do next."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from annotations.models import Assignment
from annotations.progress import next_for

PAGE = 50


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """My open assignments, the oldest first; then what I have submitted."""
    mine = (
        Assignment.objects.for_user(request.user)
        .filter(annotator=request.user)
        .select_related("document__article__corpus", "document__article__outlet")
    )
    done = mine.filter(status=Assignment.Status.SUBMITTED).order_by("-submitted", "pk")
    shown = {
        "open": mine.filter(status=Assignment.Status.OPEN).order_by("created", "pk"),
        "page": Paginator(done, PAGE).get_page(request.GET.get("page")),
        "next": next_for(request.user),
    }
    return render(request, "annotations/queue.html", shown)
