"""A label of the draft on a page of its own, with a card that shows it as it will be."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from annotations.models import Scheme
from annotations.scheme.colours import COLOUR, corrections, form_of, label_colour, step_of, style_sheet
from annotations.scheme_drafts.edit import edit_draft, scheme_now
from annotations.schemes.of_corpus import NoScheme
from annotations.schemes.stored import compiled
from annotations.views.plans import managed
from annotations.views.scheme_page import examples, label_of
from corpus.accounts.signed_in import SignedIn
from corpus.edits.history import EditError
from corpus.models import Corpus

Json = dict[str, Any]
FORM = ["GET", "HEAD", "POST"]
# Of the four shades in turn the first, as `marks.css` has it.
LAYER_COLOURS = {"actor": "#296CD8", "figure": "#BC4900", "event": "#480046"}


class SchemeLabelForm(forms.Form):
    """What a label is called, how it looks and what it means."""

    name = forms.CharField(max_length=100)
    badge = forms.CharField(max_length=6, help_text="Up to six characters, on each mark.")
    key = forms.CharField(max_length=1, help_text="Pressed after the key of the layer. A letter or a digit.")
    colour = forms.CharField(
        widget=forms.TextInput(attrs={"type": "color"}),
        help_text="Lines and tints follow in both themes, so that words stay readable.",
    )
    of_layer = forms.BooleanField(required=False, label="Colour of the layer", help_text="One of its four shades in turn.")
    definition = forms.CharField(required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 3}), label="Description")
    examples = forms.CharField(required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 3}), help_text="One a line.")
    not_examples = forms.CharField(
        required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 2}), label="Not", help_text="One a line."
    )
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, data: Any, layer: Json, label: Json) -> None:
        chosen = (label.get("color") or {}).get("chosen")
        initial = {
            "name": label["name"],
            "badge": label["badge"],
            "key": label["key"],
            "colour": (chosen or LAYER_COLOURS[form_of(layer)]).lower(),
            "of_layer": not chosen,
            "definition": label.get("definition", ""),
            "examples": "\n".join(examples(label)),
            "not_examples": "\n".join(label.get("not_examples") or []),
            "seen": digest(label),
        }
        super().__init__(data, initial=initial)
        self.layer = layer

    def clean_key(self) -> str:
        key: str = self.cleaned_data["key"].lower()
        if not (key.isascii() and key.isalnum()):
            raise ValidationError("Enter a letter from a to z or a digit.")
        return key

    def clean_colour(self) -> str:
        colour: str = self.cleaned_data["colour"]
        if not COLOUR.fullmatch(colour):
            raise ValidationError("Enter a colour such as #1A7191.")
        return colour

    def put_into(self, label: Json) -> None:
        """The form must be valid. Raises EditError where somebody else has changed the label meanwhile."""
        data = self.cleaned_data
        if data["seen"] != digest(label):
            raise EditError(f"“{label['name']}” was changed meanwhile. Reload the page and enter your change again.")
        field = "trigger_examples" if "trigger_examples" in label else "examples"
        label |= {name: data[name] for name in ("name", "badge", "key", "definition")}
        label |= {field: lines(data["examples"]), "not_examples": lines(data["not_examples"])}
        if self.is_recoloured():
            label["color"] = label_colour(data["colour"])
        elif data["of_layer"] and (label.get("color") or {}).get("chosen"):
            del label["color"]

    def is_recoloured(self) -> bool:
        """A colour that was chosen counts, whether or not the box is still ticked."""
        was_own = not self.initial["of_layer"]
        return "colour" in self.changed_data or (not self.cleaned_data["of_layer"] and not was_own)


def lines(text: str) -> list[str]:
    return [line.strip()[:300] for line in text.splitlines() if line.strip()]


def digest(label: Json) -> str:
    return hashlib.sha256(json.dumps(label, sort_keys=True).encode()).hexdigest()[:16]


@require_http_methods(FORM)
def scheme_label(request: SignedIn, slug: str, layer: str, code: str) -> HttpResponse:
    corpus = managed(request, slug)
    path = f"{layer}.{code}"
    owner, label = label_at(corpus, path)
    form = SchemeLabelForm(request.POST if request.method == "POST" else None, owner, label)
    act = request.POST.get("act", "")
    if request.method == "POST" and (act or form.is_valid()):
        try:
            return carry_out(request, corpus, path, form, act)
        except EditError as error:
            form.add_error(None, str(error)) if form.is_bound and not act else messages.error(request, str(error))
    page = {
        "corpus": corpus,
        "layer": owner,
        "label": label,
        "form": form,
        "kind": form_of(owner),
        "step": step_of(label, owner["labels"].index(label)),
        "sentence": next(iter(examples(label)), label["name"]),
        "corrections": corrections(label.get("color") or {}),
        "colours": reverse("annotations:draft_colours", args=[corpus.slug]),
    }
    return render(request, "annotations/scheme_label.html", page)


def label_at(corpus: Corpus, path: str) -> tuple[Json, Json]:
    """Raises Http404."""
    try:
        return label_of(scheme_now(corpus).body, path)
    except (EditError, NoScheme) as error:
        raise Http404 from error


def carry_out(request: SignedIn, corpus: Corpus, path: str, form: SchemeLabelForm, act: str) -> HttpResponse:
    """Raises EditError."""
    corrected: list[str] = []

    def change(body: Json) -> None:
        owner, label = label_of(body, path)
        if act == "delete":
            owner["labels"].remove(label)
        elif act in ("retire", "restore"):
            label["retired"] = True if act == "retire" else None
        else:
            form.put_into(label)
            corrected.extend(corrections(label.get("color") or {}) if form.is_recoloured() else [])

    edit_draft(corpus, request.user, change)
    for line in corrected:
        messages.info(request, line)
    return redirect(f"{reverse('annotations:scheme_page', args=[corpus.slug])}#{path if act != 'delete' else ''}")


# Colours


@require_safe
def draft_colours(request: SignedIn, slug: str) -> HttpResponse:
    """The style sheet of the draft; `path` and `chosen` show one label in a colour that is not saved."""
    layers = scheme_now(managed(request, slug)).body["layers"]
    chosen = request.GET.get("chosen", "")
    if COLOUR.fullmatch(chosen):
        path, color = request.GET.get("path", ""), label_colour(chosen)
        layers = [
            layer
            | {
                "labels": [
                    label | ({"color": color} if f"{layer['code']}.{label['code']}" == path else {}) for label in layer["labels"]
                ]
            }
            for layer in layers
        ]
    return sheet(style_sheet(layers), "no-store")


@require_safe
def scheme_colours(request: SignedIn, code: str, version: str) -> HttpResponse:
    """Colours of the labels of a version, which never change once it is used."""
    stored = get_object_or_404(Scheme.objects.for_user(request.user), code=code, version=version)
    return sheet(style_sheet(compiled(stored).view.layers), "private, no-cache")


def sheet(text: str, cached: str) -> HttpResponse:
    return HttpResponse(text, content_type="text/css; charset=utf-8", headers={"Cache-Control": cached})


def colours_address(stored: Scheme) -> str:
    """Empty where no label has a colour of its own."""
    own = style_sheet(compiled(stored).view.layers)
    return reverse("annotations:scheme_colours", args=[stored.code, stored.version]) if own else ""
