"""Approval: submitted readings that await a verdict, the verdict on one, and gold made of the approved ones."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from annotations.approval.gold import AT_ONCE, make_gold
from annotations.approval.verdicts import approve, approved_readings, awaiting_verdict, is_approvable
from annotations.models import Assignment, TeamSettings
from annotations.write.errors import Refusal
from corpus.accounts.signed_in import SignedIn
from corpus.models import Corpus, Membership

PAGE = 50
FORM = ["GET", "HEAD", "POST"]
NAMED_REFUSALS = 5


class ApproveForm(forms.Form):
    """A remark, and the revision that the reviewer has read."""

    note = forms.CharField(
        required=False, max_length=2_000, widget=forms.Textarea(attrs={"rows": 3}), help_text="Shown to the annotator."
    )
    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


@require_http_methods(FORM)
def approval(request: SignedIn, slug: str) -> HttpResponse:
    """Readings that await a verdict; a POST makes gold of those that are approved."""
    corpus = get_object_or_404(Corpus.objects.for_user(request.user), slug=slug)
    corpus.require(request.user, Membership.Role.REVIEWER)
    if request.method == "POST":
        say_what_was_made(request, corpus)
        return redirect("annotations:approval", slug)
    rows = awaiting_verdict(corpus, request.user).select_related("document__article__outlet", "annotator").defer("document__text")
    shown = {
        "corpus": corpus,
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "share": TeamSettings.of(corpus).approve,
        "approved": approved_readings(corpus, request.user).count(),
        "at_once": AT_ONCE,
        "manages": corpus.allows(request.user, Membership.Role.MANAGER),
    }
    return render(request, "annotations/approval.html", shown)


def say_what_was_made(request: SignedIn, corpus: Corpus) -> None:
    result = make_gold(corpus, request.user)
    messages.success(
        request, f"Gold of {result.made} reading{'' if result.made == 1 else 's'} made. Still approved: {result.left}."
    )
    for reading, reason in result.refused[:NAMED_REFUSALS]:
        messages.error(request, f"No gold of “{reading.document.article.title}”: {reason}")
    if (more := len(result.refused) - NAMED_REFUSALS) > 0:
        messages.error(request, f"No gold of {more} more readings.")


@require_http_methods(FORM)
def approving(request: SignedIn, pk: uuid.UUID) -> HttpResponse:
    """A reviewer approves a submitted reading of somebody else."""
    if Assignment.readable(request.user, pk) is None:
        raise Http404
    reading = Assignment.whole(pk)
    corpus = reading.document.article.corpus
    corpus.require(request.user, Membership.Role.REVIEWER)
    if not is_approvable(reading, request.user):
        raise PermissionDenied("A reviewer approves submitted readings of others, once, and no gold.")
    form: Any = ApproveForm(request.POST if request.method == "POST" else None, initial={"revision": reading.revision})
    if request.method == "POST" and form.is_valid():
        try:
            approve(reading, request.user, form.cleaned_data["revision"], form.cleaned_data["note"])
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"“{reading.document.article.title}” of {reading.annotator} approved.")
            return redirect("annotations:approval", corpus.slug)
    page = {"assignment": reading, "article": reading.document.article, "corpus": corpus, "form": form}
    return render(request, "annotations/approve.html", page, status=409 if form.non_field_errors() else 200)
