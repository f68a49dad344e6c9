"""Lists with their versions, and what a manager does with them: upload, refresh, confirm, refuse."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from corpus.intake.deliveries import is_worker_alive
from corpus.models import Corpus
from registry.list_versions import refresh
from registry.list_versions.search import matching_entries
from registry.list_versions.submit import AlreadyThere, TooLarge, load_later, submit
from registry.models import ListEntry, ListVersion, SanctionsList
from registry.views.list_forms import NewListForm, RefreshForm, UploadForm

PAGE = 50
FORM = ["GET", "HEAD", "POST"]
SHOWN = [ListVersion.State.CURRENT, ListVersion.State.HELD, ListVersion.State.LOADING]


def visible(request: HttpRequest, code: str) -> SanctionsList:
    return get_object_or_404(SanctionsList.objects.for_user(request.user).select_related("corpus"), code=code)


def managed(request: HttpRequest, code: str) -> SanctionsList:
    """The list, for whoever may change it. Raises PermissionDenied for others who see it."""
    row = visible(request, code)
    if not row.may_manage(request.user):
        who = f"managers of the corpus “{row.corpus.name}”" if row.corpus else "administrators"
        raise PermissionDenied(f"Only {who} can change this list.")
    return row


@require_http_methods(FORM)
def lists(request: HttpRequest) -> HttpResponse:
    """Public lists and those of one's corpora; whoever manages a corpus adds one."""
    creates = request.user.is_superuser or Corpus.objects.for_user(request.user, "manager").exists()
    form = NewListForm(request.user, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if not creates:
            raise PermissionDenied("Only managers of a corpus and administrators can add a list.")
        if form.is_valid():
            return redirect(form.save())
    versions = ListVersion.objects.filter(state__in=SHOWN).order_by("number")
    rows = SanctionsList.objects.for_user(request.user).select_related("corpus").order_by("code")
    rows = rows.prefetch_related(Prefetch("versions", versions, to_attr="shown"))
    page: Any = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    for row in page:
        for version in row.shown:
            setattr(row, f"is_{version.state}", version)
    return render(request, "registry/lists.html", {"page": page, "form": form if creates else None})


@require_safe
def sanctions_list(request: HttpRequest, code: str) -> HttpResponse:
    """Its versions, and the entries of the current one, by a name in any spelling."""
    row = visible(request, code)
    return render(request, "registry/list.html", shown_list(request, row))


def shown_list(request: HttpRequest, row: SanctionsList, **forms: Any) -> dict[str, Any]:
    current = row.current()
    text = request.GET.get("q", "").replace("\0", "").strip()
    entries = ListEntry.objects.filter(list=row, versions__contains=current.number if current else 0)
    initial = {"address": row.address, "minutes": row.minutes or ""}
    return {
        "list": row,
        "current": current,
        "versions": Paginator(row.versions.order_by("-number"), PAGE).get_page(request.GET.get("versions")),
        "held": row.versions.filter(state=ListVersion.State.HELD).first(),
        "q": text,
        "matches": matching_entries(entries, text) if text else [],
        "page": Paginator(entries.prefetch_related("names").order_by("ref"), PAGE).get_page(request.GET.get("page")),
        "manages": row.may_manage(request.user),
        "worker": is_worker_alive(),
        "upload_form": UploadForm(),
        "refresh_form": RefreshForm(initial=initial),
    } | forms


@require_POST
def upload(request: HttpRequest, code: str) -> HttpResponse:
    """A file, for the worker to load."""
    row = managed(request, code)
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "registry/list.html", shown_list(request, row, upload_form=form))
    file = form.cleaned_data["file"]
    try:
        version = submit(row, file.read(), name=file.name, user=request.user)
    except AlreadyThere as error:
        messages.info(request, str(error))
        return redirect(error.version)
    except TooLarge as error:
        form.add_error("file", str(error))
        return render(request, "registry/list.html", shown_list(request, row, upload_form=form))
    load_later(version, form.cleaned_data["format"])
    messages.success(request, f"Version {version.number} queued.")
    return redirect(version)


@require_POST
def change_list(request: HttpRequest, code: str) -> HttpResponse:
    """Look now, pause, resume, or another address and period."""
    row = managed(request, code)
    if "look" in request.POST:
        if not row.address:
            raise PermissionDenied("This list has no address. Enter one first.")
        refresh.look_now(row)
        messages.success(request, f"Refresh of {row} queued.")
    elif "pause" in request.POST or "resume" in request.POST:
        refresh.adjust(row, is_active="resume" in request.POST)
        messages.success(request, f"Refresh of {row} {'resumed' if row.is_active else 'paused'}.")
    else:
        form = RefreshForm(request.POST)
        if not form.is_valid():
            return render(request, "registry/list.html", shown_list(request, row, refresh_form=form))
        refresh.adjust(row, **form.cleaned_data)
        messages.success(request, "Refresh saved.")
    return redirect(row)
