"""Events read from the words of their triggers, where a batch makes or changes a trigger, or the type.

What a person chose is not read over, nor what a change of the batch has just emptied. What was read is read again, and goes when
the words do not say it any more.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from annotations import factuality
from annotations.factuality import FactualityReading
from annotations.kinds.write_context import Object, WriteContext, bounds
from annotations.models import Span

Name = tuple[str, str]
STATES = ("status", "polarity", "certainty")


def events_to_read(was: Mapping[Name, Object | None], now: Mapping[Name, Object | None]) -> set[str]:
    """Ids of events of another type than before, or with a trigger that came, went or has other words."""
    ids: set[str] = set()
    for (kind, pk), record in now.items():
        before = was[kind, pk]
        if kind == "event" and record and (before is None or before["type"] != record["type"]):
            ids.add(pk)
        if kind == "span":
            ids |= of_span(before, record)
    return ids


def of_span(before: Object | None, record: Object | None) -> set[str]:
    if before and record and before["event"] == record["event"] and bounds(before["fragments"]) == bounds(record["fragments"]):
        return set()
    return {span["event"] for span in (before, record) if span and span["event"]}


def triggers_of(
    events: Collection[str], made: Collection[str], now: Mapping[Name, Object | None]
) -> dict[str, list[list[list[int]]]]:
    """Event → fragments of each of its triggers, in the order of the text. `made` in this batch, they have none stored."""
    fragments_of: dict[str, list[list[list[int]]]] = {pk: [] for pk in events}
    for pk, event, fragments in stored_triggers([pk for pk in events if pk not in made]):
        if ("span", pk) not in now:
            fragments_of[event].append(fragments)
    for (kind, _), record in now.items():
        if kind == "span" and record and record["event"] in fragments_of:
            fragments_of[record["event"]].append(bounds(record["fragments"]))
    return {pk: sorted(triggers) for pk, triggers in fragments_of.items()}


def stored_triggers(events: list[str]) -> Iterator[tuple[str, str, list[list[int]]]]:
    if events:
        for pk, event, fragments in (
            Span.objects.filter(event__pk__in=events).order_by().values_list("id", "event_id", "fragments")
        ):
            yield str(pk), str(event), fragments


def as_read(record: Object, triggers: list[list[list[int]]], emptied: Collection[str], context: WriteContext) -> Object:
    """The event with what its triggers say; `emptied` are attributes that stay open."""
    fragments = [[(start, end) for start, end in trigger] for trigger in triggers]
    readings = factuality.read(context.text, fragments, context.scheme, record["type"], context.language)
    values = record["attributes"] | {code: record[code] for code in STATES}
    read = dict(record["read"])
    for code in {**dict.fromkeys(STATES), **context.scheme.own_attributes(record["type"]), **read}:
        is_open = values.get(code) is None and code not in emptied
        if is_open or code in read:
            settle(code, readings.get(code, FactualityReading()), values, read)
    states = {code: values.pop(code) for code in STATES}
    return record | states | {"attributes": {code: value for code, value in values.items() if value is not None}, "read": read}


def settle(code: str, reading: FactualityReading, values: Object, read: Object) -> None:
    values[code] = reading.value
    if reading.value is None:
        read.pop(code, None)
    else:
        read[code] = [list(words) for words in reading.words]


def emptied_by(changes: Collection[Object]) -> set[str]:
    """Attributes that updates of an event state as open."""
    stated = [change | (change.get("attributes") or {}) for change in changes]
    return {code for each in stated for code, value in each.items() if value is None}
