"""Form fields for columns that Django's own would show badly: lists of lines and JSON."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget, AutocompleteSelect
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.forms import SimpleArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.fields import InvalidJSONInput

DEEPEST = 64


class LinesField(SimpleArrayField):
    """A list with one entry a line: entries hold commas, which Django's field would split at."""

    def __init__(self, base_field: forms.Field, **options: Any) -> None:
        options |= {"delimiter": "\n", "widget": forms.Textarea(attrs={"rows": 3})}
        options["help_text"] = " ".join([str(options.get("help_text", "")), "One per line."]).strip()
        super().__init__(base_field, **options)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = "\n".join(line.strip() for line in value.splitlines() if line.strip())
        return super().to_python(value)


class TidyJSONField(forms.JSONField):
    """JSON with one member a line. Refuses what PostgreSQL cannot store, instead of failing there."""

    shape: type = object  # dict or list where the column holds nothing else

    def __init__(self, **options: Any) -> None:
        super().__init__(**({"widget": forms.Textarea(attrs={"rows": 8})} | options))

    def bound_data(self, data: Any, initial: Any) -> Any:
        try:
            return super().bound_data(data, initial)
        except RecursionError:
            return InvalidJSONInput(data)

    def prepare_value(self, value: Any) -> Any:
        """What was sent and is no JSON is shown again as it was sent; a string of the row is JSON too."""
        return value if isinstance(value, InvalidJSONInput) else json.dumps(value, ensure_ascii=False, indent=2)

    def to_python(self, value: Any) -> Any:
        try:
            parsed = super().to_python(value)
        except RecursionError:
            raise ValidationError("The value is nested too deeply.") from None
        check_storable(parsed, DEEPEST)
        if parsed is not None and not isinstance(parsed, self.shape):
            raise ValidationError("Enter a list: […]." if self.shape is list else "Enter an object: {…}.")
        return parsed


class TolerantAutocomplete(AutocompleteSelect):
    """Shows a form again with the key that was sent, also where that is no key at all.

    Django's own looks it up unchecked, and a malformed key ends in an error of 500.
    """

    def optgroups(self, name: str, value: Any, attrs: Any = None) -> Any:
        key = self.field.remote_field.get_related_field()
        return super().optgroups(name, [one for one in value if is_key(key, one)], attrs)


def is_key(field: models.Field, value: Any) -> bool:
    try:
        field.to_python(value)
    except ValidationError:
        return False
    return True


def check_storable(value: Any, depth: int) -> None:
    """Raises ValidationError for NUL, half a surrogate pair, or more than `depth` levels."""
    if not depth:
        raise ValidationError("The value is nested too deeply.")
    if isinstance(value, str):
        if "\0" in value or any("\ud800" <= char <= "\udfff" for char in value):
            raise ValidationError("The value contains a character that cannot be stored.")
    elif isinstance(value, list):
        for entry in value:
            check_storable(entry, depth - 1)
    elif isinstance(value, dict):
        for entry in (*value.keys(), *value.values()):
            check_storable(entry, depth - 1)


FIELDS: dict[type[models.Field], dict[str, Any]] = {
    ArrayField: {"form_class": LinesField},
    models.JSONField: {"form_class": TidyJSONField},
    models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 3})},
}
