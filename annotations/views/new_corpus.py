"""A new corpus with its scheme, made on a page; its maker becomes its manager."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from annotations.models import CorpusScheme, Scheme
from annotations.scheme_drafts.publish import start_with
from annotations.scheme_drafts.starts import start_body
from annotations.schemes.of_corpus import newest
from annotations.schemes.stored import problems_of
from corpus.accounts.signed_in import SignedIn
from corpus.edits.corpora import create_corpus, may_create
from corpus.edits.history import EditError
from corpus.models import Corpus


class FinishedSchemeField(forms.ModelChoiceField):
    """A version of a scheme; one that is incomplete is refused."""

    def __init__(self, **options: Any) -> None:
        super().__init__(Scheme.objects.filter(corpus=None).defer("body"), label="Annotation scheme", **options)

    def of_corpus(self, corpus: Corpus) -> None:
        """Its own versions, too."""
        self.queryset = Scheme.objects.of_corpus(corpus).defer("body")

    def clean(self, value: Any) -> Scheme | None:
        scheme: Scheme | None = super().clean(value)
        if scheme and (problems := problems_of(scheme)):
            raise ValidationError([f"{scheme} is incomplete: {problem}" for problem in problems[:10]])
        return scheme


class NewCorpusForm(forms.Form):
    """Name and scheme of a new corpus."""

    name = forms.CharField(max_length=200)
    description = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 2}))
    slug = forms.SlugField(
        required=False,
        max_length=60,
        label="Short name",
        help_text="Part of the URL. Default: made from the name. It cannot be changed later.",
    )
    scheme = FinishedSchemeField(required=False, empty_label="Newest scheme in use")
    simple = forms.BooleanField(
        required=False,
        label="Simple scheme instead",
        help_text="Actors, figures and events of any subject. You can change it under Setup → Scheme.",
    )

    def create(self, user: User) -> Corpus:
        """Raises EditError. The form must be valid."""
        data = self.cleaned_data
        scheme = None if data["simple"] else data["scheme"] or newest()
        with transaction.atomic():
            corpus = create_corpus(user, data["name"], data["description"], data["slug"])
            if data["simple"]:
                start_with(corpus, start_body("simple"))
            elif scheme:
                CorpusScheme.objects.create(corpus=corpus, scheme=scheme)
        return corpus


@require_http_methods(["GET", "HEAD", "POST"])
def new_corpus(request: SignedIn) -> HttpResponse:
    if not may_create(request.user):
        raise PermissionDenied(
            "Your account cannot create a corpus. Ask your administrator, or a manager to add you to a corpus."
        )
    form = NewCorpusForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            corpus = form.create(request.user)
        except EditError as error:
            form.add_error("slug", str(error))
        else:
            messages.success(request, f"“{corpus}” created. Add articles, and invite members.")
            return redirect(corpus)
    return render(request, "annotations/new_corpus.html", {"form": form})
