"""Settings of a corpus: name, description, the scheme of new assignments, its outlets; each change is in the history."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, F
from django.forms.models import model_to_dict
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from annotations.agreement.bootstrap import LEAST_ARTICLES
from annotations.models import TeamSettings
from annotations.moves.adoption import choose_scheme, chosen_scheme
from annotations.plans.team import FIELDS, TARGETS, change_settings
from annotations.plans.team_history import NAMES, put_back, team_edits
from annotations.schemes.of_corpus import NoScheme, scheme_for
from annotations.views.new_corpus import FinishedSchemeField
from annotations.views.targets import TargetsForm
from corpus.accounts.signed_in import SignedIn
from corpus.edits.corpora import change_corpus, change_outlet
from corpus.edits.fields import field_of
from corpus.edits.history import EditError, history
from corpus.models import Corpus, Edit, Outlet
from registry.models import BaseEntity, BaseName, Entity
from registry.naming import plain_value

SHOWN_EDITS = 20
OUTLETS = 100
DOMAIN = re.compile(r"(?:[a-z0-9-]{1,63}\.)+[a-z0-9-]{2,63}")
METHODS = ["GET", "HEAD", "POST"]


class CorpusSettingsForm(forms.Form):
    """Name, description and scheme."""

    name = forms.CharField(max_length=200)
    description = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 2}))
    scheme = FinishedSchemeField(
        required=False, empty_label="Newest scheme in use", help_text="For new readings. Existing ones keep theirs."
    )

    def save(self, corpus: Corpus, by: User) -> bool:
        """Whether anything changed. Raises EditError. The form must be valid."""
        data = self.cleaned_data
        with transaction.atomic():
            edit = change_corpus(corpus, {"name": data["name"], "description": data["description"]}, by)
            return choose_scheme(corpus, data["scheme"], by) or edit is not None


class OutletSettingsForm(forms.Form):
    """Name and domain of an outlet, and the entry of the shared register that it is. `entity`: that of the outlet."""

    name = forms.CharField(max_length=200)
    domain = forms.CharField(required=False, max_length=253, help_text="dailynk.com: articles from there get this outlet.")
    same_as = forms.ModelChoiceField(
        BaseEntity.objects.filter(type="MEDIA"), required=False, empty_label="Not linked", label="Shared register"
    )

    def __init__(self, data: Any, outlet: Outlet, entity: Entity) -> None:
        super().__init__(data, initial={"name": outlet.name, "domain": outlet.domain, "same_as": entity.same_as_id})
        self.entity = entity
        alike = BaseEntity.objects.filter(type="MEDIA", names__in=BaseName.objects.filter(plain=plain_value(outlet.name)))
        if not entity.same_as_id and (names := sorted({entry.name for entry in alike})):
            self.fields["same_as"].help_text = f"Of that name: {', '.join(names)}."

    def clean_same_as(self) -> BaseEntity | None:
        entry: BaseEntity | None = self.cleaned_data["same_as"]
        others = Entity.objects.filter(corpus=self.entity.corpus, same_as=entry).exclude(pk=self.entity.pk)
        if entry and (other := others.first()):
            raise ValidationError(f"The entity “{other.name}” is linked to it. Merge the two entities.")
        return entry

    def link(self) -> None:
        """What the person chose of the shared register. The form must be valid."""
        if (entry := self.cleaned_data["same_as"]) != self.entity.same_as:
            Entity.objects.filter(pk=self.entity.pk).update(same_as=entry, revision=F("revision") + 1)

    def clean_domain(self) -> str:
        domain = str(self.cleaned_data["domain"]).lower().removeprefix("www.")
        if domain and not DOMAIN.fullmatch(domain):
            raise ValidationError("Enter a domain such as dailynk.com, without http:// and without a path.")
        return domain


class TeamSettingsForm(forms.Form):
    """How annotators get their articles."""

    self_service = forms.BooleanField(
        required=False, label="Annotators open any article", help_text="Off: only what they take from a plan or are assigned."
    )
    open_at_once = forms.IntegerField(
        min_value=1,
        max_value=100,
        label="Limit of articles in progress",
        help_text="A plan gives a person no further article then.",
    )
    lapse_days = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=365,
        label="Days until an article lapses",
        help_text="Without a change: articles of a plan, and those past their due date. Empty: never.",
    )
    approve = forms.IntegerField(
        min_value=0,
        max_value=100,
        label="Readings to approve, in %",
        help_text="Of the submitted ones, drawn at random: a reviewer approves or returns each. 0: none, 100: all.",
    )
    practice_tests = forms.IntegerField(
        min_value=0,
        max_value=20,
        label="Tests to pass",
        help_text="Before an annotator gets articles of a plan. Choose test articles on the page of the plan. 0: none.",
    )
    practice_least = forms.IntegerField(
        min_value=1,
        max_value=100,
        label="Score that passes, in %",
        help_text="F1 against the gold, of overlapping marks with the same label, in each layer.",
    )
    show_people = forms.BooleanField(
        required=False,
        label="Show figures about persons",
        help_text="Managers see the work of each annotator by week, and their labels, under Progress. Annotators see their own in any case.",
    )
    suggestions = forms.BooleanField(
        required=False,
        label="Suggestions",
        help_text="Numbers, known names, measures, quotations and events are offered by the API. Nothing is marked until an annotator accepts it.",
    )
    control_share = forms.IntegerField(
        min_value=0,
        max_value=50,
        label="Readings without suggestions, in %",
        help_text="Drawn when a reading begins. They show what suggestions do to the annotations of the others.",
    )


def managed_corpus(request: SignedIn, slug: str) -> Corpus:
    corpus = get_object_or_404(Corpus.objects.for_user(request.user), slug=slug)
    corpus.require(request.user, "manager")
    return corpus


@require_http_methods(METHODS)
def settings(request: SignedIn, slug: str) -> HttpResponse:
    corpus = managed_corpus(request, slug)
    form = corpus_form(corpus, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            changed = form.save(corpus, request.user)
        except EditError as error:
            form.add_error("scheme", str(error))
        else:
            messages.success(request, "Settings saved." if changed else "Nothing changed.")
            return redirect("annotations:settings", slug)
    return settings_page(request, corpus, form=form)


def corpus_form(corpus: Corpus, data: Any = None) -> CorpusSettingsForm:
    chosen = chosen_scheme(corpus)
    initial = {"name": corpus.name, "description": corpus.description, "scheme": chosen and chosen.scheme_id}
    form = CorpusSettingsForm(data, initial=initial)
    field_of(form, "scheme", FinishedSchemeField).of_corpus(corpus)
    return form


@require_POST
def targets(request: SignedIn, slug: str) -> HttpResponse:
    """Change how much annotators are to agree."""
    corpus = managed_corpus(request, slug)
    form = TargetsForm(corpus, request.POST)
    if form.is_valid():
        edit = change_settings(corpus, {TARGETS: form.targets}, request.user)
        messages.success(request, "Targets saved." if edit else "Nothing changed.")
        return redirect("annotations:settings", slug)
    return settings_page(request, corpus, targets_form=form)


@require_POST
def put_back_team(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """The team settings as they were before a change."""
    corpus = managed_corpus(request, slug)
    edit = get_object_or_404(team_edits(corpus).select_related("corpus"), pk=pk)
    try:
        made = put_back(edit, request.user)
    except EditError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Earlier team settings put back." if made else "Nothing changed: these settings hold already.")
    return redirect("annotations:settings", slug)


@require_POST
def team(request: SignedIn, slug: str) -> HttpResponse:
    """Change how annotators get their articles."""
    corpus = managed_corpus(request, slug)
    team_form = TeamSettingsForm(request.POST, auto_id="team_%s")
    if team_form.is_valid():
        edit = change_settings(corpus, team_form.cleaned_data, request.user)
        messages.success(request, "Team settings saved." if edit else "Nothing changed.")
        return redirect("annotations:settings", slug)
    return settings_page(request, corpus, team_form=team_form)


def settings_page(request: SignedIn, corpus: Corpus, **forms: forms.Form) -> HttpResponse:
    """`forms`: those that were sent, with their errors."""
    edits = list(history(corpus, [Edit.Kind.CORPUS, Edit.Kind.OUTLET])[:SHOWN_EDITS])
    for edit in edits:
        if edit.after and edit.after.keys() <= NAMES.keys():
            edit.put_back = reverse("annotations:put_back_team", args=[corpus.slug, edit.pk])
    outlets = corpus.outlets.annotate(count=Count("articles")).order_by("name")
    page = {
        "corpus": corpus,
        "form": forms.get("form") or corpus_form(corpus),
        "team_form": forms.get("team_form")
        or TeamSettingsForm(initial=model_to_dict(TeamSettings.of(corpus), FIELDS), auto_id="team_%s"),
        "targets_form": forms.get("targets_form") or TargetsForm(corpus),
        "least": LEAST_ARTICLES,
        "scheme": scheme_in_use(corpus),
        "page": Paginator(outlets, OUTLETS).get_page(request.GET.get("page")),
        "edits": edits,
        "undoable": [],
    }
    return render(request, "annotations/settings.html", page)


def scheme_in_use(corpus: Corpus) -> str:
    try:
        return str(scheme_for(corpus))
    except NoScheme:
        return ""


@require_http_methods(METHODS)
def outlet(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    corpus = managed_corpus(request, slug)
    row = get_object_or_404(Outlet.objects.filter(corpus=corpus).select_related("corpus"), pk=pk)
    entity = get_object_or_404(Entity.objects.select_related("same_as", "corpus"), outlet=row)
    form = OutletSettingsForm(request.POST if request.method == "POST" else None, row, entity)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                change_outlet(row, form.cleaned_data["name"], form.cleaned_data["domain"], request.user)
                form.link()
        except EditError as error:
            form.add_error("domain" if "domain" in str(error) else "name", str(error))
        else:
            messages.success(request, f"Outlet “{form.cleaned_data['name']}” saved.")
            return redirect("annotations:settings", slug)
    return render(request, "annotations/outlet.html", {"corpus": corpus, "outlet": row, "entity": entity, "form": form})
