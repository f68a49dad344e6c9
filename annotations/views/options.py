"""The options of a format as fields of a form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from annotations.formats.base import Option, Options
from annotations.formats.files.strict_json import UNSTORABLE
from annotations.formats.options import LONGEST


class TextFile(forms.FileField):
    """A file as the text that is in it."""

    def clean(self, data: Any, initial: Any = None) -> str:
        file = super().clean(data, None)
        try:
            text = file.read().decode() if file else ""
        except UnicodeDecodeError:
            raise forms.ValidationError("The file is not UTF-8 text.") from None
        if UNSTORABLE.search(text):
            raise forms.ValidationError("The file contains characters that are not allowed in a text.")
        return text


def fields_of(known: Options, current: Mapping[str, str] | None = None) -> dict[str, forms.Field]:
    """`current`: the values so far, which a file field cannot show by itself."""
    return {name: field_of(option, (current or {}).get(name, "")) for name, option in known.items()}


def field_of(option: Option, current: str) -> forms.Field:
    if option.values:
        choices = [("", "Default"), *((value, value) for value in option.values)]
        return forms.ChoiceField(required=False, choices=choices, help_text=option.about)
    if option.is_file:
        there = f" Current file: {len(current):,} characters. Choose another file to replace it." if current else ""
        return TextFile(required=False, help_text=option.about + there)
    return forms.CharField(required=False, max_length=LONGEST, help_text=option.about)


def given_in(cleaned: Mapping[str, Any], known: Options) -> dict[str, str]:
    """What a form says of the options; nothing of those that were left as usual."""
    return {name: cleaned[name] for name in known if cleaned.get(name)}
