"""Named entities of a corpus that have the same name and type: perhaps one that was made twice.

An unnamed particular is never one of them, since its words say nothing of who it is. Nothing is refused
for it: two factories may have one name. The page of the entities and the checks say so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from annotations.queries.entity_candidates import UNNAMED
from corpus.models import Corpus
from registry.models import Entity
from registry.naming import SQUEEZED, folded

Names = dict[UUID, list[tuple[UUID, str]]]
Row = tuple[UUID, str, str]


def named_entities(corpus: Corpus | int) -> QuerySet[Entity]:
    return Entity.objects.filter(corpus=corpus).exclude(Q(anonymous=True) & ~Q(reference=Entity.Reference.GENERIC))


def same_names(corpus: Corpus | int) -> Names:
    """Entities of a corpus that others have the name and type of, each with those."""
    return grouped(named_entities(corpus).order_by("name", "pk").values_list("pk", "type", "name").iterator())


def same_names_of(corpus: Any, pks: list[Any]) -> Names:
    """The same of some of them. The database looks for what may be the same, so that a large corpus costs little."""
    own = list(named_entities(corpus).filter(pk__in=pks).values_list("pk", "type", "name"))
    cores = {folded(name) for _, _, name in own}
    with connection.cursor() as cursor:
        cursor.execute(
            LIKE.format(unnamed=UNNAMED, squeezed=SQUEEZED.format("m.plain")),
            {
                "corpus": corpus.pk,
                "types": list({type_ for _, type_, _ in own}),
                "patterns": [f"%{core}%" for core in cores if core],
            },
        )
        groups = grouped(cursor.fetchall())
    ids = {pk for pk, *_ in own}
    return {pk: others for pk, others in groups.items() if pk in ids}


LIKE = """
SELECT e.id, e.type, e.name FROM registry_entity e
WHERE e.corpus_id = %(corpus)s AND e.type = ANY(%(types)s) AND NOT ({unnamed})
    AND e.id IN (SELECT m.id FROM unnest(%(patterns)s::text[]) pattern JOIN registry_entity m ON {squeezed} LIKE pattern)
ORDER BY e.name, e.id
"""


def grouped(rows: Iterable[Row]) -> Names:
    groups: dict[tuple[str, str], list[tuple[UUID, str]]] = defaultdict(list)
    for pk, type_, name in rows:
        groups[type_, folded(name)].append((pk, name))
    return {pk: [other for other in group if other[0] != pk] for group in groups.values() for pk, _ in group if len(group) > 1}
