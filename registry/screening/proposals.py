"""Matches that one person proposes and a second one confirms, in corpora that ask for two."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from corpus.models import Corpus
from registry.models import Decision, ListCandidate, SecondPersonRule

PROPOSED = Decision.Match.PROPOSED


def needs_second(corpus: Corpus) -> bool:
    return bool(SecondPersonRule.objects.filter(corpus=corpus).exists())


def open_proposal(entity: Any, code: str, ref: str) -> Decision | None:
    """The last decision about an entity and an entry, if a second person has to confirm it."""
    rows = Decision.objects.filter(entity=entity, list=code, entry=ref).order_by("-at", "-id").select_related("user")
    last: Decision | None = rows.first()
    return last if last and last.match == PROPOSED else None


def open_proposals(candidates: Collection[ListCandidate]) -> dict[int, Decision]:
    """By candidate, in one query."""
    rows = Decision.objects.filter(
        entity__in={each.entity_id for each in candidates}, list__in={each.list.code for each in candidates}
    )
    last = rows.order_by("entity", "list", "entry", "-at", "-id").distinct("entity", "list", "entry").select_related("user")
    by_entry = {(row.entity, row.list, row.entry): row for row in last if row.match == PROPOSED}
    keys = {each.pk: (each.entity_id, each.list.code, each.ref) for each in candidates}
    return {pk: by_entry[key] for pk, key in keys.items() if key in by_entry}
