"""Metadata of articles on pages: one article with its history, and the edits that one press made of many."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from corpus.edits.articles import edit_article, undo_batch
from corpus.edits.encodings import confirm_encoding
from corpus.edits.fields import LanguageField, OutletNameField, PublishedField, field_of
from corpus.edits.history import UNDOABLE, EditError, history
from corpus.models import Article, Corpus, Document, Edit
from corpus.provenance.addresses import is_address
from corpus.text.dateline import Dateline, dateline_of
from corpus.views.articles import article_for
from corpus.views.intakes import FORM, managed

SHOWN_EDITS = 50
PAGE = 100


class MetadataForm(forms.Form):
    """The metadata of one article."""

    title = forms.CharField(max_length=1000)
    outlet = OutletNameField()
    published = PublishedField()
    published_basis = forms.ChoiceField(
        required=False, label="Basis of the date", choices=Article.DateBasis.choices, help_text="How the date is known."
    )
    language = LanguageField()
    url = forms.URLField(required=False, max_length=2000, label="URL", help_text="The web page of the article.")

    def __init__(self, data: Any, article: Article) -> None:
        present = {"published": article.published_edtf, "outlet": article.outlet.name if article.outlet else ""}
        names = ("title", "published_basis", "language", "url")
        super().__init__(data, initial=present | {name: getattr(article, name) for name in names})
        field_of(self, "published", PublishedField).present = article.published_edtf

    def offer(self, dateline: Dateline) -> None:
        """Put what a dateline says into the fields that are blank; a person saves it."""
        offered = {"outlet": dateline.outlet} if not self.initial["outlet"] else {}
        if dateline.published and not self.initial["published"]:
            offered |= {"published": dateline.published, "published_basis": Article.DateBasis.STATED}
        self.initial.update(offered)
        for name in offered:
            self.fields[name].help_text += f" Read from “{dateline.words}”."

    def clean_url(self) -> str:
        url = str(self.cleaned_data["url"])
        if url and not is_address(url):
            raise ValidationError("Enter an address that begins with http:// or https://, of at most 2,000 bytes.")
        return url


@require_http_methods(FORM)
def edit_metadata(request: HttpRequest, pk: str) -> HttpResponse:
    article = article_for(request, pk)
    article.corpus.require(request.user, "manager")
    form = MetadataForm(request.POST if request.method == "POST" else None, article)
    if request.method == "POST" and form.is_valid():
        try:
            edit = edit_article(article, form.cleaned_data, request.user)
        except EditError as error:
            form.add_error("url", str(error))
        else:
            messages.success(request, "Metadata saved. Undo them in the history." if edit else "Nothing changed.")
            return redirect(article)
    current = article.documents.order_by("-version").first() if request.GET.get("from") == "dateline" else None
    if current and (dateline := dateline_of(current.text)):
        form.offer(dateline)
    page = {
        "article": article,
        "corpus": article.corpus,
        "form": form,
        "outlets": article.corpus.outlets.all(),
        "edits": history(article.corpus, [Edit.Kind.ARTICLE], article.pk)[:SHOWN_EDITS],
        "undoable": UNDOABLE,
    }
    return render(request, "corpus/edit_metadata.html", page)


@require_POST
def confirm(request: HttpRequest, pk: str) -> HttpResponse:
    """A guessed encoding is right, says whoever has read the text."""
    documents = Document.objects.for_user(request.user).select_related("article", "corpus").defer("text", "source_map")
    document = get_object_or_404(documents, pk=pk)
    document.corpus.require(request.user, "manager")
    if confirm_encoding(document, request.user):
        messages.success(request, f"Encoding {document.encoding} confirmed.")
    else:
        messages.info(request, "This encoding is confirmed already.")
    return redirect(document.article)


# What one press changed


def batch_of(request: HttpRequest, slug: str, batch: UUID) -> tuple[Corpus, Any]:
    corpus = managed(request, slug)
    edits = Edit.objects.filter(corpus=corpus, batch=batch).select_related("user", "undone_by", "undoes").order_by("id")
    if not edits.exists():
        raise Http404("No such batch.")
    return corpus, edits


@require_safe
def batch_page(request: HttpRequest, slug: str, batch: UUID) -> HttpResponse:
    """The articles that one press changed, with one undo for all of them."""
    corpus, edits = batch_of(request, slug, batch)
    page = Paginator(edits, PAGE).get_page(request.GET.get("page"))
    left = edits.filter(undone_by=None).count()
    shown = {"corpus": corpus, "batch": batch, "page": page, "edits": page.object_list, "undoable": UNDOABLE, "left": left}
    return render(request, "corpus/batch.html", shown)


@require_POST
def undo_all(request: HttpRequest, slug: str, batch: UUID) -> HttpResponse:
    corpus, _ = batch_of(request, slug, batch)
    undone, kept = undo_batch(corpus, batch, request.user)
    words = f"{undone} article{'' if undone == 1 else 's'} restored."
    if kept:
        words += f" {kept} {'has' if kept == 1 else 'have'} changed since and {'was' if kept == 1 else 'were'} left as {'it is' if kept == 1 else 'they are'}."
    messages.success(request, words)
    return redirect("corpus:batch", slug, batch)
