"""The scheme of a corpus on a page, for its managers: labels as the annotator shows them, the edits of the draft, and its publishing."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from annotations.scheme.colours import form_of, step_of, style_sheet
from annotations.scheme.lines import LONGEST_FILE, SchemeFileError, read_scheme
from annotations.scheme.new_labels import new_label
from annotations.scheme_drafts.edit import SchemeNow, discard, edit_draft, edits_of, scheme_now, undo
from annotations.scheme_drafts.publish import open_readings, publish
from annotations.scheme_drafts.starts import STARTS, begin_with, start_body
from annotations.schemes.of_corpus import NoScheme
from annotations.views.plans import managed
from corpus.accounts.signed_in import SignedIn
from corpus.edits.fields import field_of
from corpus.edits.history import EditError
from corpus.models import Corpus

Json = dict[str, Any]
FORM = ["GET", "HEAD", "POST"]
SHOWN_EDITS, SHOWN_PROBLEMS = 20, 5


class NewLabelForm(forms.Form):
    """A label from its name; of a figure, also which label's values it has."""

    layer = forms.ChoiceField()
    name = forms.CharField(max_length=100, label="New label", widget=forms.TextInput(attrs={"autocomplete": "off"}))
    like = forms.ChoiceField(required=False, label="Values of a figure as of")

    def __init__(self, data: Any, body: Json, layer: str | None = None) -> None:
        super().__init__(data, initial={"layer": layer})
        figures = [label for layer in body["layers"] if form_of(layer) == "figure" for label in layer["labels"]]
        field_of(self, "layer", forms.ChoiceField).choices = [(layer["code"], layer["name"]) for layer in body["layers"]]
        field_of(self, "like", forms.ChoiceField).choices = [(label["code"], label["name"]) for label in figures]


class SchemeStartForm(forms.Form):
    """A scheme to begin the draft with; a file goes before the choice."""

    start = forms.ChoiceField(required=False, choices=[("", "Choose"), *STARTS.items()], label="Start from")
    file = forms.FileField(required=False, label="Or a file", help_text="JSON, as “Export” writes it.")


@require_http_methods(FORM)
def scheme_page(request: SignedIn, slug: str) -> HttpResponse:
    corpus = managed(request, slug)
    try:
        now = scheme_now(corpus)
    except NoScheme:
        return render(request, "annotations/scheme_page.html", {"corpus": corpus})
    if request.method == "POST":
        try:
            return carry_out(request, corpus, now)
        except EditError as error:
            messages.error(request, str(error))
            return redirect("annotations:scheme_page", corpus.slug)
    page = {
        "corpus": corpus,
        "now": now,
        "changes": now.changes,
        "start_form": SchemeStartForm(),
        "form": NewLabelForm(None, now.body, request.GET.get("layer")),
        "layers": [layer_lines(layer) for layer in now.body["layers"]],
        "colours": own_colours(corpus, now.body),
        "older": open_readings(corpus, now.base),
        "edits": edits_of(corpus)[:SHOWN_EDITS],
    }
    return render(request, "annotations/scheme_page.html", page)


def carry_out(request: SignedIn, corpus: Corpus, now: SchemeNow) -> HttpResponse:
    """What a button of the page asks for. Raises EditError."""
    act = request.POST.get("act", "")
    there = ""
    if act == "add":
        layer = add(request, corpus, now)
        return redirect(f"{reverse('annotations:scheme_page', args=[corpus.slug])}?layer={layer}#new-label")
    if act in ("up", "down"):
        there = request.POST.get("label", "")
        edit_draft(corpus, request.user, lambda body: moved(body, there, -1 if act == "up" else 1))
    elif act == "publish":
        scheme = publish(corpus, request.user)
        messages.success(request, f"Published as {scheme.version}. New readings are annotated under it.")
    elif act == "start":
        start(request, corpus)
    elif act == "discard":
        discard(corpus, request.user)
        messages.success(request, "Draft discarded. “Undo” in the history brings it back.")
    elif act == "undo":
        undo(corpus, get_object_or_404(edits_of(corpus), pk=number(request.POST.get("edit"))), request.user)
    else:
        raise EditError("Choose one of the buttons of the page.")
    return redirect(reverse("annotations:scheme_page", args=[corpus.slug]) + (f"#{there}" if there else ""))


def start(request: SignedIn, corpus: Corpus) -> None:
    """Raises EditError, for a broken file with line and rule."""
    form = SchemeStartForm(request.POST, request.FILES)
    if not form.is_valid():
        raise EditError("Choose a scheme of the list, or a file.")
    file, name = form.cleaned_data["file"], form.cleaned_data["start"]
    if not file and not name:
        raise EditError("Choose a scheme of the list, or a file.")
    try:
        body = read_scheme(file.read(LONGEST_FILE + 1)) if file else start_body(name)
    except SchemeFileError as error:
        raise EditError(" ".join(error.problems[:SHOWN_PROBLEMS])) from error
    edit = begin_with(corpus, body, request.user)
    messages.success(request, "The draft begins with it." if edit else "The draft has that content already.")


@require_safe
def scheme_file(request: SignedIn, slug: str) -> HttpResponse:
    """What the page shows, published or not, as a file."""
    try:
        now = scheme_now(managed(request, slug))
    except NoScheme as error:
        raise Http404 from error
    name = f"{now.base.code}-{now.base.version}{'-draft' if now.changes else ''}.json"
    answer = HttpResponse(json.dumps(now.body, ensure_ascii=False, indent=2) + "\n", content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 16 else 0


def add(request: SignedIn, corpus: Corpus, now: SchemeNow) -> str:
    """The code of its layer. Raises EditError."""
    form = NewLabelForm(request.POST, now.body)
    if not form.is_valid():
        raise EditError("; ".join(f"{form[name].label}: {errors[0]}" for name, errors in form.errors.items()))

    def change(body: Json) -> None:
        owner = layer_of(body, form.cleaned_data["layer"])
        label = new_label(body, owner, form.cleaned_data["name"], form_of(owner), form.cleaned_data["like"])
        if not label["key"]:
            raise EditError(f"{owner['name']} has no free key: give up a label first.")
        owner["labels"].append(label)

    edit_draft(corpus, request.user, change)
    return str(form.cleaned_data["layer"])


def moved(body: Json, path: str, by: int) -> None:
    """A label before or behind its neighbour."""
    layer, label = label_of(body, path)
    labels = layer["labels"]
    here = labels.index(label)
    there = here + by
    if not 0 <= there < len(labels):
        raise EditError(f"“{label['name']}” stands at the end already.")
    labels[here], labels[there] = labels[there], labels[here]
    for order, each in enumerate(labels, 1):
        each["order"] = order


def layer_of(body: Json, code: str) -> Json:
    """Raises EditError."""
    layers: list[Json] = body["layers"]
    for layer in layers:
        if layer["code"] == code:
            return layer
    raise EditError(f"The scheme has no layer {code!r}. Reload the page.")


def label_of(body: Json, path: str) -> tuple[Json, Json]:
    """A label by LAYER.CODE, with its layer. Raises EditError."""
    layer = layer_of(body, path.partition(".")[0])
    for label in layer["labels"]:
        if label["code"] == path.partition(".")[2]:
            return layer, label
    raise EditError(f"The scheme has no label {path!r}. Reload the page.")


def layer_lines(layer: Json) -> Json:
    """A layer with its labels, each as the annotator shows it."""
    lines = [
        {
            "label": label,
            "path": f"{layer['code']}.{label['code']}",
            "step": step_of(label, position),
            "examples": examples(label),
        }
        for position, label in enumerate(layer["labels"])
    ]
    return {"layer": layer, "form": form_of(layer), "lines": lines}


def examples(label: Json) -> list[str]:
    return label.get("examples") or label.get("trigger_examples") or []


def own_colours(corpus: Corpus, body: Json) -> str:
    """The address of the style sheet of the draft; empty where no label has a colour of its own."""
    return reverse("annotations:draft_colours", args=[corpus.slug]) if style_sheet(body["layers"]) else ""
