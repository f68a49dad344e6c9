"""One version of a list: what it changed, why it is held, and who decides; and one entry through all versions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from corpus.intake.deliveries import is_worker_alive
from corpus.models import Corpus
from registry.list_versions.changes import added, changes, removed, rewritten, with_names
from registry.list_versions.content import is_kept, pieces
from registry.list_versions.decide import NotHeld, confirm, refuse
from registry.models import ListedName, ListEntry, ListLink, ListVersion, Measure
from registry.naming import NO_SCRIPT, WRITTEN_IN
from registry.views.lists import PAGE, managed, visible

READ = [ListVersion.State.HELD, ListVersion.State.CURRENT, ListVersion.State.PAST]
SCRIPTS = [*dict(WRITTEN_IN), NO_SCRIPT]
REJECTED = ListLink.Match.REJECTED
LINKED = [match for match in ListLink.Match if match != REJECTED]
KINDS = {"added": added, "removed": removed, "changed": rewritten}


@require_safe
def version(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """What changed since the version before it, by kind."""
    row = visible(request, code)
    shown = get_object_or_404(row.versions.select_related("file__user", "decided_by").defer("file__content"), number=number)
    shown.list = row
    kind = request.GET.get("kind", "changed" if shown.changed + shown.respelled else "added")
    if kind not in KINDS:
        raise Http404
    rows = with_names(KINDS[kind](shown, shown.based_on)) if shown.state in READ else ListEntry.objects.none()
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    parts = {
        "list": row,
        "version": shown,
        "kind": kind,
        "page": page,
        "changes": list(changes(shown, shown.based_on, list(page))) if kind == "changed" else [],
        "decided": decided_in(request.user, shown) if shown.state in READ else [],
        "manages": row.may_manage(request.user),
        "worker": is_worker_alive(),
        "losses": sorted(shown.losses.items(), key=lambda each: -each[1]),
    }
    return render(request, "registry/list_version.html", parts)


def decided_in(user: Any, version: ListVersion) -> QuerySet[Corpus]:
    """Corpora that one may see, with how many of the entries that went or changed somebody has linked there."""
    gone, other = (entries(version, version.based_on).values("ref") for entries in (removed, rewritten))
    links = Q(entities__list_links__list=version.list.code, entities__list_links__match__in=LINKED)
    entries = Q(entities__list_links__entry__in=gone) | Q(entities__list_links__entry__in=other)
    counted = Count("entities__list_links", filter=links & entries, distinct=True)
    return Corpus.objects.for_user(user).annotate(decided=counted).filter(decided__gt=0)


@require_POST
def decide_version(request: HttpRequest, code: str, number: int) -> HttpResponse:
    row = managed(request, code)
    held = get_object_or_404(row.versions, number=number)
    held.list = row
    try:
        if "confirm" in request.POST:
            confirm(held, request.user)
            messages.success(request, f"Version {number} is current.")
        elif "refuse" in request.POST:
            refuse(held, request.user)
            messages.success(request, f"Version {number} refused. The current version stays.")
    except NotHeld as error:
        messages.error(request, str(error))
    return redirect(held)


@require_safe
def version_file(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The bytes as they came, to be saved and never shown: they are of others."""
    file = get_object_or_404(visible(request, code).versions.select_related("file").defer("file__content"), number=number).file
    if not is_kept(file.pk):
        raise Http404
    name = file.name or f"{code}-{number}"
    headers = {"Content-Disposition": content_disposition_header(as_attachment=True, filename=name)}
    return HttpResponse(pieces(file.pk), content_type="application/octet-stream", headers=headers)


@require_safe
def entry(request: HttpRequest, code: str, ref: str) -> HttpResponse:
    """What the list says of it, in which versions, and who it is in one's corpora."""
    row = visible(request, code)
    rows = list(with_names(ListEntry.objects.filter(list=row, ref=ref).order_by("-versions")))
    if not rows:
        raise Http404
    decided = ListLink.objects.for_user(request.user).filter(list=row.code, entry=ref)
    decided = decided.select_related("entity__corpus", "reviewer").order_by("entity__name", "pk")
    newest = rows[0]
    parts = {
        "list": row,
        "entry": newest,
        "names": sorted(newest.names.all(), key=by_kind_and_script),
        "earlier": rows[1:],
        "versions": standing_in(row.versions.filter(state__in=READ), rows),
        "is_current": row.versions.filter(
            state="current", number__in=range(newest.versions.lower, newest.versions.upper)
        ).exists(),
        "links": Paginator(decided.exclude(match=REJECTED), PAGE).get_page(request.GET.get("page")),
        "rejected": Paginator(decided.filter(match=REJECTED), PAGE).get_page(request.GET.get("rejected")),
        "measures": measures_of(newest, row.versions.filter(number__lt=newest.versions.upper).order_by("-number").first()),
    }
    return render(request, "registry/list_entry.html", parts)


def by_kind_and_script(name: ListedName) -> tuple[int, int, int]:
    """Primary names first, Latin letters before others: what most people can read."""
    return ListedName.Kind.values.index(name.kind), -1 if name.script == "latin" else SCRIPTS.index(name.script), name.position


def standing_in(versions: QuerySet[ListVersion], rows: list[ListEntry]) -> list[ListVersion]:
    """Versions with the entry, the newest first."""
    numbers = {number for row in rows for number in range(row.versions.lower, row.versions.upper)}
    return [version for version in versions.order_by("-number") if version.number in numbers]


def measures_of(entry: ListEntry, version: ListVersion | None) -> QuerySet[Measure]:
    """Those that its programmes name, or whose regime they belong to. One code is several programmes: DPRK is of the UN and of OFAC."""
    format_family = version.format.partition("_")[0] if version else ""
    names = entry.programmes
    return Measure.objects.filter(
        Q(code__in=names)
        | Q(symbol__in=names)
        | Q(regime__in=names)
        | Q(aliases__overlap=names)
        | Q(programmes__overlap=[f"{format_family} {name}" for name in names])
    )
