"""Rulings are written: from a guideline, or from a difference of an adjudication."""

from __future__ import annotations

import re
import uuid
from itertools import pairwise
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from annotations.adjudication.groups import Group
from annotations.guidelines import rulings, versions
from annotations.guidelines.rulings import RulingDraft
from annotations.models import Guideline, GuidelineVersion
from annotations.views.adjudicate import corpus_reviewer
from annotations.views.adjudication_cards import pieces, words_of
from annotations.views.guidelines import readable_guideline
from annotations.write.adjudicate import labelled_words
from annotations.write.adjudication_state import AdjudicationState
from annotations.write.frozen_inputs import OUTCOME
from corpus.accounts.signed_in import SignedIn
from corpus.edits.fields import field_of
from corpus.edits.history import EditError
from corpus.models import Corpus, Document
from corpus.models.document import text_of

FORM = ["GET", "HEAD", "POST"]
ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class RulingForm(forms.Form):
    """The right label of some words, a wrong one, and the reason."""

    right = forms.ChoiceField(label="Right label")
    wrong = forms.ChoiceField(required=False, label="Wrong label")
    why = forms.CharField(
        max_length=rulings.LONGEST,
        label="Reason",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Do not quote the text here: annotators who have not read it yet see the reason, and not the words.",
    )

    def __init__(self, corpus: Corpus, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        labels = list(versions.subjects(corpus).items())
        field_of(self, "right", forms.ChoiceField).choices = [("", "Choose a label"), *labels]
        field_of(self, "wrong", forms.ChoiceField).choices = [("", "Any other of the layer"), *labels]

    def clean_why(self) -> str:
        return str(self.cleaned_data["why"]).replace("\r\n", "\n")

    def draft(self, document: Document, fragments: Any, **more: Any) -> RulingDraft:
        data = self.cleaned_data
        return RulingDraft(document, fragments, data["right"], data["wrong"], data["why"], **more)


class VersionField(forms.ModelChoiceField):
    def label_from_instance(self, obj: GuidelineVersion) -> str:
        return obj.title


class DifferenceRulingForm(RulingForm):
    """With the guideline that it belongs to."""

    guideline = VersionField(
        GuidelineVersion.objects.none(),
        required=False,
        empty_label="The one of the right label",
        help_text="If the label has no guideline yet, one is written that states the reason.",
    )
    field_order = ["right", "wrong", "why", "guideline"]

    def __init__(self, corpus: Corpus, *args: Any, **options: Any) -> None:
        super().__init__(corpus, *args, **options)
        field_of(self, "guideline", VersionField).queryset = rulings.newest_versions(corpus)


class QuotedRulingForm(RulingForm):
    """With the article and the words."""

    article = forms.CharField(max_length=300, label="Article", help_text="Address of its page.")
    quote = forms.CharField(
        max_length=rulings.LONGEST_QUOTE, label="Words", help_text="As they are in the text, which has them once."
    )
    field_order = ["article", "quote", "right", "wrong", "why"]

    def __init__(self, corpus: Corpus, *args: Any, **options: Any) -> None:
        self.corpus = corpus
        super().__init__(corpus, *args, **options)

    def clean_article(self) -> Document:
        """Its newest text."""
        match = ID.search(str(self.cleaned_data["article"]).lower())
        rows = Document.objects.filter(
            Q(article=match[0] if match else None), corpus=self.corpus, article__deletion=None
        ).select_related("corpus")
        newest = rows.defer("text", "source_map").order_by("-version").first()
        if newest is None:
            raise ValidationError("No article of this corpus with a text has this address.")
        return newest


@require_http_methods(FORM)
def new_ruling(request: SignedIn, pk: int) -> HttpResponse:
    """One of a guideline, with an article and its words."""
    row = readable_guideline(request, pk)
    row.corpus.require(request.user, versions.WRITES)
    initial = {"right": str(row) if row.label else "", "article": request.GET.get("article", "")}
    form = QuotedRulingForm(row.corpus, request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        document = form.cleaned_data["article"]
        try:
            made = rulings.rule(row, form.draft(document, rulings.only_place(document, form.cleaned_data["quote"])), request.user)
        except EditError as error:
            form.add_error("quote" if "The text" in str(error) else None, str(error))
        else:
            return written(request, made.version.guideline, row.get_absolute_url())
    return render(request, "annotations/ruling_form.html", {"corpus": row.corpus, "guideline": row, "form": form})


@require_http_methods(FORM)
def rule_difference(request: SignedIn, pk: uuid.UUID) -> HttpResponse:
    """One on a difference of an adjudication (`?difference=`), with the words, the labels and the decision that it has."""
    adjudication = corpus_reviewer(request, pk)
    corpus = adjudication.gold.document.article.corpus
    state = AdjudicationState(adjudication)
    group = state.by_name.get(request.GET.get("difference", ""))
    if group is None:
        raise Http404
    back = safe(request.GET.get("next", "")) or adjudication.get_absolute_url()
    form = DifferenceRulingForm(
        corpus, request.POST if request.method == "POST" else None, initial=suggested(group, state, corpus)
    )
    if request.method == "POST" and form.is_valid():
        standing = state.standing.get(group.location)
        decision = standing if standing and standing.outcome != OUTCOME.AUTO else None
        draft = form.draft(adjudication.gold.document, words_decided(group, state), decision=decision)
        try:
            chosen = form.cleaned_data["guideline"]
            guideline = chosen.guideline if chosen else rulings.guideline_for(corpus, draft.right, draft.why, request.user)
            made = rulings.rule(guideline, draft, request.user)
        except EditError as error:
            form.add_error(None, str(error))
        else:
            return written(request, made.version.guideline, back)
    sentence = list(pieces(text_of(adjudication.gold.document_id), words_decided(group, state)))
    page = {
        "corpus": corpus,
        "adjudication": adjudication,
        "article": adjudication.gold.document.article,
        "form": form,
        "sentence": sentence,
        "back": back,
    }
    return render(request, "annotations/ruling_form.html", page)


def written(request: SignedIn, guideline: Guideline, back: str) -> HttpResponse:
    messages.success(request, f"Ruling added to “{guideline.versions.all()[0].title}”. Annotators see it beside its labels.")
    return redirect(back)


def safe(address: str) -> str:
    return address if url_has_allowed_host_and_scheme(address, allowed_hosts=None) else ""


def accepted(group: Group, state: AdjudicationState) -> int | None:
    """The number of the reading whose version was accepted."""
    standing = state.standing.get(group.location)
    return next((number for number, each in enumerate(state.inputs) if standing and each.pk == standing.taken_id), None)


def words_decided(group: Group, state: AdjudicationState) -> list[tuple[int, int]]:
    """Of the first mark of the accepted version; without one, of the first version of all."""
    taken = accepted(group, state)
    version = None if taken is None else group.versions[taken]
    marks = [record for record in (version.objects if version else ()) if record.get("label") and record.get("fragments")]
    return [(part["start"], part["end"]) for part in marks[0]["fragments"]] if marks else apart(words_of(group, state))


def apart(bounds: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Those that do not overlap the one before."""
    return [bounds[0], *(two for one, two in pairwise(bounds) if two[0] >= one[1])]


def suggested(group: Group, state: AdjudicationState, corpus: Corpus) -> dict[str, Any]:
    """The label that was accepted as the right one, and another reader's as the wrong one."""
    labels = [{mark.label for mark in labelled_words(group, number)} for number in range(len(state.inputs))]
    taken = accepted(group, state)
    right = min(labels[taken], default="") if taken is not None else ""
    others = sorted({label for each in labels for label in each} - {right})
    return {"right": right, "wrong": others[0] if right and others else ""}
