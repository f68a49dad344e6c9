"""The whole text of one page of a lake, with the listed names in it and its place in the crawl."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from lake.files.addresses import LakeFiles
from lake.models import Lake
from lake.promotion.pages import page_of
from lake.queries.passages import explained, passages_in, runs
from lake.queries.screenings import screenings
from lake.views.answers import answer


@require_safe
def text(request: HttpRequest, slug: str, page: str) -> HttpResponse:
    row = get_object_or_404(Lake.objects.for_user(request.user), slug=slug)

    def contents(files: LakeFiles, connection: Any) -> dict[str, Any]:
        if (stored := page_of(connection, page)) is None:
            raise Http404
        passages = passages_in(connection, stored.text_sha256, [*screenings(files).newest.values()])
        return {"text": stored, "passages": explained(passages), "runs": list(runs(stored.text, passages))}

    return render(request, "lake/page.html", {"lake": row} | answer(row, contents))
