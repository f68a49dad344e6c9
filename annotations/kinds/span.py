"""Marks: fragments under a label, with an actor's entity, a figure's values or a trigger's event."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from annotations import figures
from annotations.kinds.write_context import (
    Object,
    WriteContext,
    bounds,
    joined,
    plain,
    pointing,
)
from annotations.kinds.writing import add, overwrite
from annotations.models import Argument, Claim, Figure, Link, Span
from annotations.native.json_sql import NULL, json_object, own_id, quoted_id, raw, sparse_object, text_or_null, words
from annotations.native.json_sql import number as number_sql
from annotations.native.validators import (
    FIELD,
    FRAGMENTS,
    Misshapen,
    checked,
    flag,
    identifier,
    mapping,
    number,
    optional,
    record,
    says,
    schema_of,
    text,
    values,
)

MODEL = Span

REFERENCE = record({"mention": identifier, "entity": identifier})
WORD = optional(text(20))

FIGURE_SHAPE = {
    "low": optional(number),
    "high": optional(number),
    "comparator": optional(text(10)),
    "approximate": optional(flag),
    "vague": optional(flag),
    "statistic": WORD,
    "use": WORD,
    "unit": WORD,
    "currency": optional(text(30)),
    "currency_basis": WORD,
    "per_currency": optional(text(30)),
    "per_period": WORD,
    "per_count": optional(
        record(
            {"n": number, "figure": optional(identifier), "mention": optional(identifier)},
            required=("n",),
        )
    ),
    "counted": optional(REFERENCE),
    "counted_text": optional(text(300)),
    "of_whole": optional(REFERENCE),
    "credibility": optional(text(1)),
    "note": optional(text(10_000)),
}
ACTOR_SHAPE = {"mention_type": optional(text(10)), "entity": optional(identifier)}
CHECKERS = ACTOR_SHAPE | FIGURE_SHAPE
TYPED = {"actor": ACTOR_SHAPE, "figure": FIGURE_SHAPE, "event": {}}
FOREIGN = {kind: CHECKERS.keys() - own.keys() for kind, own in TYPED.items()}
BLANK = {kind: dict.fromkeys(own) for kind, own in TYPED.items()}
KNOWN = {name: schema_of(checker) for name, checker in CHECKERS.items()}


@says(type="object", properties=KNOWN, propertyNames=schema_of(FIELD), additionalProperties=schema_of(values))
def attributes(value: Any) -> Object:
    """Typed fields by their own checkers, the scheme's further ones as plain values."""
    if not isinstance(value, dict):
        raise Misshapen("should be an object")
    known = {key: entry for key, entry in value.items() if key in CHECKERS}
    others = {key: entry for key, entry in value.items() if key not in CHECKERS}
    return (mapping(others) if others else {}) | checked(CHECKERS, known)


SHAPE = {
    "id": identifier,
    "key": text(100),
    "layer": text(40, empty=False),
    "label": text(40, empty=False),
    "fragments": FRAGMENTS,
    "attributes": attributes,
    "event": optional(identifier),
    "read": optional(flag),
}
REQUIRED = ("layer", "label", "fragments")
VALUED = frozenset({"low", "high", "comparator"})
SILENT = (None, "", False, "none")  # what says nothing of a figure


def complete(item: Object, context: WriteContext) -> Object:
    """What nobody has chosen is null; a figure without values is read from its words. Raises KeyError and UnknownLabel."""
    kind = context.scheme.kind(item["layer"])
    context.scheme.label(item["layer"], item["label"])
    fragments = item["fragments"]
    given = fitting(item, context, kind)
    if kind == "figure" and VALUED.isdisjoint(given):
        given = read_values(item, context) | given
    return {
        "id": item["id"],
        "key": item.get("key", ""),
        "layer": item["layer"],
        "label": item["label"],
        "start": fragments[0]["start"],
        "end": fragments[-1]["end"],
        "quote": joined(fragments),
        "discontinuous": len(fragments) > 1,
        "fragments": fragments,
        "attributes": BLANK[kind] | given,
        "event": item.get("event"),
    }


def fitting(item: Object, context: WriteContext, kind: str) -> Object:
    """Without the typed fields that belong to another kind of layer: a mark may change its label."""
    return {key: value for key, value in item.get("attributes", {}).items() if key not in FOREIGN[kind]}


def read_values(item: Object, context: WriteContext) -> Object:
    """What the figure reader makes of the words, as far as the label has a place for it. Of words in which it finds no value it
    does not say either that they are exact, or of no statistic."""
    reading = figures.read(joined(item["fragments"]), context.scheme, context.language)
    values = figures.values_under_label(reading, context.scheme, item["layer"], item["label"])
    silent = SILENT if reading.comparator is None else (None, "")
    return {
        code: plain(value) if isinstance(value, Decimal) else value
        for code, value in values.items()
        if code in FIGURE_SHAPE and value not in silent
    }


WORDS = (
    "comparator", "statistic", "use", "unit", "currency", "currency_basis", "per_currency",
    "per_period", "counted_text", "credibility", "note",
)  # fmt: skip


def meant(column: str) -> str:
    """What a figure counts, or is a share of: a mark or an entity."""
    return f"""CASE WHEN f.{column}_span_id IS NOT NULL THEN {json_object({"mention": quoted_id(f"f.{column}_span_id")})}
        WHEN f.{column}_entity_id IS NOT NULL THEN {json_object({"entity": quoted_id(f"f.{column}_entity_id")})} ELSE {NULL} END"""


BASIS = {
    "n": raw("trim_scale(f.per_count_n)"),
    "figure": quoted_id("f.per_count_figure_id"),
    "mention": quoted_id("f.per_count_span_id"),
}
FIGURE = {
    "low": raw("trim_scale(f.low)"),
    "high": raw("trim_scale(f.high)"),
    **{word: text_or_null(f"f.{word}") for word in WORDS},
    "approximate": raw("f.approximate"),
    "vague": raw("f.vague"),
    "per_count": f"CASE WHEN f.per_count_n IS NOT NULL THEN {json_object(BASIS)} ELSE {NULL} END",
    "counted": meant("counted"),
    "of_whole": meant("of_whole"),
}
ACTOR = {"mention_type": text_or_null("m.mention_type"), "entity": quoted_id("m.entity_id")}
ATTRIBUTES = f"""CASE m.kind WHEN 'figure' THEN {json_object(FIGURE)} WHEN 'actor' THEN {json_object(ACTOR)} ELSE '{{}}' END"""
FIELDS = {
    "id": own_id("m.id"),
    "key": words("m.key"),
    "layer": words("y.code"),
    "label": words("l.code"),
    "start": number_sql("m.start"),
    "end": number_sql('m."end"'),
    "quote": words("m.quote"),
    "discontinuous": raw("array_length(m.fragments, 1) > 1"),
    "revision": number_sql("m.revision"),
}
# Behind OFFSET 0 a figure is looked for only where the mark is one.
ROWS = """
FROM annotations_span m
JOIN annotations_label l ON l.id = m.label_id JOIN annotations_layer y ON y.id = l.layer_id
LEFT JOIN LATERAL (SELECT * FROM annotations_figure WHERE span_id = m.id AND m.kind = 'figure' OFFSET 0) f ON true
WHERE {where} ORDER BY m.start, m."end", m.id
"""
REST = {"fragments": words("m.fragments"), "attributes": ATTRIBUTES, "event": quoted_id("m.event_id"), "extra": raw("m.extra")}
SELECT = f"SELECT {json_object(FIELDS | REST)}::json AS item {ROWS}"

# For the page, which fills in what is empty (BLANK) and has the text: a quarter of the length, for thousands of marks.
FILLED = {
    "mention_type": "to_json(nullif(m.mention_type, ''))",
    "entity": "to_json(m.entity_id)",
    "low": "trim_scale(f.low)",
    "high": "trim_scale(f.high)",
    **{word: f"to_json(nullif(f.{word}, ''))" for word in WORDS},
    "approximate": "f.approximate",
    "vague": "f.vague",
    "per_count": f"CASE WHEN f.per_count_n IS NOT NULL THEN {json_object(BASIS)} END",
    **{column: f"nullif({meant(column)}, {NULL})" for column in ("counted", "of_whole")},
}
SPARE_FIELDS = {
    "id": "to_json(m.id)",
    "key": "to_json(nullif(m.key, ''))",
    "layer": "to_json(y.code)",
    "label": "to_json(l.code)",
    "fragments": "to_json(m.fragments)",
    "attributes": sparse_object(FILLED),
    "event": "to_json(m.event_id)",
    "extra": "nullif(m.extra, '{}')",
}
SPARE = f"SELECT {sparse_object(SPARE_FIELDS)} AS item {ROWS}"
FRAGMENTED = ("fragments",)


def insert(objects: list[Object], context: WriteContext) -> None:
    add(context, Span, [span_row(item, context) for item in objects])
    add(context, Figure, figure_rows(objects, context))


def replace(objects: list[Object], context: WriteContext) -> None:
    overwrite(context, Span, [span_row(item, context) for item in objects])
    Figure.objects.filter(span__in=[item["id"] for item in objects]).delete()
    add(context, Figure, figure_rows(objects, context))


def remove(ids: list[str]) -> None:
    Figure.objects.filter(span__in=ids)._raw_delete("default")
    Span.objects.filter(id__in=ids)._raw_delete("default")


def span_row(item: Object, context: WriteContext) -> Object:
    kind = context.scheme.kind(item["layer"])
    given = item["attributes"]
    return {
        "id": item["id"],
        "assignment_id": context.assignment_id,
        "key": item["key"],
        "label_id": context.compiled.labels[item["layer"], item["label"]],
        "kind": kind,
        "fragments": bounds(item["fragments"]),
        "quote": item["quote"],
        "mention_type": given.get("mention_type") or "",
        "entity_id": given.get("entity"),
        "event_id": item["event"],
        "extra": {key: value for key, value in given.items() if key not in TYPED[kind]},
        "revision": context.revision,
    }


def figure_rows(objects: list[Object], context: WriteContext) -> list[Object]:
    return [figure_row(item, context) for item in objects if context.scheme.kind(item["layer"]) == "figure"]


def figure_row(item: Object, context: WriteContext) -> Object:
    given = item["attributes"]
    per, counted, whole = (given.get(key) or {} for key in ("per_count", "counted", "of_whole"))
    return {
        "span_id": item["id"],
        "assignment_id": context.assignment_id,
        "low": decimal(given.get("low")),
        "high": decimal(given.get("high")),
        "approximate": given.get("approximate"),
        "vague": given.get("vague"),
        "per_count_n": decimal(per.get("n")),
        "per_count_figure_id": per.get("figure"),
        "per_count_span_id": per.get("mention"),
        "counted_span_id": counted.get("mention"),
        "counted_entity_id": counted.get("entity"),
        "of_whole_span_id": whole.get("mention"),
        "of_whole_entity_id": whole.get("entity"),
        **{column: given.get(column) or "" for column in WORDS},
    }


def decimal(value: float | None) -> str | None:
    """As PostgreSQL reads it."""
    return None if value is None else str(value)


def references(item: Object) -> Iterable[tuple[str, str]]:
    given = item["attributes"]
    pointers = [("entity", given.get("entity")), ("event", item["event"])]
    per = given.get("per_count") or {}
    pointers += [("span", per.get("figure")), ("span", per.get("mention"))]
    for key in ("counted", "of_whole"):
        target = given.get(key) or {}
        pointers += [("span", target.get("mention")), ("entity", target.get("entity"))]
    return [(kind, target) for kind, target in pointers if target]


def pointers(ids: list[str]) -> Iterable[tuple[str, str, str]]:
    """Whatever would dangle if the spans `ids` went: figures, arguments, claims, links."""
    columns = ("per_count_figure_id", "per_count_span_id", "counted_span_id", "of_whole_span_id")
    yield from pointing("span", Figure.objects, ids, *columns, owner="span_id")
    yield from pointing("event", Argument.objects, ids, "span_id", owner="event_id")
    yield from pointing("claim", Claim.objects, ids, "source_span_id")
    yield from pointing("link", Link.objects, ids, "source_span_id", "target_span_id")
