"""Lakes, the pages of one that fit a filter, and promotions of these."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from corpus.intake import deliveries
from corpus.models import Corpus, Intake, IntakeItem
from corpus.views.intakes import managed
from lake.forms import LakeFilterForm, PromoteForm
from lake.models import Lake, Promotion
from lake.promotion import jobs
from lake.queries.filters import PAGE, PageFilter
from lake.queries.samples import Fitting
from lake.views.answers import answer
from lake.views.state import state_of
from lake.views.ticks import MOST, Ticks


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
    asked_form, ticks = LakeFilterForm(request.GET), Ticks(request.session, row)
    promote_form = PromoteForm(row, request.user, request.POST if request.method == "POST" else None, ticks.pages)
    if request.method == "POST":
        if not promote_form.corpora.exists():
            raise PermissionDenied
        if not ticks.take(promote_form.shown, promote_form.ticked):
            messages.warning(request, f"{MOST:,} ticked pages are kept. Promote them, or choose all pages of the filter.")
        if turn := request.POST.get("turn"):
            if turn == "untick":
                ticks.clear()
            return redirect(address_after(request, turn))
        if promote_form["which"].value() == "all" and is_changed(request):
            messages.warning(request, "The filter was changed. Look at its pages, then promote them.")
            return redirect(address_after(request, "filter"))
        if asked_form.is_valid() and promote_form.is_valid():
            promotion = start_promotion(row, request.user, promote_form.cleaned_data, asked_form.page_filter())
            ticks.clear()
            return redirect("lake:promotion", promotion.pk)
    context: dict[str, Any] = {"lake": row, "form": asked_form, "promote": promote_form, "ticked": ticks.pages}
    if asked_form.is_valid():
        asked = asked_form.page_filter()
        context |= answer(row, lambda files, connection: matches(connection, asked, request.GET) | {"state": state_of(files)})
    shown = {each.page for each in context.get("samples", ())}
    context["elsewhere"] = sum(page not in shown for page in ticks.pages)
    context["ticking"] = bool(context.get("samples")) and promote_form.corpora.exists()
    promotions = Promotion.objects.for_user(request.user).filter(lake=row).select_related("corpus")[:10]
    return render(request, "lake/lake.html", context | {"promotions": promotions})


def address_after(request: HttpRequest, turn: str) -> str:
    """Where a button that keeps the ticks leads. Enter in a field of the filter presses `stay`, as Enter on a tick does."""
    if turn == "clear":
        return request.path
    if turn == "filter" or (turn == "stay" and is_changed(request)):
        asked = filter_of(request.POST)
        return f"{request.path}?{urlencode(asked)}" if asked else request.path
    return request.get_full_path()


def is_changed(request: HttpRequest) -> bool:
    """Whether the fields of the filter, where they were sent, are not those of the address."""
    return "words" in request.POST and filter_of(request.POST) != filter_of(request.GET)


def filter_of(values: Mapping[str, str]) -> dict[str, str]:
    """Its fields that are not empty."""
    return {name: values[name] for name in LakeFilterForm.base_fields if values.get(name)}


def start_promotion(row: Lake, user: Any, values: dict[str, Any], asked: PageFilter) -> Promotion:
    """The ticked pages, or all that fit, as a job."""
    sql = values.get("sql") or asked.sql
    return jobs.start(row, values["corpus"], sql, user, values.get("originals", Promotion.Originals.COPY))


def matches(connection: Any, asked: PageFilter, position: Mapping[str, str]) -> dict[str, Any]:
    """How many pages fit, and the samples that the address asks for; the first ones where there are none."""
    fitting = Fitting(connection, asked)
    fit = fitting.extent()
    near = {name: position[name] for name in ("after", "before") if PAGE.fullmatch(position.get(name, ""))}
    shown = fitting.samples(**near) or fitting.samples()
    return {
        "total": fit.pages,
        "samples": shown,
        "earlier": shown[0].page if shown and shown[0].page > fit.first else "",
        "later": shown[-1].page if shown and shown[-1].page < fit.last else "",
    }


@require_safe
def promotion(request: HttpRequest, pk: str) -> HttpResponse:
    rows = Promotion.objects.for_user(request.user).select_related("lake", "corpus")
    row = get_object_or_404(rows, pk=pk)
    intake = Intake.objects.counted().get(pk=row.intake_id)
    results = sum(getattr(intake, outcome) for outcome in IntakeItem.Outcome.values)
    passed = max(row.pages, results)  # a job that was killed or cancelled has not counted its last pages
    page = {
        "promotion": row,
        "corpus": row.corpus,
        "intake": intake,
        "passed": passed,
        "present": intake.present + passed - results,
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
