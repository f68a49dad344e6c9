"""Earlier team settings: read from the history, and put back as a change of their own."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet

from annotations.models import TeamSettings
from annotations.plans.team import FIELDS, TARGETS, change_settings, in_words, shown_name
from corpus.edits.history import EditError, lock_corpus
from corpus.models import Corpus, Edit

NAMES = {shown_name(name): name for name in (*FIELDS, TARGETS)}


def team_edits(corpus: Corpus) -> QuerySet[Edit]:
    """Changes of team settings, the newest first."""
    return Edit.objects.filter(corpus=corpus, kind=Edit.Kind.CORPUS, after__has_any_keys=[*NAMES]).order_by("-pk")


@transaction.atomic
def put_back(edit: Edit, by: User) -> Edit | None:
    """The settings as they were before `edit` and all later changes. None where they are the same. Raises EditError."""
    corpus = lock_corpus(edit.corpus, by)
    values: dict[str, str] = {}
    for later in team_edits(corpus).filter(pk__gte=edit.pk):  # the newest first: the oldest has the last word
        values |= later.before or {}
    return change_settings(corpus, {NAMES[name]: read(NAMES[name], words) for name, words in values.items()}, by)


def read(name: str, words: str) -> Any:
    """The value of a setting as the history words it. Raises EditError for what it never worded so."""
    for value in candidates(name, words):
        if in_words({name: value}) == {shown_name(name): words}:
            return value
    raise EditError(f"The earlier value of “{shown_name(name)}” cannot be read: {words[:80]}. Enter it in the form.")


def candidates(name: str, words: str) -> list[Any]:
    if name == TARGETS:
        parts = [part.split() for part in words.split(", ")] if words != "none" else []
        return [{part[0]: int(part[1]) for part in parts if len(part) == 3 and part[1].isdecimal()}]
    if TeamSettings._meta.get_field(name).get_internal_type() == "BooleanField":
        return [True, False]
    return [None, *([int(words)] if words.isdecimal() and len(words) < 6 else [])]
