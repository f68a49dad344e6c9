"""Entities that somebody does not get to see yet: colleagues have made them in the text that they are annotating themselves.

An entity that a mark elsewhere means, or that is linked to the shared register, says nothing of what a colleague has read in the text.
"""

from __future__ import annotations

from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Q

from annotations.models import Assignment
from annotations.models.assignment import being_annotated_by


class Withheld(NamedTuple):
    """`assignments`: those of others on texts of which the person has an open reading; `entities`: what is known only from them."""

    assignments: list[UUID]
    entities: list[UUID]


NOTHING = Withheld([], [])
MADE_THERE = """
SELECT DISTINCT c.object_id FROM annotations_change c JOIN registry_entity e ON e.id = c.object_id
WHERE c.assignment_id = ANY(%(assignments)s::uuid[]) AND c.kind = 'entity' AND c.op = 'create' AND e.same_as_id IS NULL
    AND NOT EXISTS (SELECT FROM annotations_span s WHERE s.entity_id = e.id AND s.assignment_id <> ALL(%(assignments)s::uuid[]))
    AND NOT EXISTS (SELECT FROM annotations_claim q WHERE q.source_entity_id = e.id AND q.assignment_id <> ALL(%(assignments)s::uuid[]))
    AND NOT EXISTS (SELECT FROM annotations_argument g WHERE g.entity_id = e.id AND g.assignment_id <> ALL(%(assignments)s::uuid[]))
"""


def withheld_from(user: Any, corpus: Any) -> Withheld:
    """Of a practice article the gold lies open, and so do its entities."""
    if user.is_superuser:
        return NOTHING
    rows = Assignment.objects.filter(document__in=being_annotated_by(user), document__corpus=corpus).exclude(annotator=user)
    hidden = rows.exclude(Q(role=Assignment.Role.ADJUDICATION, document__article__practice=True))
    assignments = list(hidden.order_by().values_list("pk", flat=True))
    if not assignments:
        return NOTHING
    with connection.cursor() as cursor:
        cursor.execute(MADE_THERE, {"assignments": assignments})
        return Withheld(assignments, [pk for (pk,) in cursor.fetchall()])
