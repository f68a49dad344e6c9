"""How many texts of a lake may name the entries of a list, by entry, outlet or month."""

from __future__ import annotations

import re
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from lake.files.addresses import LakeFiles
from lake.forms import ListedForm
from lake.lists import current_versions
from lake.models import Lake
from lake.queries.candidates import CandidateCount, candidates
from lake.queries.screenings import Screenings, code_of, number_of, screenings
from lake.views.answers import answer

MONTH = re.compile(r"\d{4}-\d{2}")
AT_ONCE = 100  # rows


@require_safe
def names(request: HttpRequest, slug: str) -> HttpResponse:
    row = get_object_or_404(Lake.objects.for_user(request.user), slug=slug)

    def contents(files: LakeFiles, connection: Any) -> dict[str, Any]:
        screened = screenings(files)
        form = ListedForm(request.GET, versions(screened, current_versions()))
        if not form.is_valid():
            return {"form": form, "screened": screened}
        key, by = form.cleaned_data["list"], form.cleaned_data["by"]
        page = Paginator(candidates(connection, key, by), AT_ONCE).get_page(request.GET.get("page"))
        rows = [(each, samples_of(key, by, each)) for each in page]
        return {"form": form, "screened": screened, "by": by, "list": key, "page": page, "rows": rows}

    return render(request, "lake/listed.html", {"lake": row} | answer(row, contents))


def versions(screened: Screenings, current: dict[str, int]) -> dict[str, bool]:
    """Each screened list with its version, and whether a later one is current; newest versions first."""
    newest = screened.newest
    keys = sorted(screened.screened, key=lambda key: (-number_of(key), code_of(key)))
    keys.sort(key=lambda key: newest[code_of(key)] != key)
    return {key: number_of(key) < current.get(code_of(key), number_of(newest[code_of(key)])) for key in keys}


def samples_of(key: str, by: str, row: CandidateCount) -> str:
    """The filter that gives its pages; empty where none does."""
    if by == "entry":
        return urlencode({"named": f"{key} {row.group}"})
    if by == "outlet":
        return urlencode({"named": key, "outlet": row.group}) if row.group else ""
    return urlencode({"named": key, "since": row.group, "until": row.group}) if MONTH.fullmatch(row.group) else ""
