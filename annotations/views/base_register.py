"""The shared register: what every corpus speaks of, with the entities that are linked to it in one's own corpora."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from corpus.accounts.signed_in import SignedIn
from registry.models import BaseEntity, Entity

PAGE = 50


@require_safe
def entries(request: SignedIn) -> HttpResponse:
    """All entries, by any of their names and by type."""
    words, kind = (request.GET.get(name, "").replace("\x00", "").strip()[:200] for name in ("q", "type"))
    rows = BaseEntity.objects.matching_name(words) if words else BaseEntity.objects.all()
    rows = rows.filter(type=kind) if kind else rows
    shown = {
        "page": Paginator(rows.prefetch_related("names"), PAGE).get_page(request.GET.get("page")),
        "types": list(BaseEntity.objects.order_by("type").values_list("type", flat=True).distinct()),
        "words": words,
        "type": kind,
    }
    return render(request, "registry/base_register.html", shown)


@require_safe
def entry(request: SignedIn, code: str) -> HttpResponse:
    """Its names, where it is from, and who is linked to it in the corpora that one may see."""
    row = get_object_or_404(BaseEntity.objects.prefetch_related("names"), code=code)
    linked = Entity.objects.for_user(request.user).filter(same_as=row).select_related("corpus").order_by("corpus__name", "pk")
    page = Paginator(linked, PAGE).get_page(request.GET.get("page"))
    return render(request, "registry/base_entity.html", {"entry": row, "page": page})
