"""Candidates by the letters of the two names that were compared."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from registry.models import ListCandidate
from registry.naming import WRITTEN_IN

PATTERNS = dict(WRITTEN_IN)
SCRIPTS = tuple(PATTERNS)


def written_in(rows: QuerySet[ListCandidate], script: str) -> QuerySet[ListCandidate]:
    """Those of which one name or the other has letters of the script."""
    return rows.filter(has_letters("entity_name", script) | has_letters("listed_name", script))


def has_letters(name: str, script: str) -> Q:
    conditions: dict[str, Any] = {f"explanation__{name}__regex": PATTERNS[script]}
    return Q(**conditions)
