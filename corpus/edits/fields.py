"""Fields of forms: any one by its name; for metadata a date, an outlet by its name, a language."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from corpus.intake.article_text import TAG, IngestError
from corpus.intake.metadata import span_of

# A day, month or year, in digits of ASCII alone.
DAY = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")


def field_of[Kind: forms.Field](form: forms.BaseForm, name: str, kind: type[Kind]) -> Kind:
    """The field of a form, as what it was declared."""
    field = form.fields[name]
    if not isinstance(field, kind):
        raise TypeError(f"{name} is no {kind.__name__}")
    return field


def is_date(edtf: str) -> bool:
    try:
        span_of(edtf)
    except IngestError:
        return False
    return DAY.fullmatch(edtf) is not None


class PublishedField(forms.CharField):
    """A day, month or year; the date that an article has already stays possible, whatever EDTF it is."""

    def __init__(self, present: str = "") -> None:
        super().__init__(required=False, max_length=100, label="Publication date", help_text="2017-09-04, 2017-09 or 2017.")
        self.present = present

    def clean(self, value: Any) -> str:
        edtf = str(super().clean(value))
        if edtf and edtf != self.present and not is_date(edtf):
            raise ValidationError("Enter a date such as 2017-09-04, 2017-09 or 2017.")
        return edtf


class OutletNameField(forms.CharField):
    """The name of an outlet; the page offers those of the corpus."""

    def __init__(self) -> None:
        widget = forms.TextInput(attrs={"list": "outlets", "autocomplete": "off"})
        super().__init__(
            required=False,
            max_length=200,
            label="Outlet",
            widget=widget,
            help_text="The publisher. A new name makes a new outlet.",
        )


class LanguageField(forms.RegexField):
    """A tag of BCP 47."""

    def __init__(self) -> None:
        message = {"invalid": "Enter a language tag such as en, ko or zh-Hans."}
        super().__init__(
            TAG, required=False, max_length=35, label="Language", help_text="BCP 47: en, ko, zh-Hans.", error_messages=message
        )
