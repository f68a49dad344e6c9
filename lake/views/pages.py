"""Lakes, the pages of one that fit a filter, and promotions of these."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from corpus.intake import deliveries
from corpus.models import Corpus, Intake
from corpus.objects.s3 import BucketError, MissingLibrary
from corpus.views.intakes import managed
from lake.extras import MissingExtra
from lake.files.addresses import lake_at
from lake.forms import LakeFilterForm, PromoteForm
from lake.models import Lake, Promotion
from lake.promotion import jobs
from lake.queries.bounded import TooMuch, bounded
from lake.queries.database import LakeUnreadable
from lake.queries.filters import PageFilter, count, samples


@require_safe
def lakes(request: HttpRequest) -> HttpResponse:
    rows = Lake.objects.for_user(request.user).prefetch_related("corpora")
    mine = set(Corpus.objects.for_user(request.user).values_list("pk", flat=True))
    page = Paginator(rows, 100).get_page(request.GET.get("page"))
    shown = [(row, [corpus for corpus in row.corpora.all() if corpus.pk in mine]) for row in page]
    return render(request, "lake/lakes.html", {"page": page, "shown": shown})


@require_http_methods(["GET", "HEAD", "POST"])
def lake(request: HttpRequest, slug: str) -> HttpResponse:
    """What fits the filter of the address, with some samples; POST promotes."""
    row = get_object_or_404(Lake.objects.for_user(request.user), slug=slug)
    asked_form = LakeFilterForm(request.GET)
    promote_form = PromoteForm(row, request.user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and not promote_form.corpora.exists():
        raise PermissionDenied
    if request.method == "POST" and asked_form.is_valid() and promote_form.is_valid():
        values = promote_form.cleaned_data
        sql = values.get("sql") or asked_form.page_filter().sql
        promotion = jobs.start(row, values["corpus"], sql, request.user)
        return redirect("lake:promotion", promotion.pk)
    context = {"lake": row, "form": asked_form, "promote": promote_form, "ticked": set(promote_form.pages)}
    context |= answer(row, asked_form.page_filter()) if asked_form.is_valid() else {}
    promotions = Promotion.objects.for_user(request.user).filter(lake=row).select_related("corpus")[:10]
    return render(request, "lake/lake.html", context | {"promotions": promotions})


def answer(row: Lake, asked: PageFilter) -> dict[str, Any]:
    """How many pages fit, and some; or why nothing can be shown."""
    files = lake_at(row.folder)
    if not files.is_there:
        return {"problem": "The folder of the lake is not on this host. Ask an administrator to mount or restore it."}
    try:
        with bounded(files) as connection:
            return {"total": count(connection, asked), "samples": samples(connection, asked)}
    except (BucketError, LakeUnreadable):  # members need not know where it is
        return {"problem": "The lake cannot be read now. Ask an administrator to restore it."}
    except (MissingExtra, MissingLibrary, TooMuch) as error:
        return {"problem": str(error)}


@require_safe
def promotion(request: HttpRequest, pk: str) -> HttpResponse:
    rows = Promotion.objects.for_user(request.user).select_related("lake", "corpus")
    row = get_object_or_404(rows, pk=pk)
    page = {
        "promotion": row,
        "corpus": row.corpus,
        "intake": Intake.objects.counted().get(pk=row.intake_id),
        "manages": row.corpus.allows(request.user, "manager"),
        "worker": deliveries.is_worker_alive(),
    }
    return render(request, "lake/promotion.html", page)


@require_POST
def cancel(request: HttpRequest, pk: str) -> HttpResponse:
    row = get_object_or_404(Promotion.objects.for_user(request.user).select_related("corpus"), pk=pk)
    managed(request, row.corpus.slug)
    if jobs.cancel(row):
        messages.success(request, "Promotion cancelled. Stored articles stay in the corpus.")
    return redirect("lake:promotion", row.pk)
