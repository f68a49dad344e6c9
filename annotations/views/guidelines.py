"""Guidelines of a corpus: read by its members, written by its reviewers, with all versions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotations.guidelines import versions
from annotations.guidelines.carried import CarriedLabels, carried_in, written_guidelines
from annotations.guidelines.rulings import rulings_of
from annotations.models import Guideline, GuidelineVersion, Span
from corpus.accounts.signed_in import SignedIn
from corpus.edits.fields import field_of
from corpus.edits.history import EditError
from corpus.models import Corpus
from corpus.text.diff import sides

METHODS = ["GET", "HEAD", "POST"]
GENERAL = "General"
RULINGS = 50
GOLD_MARKS = 50  # that are listed, of those that a version may change
MARKDOWN = "Markdown: **bold**, *italic*, - list, > quotation, ## heading, [words](address), tables. Give an example for right and wrong."


class GuidelineTextForm(forms.Form):
    """Title and text of a version; `base`: the version that the person changes."""

    base = forms.IntegerField(min_value=1, required=False, widget=forms.HiddenInput)
    title = forms.CharField(max_length=200)
    body = forms.CharField(
        max_length=versions.LONGEST, label="Text", help_text=MARKDOWN, widget=forms.Textarea(attrs={"rows": 16})
    )
    note = forms.CharField(max_length=500, required=False, label="Reason for the change")

    def clean_body(self) -> str:
        # A browser sends the ends of lines as CR LF.
        return str(self.cleaned_data["body"]).replace("\r\n", "\n")

    @property
    def text(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("title", "body", "note")}


class NewGuidelineForm(GuidelineTextForm):
    """A first version, with its subject."""

    base: Any = None
    note: Any = None
    subject = forms.ChoiceField(required=False)
    field_order = ["subject", "title", "body"]

    def __init__(self, corpus: Corpus, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        labels = versions.subjects(corpus)
        carried = carried_in(corpus)
        for guideline in written_guidelines(corpus):
            for label in carried.both(str(guideline), guideline.since):
                labels.pop(label, None)
        field_of(self, "subject", forms.ChoiceField).choices = [("", GENERAL), *labels.items()]

    @property
    def text(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("title", "body")}


def readable_corpus(request: SignedIn, slug: str) -> Corpus:
    return get_object_or_404(Corpus.objects.for_user(request.user), slug=slug)


@require_safe
def guidelines(request: SignedIn, slug: str) -> HttpResponse:
    """`subject`: the name of a label; `unread`: those alone that the person has not read."""
    corpus = readable_corpus(request, slug)
    names, carried = versions.subjects(corpus), carried_in(corpus)
    every = [(subject(row.guideline, row.since, names, carried), row) for row in versions.newest_for(corpus, request.user)]
    subjects = sorted({about["name"] for about, _ in every})
    about, unread = request.GET.get("subject", ""), request.GET.get("unread") == "on"
    about = about if about in subjects else ""
    rows = [pair for pair in every if about in ("", pair[0]["name"]) and (pair[1].unread or not unread)]
    page: dict[str, Any] = {"corpus": corpus, "rows": rows, "writes": corpus.allows(request.user, versions.WRITES)}
    page |= {"has_any": bool(every), "subjects": subjects, "about": about, "unread": unread}
    return render(request, "annotations/guidelines.html", page)


def subject(guideline: Guideline, since: datetime, names: dict[str, str], carried: CarriedLabels) -> dict[str, Any]:
    """The name of its label in the scheme in use, and whether it has none: a scheme change has left it behind."""
    label = str(guideline)
    now = carried.now(label, since) if guideline.label else label
    return {"name": names.get(now, now or label), "is_left": bool(guideline.label) and bool(names) and now not in names}


@require_http_methods(METHODS)
def new_guideline(request: SignedIn, slug: str) -> HttpResponse:
    corpus = readable_corpus(request, slug)
    corpus.require(request.user, versions.WRITES)
    initial = {"subject": request.GET.get("subject", "")}
    form = NewGuidelineForm(corpus, request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            version = versions.create(corpus, form.cleaned_data["subject"], request.user, **form.text)
        except EditError as error:
            form.add_error("subject", str(error))
        else:
            messages.success(request, f"“{version.title}” saved. Members see it as unread until they mark it as read.")
            return redirect(version.guideline)
    return render(request, "annotations/guideline_form.html", {"corpus": corpus, "form": form})


def readable_guideline(request: SignedIn, pk: int) -> Guideline:
    rows = Guideline.objects.for_user(request.user).select_related("corpus")
    return get_object_or_404(rows, pk=pk)


@require_safe
def guideline(request: SignedIn, pk: int) -> HttpResponse:
    """The newest version, or `?version=`; every other one than the first beside the one before it."""
    row = readable_guideline(request, pk)
    every = list(row.versions.select_related("user").defer("body"))
    number = request.GET.get("version", "")
    shown = (
        get_object_or_404(row.versions.select_related("user"), number=number) if number.isascii() and number.isdigit() else None
    )
    shown = shown or row.versions.select_related("user")[0]
    earlier = row.versions.filter(number=shown.number - 1).first()
    from annotations.guidelines.markup import html_of

    names, carried = versions.subjects(row.corpus), carried_in(row.corpus)
    page: dict[str, Any] = {
        "corpus": row.corpus,
        "guideline": row,
        "subject": subject(row, every[-1].at, names, carried),
        "shown": shown,
        "body": html_of(shown.body),
        "versions": every,
        "is_newest": shown.number == every[0].number,
        "unread": not shown.read_by.filter(user=request.user.pk).exists(),
        "earlier": earlier,
        "writes": row.corpus.allows(request.user, versions.WRITES),
        "page": Paginator(rulings_of(row, request.user), RULINGS).get_page(request.GET.get("page")),
    }
    if page["is_newest"]:
        page |= gold_facts(versions.older_gold(row, request.user, shown.at))
    name_labels(page["page"].object_list, names, carried)
    if earlier:
        page |= sides(earlier.body, shown.body)
    return render(request, "annotations/guideline.html", page)


def gold_facts(marks: QuerySet[Span]) -> dict[str, Any]:
    """As many marks as are shown, and how many there are."""
    return {"gold_marks": list(marks[:GOLD_MARKS]), "gold_count": marks.count()}


def name_labels(rulings: Iterable[Any], names: dict[str, str], carried: CarriedLabels) -> None:
    """Give each ruling the names of its labels in the scheme in use, and say of one whose right label has none that it is left behind."""
    for ruling in rulings:
        now = [carried.now(code, ruling.at) if code else "" for code in (ruling.right, ruling.wrong)]
        ruling.right_name, ruling.wrong_name = (
            names.get(label, label or code) for label, code in zip(now, (ruling.right, ruling.wrong), strict=True)
        )
        ruling.is_left = bool(names) and now[0] not in names


@require_POST
def read_guideline(request: SignedIn, pk: int) -> HttpResponse:
    version = get_object_or_404(GuidelineVersion.objects.for_user(request.user).select_related("guideline__corpus"), pk=pk)
    versions.mark_read(version, request.user)
    messages.success(request, f"“{version.title}” marked as read.")
    return redirect("annotations:guidelines", version.guideline.corpus.slug)


@require_http_methods(METHODS)
def edit_guideline(request: SignedIn, pk: int) -> HttpResponse:
    row = readable_guideline(request, pk)
    row.corpus.require(request.user, versions.WRITES)
    newest = row.versions.all()[0]
    initial = {"base": newest.number, "title": newest.title, "body": newest.body}
    form = GuidelineTextForm(request.POST if request.method == "POST" else None, initial=initial)
    page: dict[str, Any] = {
        "corpus": row.corpus,
        "guideline": row,
        "form": form,
        **gold_facts(versions.older_gold(row, request.user)),
    }
    if request.method == "POST" and form.is_valid():
        try:
            version = versions.change(row, form.cleaned_data["base"] or 0, request.user, **form.text)
        except versions.NewerVersion as error:
            form.add_error(None, str(error))
            # The next press knows the newer version: what it replaces stands beside the text.
            form.data = request.POST.copy()
            form.data["base"] = str(error.newest.number)
            page |= {"newest": error.newest, **sides(error.newest.body, form.text["body"])}
        else:
            changed = version.number != newest.number
            messages.success(request, f"Version {version.number} of “{version.title}” saved." if changed else "Nothing changed.")
            return redirect(row)
    return render(request, "annotations/guideline_form.html", page)
