"""A corpus as a file: choose the format and whose marks, see what it will not hold, say how labels are called, download."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from annotations.documents.export import NATIVE, look, takes_native, writers
from annotations.documents.selection import Selection
from annotations.formats.middle.mapping import Dictionary, Mapping
from annotations.formats.options import WRITING
from annotations.models import Assignment, FormatMapping
from annotations.schemes.fresh_view import fresh_view
from annotations.schemes.of_corpus import NoScheme, scheme_for
from annotations.views.options import fields_of, given_in
from corpus.accounts.signed_in import SignedIn
from corpus.edits.fields import field_of
from corpus.models import Corpus

LOOKED_AT = 20  # assignments before the page is shown; its script looks at the others
LONGEST = 60
ALL, GOLD, BY = "", "gold", "by:"
DRAFTS = "drafts"
STATUSES = [("", "Gold, else submitted"), ("submitted", "Submitted"), ("open", "Drafts only"), (DRAFTS, "All, including drafts")]


class WhoseForm(forms.Form):
    """Which assignments of a corpus."""

    whose = forms.ChoiceField(label="Annotator", required=False)
    status = forms.ChoiceField(label="Status", required=False, choices=STATUSES)

    def __init__(self, *args: Any, visible: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        names = visible.filter(role=Assignment.Role.ANNOTATION).order_by("annotator__username")
        people = [(f"{BY}{name}", name) for name in names.values_list("annotator__username", flat=True).distinct()]
        field_of(self, "whose", forms.ChoiceField).choices = [(ALL, "All annotators"), (GOLD, "Gold"), *people]

    def selection(self) -> Selection:
        """The form must be valid."""
        whose, status = self.cleaned_data["whose"], self.cleaned_data["status"]
        drafts = status == DRAFTS
        annotator = whose.removeprefix(BY) if whose.startswith(BY) else ""
        return Selection.parse(
            {"annotator": annotator, "gold": whose == GOLD, "status": "" if drafts else status, "drafts": drafts}
        )


class ExportForm(WhoseForm):
    """What of a corpus, in which format, and what can be asked of that."""

    format = forms.ChoiceField(label="Format", choices=lambda: [(name, module.TITLE) for name, module in writers().items()])
    field_order = ("format", "whose", "status")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.known = WRITING.get(self.data.get("format", ""), {})
        self.fields |= fields_of(self.known)

    def of_format(self) -> list[forms.BoundField]:
        return [self[name] for name in self.known]

    def options(self) -> dict[str, str]:
        return given_in(self.cleaned_data, self.known)

    def query(self) -> str:
        """The same for the API."""
        return urlencode({**self.selection().parameters(), "format": self.cleaned_data["format"], **self.options()})


def drafts_left_out(request: SignedIn, corpus: Corpus, form: WhoseForm) -> dict[str, Any] | None:
    """For an empty result: the URL of the same page with drafts, and their number. The form must be valid."""
    number = form.selection().drafts_left_out(corpus, request.user)
    query = request.GET.copy()
    query["status"] = DRAFTS
    return {"address": f"?{query.urlencode()}", "number": number} if number else None


@require_safe
def export(request: SignedIn, slug: str) -> HttpResponse:
    """The choice; and of what was chosen, the file, or what it will not hold."""
    corpus = get_object_or_404(Corpus.objects.for_user(request.user), slug=slug)
    visible = Assignment.objects.for_user(request.user).filter(document__corpus=corpus)
    query = request.GET if "format" in request.GET else {"format": NATIVE}
    form = ExportForm(query, visible=visible)
    shown = {"corpus": corpus, "form": form, "manages": corpus.allows(request.user, "manager")}
    if form.is_valid():
        rows = form.selection().rows_for(request.user, corpus)
        if "download" in request.GET and rows.exists():
            report = {"report": "&report=1"}.get(request.GET["download"], "")
            return redirect(f"{file_of(corpus)}?{form.query()}{report}")
        shown |= what_leaves(corpus, rows, form)
        shown |= {} if shown["total"] else {"drafts": drafts_left_out(request, corpus, form)}
    return render(request, "annotations/export.html", shown, status=200 if form.is_valid() else 400)


def file_of(corpus: Corpus) -> str:
    return reverse("api:corpus-export", args=[corpus.slug])


def what_leaves(corpus: Corpus, rows: QuerySet[Assignment], form: ExportForm) -> dict[str, Any]:
    name, query = form.cleaned_data["format"], form.query()
    module, words = writers()[name], FormatMapping.of(corpus, name)
    losses = look(rows, name, words, form.options(), most=LOOKED_AT)
    base = file_of(corpus)
    return {
        "module": module,
        "total": rows.count(),
        "look": losses,
        "losses": losses.losses.to_dict().items(),
        "further": losses.next and f"{base}losses/?{query}&after={losses.next}",
        "file": f"{base}?{query}",
        "words": [] if takes_native(module) else called(corpus, words),
    }


def called(corpus: Corpus, words: Mapping) -> list[dict[str, str]]:
    """Every label of the corpus's scheme: what it means, what it is called in the files, and what it would be called."""
    try:
        view = fresh_view(scheme_for(corpus))
    except NoScheme:
        return []
    book, plain = Dictionary(view, words), Dictionary(view, Mapping())
    return [{"target": target, "word": book.mark(target), "usual": plain.mark(target)} for target in plain.default_marks]


@require_POST
def save_words(request: SignedIn, slug: str) -> HttpResponse:
    """How the labels are called in the files of a format, from now on and for everybody."""
    corpus = get_object_or_404(Corpus.objects.for_user(request.user), slug=slug)
    corpus.require(request.user, "manager")
    name = request.POST.get("format", "")
    if name not in writers() or takes_native(writers()[name]):
        messages.error(request, "This format has fixed label names. Choose another format.")
        return redirect("annotations:export", slug)
    known = FormatMapping.of(corpus, name)
    words = {entry["target"]: request.POST.get(entry["target"], "").strip() or entry["usual"] for entry in called(corpus, known)}
    if problem := unfit(words):
        messages.error(request, problem)
    else:
        FormatMapping.keep(corpus, name, with_marks(known, words), request.user)
        messages.success(request, f"Label names for {writers()[name].TITLE} saved.")
    return redirect(f"{reverse('annotations:export', args=[slug])}?{urlencode({'format': name})}")


def unfit(words: dict[str, str]) -> str:
    """Why these words cannot be: one that stands for two labels could not be read back."""
    seen: dict[str, str] = {}
    for target, word in words.items():
        if len(word) > LONGEST or not word.isprintable():
            return f"{target}: use at most {LONGEST} printable characters."
        if word in seen:
            return f"“{word}” is used for {seen[word]} and for {target}. Choose different names."
        seen[word] = target
    return ""


def with_marks(known: Mapping, words_of_targets: dict[str, str]) -> Mapping:
    """The words for marks first, then those that only files that come in have."""
    words: dict[str, str | None] = {word: target for target, word in words_of_targets.items()}
    others = {word: target for word, target in known.marks.items() if word not in words}
    return Mapping(words | others, known.ties, known.roles, known.attributes)
