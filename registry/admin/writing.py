"""Edits of entities and relations outside an assignment's log: counted, and never over another's.

The change log is not told, since no assignment was written to; Django's LogEntry says who and what.
Clients hold the revision of what they read, so every edit here counts it up by one.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import F

from corpus.admin.forms import WholeForm
from corpus.models.evidence import recorded

OVERTAKEN = "Someone else has changed this since you opened it (revision {now}, yours is {then}). Reload the page."


class RevisedForm(WholeForm):
    """Carries the revision that was read; refuses to write over one that has moved on."""

    read_revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if not self.instance._state.adding:
            self.fields["read_revision"].initial = self.instance.revision

    def clean(self) -> Any:
        super().clean()
        cleaned = self.cleaned_data
        then = cleaned.get("read_revision")
        if then is not None and not self.instance._state.adding:
            # Locked until the view's transaction ends, as the one write does.
            rows = type(self.instance)._base_manager.select_for_update()
            now = rows.values_list("revision", flat=True).get(pk=self.instance.pk)
            if now != then:
                raise ValidationError(OVERTAKEN.format(now=now, then=then))
        return cleaned

    def has_changed(self) -> bool:
        return bool(set(self.changed_data) - {"read_revision"})


def count_up(row: Any) -> None:
    """One more revision, by the database, so that two at once are both counted."""
    with recorded():
        type(row)._base_manager.filter(pk=row.pk).update(revision=F("revision") + 1)
    row.refresh_from_db(fields=["revision"])
