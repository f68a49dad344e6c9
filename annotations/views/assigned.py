"""The articles that one press assigned, with one undo for all of them."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from annotations.bin.assigned import counts_of_batch, undo_assigned
from corpus.accounts.signed_in import SignedIn
from corpus.models import Corpus, Edit

PAGE = 100


@require_http_methods(["GET", "HEAD", "POST"])
def assigned(request: SignedIn, slug: str, batch: UUID) -> HttpResponse:
    corpus = get_object_or_404(Corpus.objects.for_user(request.user), slug=slug)
    corpus.require(request.user, "manager")
    edits = Edit.objects.filter(corpus=corpus, batch=batch, kind=Edit.Kind.READING)
    if not edits.exists():
        raise Http404("No such batch.")
    if request.method == "POST":
        undone, begun = undo_assigned(corpus, batch, request.user)
        left = f" {begun} begun since: left as {'it is' if begun == 1 else 'they are'}." if begun else ""
        messages.success(request, f"Undone: {undone} reading{'' if undone == 1 else 's'}.{left}")
        return redirect("annotations:assigned", slug, batch)
    rows = edits.select_related("user", "undone_by", "undoes").order_by("id")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    shown = {"corpus": corpus, "batch": batch, "page": page, "edits": page.object_list, "undoable": []}
    untouched, begun = counts_of_batch(corpus, batch)
    return render(request, "annotations/assigned.html", shown | {"untouched": untouched, "begun": begun})
