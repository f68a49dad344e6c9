"""Marks: fragments under a label, with an actor's entity, a figure's values or a trigger's event."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from annotations.kinds.write_context import (
    Object,
    WriteContext,
    bounds,
    joined,
    plain,
    pointing,
)
from annotations.kinds.writing import add, clear, overwrite
from annotations.models import Argument, Claim, Figure, Link, Span
from annotations.native import columns
from annotations.native.columns import decimal, selected
from annotations.native.fields import required, shape
from annotations.native.json_sql import NULL, json_object, number, own_id, quoted_id, raw, sparse_object, words
from annotations.native.types import CHECKERS, ActorAttributes, FigureAttributes, SpanObject

MODEL = Span

ACTOR_SHAPE, FIGURE_SHAPE = shape(ActorAttributes), shape(FigureAttributes)
TYPED = {"actor": ACTOR_SHAPE, "figure": FIGURE_SHAPE, "event": {}}
FOREIGN = {kind: CHECKERS.keys() - own.keys() for kind, own in TYPED.items()}
BLANK = {kind: dict.fromkeys(own) for kind, own in TYPED.items()}
SHAPE, REQUIRED = shape(SpanObject), required(SpanObject)
VALUED = frozenset({"low", "high", "comparator"})
SILENT = (None, "", False, "none")  # what says nothing of a figure


def complete(record: Object, context: WriteContext) -> Object:
    """What nobody has chosen is null; a figure without values is read from its words. Raises KeyError and UnknownLabel."""
    kind = context.scheme.kind(record["layer"])
    context.scheme.label(record["layer"], record["label"])
    fragments = record["fragments"]
    attributes = fitting(record, context, kind)
    if kind == "figure" and VALUED.isdisjoint(attributes):
        attributes = read_values(record, context) | attributes
    return {
        "id": record["id"],
        "key": record.get("key", ""),
        "layer": record["layer"],
        "label": record["label"],
        "start": fragments[0]["start"],
        "end": fragments[-1]["end"],
        "quote": joined(fragments),
        "discontinuous": len(fragments) > 1,
        "fragments": fragments,
        "attributes": BLANK[kind] | attributes,
        "event": record.get("event"),
    }


def fitting(record: Object, context: WriteContext, kind: str) -> Object:
    """Without the typed fields that belong to another kind of layer, since a mark may change its label, and without those of the
    scheme alone that were emptied."""
    attributes = record.get("attributes", {}).items()
    return {key: value for key, value in attributes if key not in FOREIGN[kind] and (value is not None or key in TYPED[kind])}


def read_values(record: Object, context: WriteContext) -> Object:
    """What the figure reader makes of the words and of those that touch them, as far as the label has a place for it. Of words in
    which it finds no value it does not say either that they are exact, or of no statistic."""
    from annotations import figures

    words = figures.words_of(context.text, record["fragments"], context.scheme)
    reading = figures.read(words, context.scheme, context.language)
    values = figures.values_under_label(reading, context.scheme, record["layer"], record["label"])
    silent = SILENT if reading.comparator is None else (None, "")
    return {
        code: plain(value) if isinstance(value, Decimal) else value
        for code, value in values.items()
        if code in FIGURE_SHAPE and value not in silent
    }


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
    **selected(FigureAttributes, "f"),
    "per_count": f"CASE WHEN f.per_count_n IS NOT NULL THEN {json_object(BASIS)} ELSE {NULL} END",
    "counted": meant("counted"),
    "of_whole": meant("of_whole"),
}
ACTOR = selected(ActorAttributes, "m") | {"entity": quoted_id("m.entity_id")}
# Only where there is one: files that were exported before it was known are the same still, and load back.
PRICE = """CASE WHEN f.per_unit <> '' THEN ', "per_unit": ' || to_json(f.per_unit) END"""
OTHERS = json_object({name: sql for name, sql in FIGURE.items() if name != "per_unit"})
ATTRIBUTES = f"""CASE m.kind WHEN 'figure' THEN concat(left({OTHERS}, -1), {PRICE}, '}}') WHEN 'actor' THEN {json_object(ACTOR)} ELSE '{{}}' END"""
FIELDS = {
    "id": own_id("m.id"),
    "key": words("m.key"),
    "layer": words("y.code"),
    "label": words("l.code"),
    "start": number("m.start"),
    "end": number('m."end"'),
    "quote": words("m.quote"),
    "discontinuous": raw("array_length(m.fragments, 1) > 1"),
    "revision": number("m.revision"),
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
    **selected(ActorAttributes, "m", columns.SPARE),
    "entity": "to_json(m.entity_id)",
    **selected(FigureAttributes, "f", columns.SPARE),
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
    add(context, Span, [span_row(record, context) for record in objects])
    add(context, Figure, figure_rows(objects, context))


def replace(objects: list[Object], context: WriteContext) -> None:
    overwrite(context, Span, [span_row(record, context) for record in objects])
    clear(context, Figure, "span_id", objects)
    add(context, Figure, figure_rows(objects, context))


def remove(ids: list[str]) -> None:
    Figure.objects.filter(span__pk__in=ids)._raw_delete("default")
    Span.objects.filter(id__in=ids)._raw_delete("default")


def span_row(record: Object, context: WriteContext) -> Object:
    kind = context.scheme.kind(record["layer"])
    attributes = record["attributes"]
    return {
        "id": record["id"],
        "assignment_id": context.assignment_id,
        "key": record["key"],
        "label_id": context.compiled.labels[record["layer"], record["label"]],
        "kind": kind,
        "fragments": bounds(record["fragments"]),
        "quote": record["quote"],
        "mention_type": attributes.get("mention_type") or "",
        "entity_id": attributes.get("entity"),
        "event_id": record["event"],
        "extra": {key: value for key, value in attributes.items() if key not in TYPED[kind]},
        "revision": context.revision,
    }


def figure_rows(objects: list[Object], context: WriteContext) -> list[Object]:
    return [figure_row(record, context) for record in objects if context.scheme.kind(record["layer"]) == "figure"]


plain_columns = columns.row_of(FigureAttributes)


def figure_row(record: Object, context: WriteContext) -> Object:
    attributes = record["attributes"]
    per, counted, whole = (attributes.get(key) or {} for key in ("per_count", "counted", "of_whole"))
    return {
        "span_id": record["id"],
        "assignment_id": context.assignment_id,
        **plain_columns(attributes),
        "per_count_n": decimal(per.get("n")),
        "per_count_figure_id": per.get("figure"),
        "per_count_span_id": per.get("mention"),
        "counted_span_id": counted.get("mention"),
        "counted_entity_id": counted.get("entity"),
        "of_whole_span_id": whole.get("mention"),
        "of_whole_entity_id": whole.get("entity"),
    }


def references(record: Object) -> Iterable[tuple[str, str]]:
    attributes = record["attributes"]
    pointers = [("entity", attributes.get("entity")), ("event", record["event"])]
    per = attributes.get("per_count") or {}
    pointers += [("span", per.get("figure")), ("span", per.get("mention"))]
    for key in ("counted", "of_whole"):
        target = attributes.get(key) or {}
        pointers += [("span", target.get("mention")), ("entity", target.get("entity"))]
    return [(kind, target) for kind, target in pointers if target]


def pointers(ids: list[str]) -> Iterable[tuple[str, str, str]]:
    """Whatever would dangle if the spans `ids` went: figures, arguments, claims, links."""
    return pointing(
        ids,
        ("span", Figure, "span_id", "per_count_figure_id", "per_count_span_id", "counted_span_id", "of_whole_span_id"),
        ("event", Argument, "event_id", "span_id"),
        ("claim", Claim, "id", "source_span_id"),
        ("link", Link, "id", "source_span_id", "target_span_id"),
    )
