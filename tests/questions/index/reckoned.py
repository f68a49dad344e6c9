"""The entries of an assignment as Python derives them from its native document: what the statement of the index is held against."""

import hashlib
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange, NumericRange

from annotations.derived.document import derive
from annotations.derived.document_view import DocumentView
from annotations.documents.build import document
from annotations.models import Assignment
from annotations.native.annotated import Annotated
from annotations.schemes.fresh_view import fresh_view
from questions.values.days import DaySpan, possible_days
from questions.values.extents import Value, dimension, extent

Object = dict[str, Any]


def entries(assignment: Assignment) -> dict[str, Object]:
    """By id, what an entry holds that depends on the marks."""
    view = fresh_view(assignment.scheme)
    text = assignment.document.text
    native = document(assignment)
    read = DocumentView(Annotated(native=derive(native, view, text), text=text, view=view))
    return {entry["id"]: entry for entry in [*events(read), *figures(read), *claims(read)]}


def events(read: DocumentView) -> Iterator[Object]:
    for event in read.events():
        triggers = [read.span(pk) for pk in event["triggers"]]
        numbers = [read.span(argument["mention"]) for argument in event["arguments"] if is_figure(read, argument)]
        reported = [mark for mark in numbers if used_as(mark) == "reported"]
        words = [read.quote(mark["fragments"]) for mark in numbers or triggers]
        yield {
            "id": event["id"],
            "kind": "event",
            "start": triggers[0]["fragments"][0]["start"] if triggers else None,
            "quotes": digest(sorted(words)) if words else "",
            **of_event(read, event),
            **said(read, triggers),
            "figures": each(mark["id"] for mark in reported or numbers),
            "figure_labels": each(mark["label"] for mark in reported),
            "counted": each(counted(read, mark) for mark in reported),
            "value_keys": each(value_key(read, mark) for mark in reported),
        }


def figures(read: DocumentView) -> Iterator[Object]:
    order = {event["id"]: (read.span(event["triggers"][0])["fragments"][0]["start"], event["id"]) for event in read.events()}
    for mark in read.spans():
        if read.scheme.kind(mark["layer"]) != "figure":
            continue
        filled = sorted(read.filled.get(mark["id"], []), key=lambda event: order[event["id"]])
        own = extent(value(mark)) if (mark["attributes"]["low"], mark["attributes"]["high"]) != (None, None) else None
        yield {
            "id": mark["id"],
            "kind": "figure",
            "start": mark["fragments"][0]["start"],
            "quotes": hashlib.md5(read.quote(mark["fragments"]).encode()).hexdigest(),
            **of_event(read, filled[0] if filled else None),
            **said(read, [mark]),
            "figures": [mark["id"]],
            "figure_labels": [mark["label"]],
            "counted": each([counted(read, mark)]),
            "value_keys": [value_key(read, mark)],
            "label": mark["label"],
            "use": used_as(mark),
            "extent": own and NumericRange(own.low, own.high, ("[" if own.has_low else "(") + ("]" if own.has_high else ")")),
        }


def claims(read: DocumentView) -> Iterator[Object]:
    """Those that are the innermost claim of no figure and no trigger."""
    held = {mark["attribution"] for mark in read.spans() if read.scheme.kind(mark["layer"]) != "actor"}
    for claim in read.claims():
        if claim["id"] == "Q0" or claim["id"] in held:
            continue
        source = each([claim["source_entity"]])
        yield {
            "id": claim["id"],
            "kind": "claim",
            "start": claim["content"][0]["start"],
            "quotes": hashlib.md5(read.quote(claim["content"]).encode()).hexdigest(),
            **of_event(read, None) | {"possible": DateRange(empty=True)},
            "claims": [claim["id"]],
            "sources": source,
            "around": source,
            "is_narrated": False,
            "modalities": each([claim["modality"]]),
            "evidences": each([claim["evidence"]]),
            "reliabilities": each([claim["reliability"]]),
            "credibilities": each([claim["credibility"]]),
            **{name: [] for name in ("figures", "figure_labels", "counted", "value_keys")},
        }


def of_event(read: DocumentView, event: Object | None) -> Object:
    """What of the event stands at its entry, and at those of its figures."""
    event = event or {"arguments": [], "attributes": {}, "status": "", "polarity": "", "certainty": "", "type": "", "id": None}
    filled = [(argument["role"], read.meant(argument).get("id")) for argument in event["arguments"]]
    places, acts = read.scheme.places, read.scheme.acts.get(event["type"], {})
    there = sorted({(pk, role) for role, pk in filled if pk and role in places["roles"] and role not in elsewhere(places, event)})
    stated = (event.get("time") or {}).get("earliest"), (event.get("time") or {}).get("latest")
    published = (read.published.get("earliest"), read.published.get("latest"))
    days = possible_days(span(stated), span(published), is_future=event["status"] == "expected")
    return {
        "event": event["id"],
        "type": event["type"],
        **{name: event[name] or "" for name in ("status", "polarity", "certainty")},
        "earliest": day(stated[0]),
        "latest": day(stated[1]),
        "possible": DateRange(days.first, days.last and days.last + timedelta(1), "[)" if days.first else "()"),
        "places": [pk for pk, _ in there],
        "place_roles": [role for _, role in there],
        "people": each(pk for role, pk in filled if role in places.get("people", {}).get("roles", [])),
        "actors": each(pk for role, pk in filled if role == acts.get("from")),
        "acted": each(pk for role, pk in filled if role == acts.get("to")),
        "takes": each(pk for _, pk in filled),
    }


def said(read: DocumentView, marks: list[Object]) -> Object:
    claims = [read.claimed(mark["attribution"]) for mark in marks]
    own = [claim for claim in claims if claim["id"] != "Q0"]
    around = [claim["source_entity"] for mark in marks for claim in read.claims() if holds(claim, mark)]
    return {
        "claims": each(claim["id"] for claim in own),
        "sources": each(claim.get("source_entity") for claim in claims),
        "is_narrated": len(own) < len(claims),
        "around": each([*around, *(claim.get("source_entity") for claim in claims)]),
        "modalities": each(claim["modality"] for claim in own),
        "evidences": each(claim["evidence"] for claim in own),
        "reliabilities": each(claim["reliability"] for claim in own),
        "credibilities": each(claim["credibility"] for claim in own),
    }


def holds(claim: Object, mark: Object) -> bool:
    return all(
        any(part["start"] <= f["start"] and f["end"] <= part["end"] for part in claim["content"]) for f in mark["fragments"]
    )


def is_figure(read: DocumentView, argument: Object) -> bool:
    mark = read.span(argument.get("mention"))
    return mark is not None and read.scheme.kind(mark["layer"]) == "figure"


def elsewhere(places: Object, event: Object) -> list[str]:
    return places.get("not", {}).get(event["type"], [])


def used_as(mark: Object) -> str:
    """Whatever nobody called a limit or a basis is reported."""
    use = mark["attributes"]["use"]
    return "reported" if use in (None, "", "not_stated") else use


def counted(read: DocumentView, mark: Object) -> str | None:
    return read.meant(mark["attributes"].get("counted")).get("id")


def value_key(read: DocumentView, mark: Object) -> str:
    own = value(mark)
    ends = ("-" if end is None else plain(end) for end in (own.low, own.high))
    return "|".join((*written(own), *ends, own.comparator, "t" if own.approximate else "f")) + f" {counted(read, mark) or ''}"


def written(own: Value) -> tuple[str, ...]:
    """As the index has it: what is not there by nature leaves no place."""
    *shared, n, unit = dimension(own)
    return (*shared, *([n] if own.per_count is not None else []), *([f"/{unit}"] if unit else []))


def value(mark: Object) -> Value:
    own = mark["attributes"]
    n = (own.get("per_count") or {}).get("n")
    return Value(
        label=mark["label"],
        low=number(own["low"]),
        high=number(own["high"]),
        comparator=own["comparator"] or "",
        approximate=bool(own["approximate"]),
        unit=own.get("unit") or "",
        currency=own.get("currency") or "",
        per_period=own.get("per_period") or "",
        per_count=number(n),
        per_unit=own.get("per_unit") or "",
    )


def number(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def plain(value: Decimal) -> str:
    return format(value.normalize(), "f")


def each(values: Any) -> list[str]:
    return sorted({value for value in values if value})


def digest(words: list[str]) -> str:
    """MD5 of what PostgreSQL writes for an array of these words."""
    return hashlib.md5(("{" + ",".join(map(quoted, words)) + "}").encode()).hexdigest()


def quoted(word: str) -> str:
    special = word == "" or word.lower() == "null" or any(sign in word for sign in '{}",\\ \t\n\r\v\f')
    return '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"' if special else word


def day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def span(ends: tuple[str | None, str | None]) -> DaySpan:
    return DaySpan(day(ends[0]), day(ends[1]))
