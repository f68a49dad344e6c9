"""A reading gives its place away, or gets it back: its annotator skips it and takes it up again, a reviewer returns it. A manager sets its date."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from annotations.assign import give_back, reopen, skip
from annotations.models import Assignment, Transition
from annotations.plans.due import change_due
from annotations.write.errors import Refusal
from corpus.accounts.signed_in import SignedIn
from corpus.edits.history import history
from corpus.models import Edit

FORM = ["GET", "HEAD", "POST"]


class SkipForm(forms.Form):
    """Why an article is skipped."""

    reason = forms.ChoiceField(
        choices=[(value, label.capitalize()) for value, label in Transition.SkipReason.choices], widget=forms.RadioSelect
    )
    note = forms.CharField(
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Shown to the managers. Needed with the reason “Other”.",
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("reason") == Transition.SkipReason.OTHER and not data.get("note"):
            raise ValidationError({"note": "Enter the reason."})
        return data


class ReturnForm(forms.Form):
    """Why a reading is returned, and at which revision the reviewer looked at it."""

    note = forms.CharField(
        max_length=2_000, label="Reason", widget=forms.Textarea(attrs={"rows": 3}), help_text="Shown to the annotator."
    )
    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class DueForm(forms.Form):
    """The day by which a reading should be submitted."""

    due = forms.DateField(
        required=False, label="Due date", widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"), help_text="Empty: none."
    )


def own_reading(request: SignedIn, pk: uuid.UUID) -> Assignment:
    """One that the person may write. Raises Http404, or PermissionDenied where they may only read."""
    if Assignment.readable(request.user, pk) is None:
        raise Http404
    if Assignment.writable(request.user, pk) is None:
        raise PermissionDenied("Only its annotator can do this, with at least the role “annotator”.")
    return Assignment.whole(pk)


@require_http_methods(FORM)
def skipping(request: SignedIn, pk: uuid.UUID) -> HttpResponse:
    reading = own_reading(request, pk)
    form = SkipForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            skip(reading, request.user, form.cleaned_data["reason"], form.cleaned_data["note"])
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"“{reading.document.article.title}” skipped.")
            return redirect("annotations:queue")
    return shown(request, "annotations/skip.html", reading, form)


@require_POST
def take_up(request: SignedIn, pk: uuid.UUID) -> HttpResponse:
    """Open again what I have skipped, or what has lapsed."""
    reading = own_reading(request, pk)
    try:
        reopen(reading)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("annotations:queue")
    return redirect(reading)


@require_http_methods(FORM)
def returning(request: SignedIn, pk: uuid.UUID) -> HttpResponse:
    """A reviewer opens a reading for its annotator again: a submitted one, or one that gave its place away."""
    if Assignment.readable(request.user, pk) is None:
        raise Http404
    reading = Assignment.whole(pk)
    reading.document.article.corpus.require(request.user, "reviewer")
    if not is_returnable(reading, request.user):
        raise PermissionDenied("A reviewer returns readings of others that are not open, and no gold.")
    form = ReturnForm(request.POST if request.method == "POST" else None, initial={"revision": reading.revision})
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["revision"] != reading.revision:
            form.add_error(None, "The reading has changed meanwhile. Check it again, then decide.")
        else:
            give_back(reading, request.user, form.cleaned_data["note"])
            messages.success(request, f"“{reading.document.article.title}” returned to {reading.annotator}.")
            return redirect(reading.document.article)
    return shown(request, "annotations/return.html", reading, form)


@require_http_methods(FORM)
def dating(request: SignedIn, pk: uuid.UUID) -> HttpResponse:
    """A manager gives a reading another due date."""
    if Assignment.readable(request.user, pk) is None:
        raise Http404
    reading = Assignment.whole(pk)
    reading.document.article.corpus.require(request.user, "manager")
    form = DueForm(request.POST if request.method == "POST" else None, initial={"due": reading.due})
    if request.method == "POST" and form.is_valid():
        change_due(reading, form.cleaned_data["due"], request.user)
        messages.success(request, f"Due date of {reading.annotator}: {form.cleaned_data['due'] or 'none'}.")
        return redirect(reading.document.article)
    edits = history(reading.document.article.corpus, [Edit.Kind.READING], reading.pk)
    return shown(request, "annotations/due.html", reading, form, edits=edits, undoable=[])


def is_returnable(reading: Assignment, user: User) -> bool:
    """Whether it is a reading of somebody else and not open; the role of `user` is another question."""
    is_closed = reading.status != Assignment.Status.OPEN and reading.role == Assignment.Role.ANNOTATION
    return is_closed and reading.annotator_id != user.pk


def shown(request: SignedIn, template: str, reading: Assignment, form: forms.Form, **more: Any) -> HttpResponse:
    article = reading.document.article
    page = {"assignment": reading, "article": article, "corpus": article.corpus, "form": form} | more
    return render(request, template, page, status=409 if form.non_field_errors() else 200)
