"""MEA-02, MEA-03: an event beside the days of what it cites. Notes for a person, never a verdict.

Read are the stated days of an event, what it cites, and the register: an event without days, and a day that the register
does not state, give no note. Where days meet, nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from annotations.derived.law import listed, noun, register, short_name
from annotations.native.view import NativeContext, Object
from annotations.text import edtf

Json = Mapping[str, Any]
HAPPENED = ("happened", "ongoing")


class DatedNote(NamedTuple):
    """`paragraphs`: of the register, what is offered as a citation."""

    code: str
    event: str
    text: str
    paragraphs: tuple[tuple[str, str], ...] = ()


class StatedDays(NamedTuple):
    """First and last day on which an event may have been; None for an open end."""

    first: date | None
    last: date | None

    @property
    def words(self) -> str:
        if self.first == self.last:
            return f"on {self.first}"
        if self.first and self.last:
            return f"between {self.first} and {self.last}"
        return f"on or after {self.first}" if self.first else f"on or before {self.last}"


class CitedParagraph(NamedTuple):
    """What an event cites, as the register has it. `paragraph`: nothing where none is cited, or the register has none."""

    measure: Json
    paragraph: Json
    is_basis: bool

    @property
    def name(self) -> str:
        return paragraph_name(self.measure, self.paragraph)


def dated_notes(context: NativeContext) -> Iterator[DatedNote]:
    """One for each event and each thing that it cites, in the order of the text."""
    spec = context.scheme.derived.get("legal")
    if not spec:
        return
    for event in context.events_in_order:
        days = stated_days(event)
        if days is None:
            continue
        nouns = noun(event, spec, "many", context)
        for one in cited_by(event, spec, context):
            if one.is_basis:
                yield from before_measure(event, one, days, nouns)
                yield from out_of_force(event, one, days, nouns, context)


def stated_days(event: Object) -> StatedDays | None:
    try:
        return StatedDays(*edtf.bounds((event.get("time") or {}).get("edtf") or ""))
    except ValueError:
        return None


def cited_by(event: Object, spec: Json, context: NativeContext) -> Iterator[CitedParagraph]:
    """Each measure and paragraph once; as the legal basis where any role says so."""
    seen: dict[tuple[str, str], bool] = {}
    for argument in event.get("arguments") or []:
        citation = context.citation(argument.get("measure_ref")) or {}
        if code := citation.get("measure"):
            key = str(code), str(citation.get("paragraph") or "")
            seen[key] = seen.get(key, False) or argument["role"] == spec.get("role")
    measures = register(context)
    for (code, number), is_basis in seen.items():
        if measure := measures.get(code):
            yield CitedParagraph(measure, paragraph_of(measure, number), is_basis)


def paragraph_of(measure: Json, number: str) -> Json:
    return next((each for each in measure.get("provisions") or [] if each["paragraph"] == number), {})


def paragraph_name(measure: Json, paragraph: Json) -> str:
    name = short_name(measure)
    return f"¶{paragraph['paragraph']} of {name}" if paragraph else name


def before_measure(event: Object, cited: CitedParagraph, days: StatedDays, nouns: str) -> Iterator[DatedNote]:
    adopted = day(cited.measure.get("adopted"))
    if adopted and days.last and days.last < adopted:
        name = short_name(cited.measure)
        text = (
            f"The article gives {name} as the reason for {nouns} {days.words}. {name} was adopted later, on "
            f"{adopted}{unless(cited.measure.get('adopted_verified'))}: it cannot be the legal basis."
        )
        yield DatedNote("MEA-02", event["id"], text)


def out_of_force(
    event: Object, cited: CitedParagraph, days: StatedDays, nouns: str, context: NativeContext
) -> Iterator[DatedNote]:
    first, last = in_force(cited)
    adopted = day(cited.measure.get("adopted"))
    reason = f"The article gives {cited.name} as the reason for {nouns} {days.words}."
    checked = unless(cited.paragraph.get("content_verified") if cited.paragraph else cited.measure.get("adopted_verified"))
    if last and days.first and days.first > last:
        later = [reference_name(code, context) for code in cited.paragraph.get("replaced_by") or []]
        replaced = f", replaced by {listed(later)}" if later else ""
        yield DatedNote("MEA-03", event["id"], f"{reason} It was in force until {last}{checked}{replaced}.")
    elif first and days.last and days.last < first and not (adopted and days.last < adopted):
        yield DatedNote("MEA-03", event["id"], f"{reason} It was not in force before {first}{checked}.")


def in_force(cited: CitedParagraph) -> tuple[date | None, date | None]:
    """Days of the paragraph; where it states none, those of the measure."""
    first, last = (day(cited.paragraph.get(name)) or day(cited.measure.get(name)) for name in ("in_force_from", "in_force_to"))
    return first, last


def reference_name(code: str, context: NativeContext) -> str:
    """UNSCR-2371 8 → ¶8 of 2371; as the register writes it where it has no such measure."""
    measure, _, number = code.partition(" ")
    known = register(context).get(measure)
    return paragraph_name(known, {"paragraph": number}) if known else code


def applies(rule: Json, event: Object) -> bool:
    """By type and attributes."""
    attributes = event.get("attributes") or {}
    where = rule.get("where") or {}
    return rule["label"] == event["type"] and all(attributes.get(x) in where[x] for x in where)


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def unless(verified: bool | None) -> str:
    return "" if verified else " (not verified)"
