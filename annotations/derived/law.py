"""LEGAL: a paragraph is given as the reason for something that it does not require."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from annotations.derived.heads import described
from annotations.native.view import NativeContext, Object

Json = Mapping[str, Any]


class LegalNote(NamedTuple):
    """`events`: ids of those for which the text gives the paragraph as the reason."""

    events: tuple[str, ...]
    text: str


def notes(context: NativeContext) -> Iterator[LegalNote]:
    """One sentence or more for every cited paragraph whose effect is not what is laid to it."""
    spec = context.scheme.derived.get("legal") or {}
    for (code, number), events in reasons(spec, context).items():
        measure = register(context).get(code)
        effect = effect_of(measure, number, spec)
        if measure is None or effect is None:
            continue
        beyond = [event for event in events if not requires(effect, event)]
        types = [event for event in first_of_type(beyond) if is_required(event, spec, context)]
        if types:
            text = " ".join(note(measure, number, effect, beyond, types, spec, context))
            yield LegalNote(tuple(event["id"] for event in beyond), text)


def reasons(spec: Json, context: NativeContext) -> dict[tuple[str, str], list[Object]]:
    """(measure, paragraph) → events for which the text gives it as the legal basis."""
    by_code: dict[tuple[str, str], list[Object]] = {}
    for event in context.events_in_order:
        for argument in event.get("arguments") or []:
            if argument["role"] != spec.get("role"):
                continue
            citation = context.citation(argument.get("measure_ref")) or {}
            cited = citation.get("measure"), citation.get("paragraph")
            if all(cited):
                by_code.setdefault((str(cited[0]), str(cited[1])), []).append(event)
    return by_code


def register(context: NativeContext) -> dict[str, Json]:
    return {measure["code"]: measure for measure in context.scheme.measures}


def effect_of(measure: Json | None, number: str, spec: Json) -> Json | None:
    for provision in (measure or {}).get("provisions", []):
        if provision["paragraph"] == number:
            return provision_effect(provision, spec)
    return None


def provision_effect(provision: Json, spec: Json) -> Json | None:
    """What a paragraph does, in the words of the scheme if it has some, since they fit its events; and which events it requires: that the
    register alone says, where it has the effect."""
    worded: Json | None = spec.get("effects", {}).get(provision.get("effect"))
    if provision.get("requires") is None:
        return worded
    return {"does": (worded or provision)["does"], "requires": provision["requires"]}


def requires(effect: Json, event: Object) -> bool:
    """Whether events of this type are required, or those with a value: REPATRIATE; OWN:closes."""
    wanted = {event["type"], *(f"{event['type']}:{value}" for value in values(event))}
    return not wanted.isdisjoint(effect.get("requires") or ())


def values(event: Object) -> Iterator[str]:
    for value in (event.get("attributes") or {}).values():
        yield from value if isinstance(value, list) else [value] if isinstance(value, str) else []


def first_of_type(events: list[Object]) -> list[Object]:
    return list({event["type"]: event for event in reversed(events)}.values())[::-1]


def is_required(event: Object, spec: Json, context: NativeContext) -> bool:
    """Whether any paragraph of the register requires such events, or an effect of the scheme that the register does not have."""
    known = {provision["effect"]: effect for _, provision, effect in effects_of_register(spec, context)}
    return any(requires(effect, event) for effect in (spec.get("effects", {}) | known).values())


def effects_of_register(spec: Json, context: NativeContext) -> Iterator[tuple[Json, Json, Json]]:
    """(measure, paragraph, effect)"""
    for measure in context.scheme.measures:
        for provision in measure.get("provisions", []):
            if effect := provision_effect(provision, spec):
                yield measure, provision, effect


def note(
    measure: Json,
    number: str,
    effect: Json,
    events: list[Object],
    types: list[Object],
    spec: Json,
    context: NativeContext,
) -> Iterator[str]:
    short = short_name(measure)
    nouns = dict.fromkeys(noun(event, spec, "many", context) for event in events)
    yield f"The article gives {short} as the reason for {listed(list(nouns))}."
    ones = [noun(required_form(event), spec, "one", context) for event in types]
    yield f"¶{number} of {short} {effect['does']}; it does not itself require {listed(ones)}."
    for event in types:
        yield from required_by(event, measure, spec, context)


def required_by(event: Object, cited: Json, spec: Json, context: NativeContext) -> Iterator[str]:
    """Which other paragraph of the register does require it."""
    for measure, provision, effect in effects_of_register(spec, context):
        if requires(effect, event):
            when = "later" if str(measure["adopted"]) > str(cited["adopted"]) else "earlier"
            many = noun(required_form(event), spec, "many", context)
            where = f"¶{provision['paragraph']} of {short_name(measure)}"
            yield f"{many[0].upper()}{many[1:]} are required by {where}, adopted {when} ({measure['adopted']})."


def required_form(event: Object) -> Object:
    """An event of the type without its attributes: what is required is said of all such events."""
    return {"type": event["type"]}


def noun(event: Object, spec: Json, number: str, context: NativeContext) -> str:
    """The scheme's words for an event ("refused visas"), else the name of its type."""
    for entry in spec.get("words", []):
        if described(event, entry):
            return str(entry[number])
    name = str(context.scheme.event_label(event["type"])["name"])
    return name[:1].lower() + name[1:]


def short_name(measure: Json) -> str:
    """UNSCR-2371 → 2371, as the text calls it; other codes (EU-2016-849, US-EO-13810) stay whole."""
    issuer, _, number = str(measure["code"]).partition("-")
    return number if issuer == "UNSCR" and number.isdigit() else str(measure["code"])


def listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
