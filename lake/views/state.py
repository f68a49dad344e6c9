"""What a lake lacks: near-duplicates that were not looked for, lists that it was not screened for, and what gave no page."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from lake.copies.near import is_current
from lake.files.addresses import LakeFiles
from lake.files.parts import manifests
from lake.lists import current_versions
from lake.models import Lake
from lake.queries.database import COPIES
from lake.queries.screenings import Screenings, number_of, screenings, unread_reasons
from lake.views.answers import answer

AT_ONCE = 50  # reasons


class ListGap(NamedTuple):
    """A list: its current version, if it is loaded here, and the newest screened one; 0 for none. `parts`: screened of the first of these."""

    code: str
    current: int
    newest: int
    parts: int


class LakeState(NamedTuple):
    """`copies`: none, old or current, as the near-duplicates are; `parts`: those of pages."""

    copies: str
    parts: int
    lists: list[ListGap]

    @property
    def is_screened(self) -> bool:
        return any(row.newest for row in self.lists)

    @property
    def behind(self) -> list[ListGap]:
        """Lists that were screened once, and whose current version is not screened in all parts."""
        return [row for row in self.lists if row.newest and row.parts < self.parts]


def state_of(files: LakeFiles) -> LakeState:
    screened = screenings(files)
    return LakeState(copies_of(files), screened.parts, lists_of(screened, current_versions()))


def copies_of(files: LakeFiles) -> str:
    runs = manifests(files, COPIES)
    if not runs:
        return "none"
    return "current" if is_current(files, runs[-1]["parts"][0]) else "old"


def lists_of(screened: Screenings, current: dict[str, int]) -> list[ListGap]:
    """Of lists that are loaded here or screened."""
    newest = {code: number_of(key) for code, key in screened.newest.items()}
    versions = newest | current
    return [
        ListGap(code, current.get(code, 0), newest.get(code, 0), screened.screened.get(f"{code} {versions[code]}", 0))
        for code in sorted(versions)
    ]


@require_safe
def state(request: HttpRequest, slug: str) -> HttpResponse:
    row = get_object_or_404(Lake.objects.for_user(request.user), slug=slug)

    def contents(files: LakeFiles, connection: Any) -> dict[str, Any]:
        reasons = unread_reasons(connection)
        page = Paginator(reasons, AT_ONCE).get_page(request.GET.get("page"))
        return {"state": state_of(files), "unread": sum(each.things for each in reasons), "page": page}

    return render(request, "lake/state.html", {"lake": row} | answer(row, contents))
