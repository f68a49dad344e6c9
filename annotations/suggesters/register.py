"""Names that the corpus knows: those of its named entities, as far as what the reading may rest on says them.

An entity counts that a mark of `sources` or of the reading itself means, that is linked to the shared register, or that nobody made while
reading. A further name that somebody gave while reading counts where that reading may be rested on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from annotations.models import Assignment
from annotations.queries.entity_candidates import UNNAMED
from annotations.suggesters.sources import sources
from annotations.suggesters.suggestion import ScannedText, Suggestion

KINDS = ("span",)
VERSION = "1"
CODE = "register"
NAMED, SEVERAL = 0.9, 0.5  # one entity has the name; several have it

# Behind `allowed`, a table of the readings that may be rested on: of a large corpus it is not made whole, but asked for each mark.
FOUND = f"""
wanted AS (SELECT unnest(%(words)s::text[]) AS plain),
found AS (
    SELECT e.id, w.plain, e.name FROM registry_entity e JOIN wanted w ON w.plain = e.plain
    WHERE e.corpus_id = %(corpus)s AND NOT ({UNNAMED})
    UNION SELECT e.id, w.plain, n.name FROM wanted w JOIN registry_entityname n ON n.plain = w.plain
    JOIN registry_entity e ON e.id = n.entity_id WHERE e.corpus_id = %(corpus)s AND NOT ({UNNAMED})
    UNION SELECT e.id, w.plain, b.name FROM wanted w JOIN registry_basename b ON b.plain = w.plain
    JOIN registry_entity e ON e.same_as_id = b.entity_id WHERE e.corpus_id = %(corpus)s AND NOT ({UNNAMED})
),
merged (kept, gone) AS (
    SELECT id, id FROM found UNION SELECT g.kept, m.gone FROM merged g JOIN annotations_merge m ON m.kept = g.gone AND m.undone_at IS NULL
),
given AS (
    SELECT g.kept, EXISTS (SELECT FROM allowed a WHERE a.id = c.assignment_id) AS is_allowed, said.name
    FROM merged g JOIN annotations_change c ON c.object_id = g.gone AND c.kind = 'entity' AND c.after IS NOT NULL
    CROSS JOIN LATERAL (
        SELECT c.after ->> 'name' UNION SELECT jsonb_array_elements_text(coalesce(c.after -> 'aliases', '[]'))
        EXCEPT SELECT c.before ->> 'name' EXCEPT SELECT jsonb_array_elements_text(coalesce(c.before -> 'aliases', '[]'))
    ) said(name)
)
SELECT f.plain, f.name, e.id, e.type, e.name,
    EXISTS (SELECT FROM annotations_span s JOIN allowed a ON a.id = s.assignment_id WHERE s.entity_id = e.id)
        OR EXISTS (SELECT FROM annotations_claim s JOIN allowed a ON a.id = s.assignment_id WHERE s.source_entity_id = e.id)
        OR EXISTS (SELECT FROM annotations_argument s JOIN allowed a ON a.id = s.assignment_id WHERE s.entity_id = e.id),
    e.same_as_id IS NOT NULL
        OR NOT EXISTS (SELECT FROM annotations_span s WHERE s.entity_id = e.id)
        AND NOT EXISTS (SELECT FROM annotations_claim s WHERE s.source_entity_id = e.id)
        AND NOT EXISTS (SELECT FROM annotations_argument s WHERE s.entity_id = e.id)
        AND NOT EXISTS (SELECT FROM annotations_change c WHERE c.object_id = e.id AND c.kind = 'entity' AND c.op = 'create'),
    f.name = ANY(coalesce((SELECT array_agg(b.name) FROM registry_basename b WHERE b.entity_id = e.same_as_id), '{{}}')),
    (SELECT bool_or(g.is_allowed) FROM given g WHERE g.kept = e.id AND g.name = f.name)
FROM found f JOIN registry_entity e ON e.id = f.id ORDER BY f.plain, e.id
"""  # noqa: S608 - of our own words


class KnownName(NamedTuple):
    """`is_meant`: a mark that may be rested on means the entity; `is_open`: it is known apart from any reading; `is_shared`: the shared
    register has the name; `is_given`: whether a reading that gave the name may be rested on, None where none gave it."""

    plain: str
    name: str
    entity: UUID
    type: str
    entity_name: str
    is_meant: bool
    is_open: bool
    is_shared: bool
    is_given: bool | None

    @property
    def may_be_offered(self) -> bool:
        if not (self.is_meant or self.is_open):
            return False
        if self.is_shared or self.is_given is not False:
            return True
        return self.is_meant and self.name == self.entity_name


def offered(reading: Assignment, read: ScannedText) -> Iterator[Suggestion]:
    """The longest name first where several begin or overlap, from left to right."""
    layer = next((str(each["code"]) for each in read.scheme.layers_of("actor")), None)
    if layer is None or not read.runs:
        return
    known: dict[str, list[KnownName]] = defaultdict(list)
    for each in names(reading, [*read.runs]):
        if each.may_be_offered and read.scheme.has_label(layer, each.type):
            known[each.plain].append(each)
    hits = [(start, end, plain) for plain in known for start, end in read.runs[plain]]
    behind = 0
    for start, end, plain in sorted(hits, key=lambda hit: (hit[0], -hit[1])):
        fitting = [each for each in known[plain] if is_written_so(read.text[start:end], each.name)]
        if start < behind or not fitting:
            continue
        behind = end
        yield offer(layer, start, end, fitting)


def offer(layer: str, start: int, end: int, fitting: list[KnownName]) -> Suggestion:
    first, entities = fitting[0], {each.entity for each in fitting}
    alone = len(entities) == 1
    why = f"a name of {first.entity_name}" if alone else f"a name of {len(entities)} entities of the corpus"
    fields = {"attributes": {"entity": str(first.entity)}} if alone else {}
    return Suggestion("span", layer, first.type, ((start, end),), CODE, VERSION, NAMED if alone else SEVERAL, why[:300], fields)


def names(reading: Assignment, words: list[str]) -> list[KnownName]:
    """`sources` goes into the statement as it is, its values under names: thousands of keys need not come here and go back."""
    allowed, values = sources(reading).values("pk").query.sql_with_params()
    named = {f"source_{number}": value for number, value in enumerate(values)}
    allowed %= tuple(f"%({name})s" for name in named)
    sql = f"WITH RECURSIVE allowed (id) AS NOT MATERIALIZED ({allowed} UNION ALL SELECT %(own)s::uuid), {FOUND}"
    with connection.cursor() as cursor:
        cursor.execute(sql, {**named, "own": reading.pk, "corpus": reading.document.corpus_id, "words": words})
        return [KnownName(*row) for row in cursor.fetchall()]


def is_written_so(words: str, name: str) -> bool:
    """Whether words that are but letters of a name are written as one: US is not us, and May is not may."""
    if name.isupper() and len(name) <= 5:
        return words == name
    return not name[:1].isupper() or words[:1].isupper() or words[:1] == name[:1]
