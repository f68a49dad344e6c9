"""SCHEME: layers, labels, attributes, choices, types of links and relations that the scheme has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from annotations.native.view import Context, Object
from annotations.rules.finding import Finding, finding, name_of
from annotations.scheme.view import UnknownLabel

CODE = "SCHEME"
# The overlays that are claims and citations, as layers are actors, figures and events by kind.
CLAIM, CITATION = "ATTRIBUTION", "MEASURE_REF"
EVENT_FIELDS = ("status", "polarity", "certainty")
TYPES: dict[str, Any] = {
    "bool": bool,
    "text": str,
    "text_list": list,
    "decimal": (int, float),
    "integer": int,
    "date": str,
    "iso_duration": str,
}


def span(record: Object, context: Context) -> Iterator[Finding]:
    scheme = context.scheme
    try:
        known = scheme.attributes(record["layer"], record["label"])
    except UnknownLabel as error:
        yield finding(context, CODE, str(error), name_of(record))
        return
    kind = scheme.kind(record["layer"])
    attributes = record.get("attributes") or {}
    if kind == "event":
        # The mark of an event is its trigger alone; what the event is stands in the frame.
        known = {}
    elif kind == "figure":
        # Attributes of another figure label are for FIG-02 to name.
        known = scheme.of_any_label(record["layer"], record["label"])
    yield from check_values(context, name_of(record), known, attributes)


def event(record: Object, context: Context) -> Iterator[Finding]:
    try:
        own = context.scheme.own_attributes(record["type"])
        layer = context.scheme.layer_of("event")
        known = context.scheme.attributes(layer, record["type"])
    except UnknownLabel as error:
        yield finding(context, CODE, str(error), name_of(record))
        return
    fields = {field: record.get(field) for field in EVENT_FIELDS}
    yield from check_values(context, name_of(record), known, fields)
    yield from check_values(context, name_of(record), own, record.get("attributes") or {})
    time = known.get("time", {})
    parts = {entry["code"]: entry for entry in time.get("fields", [])}
    time_fields = {code: value for code, value in (record.get("time") or {}).items() if code in parts}
    yield from check_values(context, name_of(record), parts, time_fields)


def overlay(record: Object, context: Context, code: str) -> Iterator[Finding]:
    known = {entry["code"]: entry for entry in context.scheme.overlay(code)["attributes"]}
    values = {name: record[name] for name in known if name in record}
    yield from check_values(context, name_of(record), known, values)


def claim(record: Object, context: Context) -> Iterator[Finding]:
    return overlay(record, context, CLAIM)


def citation(record: Object, context: Context) -> Iterator[Finding]:
    yield from overlay(record, context, CITATION)
    code = record.get("measure")
    if code and context.measure(code) is None:
        yield finding(context, CODE, f"the register has no measure {code!r}", name_of(record), at="measure")


def outcome(record: Object, context: Context) -> Iterator[Finding]:
    """Of a mark or an event that was suggested the label; all others have none here."""
    if record["kind"] in ("span", "event"):
        try:
            context.scheme.label(record["layer"], record["label"])
        except UnknownLabel as error:
            yield finding(context, CODE, str(error), name_of(record))


def entity(record: Object, context: Context) -> Iterator[Finding]:
    known = {entry["code"]: entry for entry in context.scheme.entity_attributes}
    values = {name: record[name] for name in known if name in record}
    yield from check_values(context, name_of(record), known, values)
    parts = {entry["code"]: entry for entry in known.get("list_links", {}).get("fields", [])}
    for link in record.get("list_links") or []:
        values = {name: link[name] for name in parts if name in link}
        yield from check_values(context, name_of(record), parts, values)
    yield from same_as(record, context)


def same_as(record: Object, context: Context) -> Iterator[Finding]:
    """The shared register has the entry, and no other entity of the corpus is linked to it."""
    code = record.get("same_as")
    if code and not context.has_base_entity(code):
        yield finding(context, CODE, f"the shared register has no entry {code!r}", name_of(record), at="same_as")
    elif code and (other := context.entity_same_as(code)) and other["id"] != record["id"]:
        detail = f"{other['name']!r} ({other['id']}) is linked to {code!r} already: use that entity"
        yield finding(context, CODE, detail, name_of(record), at="same_as")


def link(record: Object, context: Context) -> Iterator[Finding]:
    """A link has a type that goes from the layer of its source to that of its target."""
    ends = [layer_of_end(record[end], context) for end in ("source", "target")]
    if None in ends:
        return
    source, target = map(str, ends)
    if record["type"] not in [entry["code"] for entry in context.scheme.link_types(source, target)]:
        detail = f"the scheme has no link {record['type']!r} from {source} to {target}"
        yield finding(context, CODE, detail, name_of(record))
    yield from to_itself(record, context)


def layer_of_end(pk: str, context: Context) -> str | None:
    """A link joins two marks, events or claims; an event stands for the layer of its kind, a claim for its overlay."""
    if mark := context.span(pk):
        return str(mark["layer"])
    if context.claim(pk):
        return CLAIM
    return context.scheme.layer_of("event") if context.event(pk) else None


def relation(record: Object, context: Context) -> Iterator[Finding]:
    if record["type"] not in [entry["code"] for entry in context.scheme.entity_relations]:
        detail = f"the scheme has no relation {record['type']!r} between entities"
        yield finding(context, CODE, detail, name_of(record))
    yield from to_itself(record, context)


def to_itself(record: Object, context: Context) -> Iterator[Finding]:
    if record["source"] == record["target"]:
        yield finding(context, CODE, f"{record['type']}: it links an object to itself", name_of(record))


# Values


def check_values(context: Context, owner: str, known: Mapping[str, Any], values: Mapping[str, Any]) -> Iterator[Finding]:
    for code, value in values.items():
        if code not in known:
            yield finding(context, CODE, f"{code!r} is not an attribute of this object", owner, at=code)
        elif value is not None and (problem := misfit(known[code], value)):
            yield finding(context, CODE, f"{code}: {problem}", owner, at=code)


def misfit(attribute: Mapping[str, Any], value: Any) -> str | None:
    """Why a value cannot stand in an attribute; None if it can."""
    choices = attribute.get("choices")
    if isinstance(choices, list):
        for choice in choices:
            if choice["code"] == value:
                return None
        return f"{value!r} is not one of {', '.join(choice['code'] for choice in choices)}"
    expected = TYPES.get(attribute["type"])
    # In Python True is a number; in a scheme it is not.
    stray = isinstance(value, bool) and expected is not bool
    if expected is None or (isinstance(value, expected) and not stray):
        return None
    return f"{value!r} is not a {attribute['type'].replace('_', ' ')}"
