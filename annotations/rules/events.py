"""EVT-01 to EVT-06: triggers, roles, causes and times of events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from annotations.native.view import Context, Object
from annotations.rules.finding import Finding, finding, name_of
from annotations.statements.needs import missing
from annotations.text import edtf


def is_trigger(mark: Object, context: Context) -> bool:
    return context.scheme.kind(mark["layer"]) == "event"


def evt_01_trigger(mark: Object, context: Context) -> Iterator[Finding]:
    """The mark of an event belongs to an event of its own label; other marks belong to none."""
    event_id = mark.get("event")
    event = context.event(event_id)
    if not is_trigger(mark, context):
        if event_id:
            yield finding(context, "EVT-01", "only triggers can belong to an event", name_of(mark))
    elif not event_id:
        yield finding(context, "EVT-01", "the mark belongs to no event", name_of(mark))
    elif event and event["type"] != mark["label"]:
        detail = f"the mark is {mark['label']}, its event {event['type']}"
        yield finding(context, "EVT-01", detail, name_of(mark), name_of(event))


def evt_01_untriggered(context: Context) -> Iterator[Finding]:
    """Every event has a mark in the text, and every mark's event exists."""
    triggers = [mark for mark in context.spans() if is_trigger(mark, context)]
    marked = {mark.get("event") for mark in triggers}
    for event in context.events():
        if event["id"] not in marked:
            yield finding(context, "EVT-01", "it has no trigger in the text", name_of(event))
    for mark in triggers:
        if mark.get("event") and context.event(mark["event"]) is None:
            detail = f"its event {mark['event']} does not exist"
            yield finding(context, "EVT-01", detail, name_of(mark))


def evt_02_fillers(event: Object, context: Context) -> Iterator[Finding]:
    """Roles exist for the type, and their fillers are of a kind and label that they take."""
    roles = context.scheme.roles(event["type"])
    counts = Counter(argument["role"] for argument in event.get("arguments") or [])
    for argument in event.get("arguments") or []:
        role = roles.get(argument["role"])
        if role is None:
            detail = f"{event['type']} has no role {argument['role']!r}"
            yield finding(context, "EVT-02", detail, name_of(event), at=argument["role"])
        elif not any(takes(filler, argument, context) for filler in role["fillers"]):
            detail = f"{role['code']}: {described(argument, context)} cannot fill it"
            yield finding(context, "EVT-02", detail, name_of(event), at=role["code"])
    for code, count in counts.items():
        most = roles[code].get("max") if code in roles else None
        if most is not None and count > most:
            detail = f"“{roles[code]['name']}” takes {most}, has {count}."
            yield finding(context, "EVT-02", detail, name_of(event), at=code)


def takes(filler: Mapping[str, Any], argument: Mapping[str, Any], context: Context) -> bool:
    """Whether an argument is what one alternative of a role asks for."""
    kind, label = filled_by(argument, context)
    labels = filler.get("labels")
    return kind == filler["kind"] and (kind == "measure" or labels == "ANY" or label in (labels or ()))


def filled_by(argument: Mapping[str, Any], context: Context) -> tuple[str | None, str | None]:
    """Kind and label of what fills an argument; (None, None) for a filler that does not exist."""
    if span := context.span(argument.get("mention")):
        kind = context.scheme.kind(span["layer"])
        return (None if kind == "event" else kind), span["label"]
    if entity := context.entity(argument.get("entity")):
        return "actor", entity["type"]
    if event := context.event(argument.get("event")):
        return "event", event["type"]
    return ("measure", None) if context.citation(argument.get("measure_ref")) else (None, None)


def described(argument: Mapping[str, Any], context: Context) -> str:
    span = context.span(argument.get("mention"))
    if span:
        return f"the {span['label']} {span['fragments'][0]['quote'][:40]!r}"
    kind, label = filled_by(argument, context)
    return f"a {label or kind}" if kind else "a filler that does not exist"


def evt_02_minimum(event: Object, context: Context) -> Iterator[Finding]:
    """Roles that must be filled are."""
    counts = Counter(argument["role"] for argument in event.get("arguments") or [])
    for code, role in context.scheme.roles(event["type"]).items():
        if counts[code] < role["min"]:
            needs = "is missing" if not counts[code] else f"needs {role['min']}, has {counts[code]}"
            detail = f"“{role['name']}” {needs}{asked_for(event, context)}"
            yield finding(context, "EVT-02", detail, name_of(event), at=code)


def asked_for(event: Object, context: Context) -> str:
    """ ": who returned?", where the event says nothing without it; else the end of the sentence."""
    question = missing(context.scheme, event)
    return f": {question}" if question else "."


def evt_03(event: Object, context: Context) -> Iterator[Finding]:
    """No event is its own cause, directly or round a loop."""
    seen: set[str] = set()
    waiting = list(context.causes(event["id"]))
    while waiting:
        cause = waiting.pop()
        if cause == event["id"]:
            yield finding(context, "EVT-03", "the event is its own cause", name_of(event), at="cause")
            return
        if cause not in seen:
            seen.add(cause)
            waiting.extend(context.causes(cause))


def evt_04(event: Object, context: Context) -> Iterator[Finding]:
    return one_of(event, context, "EVT-04")


def evt_05(event: Object, context: Context) -> Iterator[Finding]:
    return one_of(event, context, "EVT-05")


def one_of(event: Object, context: Context, code: str) -> Iterator[Finding]:
    """Events of the rule's labels have at least one of the roles that it names."""
    rule = context.scheme.rule(code)
    roles = rule.get("any_of") or []
    filled = {argument["role"] for argument in event.get("arguments") or []}
    if event["type"] in (rule.get("labels") or ()) and not filled & set(roles):
        names = {role: entry["name"] for role, entry in context.scheme.roles(event["type"]).items()}
        wanted = " or ".join(f"“{names.get(role, role)}”" for role in roles)
        yield finding(context, code, f"Add {wanted}{asked_for(event, context)}", name_of(event), at=next(iter(roles), ""))


def evt_06(event: Object, context: Context) -> Iterator[Finding]:
    """The time is EDTF, and its days are the ones that the EDTF gives."""
    time = event.get("time") or {}
    try:
        first, last = edtf.bounds(time["edtf"]) if time.get("edtf") else (None, None)
    except ValueError as error:
        yield finding(context, "EVT-06", str(error), name_of(event), at="time")
        return
    stated = [time.get("earliest"), time.get("latest")]
    derived = [first and first.isoformat(), last and last.isoformat()]
    if stated not in ([None, None], derived):
        detail = f"{time.get('edtf')!r} gives {derived[0]} to {derived[1]}, not {stated[0]} to {stated[1]}"
        yield finding(context, "EVT-06", detail, name_of(event), at="time")


def evt_06_words(event: Object, context: Context) -> Iterator[Finding]:
    """The words of a time stand at its offsets: SPAN-01 for a field that is no mark."""
    time = event.get("time") or {}
    start, end = time.get("start"), time.get("end")
    if start is None and end is None:
        return
    if start is None or end is None or context.text[start:end] != time.get("text"):
        detail = f"the text does not have {time.get('text')!r} at {start}–{end}"
        yield finding(context, "SPAN-01", detail, name_of(event), at="time")
