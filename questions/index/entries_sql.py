"""ENTRIES: the statement that derives the entries of any assignments from their marks.

It is the one place that says what an entry holds. The same statement fills the index, answers for what is behind, and is what the
index is compared with. What it says again of what Python says too (`annotations.derived`, `questions.values`) is held against that by tests.
"""

from __future__ import annotations

from annotations.unstated.answers import NOT_STATED

# Which assignment of an article is evidence before the others, of those that are submitted: of a newer text before an older one,
# gold before the rest, what was handed in first before the rest; no draft is evidence. `t` is the text of `b`.
BEST_FIRST = "t.version DESC, b.role = 'adjudication' DESC, b.submitted, b.created, b.id"
IS_EVIDENCE = "b.status = 'submitted' AND b.role <> 'rereading'"
LIVE = "{a}.status IN ('open', 'submitted') AND {a}.role <> 'rereading'"  # others have no entries

# The assignments with what their entries share. What belongs to one of them is joined by its `place`: PostgreSQL takes 200 places for
# granted, and of an id that a table has fifty thousand of it expects so few that it would compare each row with each.
WANTED = f"""
wanted AS MATERIALIZED (
    SELECT row_number() OVER () AS place, a.id AS assignment_id, d.id AS document_id, d.corpus_id, x.id AS article_id,
        x.created, x.cluster_id AS story,
        x.copy_of_id AS copy_of, x.published_earliest, x.published_latest, narrator.id AS narrator,
        a.id IS NOT DISTINCT FROM ranked.best AS is_best, a.id IS NOT DISTINCT FROM ranked.best_gold AS is_best_gold,
        a.id = ranked.first AS is_first
    FROM annotations_assignment a JOIN corpus_document d ON d.id = a.document_id JOIN corpus_article x ON x.id = d.article_id
    LEFT JOIN registry_entity narrator ON narrator.outlet_id = x.outlet_id AND narrator.corpus_id = x.corpus_id
    CROSS JOIN LATERAL (SELECT (array_agg(b.id ORDER BY {BEST_FIRST}) FILTER (WHERE {IS_EVIDENCE}))[1] AS best,
            (array_agg(b.id ORDER BY {BEST_FIRST}) FILTER (WHERE b.role = 'adjudication' AND {IS_EVIDENCE}))[1]
                AS best_gold,
            (array_agg(b.id ORDER BY b.id))[1] AS first
        FROM annotations_assignment b JOIN corpus_document t ON t.id = b.document_id WHERE t.article_id = x.id
            AND {LIVE.format(a="b")}) ranked
    WHERE a.id = ANY({{ids}}) AND {LIVE.format(a="a")})"""  # noqa: S608 - of our own words

# Columns of an assignment of the index, as they are of what ENTRIES calls `wanted`.
OF_ASSIGNMENT = {name: name for name in ("assignment_id", "corpus_id", "is_first", "is_best", "is_best_gold")} | {
    "is_copy": "copy_of IS NOT NULL"
}

# Claims with how deep they stand in others, and each mark with the claims around it, of which `rank` 1 is the innermost: one row of a mark that
# no claim holds. A mark speaks for its event, or for itself.
CLAIMS = """
above(claim, outer_claim) AS (
    SELECT c.id, c.parent_id FROM wanted w JOIN annotations_claim c USING (assignment_id) WHERE c.parent_id IS NOT NULL
    UNION SELECT a.claim, c.parent_id FROM above a JOIN annotations_claim c ON c.id = a.outer_claim WHERE c.parent_id IS NOT NULL),
claims AS (
    SELECT w.place, c.*, c.content[1][1] AS first, attest_fragments_end(c.content) AS last,
        (SELECT count(*) FROM above a WHERE a.claim = c.id AND a.outer_claim <> c.id) AS depth
    FROM wanted w JOIN annotations_claim c USING (assignment_id)),
marks AS (
    SELECT w.place, w.narrator, s.id, s.assignment_id, s.kind, s.label_id, s.event_id, s.fragments, s.start, s."end", s.quote,
        CASE WHEN s.kind = 'event' THEN s.event_id ELSE s.id END AS subject
    FROM wanted w JOIN annotations_span s USING (assignment_id) WHERE s.kind <> 'actor'),
around AS (
    SELECT m.subject, c.id AS claim, c.id IS NULL AS is_narrated,
        CASE WHEN c.id IS NULL THEN m.narrator ELSE c.source_entity_id END AS source,
        nullif(c.modality, '') AS modality, nullif(c.evidence, '') AS evidence,
        nullif(c.reliability, '') AS reliability, nullif(c.credibility, '') AS credibility,
        row_number() OVER (PARTITION BY m.id ORDER BY (SELECT min(c.content[i][2] - c.content[i][1]) {part}), c.depth DESC, c.content, c.id) AS rank
    FROM marks m LEFT JOIN claims c ON c.place = m.place AND c.first <= m.start AND m."end" <= c.last AND EXISTS (SELECT {part})
        AND (array_length(m.fragments, 1) = 1 OR NOT EXISTS (
            SELECT FROM generate_subscripts(m.fragments, 1) i WHERE NOT EXISTS (SELECT FROM generate_subscripts(c.content, 1) j
                WHERE c.content[j][1] <= m.fragments[i][1] AND m.fragments[i][2] <= c.content[j][2])))),
voices AS (
    SELECT subject, {claims}, {around}, bool_or(is_narrated) AS is_narrated FROM around GROUP BY subject)"""
# Of a claim the part that holds the beginning of a mark.
PART = """FROM generate_subscripts(c.content, 1) i WHERE c.content[i][1] <= m.start AND m.fragments[1][2] <= c.content[i][2]"""

# Values as questions.values.extents has them: the slack of an approximate end, months of a period. A figure counts as reported unless
# somebody has said that it is a limit or the basis of a ratio.
VALUES = """
amounts AS (
    SELECT m.place, f.*, coalesce(nullif(nullif(f.use, ''), '{not_stated}'), 'reported') AS counted_as,
        m.start, m.quote, l.code AS label, coalesce(f.counted_entity_id, counting.entity_id) AS counts,
        concat_ws('|', l.code, f.unit, f.currency, coalesce(period.months, f.per_period), trim_scale(f.per_count_n)::text,
            '/' || nullif(f.per_unit, '')) AS dimension,
        CASE WHEN f.approximate THEN 0.05 ELSE 0 END AS slack
    FROM marks m JOIN (SELECT f.* FROM wanted w JOIN annotations_figure f USING (assignment_id)) f ON f.span_id = m.id
    JOIN annotations_label l ON l.id = m.label_id
    LEFT JOIN annotations_span counting ON counting.id = f.counted_span_id
    CROSS JOIN LATERAL (SELECT regexp_match(f.per_period, '^P(\\d{{1,6}})([MY])$') AS found) read
    CROSS JOIN LATERAL (SELECT (found[1]::int * CASE found[2] WHEN 'Y' THEN 12 ELSE 1 END)::text AS months) period),
numbers AS (
    SELECT a.*, concat_ws('|', a.dimension, coalesce(trim_scale(a.low)::text, '-'), coalesce(trim_scale(a.high)::text, '-'),
            a.comparator, coalesce(a.approximate, false)) AS value,
        CASE WHEN a.low IS NULL AND a.high IS NULL THEN NULL ELSE numrange(
            coalesce(a.low - abs(a.low) * a.slack, least(0, a.high)), a.high + abs(a.high) * a.slack,
            CASE WHEN a.comparator = 'gt' AND a.slack = 0 THEN '(' ELSE '[' END
            || CASE WHEN a.comparator = 'lt' AND a.slack = 0 OR a.high IS NULL THEN ')' ELSE ']' END) END AS extent
    FROM amounts a)"""

# What fills the roles of the events, and what that comes to for each event.
FRAMES = """
roles AS (
    SELECT * FROM jsonb_to_recordset(%(roles)s::jsonb)
        AS r(label bigint, role bigint, is_place boolean, is_people boolean, is_actor boolean, is_acted boolean)),
filled AS (
    SELECT g.event_id, g.position, role.code AS role, coalesce(g.entity_id, s.entity_id) AS entity, n.span_id AS figure, n.counted_as, n.quote,
        n.label, n.counts, n.value, c.measure_id AS measure, r.is_place, r.is_people, r.is_actor, r.is_acted
    FROM wanted w JOIN annotations_event e USING (assignment_id) JOIN annotations_argument g ON g.event_id = e.id
    JOIN annotations_role role ON role.id = g.role_id
    LEFT JOIN roles r ON r.label = e.label_id AND r.role = g.role_id
    LEFT JOIN annotations_span s ON s.id = g.span_id LEFT JOIN numbers n ON n.span_id = g.span_id
    LEFT JOIN annotations_citation c ON c.id = g.citation_id),
frames AS (
    SELECT event_id, {filled}, bool_or(is_place) IS TRUE AS is_placed,
        md5(array_agg(quote ORDER BY quote COLLATE "C") FILTER (WHERE figure IS NOT NULL)::text) AS quotes
    FROM filled GROUP BY event_id),
tied AS (
    SELECT event_id, array_agg(entity ORDER BY entity, role) AS places, array_agg(role ORDER BY entity, role) AS place_roles
    FROM (SELECT DISTINCT event_id, entity, role FROM filled WHERE is_place AND entity IS NOT NULL) p GROUP BY event_id),
triggers AS (
    SELECT event_id, min(start) AS start, md5(array_agg(quote ORDER BY quote COLLATE "C")::text) AS quotes
    FROM marks WHERE kind = 'event' GROUP BY event_id),
events AS (
    SELECT w.*, e.id AS event, l.code AS type, e.status, e.polarity, e.certainty, e.attributes, e.time_earliest AS earliest,
        e.time_latest AS latest, CASE
            WHEN e.time_earliest IS NOT NULL OR e.time_latest IS NOT NULL THEN daterange(e.time_earliest, e.time_latest, '[]')
            WHEN e.status = 'expected' THEN daterange(w.published_earliest, NULL, '[]')
            ELSE daterange(NULL, w.published_latest, '[]') END AS possible,
        coalesce(e.time_text, '') <> '' OR coalesce(e.time_edtf, '') <> '' AS is_timed, t.start, t.quotes AS trigger_quotes
    FROM wanted w JOIN annotations_event e USING (assignment_id) JOIN annotations_label l ON l.id = e.label_id
    LEFT JOIN triggers t ON t.event_id = e.id)"""


def each_once(column: str, name: str, kind: str, condition: str = "") -> str:
    """SQL of the distinct values of a column as an array in their order, without NULL."""
    where = f"{column} IS NOT NULL" + (f" AND {condition}" if condition else "")
    return f"coalesce(array_agg(DISTINCT {column} ORDER BY {column}) FILTER (WHERE {where}), '{{}}'::{kind}[]) AS {name}"


VOICES = ", ".join(
    (
        each_once("claim", "claims", "uuid", "rank = 1"),
        each_once("source", "sources", "uuid", "rank = 1"),
        each_once("modality", "modalities", "text", "rank = 1"),
        each_once("evidence", "evidences", "text", "rank = 1"),
        each_once("reliability", "reliabilities", "text", "rank = 1"),
        each_once("credibility", "credibilities", "text", "rank = 1"),
    )
)
AROUND = each_once("source", "around", "uuid")
IS_FIGURE = "figure IS NOT NULL"
REPORTED_USE = "reported"
REPORTED = f"counted_as = '{REPORTED_USE}'"
# Of an event that has no reported figure the others: they fill its roles, though nothing of them is counted.
SHOWN = f"figure ORDER BY figure) FILTER (WHERE {IS_FIGURE}"
SHOWN_FIGURES = f"""CASE WHEN bool_or({IS_FIGURE} AND {REPORTED}) THEN array_agg(DISTINCT {SHOWN} AND {REPORTED})
    ELSE coalesce(array_agg(DISTINCT {SHOWN}), '{{}}') END AS figures"""
FILLED = ", ".join(
    (
        each_once("entity", "people", "uuid", "is_people"),
        each_once("entity", "actors", "uuid", "is_actor"),
        each_once("entity", "acted", "uuid", "is_acted"),
        each_once("entity", "takes", "uuid"),
        each_once("measure", "measures", "bigint"),
        SHOWN_FIGURES,
        each_once("label", "figure_labels", "text", REPORTED),
        each_once("counts", "counted", "uuid", REPORTED),
        each_once("value || ' ' || coalesce(counts::text, '')", "value_keys", "text", REPORTED),
    )
)

# The columns of an entry, each as it is of an event and of a figure. A figure that fills no event has none of the event's.
SHARED = "corpus_id assignment_id document_id article_id created story copy_of is_best is_best_gold".split()
OF_EVENT = "event type status polarity certainty attributes earliest latest possible is_timed".split()
HEARD = "claims sources modalities evidences reliabilities credibilities".split()
FRAMED = "people actors acted takes measures".split()
NONE = "'{}'"
COLUMNS: dict[str, tuple[str, str]] = {
    "id": ("e.event", "n.span_id"),
    "kind": ("'event'", "'figure'"),
    **{name: (f"e.{name}", f"w.{name}") for name in SHARED},
    "start": ("e.start", "n.start"),
    "quotes": ("coalesce(f.quotes, e.trigger_quotes, '')", "md5(n.quote)"),
    **{name: (f"e.{name}", f"e.{name}") for name in OF_EVENT if name in ("event", "earliest", "latest")},
    **{name: (f"e.{name}", f"coalesce(e.{name}, '')") for name in ("type", "status", "polarity", "certainty")},
    "attributes": ("e.attributes", "coalesce(e.attributes, '{}')"),
    "possible": ("e.possible", "coalesce(e.possible, daterange(NULL, w.published_latest, '[]'))"),
    "is_timed": ("e.is_timed", "coalesce(e.is_timed, false)"),
    "linked": ("k.linked", "NULL::uuid"),
    "role": ("''", "coalesce(e.role, '')"),
    **{name: (f"coalesce(v.{name}, {NONE})", f"v.{name}") for name in HEARD},
    "is_narrated": ("coalesce(v.is_narrated, false)", "v.is_narrated"),
    "around": (f"coalesce(v.around, {NONE})", "v.around"),
    "is_placed": ("coalesce(f.is_placed, false)",) * 2,
    **{name: (f"coalesce(p.{name}, {NONE})",) * 2 for name in ("places", "place_roles")},
    **{name: (f"coalesce(f.{name}, {NONE})",) * 2 for name in FRAMED},
    "figures": (f"coalesce(f.figures, {NONE})", "ARRAY[n.span_id]"),
    "figure_labels": (f"coalesce(f.figure_labels, {NONE})", "ARRAY[n.label]"),
    "counted": (f"coalesce(f.counted, {NONE})", "array_remove(ARRAY[n.counts], NULL)"),
    "value_keys": (f"coalesce(f.value_keys, {NONE})", "ARRAY[n.value || ' ' || coalesce(n.counts::text, '')]"),
    **{name: ("''", f"n.{name}") for name in "label unit currency dimension value comparator".split()},
    "use": ("''", "n.counted_as"),
    "extent": ("NULL::numrange", "n.extent"),
    **{name: ("NULL::numeric", f"n.{name}") for name in ("low", "high")},
    "is_approximate": ("NULL::boolean", "n.approximate"),
    "is_vague": ("NULL::boolean", "n.vague"),
}
EVENTS = """SELECT {columns} FROM events e LEFT JOIN voices v ON v.subject = e.event
    LEFT JOIN frames f ON f.event_id = e.event LEFT JOIN tied p ON p.event_id = e.event
    LEFT JOIN questions_linkedevent k ON k.event = e.event"""
# Of several events that it fills, the first in the text. Sought for all figures at once: PostgreSQL would go through all that is filled
# for each of them.
FIGURES = """SELECT {columns} FROM numbers n JOIN wanted w USING (place) JOIN voices v ON v.subject = n.span_id
    LEFT JOIN (SELECT DISTINCT ON (g.figure) g.figure, g.role, ev.* FROM filled g JOIN events ev ON ev.event = g.event_id
        WHERE g.figure IS NOT NULL ORDER BY g.figure, ev.start, ev.event, g.position) e ON e.figure = n.span_id
    LEFT JOIN frames f ON f.event_id = e.event LEFT JOIN tied p ON p.event_id = e.event"""


# Claims that are the innermost one of no mark: they say something in their own words alone.
ALONE = {"id": "c.id", "kind": "'claim'", **{name: f"w.{name}" for name in SHARED}} | {
    "start": "c.first",
    "quotes": "md5(c.quote)",
    "claims": "ARRAY[c.id]",
    **dict.fromkeys(("sources", "around"), "array_remove(ARRAY[c.source_entity_id], NULL)"),
    "modalities": "array_remove(ARRAY[c.modality], '')",
    "evidences": "array_remove(ARRAY[c.evidence], '')",
    "reliabilities": "array_remove(ARRAY[c.reliability], '')",
    "credibilities": "array_remove(ARRAY[c.credibility], '')",
    "possible": "'empty'",
    **dict.fromkeys(("is_timed", "is_narrated", "is_placed"), "false"),
    **dict.fromkeys("event earliest latest linked extent low high is_approximate is_vague".split(), "NULL"),
    **dict.fromkeys("type status polarity certainty role label use unit currency dimension value comparator".split(), "''"),
}
CLAIMS_ALONE = """SELECT {columns} FROM claims c JOIN wanted w USING (place)
    WHERE NOT EXISTS (SELECT FROM around a WHERE a.claim = c.id AND a.rank = 1)"""


def listed(of: int) -> str:
    return ", ".join(f"{columns[of]} AS {name}" for name, columns in COLUMNS.items())


# What the entries of the assignments %(ids)s are made of. %(roles)s: `scheme_roles` as JSON.
TABLES = "WITH RECURSIVE" + ",".join(
    (
        WANTED.format(ids="%(ids)s::uuid[]"),
        CLAIMS.format(claims=VOICES, around=AROUND, part=PART),
        VALUES.format(not_stated=NOT_STATED),
        FRAMES.format(filled=FILLED),
        f" of_events AS ({EVENTS.format(columns=listed(0))}), of_figures AS ({FIGURES.format(columns=listed(1))})",
    )
)
# Of the last one the types of empty columns are those of the others.
OF_CLAIMS = CLAIMS_ALONE.format(columns=", ".join(f"{ALONE.get(name, NONE)} AS {name}" for name in COLUMNS))
MADE = f"SELECT * FROM of_events UNION ALL SELECT * FROM of_figures UNION ALL {OF_CLAIMS}"  # noqa: S608 - of our own words
ENTRIES = f"{TABLES} {MADE}"
