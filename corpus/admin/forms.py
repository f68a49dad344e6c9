"""Forms that hold a row against all of its constraints and say in words what is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import pretty_name


class WholeForm(forms.ModelForm):
    """Checks constraints with the columns that the form does not show, too.

    Django leaves out a constraint of which one column is not in the form, such as the layer of a
    label that stays where it is: the database would refuse the row with an error of 500.
    `sentences` says what a constraint means; without one Django's own words are shown.
    """

    sentences: dict[str, str] = {}

    def validate_constraints(self) -> None:
        try:
            self.instance.validate_constraints(exclude={*self.errors, *self.unknown_yet()})
        except ValidationError as error:
            self.add_error(None, [self.sentence(text) for text in error.messages])

    def unknown_yet(self) -> Iterable[str]:
        """Columns that are filled while the row is stored: a constraint on them cannot be asked before."""
        for field in self.instance._meta.concrete_fields:
            if field.generated or (not field.null and getattr(self.instance, field.attname, None) is None):
                yield field.name

    def sentence(self, text: str) -> str:
        name = re.search(r"“(\w+)”", text)
        return self.sentences.get(name[1], text) if name else text


class RowsFormSet(forms.BaseInlineFormSet):
    """Rows of a table: an input has no label beside it but the head of its column, so it says its name itself."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        for name, field in form.fields.items():
            widget = getattr(field.widget, "widget", field.widget)
            widget.attrs.setdefault("aria-label", str(field.label or pretty_name(name)))


class CodesFormSet(RowsFormSet):
    """Rows under one owner, told apart by a code: two alike are refused before the database does."""

    code = "code"

    def clean(self) -> None:
        super().clean()
        codes = [form.cleaned_data.get(self.code) for form in self.living()]
        twice = {code for code in codes if code and codes.count(code) > 1}
        if twice:
            raise ValidationError(f"{', '.join(sorted(twice))}: given more than once.")

    def living(self) -> Iterable[forms.BaseForm]:
        for form in self.forms:
            if getattr(form, "cleaned_data", None) and not form.cleaned_data.get("DELETE"):
                yield form


def place_in_formset(form: Any) -> int:
    """The number of a form of a formset: new rows come after those that are there."""
    return int(form.prefix.rpartition("-")[2])
