"""A manager hands a gold in progress over to another adjudicator."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from annotations.models import Assignment
from annotations.write.errors import Refusal
from annotations.write.hand_over import adjudicators, hand_over, hand_overs
from corpus.accounts.signed_in import SignedIn
from corpus.edits.fields import field_of
from corpus.models import Membership


class MemberField(forms.ModelChoiceField):
    """A member of a corpus, shown with their role."""

    def label_from_instance(self, obj: Membership) -> str:
        return f"{obj.user} ({obj.role})"


class HandOverForm(forms.Form):
    """The adjudicator who holds the gold from then on."""

    member = MemberField(Membership.objects.none(), label="Hand over to", empty_label="Choose an adjudicator")
    note = forms.CharField(
        required=False, max_length=2_000, widget=forms.Textarea(attrs={"rows": 2}), help_text="Kept with the step."
    )

    def __init__(self, data: Any, gold: Assignment) -> None:
        super().__init__(data)
        members = adjudicators(gold.document).exclude(user=gold.annotator_id)
        field_of(self, "member", MemberField).queryset = members.select_related("user").order_by("user__username")


@require_http_methods(["GET", "HEAD", "POST"])
def handing_over(request: SignedIn, pk: uuid.UUID) -> HttpResponse:
    if Assignment.readable(request.user, pk) is None:
        raise Http404
    gold = Assignment.whole(pk)
    article = gold.document.article
    article.corpus.require(request.user, Membership.Role.MANAGER)
    if gold.role != Assignment.Role.ADJUDICATION:
        raise PermissionDenied("Only a gold is handed over.")
    form = HandOverForm(request.POST if request.method == "POST" else None, gold)
    if request.method == "POST" and form.is_valid():
        account = form.cleaned_data["member"].user
        try:
            hand_over(gold, account, request.user, form.cleaned_data["note"])
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Gold handed over to {account}.")
            return redirect(article)
    page = {"assignment": gold, "article": article, "corpus": article.corpus, "form": form, "steps": hand_overs(gold)}
    page["is_open"] = gold.status == Assignment.Status.OPEN
    return render(request, "annotations/hand_over.html", page, status=409 if form.non_field_errors() else 200)
