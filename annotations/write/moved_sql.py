"""The SQL by which a merge moves what points at an entity: the log from what the rows say, then the rows. Pure.

In every statement: `wanted` are objects by kind and id, each with the fields that may move, and `batch` the assignments with the
revision that each will have. A field moves where it points at `old` now. Parameters: wanted, others, assignments, revisions, old,
new, person, at.
"""

from __future__ import annotations

from typing import Any

from annotations.documents.sql import ATTRIBUTES, fragments
from annotations.kinds import claim, span
from annotations.native.json_sql import json_object, quoted_id

CUT = """(SELECT substr(d.text, {start} + 1, {end} - {start}) FROM annotations_assignment a
    JOIN corpus_document d ON d.id = a.document_id WHERE a.id = m.assignment_id)"""


SPAN = json_object(
    span.FIELDS
    | {"fragments": fragments("m.fragments", "m.quote", cut=CUT), "attributes": ATTRIBUTES, "event": quoted_id("m.event_id")}
)
CLAIM = json_object(claim.FIELDS | {"cue": fragments("m.cue", cut=CUT), "content": fragments("m.content", "m.quote", cut=CUT)})

FIELDS = ("entity", "counted", "of_whole", "source")
WITH_WANTED = f"""WITH wanted AS MATERIALIZED (
    SELECT * FROM jsonb_to_recordset(%(wanted)s::jsonb) AS w(kind text, id uuid, assignment uuid, {", ".join(f"{f} bool" for f in FIELDS)})
), batch AS MATERIALIZED (
    SELECT * FROM unnest(%(assignments)s::uuid[], %(revisions)s::int[]) AS b(assignment, revision)
)"""
IS_ENTITY = "(w.entity AND m.entity_id = %(old)s)"
IS_COUNTED = "(w.counted AND f.counted_entity_id = %(old)s)"
IS_WHOLE = "(w.of_whole AND f.of_whole_entity_id = %(old)s)"
IS_SOURCE = "(w.source AND m.source_entity_id = %(old)s)"
MEANT = "jsonb_build_object('entity', %(new)s::uuid)"
ATTRIBUTE = f"""jsonb_strip_nulls(jsonb_build_object('entity', CASE WHEN {IS_ENTITY} THEN %(new)s::uuid END,
    'counted', CASE WHEN {IS_COUNTED} THEN {MEANT} END, 'of_whole', CASE WHEN {IS_WHOLE} THEN {MEANT} END))"""


def rows(module: Any) -> str:
    """FROM and JOINs of a kind, without the condition."""
    return str(module.ROWS.rpartition("WHERE")[0])


STEPS = f"""
    SELECT s.assignment, 'update' AS op, 'span' AS kind, s.id, s.before, s.before || jsonb_build_object('attributes',
        s.before -> 'attributes' || s.changed) AS after, false AS is_shared
    FROM (SELECT w.assignment, m.id, ({SPAN})::jsonb AS before, {ATTRIBUTE} AS changed
        {rows(span)} JOIN wanted w ON w.id = m.id WHERE {IS_ENTITY} OR {IS_COUNTED} OR {IS_WHOLE}) s
    UNION ALL
    SELECT s.assignment, 'update', 'claim', s.id, s.before, s.before || jsonb_build_object('source_entity', %(new)s::uuid), false
    FROM (SELECT w.assignment, m.id, ({CLAIM})::jsonb AS before {rows(claim)} JOIN wanted w ON w.id = m.id WHERE {IS_SOURCE}) s
    UNION ALL
    SELECT b.assignment, o.op, o.kind, o.id, o.before, o.after, o.assignment IS NULL
    FROM jsonb_to_recordset(%(others)s::jsonb) AS o(assignment uuid, op text, kind text, id uuid, before jsonb, after jsonb)
    JOIN batch b ON b.assignment = o.assignment OR o.assignment IS NULL"""
# One statement, since each makes an entry of the evidence log for each assignment. Numbers are drawn in its order: what is made comes
# before what points at it, and what is deleted after what pointed at it, in whichever assignments.
LOG = f"""{WITH_WANTED}
INSERT INTO annotations_change (id, assignment_id, revision, position, op, kind, object_id, before, after, digest, user_id, at)
SELECT gen_random_uuid(), b.assignment, b.revision,
    row_number() OVER (PARTITION BY b.assignment ORDER BY s.phase, s.kind, s.id) - 1, s.op, s.kind, s.id, s.before,
    CASE WHEN s.is_shared THEN s.after ELSE s.after || jsonb_build_object('revision', b.revision) END, '', %(person)s, %(at)s
FROM (SELECT *, CASE WHEN NOT is_shared THEN 1 WHEN op <> 'delete' THEN 0 WHEN kind = 'relation' THEN 2 ELSE 3 END AS phase
    FROM ({STEPS}) t) s JOIN batch b ON b.assignment = s.assignment
ORDER BY s.phase, b.assignment, s.kind, s.id"""
ROWS = (
    f"""{WITH_WANTED} UPDATE annotations_span m SET revision = b.revision,
        entity_id = CASE WHEN {IS_ENTITY} THEN %(new)s::uuid ELSE m.entity_id END
    FROM wanted w JOIN batch b ON b.assignment = w.assignment LEFT JOIN annotations_figure f ON f.span_id = w.id
    WHERE m.id = w.id AND ({IS_ENTITY} OR {IS_COUNTED} OR {IS_WHOLE})""",
    f"""{WITH_WANTED} UPDATE annotations_figure f SET
        counted_entity_id = CASE WHEN {IS_COUNTED} THEN %(new)s::uuid ELSE f.counted_entity_id END,
        of_whole_entity_id = CASE WHEN {IS_WHOLE} THEN %(new)s::uuid ELSE f.of_whole_entity_id END
    FROM wanted w WHERE f.span_id = w.id AND ({IS_COUNTED} OR {IS_WHOLE})""",
    f"""{WITH_WANTED} UPDATE annotations_claim m SET source_entity_id = %(new)s::uuid, revision = b.revision
    FROM wanted w JOIN batch b ON b.assignment = w.assignment WHERE m.id = w.id AND {IS_SOURCE}""",
    f"""{WITH_WANTED} UPDATE annotations_assignment a SET revision = b.revision FROM batch b
    WHERE a.id = b.assignment AND a.id = ANY(%(assignments)s::uuid[])""",
)  # fmt: skip

# Events are few, and two fillers of one role may become one: they are put together outside, and written whole.
ROLES = """SELECT a.event_id::text, r.code, a.role_id FROM annotations_argument a JOIN annotations_role r ON r.id = a.role_id
WHERE a.event_id = ANY(%(ids)s::uuid[])"""
EVENTS = (
    "DELETE FROM annotations_argument WHERE event_id = ANY(%(ids)s::uuid[])",
    """INSERT INTO annotations_argument (event_id, assignment_id, position, role_id, span_id, entity_id, filler_event_id, citation_id)
    SELECT m.id, m.assignment_id, g.position, g.role_id, g.mention, g.entity, g.event, g.measure_ref
    FROM jsonb_to_recordset(%(arguments)s::jsonb)
        AS g(id uuid, position int, role_id bigint, mention uuid, entity uuid, event uuid, measure_ref uuid)
    JOIN annotations_event m ON m.id = g.id""",
    f"""{WITH_WANTED} UPDATE annotations_event m SET revision = b.revision
    FROM batch b WHERE m.id = ANY(%(ids)s::uuid[]) AND b.assignment = m.assignment_id""",
)

POINTING = """
SELECT kind, id::text, assignment_id::text FROM (
    (SELECT 'span' AS kind, id, assignment_id FROM annotations_span WHERE entity_id = %(entity)s LIMIT %(most)s)
    UNION (SELECT 'span', span_id, assignment_id FROM annotations_figure WHERE counted_entity_id = %(entity)s LIMIT %(most)s)
    UNION (SELECT 'span', span_id, assignment_id FROM annotations_figure WHERE of_whole_entity_id = %(entity)s LIMIT %(most)s)
    UNION (SELECT 'event', event_id, assignment_id FROM annotations_argument WHERE entity_id = %(entity)s LIMIT %(most)s)
    UNION (SELECT 'claim', id, assignment_id FROM annotations_claim WHERE source_entity_id = %(entity)s LIMIT %(most)s)
) p LIMIT %(most)s"""
# The batches of a merge that are not undone yet, as many as hold so many objects, one at least; and of each object what pointed at `old`.
TO_UNDO = """
WITH moved AS MATERIALIZED (
    SELECT id, assignment_id, revision FROM (
        SELECT *, sum(objects_moved) OVER (ORDER BY id) - objects_moved AS earlier FROM (
            SELECT * FROM annotations_movedbatch WHERE merge_id = %(merge)s AND NOT is_undone ORDER BY id LIMIT %(most)s) b
    ) c WHERE earlier < %(most)s
)
SELECT c.kind, c.object_id::text, c.assignment_id::text, bool_or(c.before #>> '{attributes,entity}' = %(entity)s),
    bool_or(c.before #>> '{attributes,counted,entity}' = %(entity)s), bool_or(c.before #>> '{attributes,of_whole,entity}' = %(entity)s),
    bool_or(c.before ->> 'source_entity' = %(entity)s), array_agg(DISTINCT moved.id),
    CASE WHEN c.kind = 'event' THEN jsonb_agg(c.before ORDER BY c.revision DESC) END
FROM moved JOIN annotations_change c ON c.assignment_id = moved.assignment_id AND c.revision = moved.revision
WHERE c.kind IN ('span', 'event', 'claim') GROUP BY c.kind, c.object_id, c.assignment_id"""
MOVED = f"""{WITH_WANTED} INSERT INTO annotations_movedbatch (merge_id, assignment_id, revision, objects_moved, is_undone)
SELECT %(merge)s, b.assignment, b.revision, count(*), false FROM batch b JOIN wanted w ON w.assignment = b.assignment
GROUP BY b.assignment, b.revision"""
