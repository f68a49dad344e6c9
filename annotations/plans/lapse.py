"""Readings in which nothing was written for some time give their place away: those of a plan, and those past a due date.

What a person has opened without a plan or a due date never lapses: nobody waits for its place.
"""

from __future__ import annotations

from uuid import UUID

from django.db import connection, transaction

from annotations.assign import lock, move
from annotations.models import Assignment, Transition
from annotations.models.team import TeamSettings
from annotations.notices.events import notify_of_lapse

# The last write, or step, of each. A running plan alone waits for a place; with a due date nothing lapses before that day is over.
OUTDATED = """
SELECT a.id FROM annotations_assignment a JOIN corpus_document d ON d.id = a.document_id
LEFT JOIN annotations_plan p ON p.id = a.plan_id LEFT JOIN annotations_teamsettings s ON s.corpus_id = d.corpus_id
WHERE a.status = 'open' AND a.role = 'annotation' AND (SELECT o.deletion_id FROM corpus_corpus o WHERE o.id = d.corpus_id) IS NULL
    AND (p.state = 'running' OR (p.id IS NULL AND a.due < current_date))
    AND (s.id IS NULL OR s.lapse_days IS NOT NULL) AND (%(only)s::uuid IS NULL OR a.id = %(only)s::uuid)
    AND greatest(a.created, (SELECT max(t.at) FROM annotations_transition t WHERE t.assignment_id = a.id),
        (SELECT c.at FROM annotations_change c WHERE c.assignment_id = a.id ORDER BY c.revision DESC LIMIT 1))
        < now() - make_interval(days => coalesce(s.lapse_days, %(days)s))
ORDER BY a.id
"""
DAYS = TeamSettings._meta.get_field("lapse_days").default


def outdated(only: UUID | None = None) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(OUTDATED, {"days": DAYS, "only": only})
        return [pk for (pk,) in cursor.fetchall()]


def lapse_all() -> int:
    """How many readings have lapsed now, each in a transaction of its own."""
    return sum(lapse(pk) for pk in outdated())


@transaction.atomic
def lapse(pk: UUID) -> bool:
    """Under its lock, unless somebody has written to it meanwhile."""
    locked = lock(Assignment(pk=pk, document_id=Assignment.objects.values_list("document", flat=True).get(pk=pk)))
    if pk not in outdated(pk):
        return False
    move(locked, Transition.Kind.LAPSED, None)
    notify_of_lapse(locked)
    return True
