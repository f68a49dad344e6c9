"""What is asked of a lake on its page, and what is promoted from there."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from corpus.models import Corpus
from lake.models import Lake
from lake.queries.filters import PageFilter, chosen

DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


class LakeFilterForm(forms.Form):
    """By GET: an address of its own for each question."""

    words = forms.CharField(
        required=False, max_length=500, label="Words", help_text="All of them, in text or title. Phrases in quotation marks."
    )
    named = forms.CharField(
        required=False, max_length=200, label="Listed name", help_text="Part of a name, or a list with its version: UN 3."
    )
    outlet = forms.CharField(required=False, max_length=253, label="Outlet", help_text="Name or domain.")
    language = forms.CharField(required=False, max_length=35, label="Language", help_text="BCP 47: en, ko, zh-Hans.")
    since = forms.CharField(required=False, max_length=10, label="Published from", help_text="2017, 2017-09 or 2017-09-04.")
    until = forms.CharField(required=False, max_length=10, label="Published until", help_text="2017, 2017-09 or 2017-09-04.")
    copies = forms.BooleanField(required=False, label="Show near-duplicates")

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        for name in ("since", "until"):
            if values.get(name) and not DATE.fullmatch(values[name]):
                self.add_error(name, ValidationError("Enter a date like 2017-09-04, 2017-09 or 2017."))
        return values

    def page_filter(self) -> PageFilter:
        """The form must be valid."""
        values = dict(self.cleaned_data)
        return PageFilter(fold=not values.pop("copies"), **{name: value.strip() for name, value in values.items()})


class PromoteForm(forms.Form):
    """Ticked pages, or all that fit."""

    corpus = forms.ModelChoiceField(Corpus.objects.none(), label="Corpus", to_field_name="slug", empty_label=None)
    which = forms.ChoiceField(
        label="Pages",
        choices=[("ticked", "Ticked pages"), ("all", "All pages of the filter")],
        initial="ticked",
        widget=forms.RadioSelect,
    )

    def __init__(self, lake: Lake, user: Any, data: Any = None) -> None:
        super().__init__(data, prefix="promote")
        self.fields["corpus"].queryset = lake.corpora.filter(pk__in=Corpus.objects.for_user(user, "manager"))
        self.pages = data.getlist("page") if data else []

    @property
    def corpora(self) -> Any:
        return self.fields["corpus"].queryset

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if values.get("which") == "ticked":
            if not self.pages:
                raise ValidationError("Tick one page at least, or choose all pages of the filter.")
            try:
                values["sql"] = chosen(self.pages)
            except ValueError:
                raise ValidationError("One of the ticked pages is no page of this lake: load the page again.") from None
        return values
