"""What is asked of a lake on its page, and what is promoted from there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from annotations.text.edtf import bounds
from corpus.edits.fields import field_of
from corpus.models import Corpus
from lake.models import Lake
from lake.promotion.jobs import may_stay
from lake.queries.filters import PageFilter, chosen

DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
DATE_HELP = "2017, 2017-09 or 2017-09-04. A page dated 2017 may be of each day of that year."


def is_date(text: str) -> bool:
    """Whether the calendar has this year, month or day."""
    try:
        return bool(DATE.fullmatch(text) and bounds(text))
    except ValueError:
        return False


class LakeFilterForm(forms.Form):
    """By GET: an address of its own for each question."""

    words = forms.CharField(
        required=False, max_length=500, label="Words", help_text="All of them, in text or title. Phrases in quotation marks."
    )
    named = forms.CharField(
        required=False,
        max_length=200,
        label="Listed name",
        help_text="Part of a name; or a list with its version, and an entry behind it: UN 3, UN 3 KPi.001.",
    )
    outlet = forms.CharField(required=False, max_length=253, label="Outlet", help_text="Name or domain.")
    language = forms.CharField(required=False, max_length=35, label="Language", help_text="BCP 47: en, ko, zh-Hans.")
    since = forms.CharField(required=False, max_length=10, label="Published from", help_text=DATE_HELP)
    until = forms.CharField(required=False, max_length=10, label="Published until", help_text=DATE_HELP)
    copies = forms.BooleanField(required=False, label="Show near-duplicates")

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        for name in ("since", "until"):
            if values.get(name) and not is_date(values[name]):
                self.add_error(name, ValidationError("Enter a date like 2017-09-04, 2017-09 or 2017."))
        return values

    def page_filter(self) -> PageFilter:
        """The form must be valid."""
        values = dict(self.cleaned_data)
        return PageFilter(fold=not values.pop("copies"), **{name: value.strip() for name, value in values.items()})


class ListedForm(forms.Form):
    """By GET: a version of a list, and what its names are counted by."""

    list = forms.ChoiceField(label="List")
    by = forms.ChoiceField(label="By", choices=[("entry", "Entry"), ("outlet", "Outlet"), ("month", "Month")])

    def __init__(self, data: Any, versions: dict[str, bool]) -> None:
        """`versions`: lists with their versions, and whether each is superseded; the first is the usual one."""
        usual = {"list": next(iter(versions), ""), "by": "entry"}
        super().__init__(usual | {name: data[name] for name in usual if data.get(name)})
        field_of(self, "list", forms.ChoiceField).choices = [
            (key, f"{key} (superseded)" if is_old else key) for key, is_old in versions.items()
        ]


class PromoteForm(forms.Form):
    """Ticked pages, or all that fit."""

    corpus = forms.ModelChoiceField(Corpus.objects.none(), label="Corpus", to_field_name="slug", empty_label=None)
    which = forms.ChoiceField(
        label="Pages",
        choices=[("ticked", "Ticked pages"), ("all", "All pages of the filter")],
        initial="ticked",
        widget=forms.RadioSelect,
    )
    originals = forms.ChoiceField(
        label="Original files",
        choices=[("copy", "Copy"), ("stay", "Leave in the crawl")],
        initial="copy",
        widget=forms.RadioSelect,
        help_text="Those left in the crawl are read from there: without it, articles and annotations stay, the original files do not.",
    )

    def __init__(self, lake: Lake, user: Any, data: Any = None, kept: Sequence[str] = ()) -> None:
        """`kept`: pages that were ticked among other samples than those shown."""
        super().__init__(data, prefix="promote")
        field_of(self, "corpus", forms.ModelChoiceField).queryset = lake.corpora.filter(
            pk__in=Corpus.objects.for_user(user, "manager")
        )
        if not may_stay(lake):
            del self.fields["originals"]
        self.shown = data.get("shown", "").split() if data else []
        self.ticked = data.getlist("page") if data else []
        self.pages = [*(page for page in kept if page not in self.shown), *self.ticked]

    @property
    def corpora(self) -> Any:
        return field_of(self, "corpus", forms.ModelChoiceField).queryset

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
