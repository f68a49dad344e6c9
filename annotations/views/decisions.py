"""What was decided about an entity and lists of sanctions, and the form in which the next decision is made and signed."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from annotations.write.decide import OF_ANNOTATORS, SENDABLE, decide
from annotations.write.errors import Refusal
from corpus.accounts.signed_in import SignedIn
from corpus.edits.fields import field_of
from corpus.models import Membership, with_password_links
from registry.models import Decision, Entity, ListLink
from registry.screening.link_states import states_of_links

MOST = 200  # of the decisions that the page shows
ROLE = Membership.Role


class DecisionForm(forms.Form):
    match = forms.ChoiceField(label="Decision")
    list = forms.CharField(required=False, max_length=100, help_text="For example UN. Leave empty for “not applicable”.")
    entry = forms.CharField(required=False, max_length=100, help_text="For example KPe.001. Leave empty for “not applicable”.")
    list_version = forms.DateField(
        required=False,
        label="List date",
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="Date of the list that you used.",
    )
    note = forms.CharField(required=False, max_length=10_000, widget=forms.Textarea(attrs={"rows": 3}))
    id = forms.UUIDField(widget=forms.HiddenInput)
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, entity: Entity, user: User, data: Any = None) -> None:
        super().__init__(data, initial={"id": uuid.uuid4(), "revision": entity.revision})
        reviews = entity.corpus.allows(user, ROLE.REVIEWER)
        allowed = SENDABLE if reviews else OF_ANNOTATORS
        field_of(self, "match", forms.ChoiceField).choices = [
            ("", "Choose"),
            *(choice for choice in Decision.Match.choices if choice[0] in allowed),
        ]

    def decision(self) -> dict[str, Any]:
        """As the verb takes it. The form must be valid."""
        data = self.cleaned_data
        day = data["list_version"]
        return {**data, "id": str(data["id"]), "list_version": day.isoformat() if day else None, "note": data["note"] or None}


def not_loaded(made: Decision) -> str:
    is_as_typed = made.list and not made.entry_digest and made.match != Decision.Match.WITHDRAWN
    return f" The list {made.list} is not loaded: changes of the entry will not be noticed." if is_as_typed else ""


@require_http_methods(["GET", "HEAD", "POST"])
def decisions(request: SignedIn, pk: str) -> HttpResponse:
    entity = get_object_or_404(Entity.objects.for_user(request.user).select_related("corpus"), pk=pk)
    form, problem = DecisionForm(entity, request.user, request.POST or None), ""
    if request.method == "POST" and (form.is_valid() or not entity.corpus.allows(request.user, ROLE.ANNOTATOR)):
        try:
            made = decide(entity, request.user, form.decision() if form.is_valid() else {}, Decision.Source.PAGE)
        except Refusal as refusal:
            problem = str(refusal)
        else:
            messages.success(request, f"Decision saved: {made.get_match_display()}. Signed with your name.{not_loaded(made)}")
            return redirect("annotations:decisions", pk=entity.pk)
    shown = {
        "entity": entity,
        "corpus": entity.corpus,
        "links": states_of_links(ListLink.objects.filter(entity=entity), request.user),
        "decisions": with_password_links(Decision.objects.filter(entity=entity.pk)).select_related("user")[:MOST],
        "form": form,
        "decides": entity.corpus.allows(request.user, ROLE.ANNOTATOR),
        "problem": problem,
    }
    return render(request, "registry/decisions.html", shown, status=409 if problem else 200)
