"""The evidence table: select lines, put them in order, download them in any format that has lines.

What is chosen stands in the address: it can be kept, sent to a colleague, and Back undoes.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from annotations.documents.export import writers
from annotations.formats.evidence.seals import PLACE
from annotations.formats.evidence.selection import LineSelection
from annotations.models import Assignment
from annotations.queries.report_lines import FORMATS, MOST, ReportLine, lines_in, lines_named, moved
from annotations.views.exports import WhoseForm, drafts_left_out
from corpus.accounts.signed_in import SignedIn
from corpus.models import Corpus

PAGE = 20  # assignments
STEPS = {"up": -1, "down": 1}
PRESSED = ("add", "drop", *STEPS)


class LinesForm(WhoseForm):
    title = forms.CharField(label="Words in the title", required=False, max_length=200)


@require_safe
def choose(request: SignedIn, slug: str) -> HttpResponse:
    corpus = get_object_or_404(Corpus.objects.for_user(request.user), slug=slug)
    if any(name in request.GET for name in PRESSED):
        return redirect(f"{request.path}?{pressed(request)}")
    visible = Assignment.objects.for_user(request.user).filter(document__corpus=corpus)
    form = LinesForm(request.GET, visible=visible)
    places, known = lines_named(list(LineSelection(request.GET).ranks)[:MOST], visible)
    rows = visible.none()
    if form.is_valid():
        rows = form.selection().rows_for(request.user, corpus)
        rows = rows.filter(document__article__title__icontains=form.cleaned_data["title"])
    page = Paginator(rows, PAGE).get_page(page_of(request.GET))
    empty = form.is_valid() and not page.paginator.count
    shown = {
        "corpus": corpus,
        "form": form,
        "page": page,
        "lines": lines_in(rows.filter(pk__in=[row.pk for row in page.object_list]), visible),
        "places": places,
        "chosen": [(line_name, known.get(line_name)) for line_name in places],
        "files": files(corpus, {name: line for name in places if isinstance(line := known.get(name), ReportLine)}),
        "most": MOST,
        "drafts": drafts_left_out(request, corpus, form) if empty else None,
    }
    return render(request, "annotations/report.html", shown, status=200 if form.is_valid() else 400)


def pressed(request: SignedIn) -> str:
    """Query and place of the same page after what was pressed: lines are added, one goes up, down or away."""
    query: QueryDict = request.GET.copy()
    places = list(dict.fromkeys([*LineSelection(query).ranks, *filter(PLACE.fullmatch, query.getlist("add"))]))
    for name, step in STEPS.items():
        places = moved(places, query.get(name, ""), step)
    places = [line_name for line_name in places if line_name not in query.getlist("drop")]
    if len(places) > MOST:
        messages.error(request, f"A table has at most {MOST} lines; the last {len(places) - MOST} were not added.")
    there = goal(query, places)
    query["lines"], query["page"] = ",".join(places[:MOST]), page_of(query)
    for name in (*PRESSED, "go"):
        query.pop(name, None)
    return f"{query.urlencode()}#{there}"


def goal(query: QueryDict, places: list[str]) -> str:
    """Where one goes on: at the button that was pressed, or the other one at an end; in the lines of the page that was turned."""
    if query.get("go"):
        return "lines"
    name = next((name for name in STEPS if query.get(name) in places), "")
    if not name or len(places) == 1:
        return "chosen"
    ends = {"up": places[0], "down": places[-1]}
    other = "down" if name == "up" else "up"
    return f"{other if query[name] == ends[name] else name}-{query[name]}"


def page_of(query: QueryDict) -> str:
    """The one that a button leads to, or the one that is open."""
    return query.get("go") or query.get("page", "1")


def files(corpus: Corpus, lines: dict[str, ReportLine]) -> list[dict[str, str]]:
    """Where the chosen lines can be had, by their place; nowhere without any."""
    base = reverse("api:corpus-export", args=[corpus.slug])
    parameters = {"lines": ",".join(lines)} | ({"drafts": "1"} if any(line.draft for line in lines.values()) else {})
    names: list[Any] = [(name, module.TITLE) for name, module in writers().items() if name in FORMATS] if lines else []
    return [{"title": title, "address": f"{base}?{urlencode({'format': name, **parameters})}"} for name, title in names]
