"""Who verified a flag of a measure or a paragraph: signed with the account that saves the form, never typed."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from corpus.admin.forms import WholeForm
from registry.models import Measure, Paragraph

FLAGS = {Measure: ("adopted_verified",), Paragraph: ("number_verified", "content_verified")}


def signed(model: type[Measure | Paragraph]) -> list[str]:
    """The columns that nobody types."""
    return [f"{flag}_{name}" for flag in FLAGS[model] for name in ("by", "on")]


class SignedForm(WholeForm):
    @property
    def flags(self) -> tuple[str, ...]:
        return FLAGS[type(self.instance)]

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        for flag in self.flags:
            source = f"{flag}_source"
            if values.get(flag) and self.is_new(flag) and not values.get(source):
                self.add_error(source, "Name the text that was read: a code of the sources, an address or a citation.")
            if not values.get(flag):
                values[source] = ""
        return values

    def validate_constraints(self) -> None:
        for flag in self.flags:
            if self.is_new(flag):
                is_on = bool(getattr(self.instance, flag))
                setattr(self.instance, f"{flag}_by", None)
                setattr(self.instance, f"{flag}_on", timezone.localdate() if is_on else None)
        super().validate_constraints()

    def is_new(self, flag: str) -> bool:
        return flag in self.changed_data or f"{flag}_source" in self.changed_data

    def sign(self, user: Any) -> None:
        """Before the row is stored."""
        for flag in self.flags:
            if self.is_new(flag) and getattr(self.instance, flag):
                setattr(self.instance, f"{flag}_by", user)
