"""The bin of a corpus, and of corpora: what managers have deleted, and how they get it back."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from annotations.bin.contents import Thing, counts_of, kind_of, label_of
from annotations.bin.purge import DAYS, kept
from annotations.bin.put import LONGEST_REASON, corpus_of, delete
from annotations.bin.restore import restore_many
from annotations.models import Assignment
from corpus.accounts.signed_in import SignedIn
from corpus.edits.history import EditError
from corpus.models import Article, Corpus, Deletion

PAGE = 50
SHOWN_REFUSALS = 5
FORM = ["GET", "HEAD", "POST"]


class DeleteForm(forms.Form):
    """Why something is deleted."""

    reason = forms.CharField(max_length=LONGEST_REASON, help_text="Shown in the bin.")


class DeleteCorpusForm(DeleteForm):
    """With the name of the corpus, typed."""

    name = forms.CharField(max_length=200, label="Name of the corpus", help_text="Type it to confirm.")

    def __init__(self, data: Any, corpus: Corpus) -> None:
        super().__init__(data)
        self.corpus = corpus

    def clean_name(self) -> str:
        if self.cleaned_data["name"] != self.corpus.name:
            raise ValidationError(f"Type “{self.corpus.name}”.")
        return self.corpus.name


def managed(request: SignedIn, thing: Thing) -> Thing:
    """Raises PermissionDenied."""
    corpus_of(thing).require(request.user, "manager")
    return thing


@require_http_methods(FORM)
def delete_reading(request: SignedIn, pk: uuid.UUID) -> HttpResponse:
    rows = Assignment.objects.for_user(request.user).select_related("document__article__corpus", "document__corpus", "annotator")
    reading = get_object_or_404(rows.defer("document__text", "document__source_map"), pk=pk)
    return deleting(request, managed(request, reading), reading.document.article.get_absolute_url())


@require_http_methods(FORM)
def delete_article(request: SignedIn, pk: uuid.UUID) -> HttpResponse:
    article = get_object_or_404(Article.objects.for_user(request.user).select_related("corpus"), pk=pk)
    return deleting(request, managed(request, article), article.corpus.get_absolute_url())


@require_http_methods(FORM)
def delete_corpus(request: SignedIn, slug: str) -> HttpResponse:
    corpus = get_object_or_404(Corpus.objects.for_user(request.user), slug=slug)
    return deleting(request, managed(request, corpus), "/bin/")


def deleting(request: SignedIn, thing: Thing, after: str) -> HttpResponse:
    """Asks first, with what goes along."""
    data = request.POST if request.method == "POST" else None
    form = DeleteCorpusForm(data, thing) if isinstance(thing, Corpus) else DeleteForm(data)
    if form.is_bound and form.is_valid():
        try:
            delete(thing, request.user, form.cleaned_data["reason"])
        except EditError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"“{label_of(thing)}” is in the bin. You can restore it there.")
            return redirect(after)
    corpus = corpus_of(thing)
    page = {
        "corpus": corpus,
        "form": form,
        "kind": kind_of(thing),
        "label": label_of(thing),
        "counts": shown_counts(counts_of(thing)),
    }
    back = thing.get_absolute_url()
    return render(request, "annotations/delete.html", page | {"back": back}, status=409 if form.non_field_errors() else 200)


def shown_counts(counts: dict[str, int]) -> list[tuple[str, int]]:
    return [(NAMES[name], counts[name]) for name in NAMES if name in counts]


NAMES = {
    "articles": "Articles",
    "texts": "Texts",
    "readings": "Readings",
    "submitted": "Submitted readings",
    "gold": "Gold",
    "marks": "Marks",
}


@require_http_methods(FORM)
def corpus_bin(request: SignedIn, slug: str) -> HttpResponse:
    corpus = get_object_or_404(Corpus.objects.for_user(request.user), slug=slug)
    corpus.require(request.user, "manager")
    return bin_page(request, Deletion.objects.filter(corpus=corpus).exclude(kind=Deletion.Kind.CORPUS), corpus)


@require_http_methods(FORM)
def bin_of_corpora(request: SignedIn) -> HttpResponse:
    """Corpora in the bin, of those that the person manages."""
    return bin_page(request, Deletion.objects.filter(kind=Deletion.Kind.CORPUS), None)


BELOW_CORPUS = {str(kind.value): str(kind.label) for kind in Deletion.Kind if kind != Deletion.Kind.CORPUS}


def bin_page(request: SignedIn, every: Any, corpus: Corpus | None) -> HttpResponse:
    rows = every.in_bin() & Deletion.objects.for_user(request.user)
    if request.method == "POST":
        restore_selected(request, rows)
        return redirect(request.get_full_path())
    kind = request.GET.get("kind", "") if corpus else ""
    shown = rows.filter(kind=kind) if kind in BELOW_CORPUS else rows
    page = Paginator(shown.select_related("user", "corpus"), PAGE).get_page(request.GET.get("page"))
    staying = kept(page.object_list)
    keys = [row.object for row in page.object_list if row.kind == Deletion.Kind.READING]
    annotators = {str(pk): name for pk, name in Assignment.objects.filter(pk__in=keys).values_list("pk", "annotator__username")}
    for row in page.object_list:
        row.annotator = annotators.get(row.object, "")
        row.shown = [(name, count) for name, count in shown_counts(row.counts) if count]
        row.purged_from = None if row.pk in staying else row.at + timedelta(days=DAYS)
    return render(request, "annotations/bin.html", {"corpus": corpus, "page": page, "kind": kind, "kinds": BELOW_CORPUS})


def restore_selected(request: SignedIn, rows: QuerySet[Deletion]) -> None:
    """What is ticked, or has its own button. Raises Http404 for what is not in this bin."""
    if not (keys := keys_of(request)):
        messages.error(request, "Nothing is selected: tick what to restore.")
        return
    selected = list(rows.filter(pk__in=keys))
    if len(selected) < len(keys):
        raise Http404
    restored, refused = restore_many(selected, request.user)
    if restored:
        label = f"“{restored[0].label}” restored." if len(restored) == 1 else f"{len(restored)} restored."
        messages.success(request, label)
    for row, reason in refused[:SHOWN_REFUSALS]:
        messages.error(request, f"“{row.label}” stays in the bin: {reason}")
    if len(refused) > SHOWN_REFUSALS:
        messages.error(request, f"{len(refused) - SHOWN_REFUSALS} more stay in the bin.")


def keys_of(request: SignedIn) -> set[uuid.UUID]:
    try:
        return {uuid.UUID(key) for key in request.POST.getlist("deletion")[:PAGE]}
    except ValueError:
        raise Http404 from None


def says_where_deleted(view: Callable[..., Any]) -> Callable[..., Any]:
    """A page of what is in the bin answers 404 like one that does not exist; to its managers it says so, with the way to restore it."""

    @wraps(view)
    def answer(request: SignedIn, *args: Any, **path: Any) -> Any:
        try:
            return view(request, *args, **path)
        except Http404:
            row = deletion_of(request.user, **path) if request.method in ("GET", "HEAD") else None
            if row is None:
                raise
            return render(request, "annotations/in_bin.html", {"deletion": row}, status=404)

    return answer


def deletion_of(user: User, pk: uuid.UUID | None = None, slug: str = "") -> Deletion | None:
    """By which a corpus, an article or a reading is in the bin, for its managers."""
    reading = Assignment.objects.filter(Q(pk=pk), deletion__isnull=False).values("deletion")
    of = Q(kind=Deletion.Kind.CORPUS, corpus__slug=slug) if slug else Q(object=str(pk)) | Q(pk__in=reading)
    return Deletion.objects.for_user(user).in_bin().filter(of).select_related("corpus", "user").first()
