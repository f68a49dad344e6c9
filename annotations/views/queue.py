"""What I have to do next."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from annotations.models import Assignment
from annotations.queries.progress import next_for

PAGE = 50


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """My open assignments, the oldest first; then what I have submitted, the newest first."""
    mine = (
        Assignment.objects.for_user(request.user)
        .filter(annotator=request.user)
        .select_related("document__article__corpus", "document__article__outlet")
        .order_by("status", "-submitted", "created", "pk")
    )
    page = Paginator(mine, PAGE).get_page(request.GET.get("page"))
    has_open = any(row.status == Assignment.Status.OPEN for row in page.object_list)
    idle = page.number == 1 and not has_open
    shown = {"page": page, "idle": idle, "next": next_for(request.user)}
    return render(request, "annotations/queue.html", shown)
