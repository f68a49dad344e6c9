"""The native document of an assignment, or of many at once, built by PostgreSQL as text, and what the annotator's page begins with.

They are made of the same rows (`FIELDS`, `ROWS` and `SELECT` of each kind). Offsets become raw ones, and find their segment, by
binary search (`width_bucket`) in arrays that are put together once for each document.

In every part of a statement: a is the assignment with its text, article and scheme, runs and parts are the
arrays of its source map and segments, near.ids the entities that it reaches, narrator its outlet.
"""

from __future__ import annotations

import json

from annotations.documents.related_entities import reaching
from annotations.formats import native
from annotations.kinds import KINDS, citation, claim, entity, event, span
from annotations.native import check
from annotations.native.json_sql import json_array, json_object, number, quoted_id, raw, words
from corpus.db.round_trip import numbered

OWN = "m.assignment_id = a.id"
NEAR = {"entity": "m.id = ANY(near.ids)", "relation": "m.source_id = ANY(near.ids)"}


# SQL of the words from one offset to another.
CUT = "substr(a.text, {start} + 1, {end} - {start})"


def fragment(start: str, end: str, quote: str, *, with_raw: bool) -> str:
    first, last = f"width_bucket({start}, runs.starts)", f"width_bucket({end} - 1, runs.starts)"
    raw_offsets = {
        "raw_start": raw(f"coalesce({start} + runs.shifts[{first}], runs.raw_starts[{first}])"),
        "raw_end": raw(f"coalesce({end} + runs.shifts[{last}], runs.raw_ends[{last}])"),
    }
    return json_object({"start": number(start), "end": number(end), "quote": words(quote), **(raw_offsets if with_raw else {})})


def fragments(
    column: str, quote: str | None = None, only: tuple[str, str] | None = None, *, with_raw: bool = False, cut: str = CUT
) -> str:
    """A column of ranges as objects. Where there is but one range, `quote` is the column that has its words, and `only` are those
    of its start and end: to take a number out of an array takes longer. `cut`: the words from {start} to {end}."""
    start, end = f"{column}[i][1]", f"{column}[i][2]"
    each = fragment(start, end, cut.format(start=start, end=end), with_raw=with_raw)
    several = json_array(f"SELECT {each} AS item FROM generate_series(1, array_length({column}, 1)) i ORDER BY i")
    if quote is None:
        return several
    one = fragment(*(only or (f"{column}[1][1]", f"{column}[1][2]")), quote, with_raw=with_raw)
    return f"CASE array_length({column}, 1) WHEN 1 THEN concat('[', {one}, ']') ELSE {several} END"


def segment(start: str) -> str:
    """Code of the segment of a place."""
    location = f"width_bucket({start}, parts.starts)"
    return words(f"CASE WHEN {start} < parts.ends[{location}] THEN parts.codes[{location}] END")


ATTRIBUTES = f"CASE WHEN m.extra = '{{}}' THEN {span.ATTRIBUTES} ELSE (({span.ATTRIBUTES})::jsonb || m.extra)::text END"


def selects(*, with_raw: bool) -> dict[str, str]:
    """By kind, the query that gives its objects."""
    mention = span.FIELDS | {
        "segment": segment("m.start"),
        "fragments": fragments("m.fragments", "m.quote", ("m.start", 'm."end"'), with_raw=with_raw),
    }
    cited = {"segment": segment("m.fragments[1][1]"), "fragments": fragments("m.fragments", "m.quote", with_raw=with_raw)}
    claimed = {
        "segment": segment("m.content[1][1]"),
        "cue": fragments("m.cue", with_raw=with_raw),
        "content": fragments("m.content", "m.quote", with_raw=with_raw),
    }
    return {kind: module.SELECT for kind, module in KINDS.items()} | {
        "entity": f"SELECT {json_object(entity.FIELDS)} AS item {entity.ROWS}",
        "event": f"SELECT {json_object(event.FIELDS)} AS item {event.ROWS}",
        "span": f"""SELECT CASE WHEN m.event_id IS NULL THEN {json_object(mention | {"attributes": ATTRIBUTES})}
            ELSE {json_object(mention | {"event": quoted_id("m.event_id")})} END AS item {span.ROWS}""",
        "citation": f"SELECT {json_object(citation.FIELDS | cited)} AS item {citation.ROWS}",
        "claim": f"SELECT {json_object(claim.FIELDS | claimed)} AS item {claim.ROWS}",
    }


def array(select: str, kind: str) -> str:
    """The objects of a kind that belong to the assignment."""
    return json_array(select.replace("{where}", NEAR.get(kind, OWN)))


# What a document says of its text and article but for its id. An outlet that somebody made an entity goes by its id.
FACTS = """'key', a.key, 'article', a.article, 'title', a.title,
    'outlet', coalesce(narrator.id::text, a.outlet), 'language', a.language,
    'source_file', a.source_file, 'url', a.url, 'url_basis', a.url_basis,
    'outlet_basis', a.outlet_basis, 'claimed_url', a.claimed_url, 'claimed_outlet', a.claimed_outlet, 'claimed_by', a.claimed_by,
    'retrieved_from', a.retrieved_from,
    'published', CASE WHEN a.published_edtf <> '' THEN json_build_object('edtf', a.published_edtf,
        'earliest', a.published_earliest, 'latest', a.published_latest, 'basis', a.published_basis) END,
    'raw_sha256', a.raw_sha256, 'raw_length', a.raw_length, 'clean_sha256', a.sha256, 'clean_length', a.length"""
DOCUMENT = f"json_build_object('id', coalesce(nullif(a.key, ''), a.document::text), {FACTS})"
ZONES = """(SELECT coalesce(json_agg(json_build_object('kind', z.kind, 'segment', s.code, 'start', z.start,
        'end', z."end", 'quote', substr(a.text, z.start + 1, z."end" - z.start)) ORDER BY z.start), '[]')
    FROM corpus_zone z JOIN corpus_segment s ON s.id = z.segment_id WHERE z.document_id = a.document)"""
REPAIRS = """(SELECT coalesce(json_agg(json_build_object('op', r.op, 'raw_start', r.raw_start, 'raw_end', r.raw_end,
        'raw', r.raw, 'clean', r.clean, 'clean_start', r.clean_start, 'why', r.why) ORDER BY r.position), '[]')
    FROM corpus_repair r WHERE r.document_id = a.document)"""
NOTES = """(SELECT coalesce(json_agg(n.text ORDER BY n."order", n.id), '[]')
    FROM annotations_note n WHERE n.assignment_id = a.id)"""
NARRATOR = {field: words(f"'{value}'::text") for field, value in native.DEFAULT_CLAIM.items()}
NARRATOR["source_entity"] = quoted_id("narrator.id")


def whole(*, by_key: bool) -> dict[str, str]:
    """The fields of a document. `by_key`: as a file has them, the text by its key there and fragments with their raw offsets; else
    as a program has them that writes, with notes as objects."""
    forms = selects(with_raw=by_key)
    return {
        "format": f"'\"{check.FORMAT}\"'",
        "offsets": f"'{json.dumps(check.COUNTED)}'::text",
        "id": quoted_id("a.id"),
        "revision": raw("a.revision"),
        "status": words("a.status"),
        "submitted": words("""to_char(a.submitted AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')"""),
        "saw_gold": words("""to_char(a.saw_gold AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')"""),
        "role": words("a.role"),
        "annotator": words("a.annotator"),
        "scheme": json_object({"code": words("a.scheme"), "version": words("a.version")}),
        "document": DOCUMENT if by_key else f"json_build_object('id', a.document, {FACTS})",
        "segments": "parts.listed",
        "zones": ZONES,
        "normalisation": REPAIRS,
        "source_map": raw("a.source_map"),
        "default_attribution": json_object(NARRATOR),
        **{name: array(forms[kind], kind) for kind, name in check.ARRAYS.items()},
        **({} if by_key else {"notes": array(forms["note"], "note")}),
        "adjudication_notes": NOTES,
    }


# Which object had which key in the file from which it came. A key that two of them share names neither.
KEYED = " UNION ALL ".join(
    f"SELECT m.id, m.key FROM {KINDS[kind].MODEL._meta.db_table} m WHERE {NEAR.get(kind, OWN)} AND m.key <> ''"
    for kind in ("span", "event", "claim", "citation", "entity")
)
NAMES = f"""(SELECT json_object_agg(alone.id, alone.key) FROM (
    SELECT min(k.id::text) AS id, k.key FROM ({KEYED}) k GROUP BY k.key HAVING count(*) = 1) alone)"""

ASSIGNMENTS = """SELECT a.id, a.revision, a.status, a.submitted, a.saw_gold, a.role, u.username AS annotator, c.code AS scheme, c.version,
        d.id AS document, d.corpus_id, d.text, d.source_map, d.raw_length, d.sha256, d.length, raw.sha256 AS raw_sha256,
        x.id AS article, x.key, x.title, x.outlet_id, o.name AS outlet, x.language, x.source_file, x.url, x.url_basis,
        x.outlet_basis, x.claimed_url, x.claimed_outlet, x.claimed_by, d.retrieved_from,
        x.published_edtf, x.published_earliest, x.published_latest, x.published_basis, said.mutual
    FROM unnest(%(ids)s::uuid[]) WITH ORDINALITY wanted(id, n)
    JOIN annotations_assignment a ON a.id = wanted.id JOIN auth_user u ON u.id = a.annotator_id
    JOIN annotations_scheme c ON c.id = a.scheme_id
    JOIN jsonb_to_recordset(%(schemes)s::jsonb) AS said(id bigint, mutual text[]) ON said.id = c.id
    JOIN corpus_document d ON d.id = a.document_id JOIN corpus_raw raw ON raw.id = d.raw_id
    JOIN corpus_article x ON x.id = d.article_id LEFT JOIN corpus_outlet o ON o.id = x.outlet_id
    ORDER BY wanted.n"""
RUNS = """SELECT array_agg(r.clean_start ORDER BY n) AS starts, array_agg(r.raw_start ORDER BY n) AS raw_starts,
        array_agg(r.raw_end ORDER BY n) AS raw_ends,
        array_agg(CASE WHEN r.op = 'copy' THEN r.raw_start - r.clean_start END ORDER BY n) AS shifts
    FROM ROWS FROM (jsonb_to_recordset(a.source_map) AS (clean_start int, raw_start int, raw_end int, op text))
        WITH ORDINALITY r(clean_start, raw_start, raw_end, op, n)"""
PARTS = """SELECT array_agg(s.start ORDER BY s.position) AS starts, array_agg(s."end" ORDER BY s.position) AS ends,
        array_agg(s.code ORDER BY s.position) AS codes,
        coalesce(json_agg(json_build_object('id', s.code, 'kind', s.kind, 'start', s.start, 'end', s."end")
            ORDER BY s.position), '[]') AS listed
    FROM corpus_segment s WHERE s.document_id = a.document"""
NAMED = """SELECT entity_id FROM annotations_span WHERE assignment_id = a.id
    UNION SELECT counted_entity_id FROM annotations_figure WHERE assignment_id = a.id
    UNION SELECT of_whole_entity_id FROM annotations_figure WHERE assignment_id = a.id
    UNION SELECT entity_id FROM annotations_argument WHERE assignment_id = a.id
    UNION SELECT source_entity_id FROM annotations_claim WHERE assignment_id = a.id
    UNION SELECT id FROM registry_entity WHERE corpus_id = a.corpus_id AND outlet_id = a.outlet_id"""
REACHED = reaching(NAMED, symmetric="a.mutual")

FROM = """FROM ({assignments}) a
LEFT JOIN LATERAL (SELECT id FROM registry_entity WHERE corpus_id = a.corpus_id AND outlet_id = a.outlet_id LIMIT 1) narrator ON true
CROSS JOIN LATERAL ({reached} SELECT array_agg(id) AS ids FROM reached WHERE id IS NOT NULL) near"""
REACHING = FROM.format(assignments=ASSIGNMENTS, reached=REACHED)
POSITIONS = f"CROSS JOIN LATERAL ({RUNS}) runs CROSS JOIN LATERAL ({PARTS}) parts"
WITH_POSITIONS = f"{REACHING} {POSITIONS}"

# Parameters of all: ids, in the order wanted; schemes, [{id, mutual}].


# Documents as files have them. Parameter: texts, whether the last column is filled. Rows: id, document, names, text.
MANY = f"""SELECT a.id, {json_object(whole(by_key=True))}, {NAMES}, CASE WHEN %(texts)s THEN a.text END {WITH_POSITIONS}"""


# Documents with the ids of the database. Rows: document, text.
KNOWN = numbered(f"SELECT {json_object(whole(by_key=False))}, a.text {WITH_POSITIONS}", "ids", "schemes")

STORED = {kind: module.SELECT for kind, module in KINDS.items()} | {"span": span.SPARE}
SHOWN = {
    "revision": raw("a.revision"),
    "document": f"json_build_object('id', a.document, {FACTS}, 'narrator', narrator.id)",
}
# What the page shows of an assignment, and its objects by kind as they are stored.
PAGE = numbered(
    f"SELECT {json_object(SHOWN)}, {json_object({kind: array(select, kind) for kind, select in STORED.items()})} {REACHING}",
    "ids",
    "schemes",
)
