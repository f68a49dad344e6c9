"""Events: type, attributes, time, and the arguments that fill their roles."""

from __future__ import annotations

from collections.abc import Iterable

from annotations.kinds.read_values import decided
from annotations.kinds.write_context import Object, WriteContext, pointing
from annotations.kinds.writing import add, clear, overwrite
from annotations.models import Argument, Event, Link, Span
from annotations.native.columns import ordered, row_of
from annotations.native.fields import plain, required, shape
from annotations.native.json_sql import NULL, json_array, json_object, number, own_id, raw, text_or_null, words
from annotations.native.types import EventObject
from annotations.native.validators import (
    Misshapen,
)
from annotations.text import edtf as times

MODEL = Event
STATES = tuple(column for column in plain(EventObject) if column != "note")
FILLERS = {
    "mention": "span_id",
    "entity": "entity_id",
    "event": "filler_event_id",
    "measure_ref": "citation_id",
}
POINTS_AT = {"mention": "span", "entity": "entity", "event": "event", "measure_ref": "citation"}
SHAPE, REQUIRED = shape(EventObject), required(EventObject)


def complete(record: Object, context: WriteContext) -> Object:
    """What nobody has chosen is open: null, and of the type's own attributes absent. Raises UnknownLabel."""
    context.scheme.label(context.scheme.layer_of("event"), record["type"])
    states = {field: record.get(field) for field in STATES}
    chosen = {code: value for code, value in record.get("attributes", {}).items() if value is not None}
    return {
        "id": record["id"],
        "key": record.get("key", ""),
        "type": record["type"],
        **states,
        "attributes": chosen,
        "arguments": [filled(entry) for entry in record.get("arguments", [])],
        "time": dated(record.get("time"), context),
        "note": record.get("note"),
        "read": decided(record, chosen | states, context),
    }


def filled(entry: Object) -> Object:
    """Without `implicit`, which only says that the filler is an entity."""
    kept = {key: value for key, value in entry.items() if key != "implicit"}
    return kept | {"implicit": True} if "entity" in kept else kept


def dated(time: Object | None, context: WriteContext) -> Object | None:
    """With the days that the EDTF resolves to. Raises Misshapen for words that are not there."""
    if time is None:
        return None
    whole = {key: time.get(key) for key in ("text", "start", "end", "edtf", "part_of_day", "note")}
    start, end = whole["start"], whole["end"]
    if (start is None) != (end is None):
        raise Misshapen("time: give both `start` and `end`, or neither")
    if start is not None and context.text[start:end] != whole["text"]:
        words = context.text[start:end]
        raise Misshapen(f"time: the text has {words[:60]!r} at {start}–{end}, not the words given")
    return whole | days(whole["edtf"]) | {"basis": time["basis"]}


def days(edtf: str | None) -> Object:
    """An EDTF that does not parse is left to the rule EVT-06, which names it."""
    try:
        earliest, latest = times.bounds(edtf) if edtf else (None, None)
    except ValueError:
        return {"earliest": None, "latest": None}
    return {
        "earliest": earliest and earliest.isoformat(),
        "latest": latest and latest.isoformat(),
    }


def argument(row: str, role: str) -> str:
    """SQL of a row of arguments as JSON. `role`: the code of its role."""
    filled = " ".join(
        f"""WHEN {row}.{column} IS NOT NULL THEN concat('"{filler}": "', {row}.{column}, '"')"""
        for filler, column in FILLERS.items()
    )
    return f"""concat('{{"role": ', to_json({role}), ', ', CASE {filled} END,
        CASE WHEN {row}.entity_id IS NOT NULL THEN ', "implicit": true' END, '}}')"""


ARGUMENT = argument("a", "(SELECT r.code FROM annotations_role r WHERE r.id = a.role_id)")
TIMES = ("text", "start", "end", "edtf", "earliest", "latest", "part_of_day", "basis")
TIME_FIELDS = {column: words(f"m.time_{column}") for column in TIMES} | {"note": text_or_null("m.time_note")}
OWN_FIELDS = {
    "id": own_id("m.id"),
    "key": words("m.key"),
    "type": words("l.code"),
    "attributes": raw("m.attributes"),
    "arguments": json_array(f"SELECT {ARGUMENT} AS item FROM annotations_argument a WHERE a.event_id = m.id ORDER BY a.position"),
    "time": f"CASE WHEN m.has_time THEN {json_object(TIME_FIELDS)} ELSE {NULL} END",
    "read": raw("m.read"),
    "revision": number("m.revision"),
}
FIELDS = ordered(EventObject, "m", OWN_FIELDS)
ROWS = "FROM annotations_event m JOIN annotations_label l ON l.id = m.label_id WHERE {where} ORDER BY m.id"
SELECT = f"SELECT {json_object(FIELDS)}::json AS item {ROWS}"
FRAGMENTED = ()


def insert(objects: list[Object], context: WriteContext) -> None:
    add(context, Event, [event_row(record, context) for record in objects])
    add(context, Argument, list(argument_rows(objects, context)))


def replace(objects: list[Object], context: WriteContext) -> None:
    overwrite(context, Event, [event_row(record, context) for record in objects])
    clear(context, Argument, "event_id", objects)
    add(context, Argument, list(argument_rows(objects, context)))


def remove(ids: list[str]) -> None:
    Argument.objects.filter(event__pk__in=ids)._raw_delete("default")
    Event.objects.filter(id__in=ids)._raw_delete("default")


plain_columns = row_of(EventObject)


def event_row(record: Object, context: WriteContext) -> Object:
    time = record["time"] or {}
    columns = ("text", "start", "end", "edtf", "earliest", "latest", "part_of_day")
    return {
        "id": record["id"],
        "assignment_id": context.assignment_id,
        "key": record["key"],
        "label_id": context.compiled.labels[context.scheme.layer_of("event"), record["type"]],
        "attributes": record["attributes"],
        "read": record["read"],
        "has_time": bool(time),
        "time_basis": time.get("basis", ""),
        "time_note": time.get("note") or "",
        "revision": context.revision,
        **{f"time_{column}": time.get(column) for column in columns},
        **plain_columns(record),
    }


def argument_rows(objects: list[Object], context: WriteContext) -> Iterable[Object]:
    for record in objects:
        for position, entry in enumerate(record["arguments"]):
            fillers = {column: entry[filler] for filler, column in FILLERS.items() if filler in entry}
            yield {
                "event_id": record["id"],
                "assignment_id": context.assignment_id,
                "position": position,
                "role_id": context.compiled.roles[record["type"], entry["role"]],
                **fillers,
            }


def references(record: Object) -> Iterable[tuple[str, str]]:
    for entry in record["arguments"]:
        yield from ((POINTS_AT[filler], entry[filler]) for filler in FILLERS if filler in entry)


def pointers(ids: list[str]) -> Iterable[tuple[str, str, str]]:
    """Whatever would dangle if the events `ids` went: triggers, other events, links."""
    return pointing(
        ids,
        ("span", Span, "id", "event_id"),
        ("event", Argument, "event_id", "filler_event_id"),
        ("link", Link, "id", "source_event_id", "target_event_id"),
    )
