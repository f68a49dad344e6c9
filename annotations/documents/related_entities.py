"""Which entities one has to know to understand some: what they are part of, located in, work for …,
and, over relations that go both ways, what they may be the same as."""

from __future__ import annotations

from typing import Any

from annotations.kinds import KINDS
from annotations.kinds.select import read
from annotations.kinds.write_context import Object
from annotations.models import Scheme
from annotations.scheme.view import SchemeView
from annotations.schemes.stored import compiled
from registry.models import Entity

# Rows that know `reached`: an entity is one, and a relation has both its ends among them.
REACHED_ENTITIES = "m.id IN (SELECT id FROM reached)"
REACHED_RELATIONS = "m.source_id IN (SELECT id FROM reached)"


REACHING = """
WITH RECURSIVE reached(id) AS (
    {seeds}
    UNION SELECT further.id FROM reached CROSS JOIN LATERAL (
        SELECT r.target_id AS id FROM registry_relation r WHERE r.source_id = reached.id
        UNION ALL
        SELECT r.source_id FROM registry_relation r WHERE r.target_id = reached.id AND r.type = ANY({symmetric})
    ) further)
"""


def reaching(seeds: str, symmetric: str = "%(symmetric)s") -> str:
    """A WITH clause for `reached`, from a query that gives ids. `symmetric`: SQL for the array of such types."""
    return REACHING.format(seeds=seeds, symmetric=symmetric)


def symmetric(scheme: SchemeView) -> list[str]:
    """Types of relations that say the same in both directions."""
    return [entry["code"] for entry in scheme.entity_relations if entry.get("symmetric")]


def scheme_row(scheme: Scheme) -> dict[str, Any]:
    """What the SQL of documents has to know of a scheme."""
    return {"id": scheme.pk, "mutual": symmetric(compiled(scheme).view)}


def neighbourhood(entity: Entity, scheme: SchemeView | None) -> dict[str, list[Object]]:
    """Native objects by kind: the entity, what it reaches, and the relations between them."""
    parameters: dict[str, Any] = {"entity": entity.pk, "symmetric": symmetric(scheme) if scheme else []}
    conditions = {"entity": REACHED_ENTITIES, "relation": REACHED_RELATIONS}
    return read(conditions, parameters, KINDS, "", reaching("SELECT %(entity)s::uuid"))
