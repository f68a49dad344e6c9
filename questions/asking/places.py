"""How an event is tied to a place: a role that says where, else the workplace of its people."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from corpus.db.arrays import as_array
from questions.asking.asker import Asker
from questions.asking.condition import Condition

WORKPLACE = "workplace"
NO_ROLE = "NOT {e}.is_placed"
# Of more ids than these PostgreSQL finds each in the index and looks at all that they lead to: it is quicker to look at each entry.
MOST_IN_INDEX = 100
ROLE_THERE = """EXISTS (SELECT FROM unnest({e}.places, {e}.place_roles) p(place, role)
    WHERE place = ANY(%(inside)s::uuid[]) AND role = ANY(%(tie)s))"""


def at_place(asker: Asker) -> Condition:
    """The place that is asked for, tied to it as is asked."""
    if not asker.question["place"]:
        return Condition("true")
    there, at_work = meets("places", "inside", asker.inside), meets("people", "workers", asker.workers)
    values: dict[str, Any] = {**there.values, **at_work.values}
    tied = asker.question.codes("tie")
    conditions = [f"{there.sql} OR {at_work.sql}"]
    if tied:
        conditions = [ROLE_THERE] + ([f"NOT {there.sql} AND {at_work.sql}"] if WORKPLACE in tied else [])
        values["tie"] = tied
    if asker.question.is_on("unplaced"):
        conditions.append(unplaced(asker).sql)
        values |= unplaced(asker).values
    return Condition(" OR ".join(f"({each})" for each in conditions), values)


def unplaced(asker: Asker) -> Condition:
    """No role says where, and no workplace of its people lies anywhere that is known."""
    at_work = employed(asker)
    return Condition(f"{NO_ROLE} AND NOT {at_work.sql}", at_work.values)


def employed(asker: Asker) -> Condition:
    """One of its people has a workplace."""
    return meets("people", "employed", asker.employed)


def meets(column: str, name: str, ids: list[UUID]) -> Condition:
    """Whether a column of ids has one of these."""
    if not ids:
        return Condition("false")
    values = {name: as_array(ids)}
    if len(ids) <= MOST_IN_INDEX:
        return Condition(f"{{e}}.{column} && %({name})s::uuid[]", values)
    # Behind CASE PostgreSQL does not work out of each of the ids how many entries have it, wherever a statement has them.
    is_one = f"CASE WHEN one = ANY(%({name})s::uuid[]) THEN true END"
    return Condition(f"EXISTS (SELECT FROM unnest({{e}}.{column}) one WHERE {is_one})", values)


def ties(asker: Asker, entry: Any) -> list[dict[str, Any]]:
    """How an entry is tied to the place that is asked for, or to any if none is: the role with the entity that fills it."""
    pairs = sorted(zip(entry["place_roles"], entry["places"], strict=True), key=lambda pair: (pair[0], str(pair[1])))
    if not asker.question["place"]:
        return [{"tie": role, "entity": entity} for role, entity in pairs]
    there, workers = asker.place_and_workers
    roles = [{"tie": role, "entity": entity} for role, entity in pairs if entity in there]
    at_work = [person for person in entry["people"] if person in workers]
    return roles or [{"tie": WORKPLACE, "entity": person} for person in at_work[:1]]
