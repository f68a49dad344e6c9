"""Whose marks answer, of those that the asker may see."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Case, IntegerField, Value, When

from annotations.models import Assignment
from questions.asking.asker import Asker
from questions.asking.condition import Condition

GOLD = {"role": Assignment.Role.ADJUDICATION}


BEST = Condition("{e}.is_best")


def visible(asker: Asker) -> list[Condition]:
    """Whose marks are asked for; `best`: of each article one assignment. What one may not see is in no answer, and in no number of it."""
    chosen = asker.question["whose"]
    if (chosen == "gold" and asker.sees_all) or (chosen in ("best", "gold") and asker.role == "viewer" and not asker.past):
        return [Condition("{e}.is_best_gold")]
    if chosen in ("best", "all") and asker.sees_all:
        return [*([BEST] if chosen == "best" else []), *but_withheld(asker.withheld)]
    seen = asker.readings
    if chosen == "mine":
        return [among(seen.filter(annotator=asker.user))]
    if chosen.startswith("by:"):
        return [among(seen.filter(annotator__username=chosen.removeprefix("by:")))]
    if chosen == "all":
        return [among(seen)]
    return [among_ids(best(seen.filter(**GOLD) if chosen == "gold" else seen))]


def but_withheld(ids: list[UUID]) -> list[Condition]:
    return [Condition("{e}.assignment_id <> ALL(%(withheld)s::uuid[])", {"withheld": ids})] if ids else []


def among(rows: Any) -> Condition:
    return among_ids(list(rows.values_list("pk", flat=True).distinct()))


def among_ids(ids: list[UUID]) -> Condition:
    return Condition("{e}.assignment_id = ANY(%(readings)s::uuid[])", {"readings": ids})


def best(seen: Any) -> list[UUID]:
    """Of each article the one that is evidence before the others, among those that somebody may see: in the order of the index."""
    chosen: dict[UUID, UUID] = {}
    rows = seen.without_drafts().order_by("document__article", "-document__version", first(**GOLD), "submitted", "created", "pk")
    for article, pk in rows.values_list("document__article", "pk"):
        chosen.setdefault(article, pk)
    return list(chosen.values())


def first(**fact: Any) -> Any:
    return Case(When(**fact, then=Value(0)), default=Value(1), output_field=IntegerField())
