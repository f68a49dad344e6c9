"""Marks from a file: give it, see what would come of it, say what its words mean, and then load it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from annotations.formats.middle.mapping import PARTS
from annotations.formats.options import READING
from annotations.imports import staged
from annotations.imports.foreign import Reading, guess, meanings_of, readers
from annotations.models import FormatMapping, Load
from annotations.schemes.of_corpus import NoScheme, scheme_for
from annotations.views.options import fields_of, given_in
from corpus.accounts.signed_in import SignedIn
from corpus.edits.fields import field_of
from corpus.intake.deliveries import is_worker_alive
from corpus.models import Corpus

FORM = ["GET", "HEAD", "POST"]
TITLES = {"marks": "Labels", "ties": "Relations", "roles": "Roles of events", "attributes": "Attributes"}


class FileForm(forms.Form):
    file = forms.FileField(help_text="With its texts, or with annotations of articles in this corpus.")
    format = forms.ChoiceField(required=False, help_text="Default: detected from the file.")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        formats = [(name, module.TITLE) for name, module in sorted(readers().items())]
        field_of(self, "format", forms.ChoiceField).choices = [("", "Detect automatically"), *formats]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > staged.LARGEST:
            raise forms.ValidationError("The file is larger than 200 MB. Split it, or import it with manage.py load.")
        return file


class OptionsForm(forms.Form):
    """How the file is read, as far as its format can be asked."""

    def __init__(self, *args: Any, load: Load, **options: Any) -> None:
        super().__init__(*args, **options | {"initial": load.options})
        self.load, self.known = load, READING.get(load.format, {})
        self.fields |= fields_of(self.known, load.options)

    def options(self) -> dict[str, str]:
        """Those that are said now; a file that was given before stays until another one is."""
        kept = {name: self.load.options[name] for name, each in self.known.items() if each.is_file and name in self.load.options}
        return kept | given_in(self.cleaned_data, self.known)


def managed(request: SignedIn, slug: str) -> Corpus:
    corpus = get_object_or_404(Corpus.objects.for_user(request.user), slug=slug)
    corpus.require(request.user, "manager")
    return corpus


@require_http_methods(FORM)
def give(request: SignedIn, slug: str) -> HttpResponse:
    """The file; it waits until somebody has looked at what would come of it."""
    corpus = managed(request, slug)
    try:
        scheme_for(corpus)
    except NoScheme as error:
        return render(request, "annotations/noscheme.html", {"error": error})
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        chosen = form.cleaned_data["format"] or guess(file.file, file.name)
        file.seek(0)
        made = Load.objects.create(
            corpus=corpus,
            user=request.user,
            name=staged.storable(file.name)[:200],
            format=chosen,
            content=file.read(),
            mapping={},
        )
        return redirect(made)
    earlier = Load.objects.filter(corpus=corpus).select_related("user").defer("content", "report", "mapping", "options")[:50]
    return render(request, "annotations/load.html", {"corpus": corpus, "form": form, "earlier": earlier})


@require_http_methods(FORM)
def load(request: SignedIn, pk: UUID) -> HttpResponse:
    """What would come of a file, or what came of it."""
    staged_load = get_object_or_404(
        Load.objects.filter(corpus__in=Corpus.objects.for_user(request.user)).select_related("corpus"), pk=pk
    )
    managed(request, staged_load.corpus.slug)
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = OptionsForm(*posted, load=staged_load)
    if posted and staged_load.report is None and (form.is_valid() or "discard" in request.POST):
        return act(request, staged_load, form)
    page: dict[str, Any] = {"load": staged_load, "corpus": staged_load.corpus, "title": readers()[staged_load.format].TITLE}
    if staged_load.report is not None:
        return render(request, "annotations/loaded.html", page)
    if staged_load.begun:
        return render(request, "annotations/loading.html", page | {"worker": is_worker_alive()})
    reading, report, further = staged.look(staged_load)
    page |= {
        "report": report,
        "known": report.documents - report.texts,
        "looked_at": report.documents + len(report.errors),
        "further": further,
        "uncounted": further == staged.COUNTED,
        "losses": reading.losses.lines(),
        "parts": parts_of(reading),
        "form": form,
    }
    return render(request, "annotations/look.html", page)


def parts_of(reading: Reading) -> list[dict[str, Any]]:
    """Each word of the file with what it may mean, and what it is taken to mean."""
    meanings, known = reading.meanings().to_dict(), meanings_of(reading.view)
    return [
        {
            "title": TITLES[part],
            "choices": sorted(known[part]),
            "words": [
                {"field": f"{part}:{word}", "word": word, "count": count, "means": meanings[part][word]}
                for word, count in reading.words[part].most_common()
            ],
        }
        for part in PARTS
        if reading.words[part]
    ]


# What a person says of it


def act(request: SignedIn, staged_load: Load, form: OptionsForm) -> HttpResponse:
    if "discard" in request.POST:
        staged_load.delete()
        messages.info(request, f"{staged_load.name} discarded. Nothing was imported.")
        return redirect("annotations:loads", staged_load.corpus.slug)
    chosen = chosen_words(request, meanings_of(staged.reading_of(staged_load).view))
    if any(chosen.values()):
        staged_load.mapping = {part: (staged_load.mapping or {}).get(part, {}) | words for part, words in chosen.items()}
    staged_load.options = form.options()
    staged_load.save(update_fields=["mapping", "options"])
    if "save" in request.POST:
        FormatMapping.keep(staged_load.corpus, staged_load.format, staged.reading_of(staged_load).mapping, request.user)
        messages.success(request, f"Mapping saved for all {staged_load.format} files of this corpus.")
    if "load" in request.POST:
        staged.begin(staged_load)
    return redirect(staged_load)


def chosen_words(request: SignedIn, known: dict[str, set[str]]) -> dict[str, dict[str, str | None]]:
    chosen: dict[str, dict[str, str | None]] = {part: {} for part in PARTS}
    for name, value in request.POST.items():
        part, colon, word = name.partition(":")
        if colon and part in chosen and word == staged.storable(word) and (not value or value in known[part]):
            chosen[part][word] = str(value) or None
    return chosen
