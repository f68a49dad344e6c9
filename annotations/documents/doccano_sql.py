"""The marks and relations of many assignments as doccano writes them, built by PostgreSQL, and how much of them a line does not hold.

It says what `formats.doccano.write` says of `flatten`, in code points; a test holds the two together. a is the assignment with what it
stands on, as in `sql`; a.words its scheme's words: {"labels": {id: word}, "overlays": {CLAIM …: word}, "ties": {tie: word}}.
"""

from __future__ import annotations

from annotations.documents.sql import ASSIGNMENTS, DOCUMENT, NAMES, REACHED
from annotations.formats.middle.mapping import CITATION, CLAIM, CUE, ROLE
from annotations.native.columns import answered
from annotations.native.types import CitationObject, ClaimObject, FigureAttributes

FILLED = " + ".join(
    answered(FigureAttributes, "f", but="note")
    + ["(f.per_count_n IS NOT NULL)::int"]
    + [f"(f.{column}_entity_id IS NOT NULL AND f.{column}_span_id IS NULL)::int" for column in ("counted", "of_whole")]
)
CITED = " + ".join(answered(CitationObject, "m", but="note"))
CLAIMED = " + ".join(answered(ClaimObject, "m", but="note"))


def overlay(name: str) -> str:
    return f"a.words->'overlays'->>'{name}'"


# part and turn: in which order marks come that begin and end alike. given: values of attributes; odd: what is written by the other way.
MARKS = f"""SELECT o.*, row_number() OVER (ORDER BY o.first, o.last DESC, o.part, o.turn, o.id, o.cue DESC) - 1 AS n FROM (
    SELECT m.id, m.event_id AS event, false AS cue, 1 AS part, NULL::int[] AS turn, m.start AS first, m."end" AS last,
        a.words->'labels'->>m.label_id::text AS word, array_length(m.fragments, 1) AS pieces, m.extra <> '{{}}' AS odd,
        CASE WHEN m.event_id IS NOT NULL THEN 0 WHEN m.kind = 'figure' THEN {FILLED}
            ELSE (m.mention_type <> '')::int + (m.entity_id IS NOT NULL)::int END AS given,
        m.event_id IS NULL AND coalesce(f.note, '') <> '' AS noted, 0 AS read
    FROM annotations_span m
    LEFT JOIN LATERAL (SELECT * FROM annotations_figure WHERE span_id = m.id AND m.kind = 'figure' OFFSET 0) f ON true
    WHERE m.assignment_id = a.id
    UNION ALL SELECT m.id, NULL, false, 2, m.content, m.content[1][1], m.content[array_length(m.content, 1)][2], {overlay(CLAIM)},
        array_length(m.content, 1), false, {CLAIMED} + (m.source_entity_id IS NOT NULL)::int, m.note <> '',
        (SELECT count(*) FROM jsonb_object_keys(m.read))
    FROM annotations_claim m WHERE m.assignment_id = a.id
    UNION ALL SELECT m.id, NULL, true, 2, m.content, m.cue[1][1], m.cue[array_length(m.cue, 1)][2], {overlay(CUE)},
        array_length(m.cue, 1), false, 0, false, 0
    FROM annotations_claim m WHERE m.assignment_id = a.id AND array_length(m.cue, 1) > 0
    UNION ALL SELECT m.id, NULL, false, 3, m.fragments, m.fragments[1][1], m.fragments[array_length(m.fragments, 1)][2],
        {overlay(CITATION)}, array_length(m.fragments, 1), false,
        (m.measure_id IS NOT NULL)::int + {CITED}, m.note <> '', 0
    FROM annotations_citation m WHERE m.assignment_id = a.id) o"""
EVENTS = """SELECT e.id, e.note <> '' AS noted, t.n, t.triggers, (SELECT count(*) FROM jsonb_object_keys(e.read)) AS read
    FROM annotations_event e LEFT JOIN (SELECT event, count(*) AS triggers,
        (array_agg(n ORDER BY first, last, id))[1] AS n FROM marks WHERE event IS NOT NULL GROUP BY event) t ON t.event = e.id
    WHERE e.assignment_id = a.id"""
# What a mark points at: its own turn (by n), or later, by the ids of events and links.
TIES = f"""SELECT 1 AS part, s.n AS place, NULL::uuid AS id, p.turn, s.n AS source, p.target, false AS cue, p.type, false AS framed
    FROM marks s JOIN annotations_figure f ON f.span_id = s.id AND s.part = 1 AND s.event IS NULL
    CROSS JOIN LATERAL (VALUES (1, 'counted', f.counted_span_id), (2, 'of_whole', f.of_whole_span_id),
        (3, 'per_count', f.per_count_figure_id), (4, 'per_count', f.per_count_span_id)) p(turn, type, target)
    WHERE p.target IS NOT NULL AND (p.turn < 3 OR f.per_count_n IS NOT NULL)
    UNION ALL SELECT 1, s.n, NULL, p.turn, s.n, p.target, p.type = 'cue', p.type, false
    FROM marks s JOIN annotations_claim m ON m.id = s.id AND s.part = 2 AND NOT s.cue
    CROSS JOIN LATERAL (VALUES (1, 'source', m.source_span_id), (2, 'parent', m.parent_id),
        (3, 'cue', CASE WHEN array_length(m.cue, 1) > 0 THEN m.id END)) p(turn, type, target) WHERE p.target IS NOT NULL
    UNION ALL SELECT 2, 0, e.id, g.position, e.n, coalesce(g.span_id, g.filler_event_id, g.citation_id), false, '{ROLE}' || r.code, true
    FROM events e JOIN annotations_argument g ON g.event_id = e.id JOIN annotations_role r ON r.id = g.role_id
    WHERE e.n IS NOT NULL AND g.entity_id IS NULL
    UNION ALL SELECT 3, 0, k.id, 0, coalesce(s.n, e.n), coalesce(k.target_span_id, k.target_event_id, k.target_claim_id), false, k.type, false
    FROM annotations_link k LEFT JOIN marks s ON s.id = coalesce(k.source_span_id, k.source_claim_id) AND NOT s.cue LEFT JOIN events e ON e.id = k.source_event_id
    WHERE k.assignment_id = a.id"""
TIED = """SELECT t.part, t.place, t.id, t.turn, t.source, coalesce(m.n, e.n) AS target, t.framed,
        coalesce(a.words->'ties'->>t.type, t.type) AS type
    FROM ties t LEFT JOIN marks m ON m.id = t.target AND m.cue = t.cue LEFT JOIN events e ON e.id = t.target"""

SPAN = (
    """'{"id": ' || n || ', "start_offset": ' || first || ', "end_offset": ' || last || ', "label": ' || to_json(word) || '}'"""
)
LABEL = "'[' || first || ', ' || last || ', ' || to_json(word) || ']'"
RELATION = """'{"id": ' || row_number() OVER w - 1 || ', "from_id": ' || source || ', "to_id": ' || target || ', "type": '
    || to_json(type) || '}' AS item, row_number() OVER w AS turn FROM tied WHERE source IS NOT NULL AND target IS NOT NULL
    WINDOW w AS (ORDER BY part, place, id, turn)"""
LISTED = "concat('[', (SELECT string_agg({item}, ', ' ORDER BY n) FROM marks), ']')"
# How many of each kind of LOST a line leaves out, in that order.
LOST = (
    "discontinuous marks written as their outer span",
    "values of attributes",
    "notes",
    "relations to marks that are not in the file",
    "events without a trigger in the file",
    "the note that a value was read from the text",
    "roles whose filler is not in the file",
    "relations between entities",
    "entities without a mark in the file",
)
COUNTS = """ARRAY[
    (SELECT count(*) FROM marks WHERE pieces > 1),
    (SELECT coalesce(sum(given), 0) FROM marks) + (SELECT coalesce(sum(triggers), 0) FROM events),
    (SELECT count(*) FROM marks WHERE noted) + (SELECT count(*) FROM events WHERE noted AND n IS NOT NULL)
        + (SELECT count(*) FROM annotations_note WHERE assignment_id = a.id AND text <> ''),
    (SELECT count(*) FROM tied WHERE NOT framed AND (source IS NULL OR target IS NULL)),
    (SELECT count(*) FROM events WHERE n IS NULL),
    (SELECT coalesce(sum(read), 0) FROM marks) + (SELECT coalesce(sum(read), 0) FROM events WHERE n IS NOT NULL),
    (SELECT count(*) FROM tied WHERE framed AND target IS NULL),
    (SELECT count(*) FROM registry_relation WHERE source_id = ANY(near.ids)),
    (SELECT count(*) FROM unnest(near.ids) id WHERE id IS DISTINCT FROM narrator.id)]::bigint[]"""
ENTITIES = """(SELECT array_agg(x.id::text ORDER BY x.name, x.id) FROM registry_entity x
    WHERE x.id = ANY(near.ids) AND x.id IS DISTINCT FROM narrator.id)"""

# Parameters: ids, schemes as in `sql`; words, by code and version of the scheme.
# Rows: id, odd, keyed, facts, narrator, text, marks, labels, relations, ties, counts, entities.
STATEMENT = f"""SELECT a.id, body.odd, {NAMES} IS NOT NULL,
    json_build_object('status', a.status, 'role', a.role, 'annotator', a.annotator, 'document', {DOCUMENT},
        'entities', CASE WHEN narrator.id IS NULL THEN '[]' ELSE json_build_array(json_build_object('id', narrator.id, 'name', narrator.name)) END),
    a.scheme, a.version, a.text, body.spans, body.labels, body.relations, body.ties, body.counts, {ENTITIES}
FROM (SELECT b.*, %(words)s::jsonb->(b.scheme || ' ' || b.version) AS words FROM ({ASSIGNMENTS}) b) a
LEFT JOIN LATERAL (SELECT id, name FROM registry_entity WHERE corpus_id = a.corpus_id AND outlet_id = a.outlet_id LIMIT 1) narrator
    ON true
CROSS JOIN LATERAL ({REACHED} SELECT array_agg(id) AS ids FROM reached WHERE id IS NOT NULL) near
CROSS JOIN LATERAL (WITH marks AS MATERIALIZED ({MARKS}), events AS MATERIALIZED ({EVENTS}), ties AS ({TIES}),
    tied AS MATERIALIZED ({TIED})
    SELECT coalesce((SELECT bool_or(odd) FROM marks), false) AS odd, {LISTED.format(item=SPAN)} AS spans,
        {LISTED.format(item=LABEL)} AS labels, {COUNTS} AS counts,
        (SELECT count(*) FROM tied WHERE source IS NOT NULL AND target IS NOT NULL) AS ties,
        concat('[', (SELECT string_agg(r.item, ', ' ORDER BY r.turn) FROM (SELECT {RELATION}) r), ']') AS relations) body"""
