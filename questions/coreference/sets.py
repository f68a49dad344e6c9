"""Sets of linked events: those that judgements `same` connect, and how one of them leads to another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from questions.models import Judgement

SAME = Judgement.Verdict.SAME
# The events that standing judgements `same` connect with %(events)s, with these.
CONNECTED = """
WITH RECURSIVE connected(event) AS (
    SELECT unnest(%(events)s::uuid[])
    UNION SELECT j.next FROM connected c CROSS JOIN LATERAL (
        SELECT other AS next FROM questions_judgement WHERE one = c.event AND verdict = 'same' AND undone_at IS NULL
        UNION ALL SELECT one FROM questions_judgement WHERE other = c.event AND verdict = 'same' AND undone_at IS NULL) j)
SELECT event FROM connected"""
# Standing judgements of which both events are among %(events)s.
BETWEEN = """SELECT id, one, other, verdict FROM questions_judgement
    WHERE one = ANY(%(events)s::uuid[]) AND other = ANY(%(events)s::uuid[]) AND undone_at IS NULL ORDER BY at, id"""


class JudgedPair(NamedTuple):
    """A standing judgement."""

    judgement: UUID
    one: UUID
    other: UUID
    verdict: str

    def reversed(self) -> JudgedPair:
        return self._replace(one=self.other, other=self.one)


def connected(events: Iterable[UUID]) -> list[UUID]:
    """All that is linked to these events, with these."""
    return [event for (event,) in rows(CONNECTED, {"events": list(events)})]


def edges_between(events: list[UUID]) -> list[JudgedPair]:
    return [JudgedPair(*row) for row in rows(BETWEEN, {"events": events})]


def rows(sql: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        result: list[tuple[Any, ...]] = cursor.fetchall()
        return result


def path(start: UUID, goal: UUID, edges: Iterable[JudgedPair]) -> list[JudgedPair] | None:
    """The fewest judgements `same` that lead from one event to another, each in that direction; None where none do."""
    leads: dict[UUID, list[JudgedPair]] = defaultdict(list)
    for edge in edges:
        if edge.verdict == SAME:
            leads[edge.one].append(edge)
            leads[edge.other].append(edge.reversed())
    ways: dict[UUID, list[JudgedPair]] = {start: []}
    queue = [start]
    for event in queue:
        if event == goal:
            return ways[event]
        for edge in leads[event]:
            if edge.other not in ways:
                ways[edge.other] = [*ways[event], edge]
                queue.append(edge.other)
    return None


def sets_of(events: Iterable[UUID], edges: Iterable[JudgedPair]) -> dict[UUID, UUID]:
    """By event, the smallest id of its set; without those that are linked to no other."""
    smallest = {event: event for event in events}
    members = {event: [event] for event in smallest}
    for edge in edges:
        kept, gone = sorted((smallest[edge.one], smallest[edge.other]))
        if edge.verdict == SAME and kept != gone:
            for event in members.pop(gone):
                smallest[event] = kept
                members[kept].append(event)
    return {event: first for event, first in smallest.items() if len(members[first]) > 1}
