"""Entities that somebody does not get to see yet: colleagues have made them in the text that they are annotating themselves.

An entity that a mark elsewhere means, or that is linked to the shared register, says nothing of what a colleague has read in the text.
"""

from __future__ import annotations

from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from annotations.models import Argument, Assignment, Change, Claim, Span
from annotations.models.assignment import being_annotated_by
from registry.models import Entity


class Withheld(NamedTuple):
    """`assignments`: those of others on texts of which the person has an open reading; `entities`: what is known only from them."""

    assignments: list[UUID]
    entities: list[UUID]


NOTHING = Withheld([], [])


def hidden_assignments(user: Any) -> QuerySet[Assignment]:
    """Of a practice article the gold lies open, and so do its entities."""
    rows = Assignment.objects.filter(document__in=being_annotated_by(user)).exclude(annotator_id=user.pk)
    return rows.exclude(Q(role=Assignment.Role.ADJUDICATION, document__article__practice=True)).order_by()


def hidden_entities(user: Any) -> QuerySet[Change, Any]:
    """Their ids."""
    hidden = hidden_assignments(user).values("pk")
    meaning = ((Span, "entity"), (Claim, "source_entity"), (Argument, "entity"))
    elsewhere = [
        Exists(model.objects.filter(**{name: OuterRef("object_id")}).exclude(assignment__in=hidden)) for model, name in meaning
    ]
    made = Change.objects.filter(assignment__in=hidden, kind="entity", op=Change.Op.CREATE)
    own = Exists(Entity.objects.filter(pk=OuterRef("object_id"), same_as=None))
    return made.filter(own, *(~each for each in elsewhere)).order_by().values("object_id")


def withheld_from(user: Any, corpus: Any) -> Withheld:
    if user.is_superuser:
        return NOTHING
    assignments = list(hidden_assignments(user).filter(document__corpus=corpus).values_list("pk", flat=True))
    if not assignments:
        return NOTHING
    ids = hidden_entities(user).filter(assignment__in=assignments).distinct().values_list("object_id", flat=True)
    return Withheld(assignments, list(ids))
