"""An evidence table that was saved earlier: which of its rows are out of date."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from annotations.formats.base import Unreadable
from annotations.imports.saved_tables import saved_rows
from annotations.queries.outdated_rows import REASONS, outdated
from corpus.accounts.signed_in import SignedIn
from corpus.api.throttles import seconds_to_wait
from corpus.forms import in_words
from corpus.models import Corpus


class TableForm(forms.Form):
    file = forms.FileField(label="Table", help_text="CSV, Excel, Word, Markdown, or an export archive. The file is not stored.")
    wait = 0  # seconds until the next table is looked at

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if self.wait:
            raise forms.ValidationError(f"Too many tables checked or exports made. Try again in {in_words(self.wait)}.")
        try:
            return saved_rows(file.file, file.name)
        except Unreadable as error:
            raise forms.ValidationError(str(error)) from None


@require_http_methods(["GET", "HEAD", "POST"])
def saved(request: SignedIn, slug: str) -> HttpResponse:
    """Give the file; see the rows that would be written otherwise now."""
    corpus = get_object_or_404(Corpus.objects.for_user(request.user), slug=slug)
    form = TableForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if "file" in form.files:
        form.wait = seconds_to_wait(request, "export")
    page: dict[str, Any] = {"corpus": corpus, "form": form}
    if form.is_bound and form.is_valid():
        seals = form.cleaned_data["file"]
        rows = outdated(corpus, request.user, seals)
        page |= {"total": len(seals), "rows": [(row, [REASONS[reason] for reason in row.reasons]) for row in rows]}
    answer = render(request, "annotations/evidence.html", page, status=429 if form.wait else 200)
    if form.wait:
        answer["Retry-After"] = str(form.wait)
    return answer
