"""What lines of evidence rest on: of a gold, what its adjudication decided on the figure, event or claim of each."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from annotations.adjudication.groups import ARGUMENT, CLAIM, EVENT, MARK
from annotations.models import AdjudicationDecision, Assignment

OUTCOME = AdjudicationDecision.Outcome
AGREED = (OUTCOME.AUTO, OUTCOME.LOOKED)
# From the weakest to the strongest; of an event, its arguments are decided one by one.
WORDS = {OUTCOME.ACCEPTED: "accepted", OUTCOME.DROPPED: "changed", OUTCOME.CHANGED: "changed", OUTCOME.ADDED: "added"}
STRENGTHS: list[str] = [*map(str, AGREED), *map(str, WORDS)]
# Of an adjudication `j`: how many readings it began with.
READINGS = "(SELECT count(*) FROM annotations_adjudicationinput i WHERE i.adjudication_id = j.id AND i.at IS NULL)"
# Most words are what all readings say, and nobody decided on: they need not be put in order.
DIFFERING = f"""SELECT FROM annotations_adjudicationdecision o WHERE o.adjudication_id = d.adjudication_id AND o.layer = d.layer
    AND o.start = d.start AND o."end" = d."end" AND o.number = d.number AND o.outcome IN {tuple(map(str, WORDS))}"""
# The last decision about a location holds. An argument belongs to the event at the same place.
STANDING = f"""SELECT j.gold_id AS gold, d.changes, array_position(ARRAY{STRENGTHS}, d.outcome::text) AS strength,
        CASE {READINGS} WHEN 1 THEN {STRENGTHS.index(OUTCOME.ACCEPTED) + 1} ELSE {len(AGREED)} END AS usual, d.adjudication_id,
        CASE d.kind WHEN '{ARGUMENT}' THEN '{EVENT}' ELSE d.kind END AS whole, d.layer, d.start, d."end", d.number,
        row_number() OVER (PARTITION BY d.adjudication_id, d.kind, d.layer, d.role, d.start, d."end", d.number
            ORDER BY d.position DESC) = 1 AS stands
    FROM annotations_adjudication j JOIN annotations_adjudicationdecision d ON d.adjudication_id = j.id
    WHERE {{golds}} AND d.kind IN ('{MARK}', '{EVENT}', '{ARGUMENT}', '{CLAIM}') AND d.outcome <> '{OUTCOME.UNDONE}'
        AND NOT EXISTS (SELECT FROM annotations_adjudicationdecision u WHERE u.undoes_id = d.id)
        AND EXISTS ({DIFFERING})"""  # noqa: S608 - of our own words
STRONGEST = f"""SELECT gold, changes, usual, max(strength) FILTER (WHERE stands) OVER (
        PARTITION BY adjudication_id, whole, layer, start, "end", number) AS strength FROM ({STANDING}) standing"""  # noqa: S608 - the same
# Rows: gold, object and the strongest of what was decided on it, where that is not what holds of the whole. `golds`: a condition on j.gold_id.
DECIDED = f"""SELECT s.gold, c.object_id, max(s.strength) AS strength FROM ({STRONGEST}) s
    CROSS JOIN LATERAL unnest(s.changes) written(id) JOIN annotations_change c ON c.id = written.id
    WHERE s.strength > s.usual GROUP BY s.gold, c.object_id"""  # noqa: S608 - the same
WHOLE = f"SELECT j.gold_id, {READINGS} FROM annotations_adjudication j WHERE {{golds}}"  # noqa: S608 - the same


def line_bases(assignments: QuerySet[Assignment]) -> dict[UUID, dict[str, Any]]:
    """Gold → `whole`: what its objects rest on, and `others`: by id those that do not. None for a gold without an adjudication."""
    golds = assignments.filter(role=Assignment.Role.ADJUDICATION).order_by().values("pk")
    try:
        sql, values = golds.query.sql_with_params()
    except EmptyResultSet:
        return {}
    among = f"j.gold_id IN ({sql})"
    with connection.cursor() as cursor:
        cursor.execute(WHOLE.format(golds=among), values)
        bases: dict[UUID, dict[str, Any]] = {
            gold: {"whole": "approved" if count == 1 else f"agreed {count} of {count}", "others": {}}
            for gold, count in cursor.fetchall()
            if count
        }
        if not bases:
            return {}
        cursor.execute(DECIDED.format(golds=among), values)
        for gold, pk, strength in cursor.fetchall():
            bases[gold]["others"][str(pk)] = f"adjudicated ({WORDS[OUTCOME(STRENGTHS[strength - 1])]})"
    return bases
