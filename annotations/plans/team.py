"""How the annotators of a corpus get their articles: its settings, and who may open one of their own choice."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from annotations.models import Assignment, TeamSettings
from corpus.edits.history import lock_corpus, record
from corpus.models import Corpus, Document, Edit, Membership

FIELDS = ("self_service", "open_at_once", "lapse_days", "approve", "practice_tests", "practice_least", "show_people")


@transaction.atomic
def change_settings(corpus: Corpus, values: dict[str, Any], by: Any) -> Edit | None:
    """Other values of some FIELDS. None where nothing changes."""
    locked = lock_corpus(corpus, by)
    present = TeamSettings.of(locked)
    after = {name: value for name, value in values.items() if getattr(present, name) != value}
    if not after:
        return None
    before = {name: getattr(present, name) for name in after}
    TeamSettings.objects.update_or_create(corpus=locked, defaults=after)
    return record(locked, Edit.Kind.CORPUS, locked, in_words(before), in_words(after), by)


def in_words(values: dict[str, Any]) -> dict[str, str]:
    """As the history shows them."""
    return {name.replace("_", " "): worded(value) for name, value in values.items()}


def worded(value: bool | int | None) -> str:
    if value is None:
        return "never"
    return ("off", "on")[value] if isinstance(value, bool) else str(value)


def opens_any(corpus: Corpus, role: str | None) -> bool:
    """Whether somebody in this role opens any article of the corpus. Reviewers and managers always do."""
    if role not in Membership.Role.from_rank("annotator"):
        return False
    return role != Membership.Role.ANNOTATOR or TeamSettings.of(corpus).self_service


def require_choice(user: Any, document: Document) -> None:
    """Raises PermissionDenied where `user` has no reading of the text and must not begin one of their own choice."""
    if opens_any(document.corpus, document.corpus.role_of(user)):
        return
    if not Assignment.objects.filter(document=document, annotator=user, role=Assignment.Role.ANNOTATION).exists():
        raise PermissionDenied("The articles of this corpus are assigned. Take the next article in your queue, or ask a manager.")
