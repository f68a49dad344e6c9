"""Who verified a flag of a paragraph: signed with the account that saves the form, never typed."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from corpus.admin.forms import WholeForm
from registry.models import Paragraph

FLAGS = ("number_verified", "content_verified")
SIGNED = ("number_verified_by", "number_verified_on", "content_verified_by", "content_verified_on")


class ParagraphForm(WholeForm):
    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        for flag in FLAGS:
            source = f"{flag}_source"
            if values.get(flag) and is_new(self, flag) and not values.get(source):
                self.add_error(source, "Name the text that was read: a code of the sources, an address or a citation.")
            if not values.get(flag):
                values[source] = ""
        return values

    def validate_constraints(self) -> None:
        for flag in FLAGS:
            if is_new(self, flag):
                is_on = bool(getattr(self.instance, flag))
                setattr(self.instance, f"{flag}_by", None)
                setattr(self.instance, f"{flag}_on", timezone.localdate() if is_on else None)
        super().validate_constraints()


def is_new(form: WholeForm, flag: str) -> bool:
    return flag in form.changed_data or f"{flag}_source" in form.changed_data


def sign(form: WholeForm, user: Any) -> None:
    """Before the row is stored."""
    row = form.instance
    if isinstance(row, Paragraph):
        for flag in FLAGS:
            if is_new(form, flag) and getattr(row, flag):
                setattr(row, f"{flag}_by", user)
