"""How many events and figures there are of each value, or of each pair of values."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from questions.address.parameters import FIGURE
from questions.asking.answer import EntrySelection, IndexAnswer, rank
from questions.asking.asker import Asker
from questions.asking.condition import Condition, beyond, both
from questions.asking.counted_entries import plain, rest
from questions.asking.findings import finding_source
from questions.asking.source import LINKED, UNLINKED, CountedEntries
from questions.ledgers.layer_marks import can_be_asked, page_of_layers
from questions.ledgers.page import LedgerPage, page_and_numbers

Object = dict[str, Any]
MOST_LAYERS = 200
KEYS = {"rank": "bigint", "name0": "text", "name1": "text", "key0": "text", "key1": "text"}


class CountedColumn(NamedTuple):
    """SQL of the value of an entry, '' where it has none. `{n}`: 0 or 1. `join`: what FROM says besides, `names`: the table that has
    the name of the value, with the type of its key. `key`: of the value, what is counted by, made once for all entries that have it."""

    value: str
    join: str = ""
    names: tuple[str, str] | None = None
    key: str = "value{n}"


def each_of(column: str, names: tuple[str, str] | None = None) -> CountedColumn:
    """Of a column with several values: the entry counts once for each. A place that fills two roles is one."""
    return CountedColumn(
        "coalesce(v{n}.value::text, '')", f"LEFT JOIN LATERAL (SELECT DISTINCT unnest(e.{column})) v{{n}}(value) ON true", names
    )


# Columns of the index with several values, by what is counted of them.
ARRAYS = {
    "source": "sources",
    "entity": "takes",
    "place": "places",
    "modality": "modalities",
    "evidence": "evidences",
    "reliability": "reliabilities",
    "credibility": "credibilities",
}
LABEL = "CASE e.kind WHEN 'event' THEN e.type ELSE e.label END"
ENTITY = ("registry_entity", "uuid")
# Both of the same claim: F6, or F– where credibility is not rated. Arrays of each alone do not say which belong together.
RATINGS = """SELECT DISTINCT coalesce(nullif(c.reliability, ''), '–') || coalesce(nullif(c.credibility, ''), '–')
    FROM annotations_claim c WHERE c.id = ANY(e.claims) AND (c.reliability <> '' OR c.credibility <> '')"""
COLUMNS = {
    "layer": CountedColumn(f"e.kind || ' ' || {LABEL}", key="coalesce(%(layers)s::jsonb ->> value{n}, '')"),
    "label": CountedColumn(LABEL),
    **{name: CountedColumn(f"e.{name}") for name in ("type", "status", "polarity", "certainty", "currency", "use")},
    "source": each_of(ARRAYS["source"], ENTITY),
    "outlet": CountedColumn(
        "coalesce(x{n}.outlet_id::text, '')",
        "LEFT JOIN corpus_article x{n} ON x{n}.id = e.article_id",
        ("corpus_outlet", "bigint"),
    ),
    **{name: each_of(ARRAYS[name]) for name in ("modality", "evidence", "reliability", "credibility")},
    "rating": CountedColumn("coalesce(v{n}.value, '')", f"LEFT JOIN LATERAL ({RATINGS}) v{{n}}(value) ON true"),
    **{name: each_of(ARRAYS[name], ENTITY) for name in ("entity", "place")},
    # Of the first stated day.
    "month": CountedColumn("e.earliest", key="coalesce(to_char(value{n}, 'YYYY-MM'), '')"),
    "year": CountedColumn("e.earliest", key="coalesce(to_char(value{n}, 'YYYY'), '')"),
    "finding": CountedColumn("coalesce(v{n}.code, '')", "LEFT JOIN checked v{n} ON v{n}.entry = e.id"),
}
# Once for each code, however many checks of it an entry is in.
CHECKED = """checked AS MATERIALIZED (
    SELECT DISTINCT unnest(f.figures || f.events) AS entry, f.code FROM {findings} f WHERE f.corpus_id = %(corpus)s)"""
# What only figures have.
OF_FIGURES = {"currency", "use"}
# First by value; to count distinct linked events would sort all entries. Those that are linked are therefore put together by themselves, each
# once for each value: with them among the keys of all entries PostgreSQL expects too many groups to share these with a second process.
COUNTED = """SELECT part, {key0} AS key0, {key1} AS key1, NULL::uuid AS linked, sum(entries)::int AS entries, sum(events)::int AS events
        FROM ({unlinked}) one GROUP BY 1, 2, 3 HAVING sum(entries) > 0
    UNION ALL SELECT part, {key0}, {key1}, linked, 1, 1 FROM ({linked}) one GROUP BY 1, 2, 3, 4 HAVING sum(entries) > 0"""
UNLINKED_ENTRIES = """SELECT {part} AS part, {value0} AS value0, {value1} AS value1, {sign}count(*)::int AS entries,
    {sign}(count(*) FILTER (WHERE e.kind = 'event'))::int AS events FROM {table} e {joins} WHERE {condition} GROUP BY 1, 2, 3"""
LINKED_EVENTS = """SELECT {part} AS part, {value0} AS value0, {value1} AS value1, e.linked, {sign}1 AS entries
    FROM {table} e {joins} WHERE {condition}"""
NO_KEYS = {"key0": "value0", "key1": "value1"}
NO_VALUES = {"value0": "''", "value1": "''"}
TALLY = "tally AS MATERIALIZED ({counted})"
# Of all parts: of one PostgreSQL expects so few rows that it sorts them.
GROUPED = (
    """grouped AS (SELECT part, key0, key1, sum(entries) AS count, sum(events) AS events FROM tally GROUP BY part, key0, key1)"""
)
# Each entry once, whatever values it has.
WHOLE = "whole AS MATERIALIZED (SELECT part, linked, sum(entries) AS entries FROM {entries} GROUP BY part, linked)"
SEVERAL = "ARRAY(SELECT linked FROM whole WHERE linked IS NOT NULL GROUP BY linked HAVING count(*) > 1)"
ONE_PART = "parts AS (SELECT part, sum(CASE WHEN linked IS NULL THEN entries ELSE 1 END) AS number FROM whole GROUP BY part)"
# How many entries of each part are linked to none, and of how many linked events the first is in it: looked up where they are in several parts.
PARTS = f"""parts AS (
    SELECT part, entries AS number FROM whole WHERE linked IS NULL
    UNION ALL SELECT part, count(*) FROM (SELECT min(part) AS part FROM whole WHERE linked IS NOT NULL GROUP BY linked HAVING count(*) = 1) one
        GROUP BY part
    UNION ALL SELECT part, count(*) FROM (SELECT DISTINCT ON (linked) part
        FROM (SELECT {{part}} AS part, e.linked, e.earliest, e.id FROM {{table}} e WHERE e.linked = ANY({SEVERAL}) AND {{originals}}) linked
        ORDER BY linked, {rank("part")}, coalesce(earliest, 'infinity'), id) first GROUP BY part)"""  # noqa: S608 - of our own words
NAMES = "LEFT JOIN {table} n{n} ON n{n}.id = nullif(g.key{n}, '')::{type}"
NAMED = "rows AS (SELECT g.*, {rank} AS rank, {name0} AS name0, {name1} AS name1 FROM grouped g {joins} WHERE g.part = %(part)s)"
RANKS = {"count": "-g.count", "value": "0::bigint"}  # equal ranks go by their values
PAGE = "SELECT {keys}, count, events FROM rows WHERE {beyond} ORDER BY {keys} LIMIT %(limit)s"
NUMBERS = """SELECT json_build_object('values', (SELECT count(*) FROM grouped WHERE part = %(part)s),
    'entries', (SELECT coalesce(sum(CASE WHEN linked IS NULL THEN entries ELSE 1 END), 0)::bigint FROM whole WHERE part = %(part)s),
    'parts', (SELECT coalesce(json_object_agg(part, number), '{}')
        FROM (SELECT part, sum(number) AS number FROM parts GROUP BY part) one))"""


def page(asker: Asker, limit: int, after: tuple[Any, ...] | None = None) -> LedgerPage:
    by = asker.question["by"].split(",")
    if by == ["layer"] and can_be_asked(asker):
        return page_of_layers(asker, page_of_values(asker, by, MOST_LAYERS), limit, after)
    return page_of_values(asker, by, limit, after)


def page_of_values(asker: Asker, by: Sequence[str], limit: int, after: tuple[Any, ...] | None = None) -> LedgerPage:
    answer = IndexAnswer(asker, EntrySelection(kinds(asker, by)))
    tables, values = counted(answer, by)
    behind = answer.source.behind
    if "finding" in by:
        findings = finding_source(answer.source)
        tables, values = [CHECKED.format(findings=findings.table), *tables], values | findings.values
        behind += findings.behind
    keys, following = ", ".join(KEYS), beyond(KEYS, after)
    rows, totals = page_and_numbers(
        answer,
        PAGE.format(keys=keys, beyond=following.sql),
        keys,
        NUMBERS,
        values | following.values | {"limit": limit + 1},
        *tables,
    )
    last = tuple(rows[limit - 1][: len(KEYS)]) if len(rows) > limit else None
    parts = totals.pop("parts")
    return LedgerPage([row(by, each) for each in rows[:limit]], parts, answer.unplaced(), last, behind, totals)


def kinds(asker: Asker, by: Sequence[str]) -> tuple[str, ...]:
    """Figures alone, where something is asked that only they have."""
    is_of_figures = not OF_FIGURES.isdisjoint(by) or any(name in asker.question.given for name in FIGURE)
    return ("figure",) if is_of_figures else ("event", "figure")


def counted(answer: IndexAnswer, by: Sequence[str]) -> tuple[list[str], Object]:
    """The tables of values with their numbers, and the values that these ask for."""
    columns = [COLUMNS[name] for name in by]
    names = {f"name{n}": f"coalesce(n{n}.name, '')" if columns[n].names else f"g.key{n}" for n in range(len(columns))}
    joins = [NAMES.format(n=n, table=column.names[0], type=column.names[1]) for n, column in enumerate(columns) if column.names]
    named = NAMED.format(**({"name1": "''"} | names), rank=RANKS[answer.asker.question["order"]], joins=" ".join(joins))
    once = f"({united(answer, [])}) one" if any(column.join for column in columns) else "tally"
    tally = TALLY.format(counted=united(answer, columns))
    parts = ONE_PART
    if answer.counting[0]:
        parts = PARTS.format(part=answer.part.of("e"), table=answer.source.table, originals=answer.originals.of("e"))
    tables = [tally, GROUPED, named, WHOLE.format(entries=once), parts]
    values = answer.originals.values | answer.part.values | {"part": answer.asker.question["part"]}
    return tables, values | {"layers": json.dumps(layers(answer.asker))}


def united(answer: IndexAnswer, columns: Sequence[CountedColumn]) -> str:
    """SQL of the numbers of all entries by these values."""
    keys = NO_KEYS | {f"key{n}": column.key.format(n=n) for n, column in enumerate(columns)}
    values = NO_VALUES | {f"value{n}": column.value.format(n=n) for n, column in enumerate(columns)}
    joins = " ".join(column.join.format(n=n) for n, column in enumerate(columns))
    shared = {"part": answer.part.of("e"), "joins": joins, **values}
    unlinked, linked = (
        " UNION ALL ".join(form.format(sign=sign, table=table, condition=one.of("e"), **shared) for sign, table, one in some)
        for form, some in ((UNLINKED_ENTRIES, originals(answer, UNLINKED)), (LINKED_EVENTS, originals(answer, LINKED)))
    )
    return COUNTED.format(unlinked=unlinked, linked=linked, **keys)


def originals(answer: IndexAnswer, simple: Condition) -> list[CountedEntries]:
    """Those of which an index says enough are counted out of it."""
    return [*plain(answer, simple), CountedEntries("+", answer.source.table, both([rest(answer), simple]))]


def layers(asker: Asker) -> dict[str, str]:
    """By kind and label, the code of the layer."""
    of_kinds = ((kind, layer) for kind in ("event", "figure") for layer in asker.scheme.layers_of(kind))
    return {f"{kind} {label['code']}": layer["code"] for kind, layer in of_kinds for label in layer["labels"]}


def row(by: Sequence[str], numbers: tuple[Any, ...]) -> Object:
    """`value`: None where it is not stated; an id with the name of what it is, or a code."""
    _, *names, key0, key1, count, events = numbers
    values = [
        {"by": column, "value": key or None, "name": name} for column, key, name in zip(by, (key0, key1), names, strict=False)
    ]
    return {"values": values, "count": count, "events": events, "figures": count - events}
