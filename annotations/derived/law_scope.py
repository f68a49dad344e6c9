"""MEA-04, FALLS-UNDER, DEADLINE: an event beside the limits and deadlines of paragraphs, and beside those that it does not cite. Notes for a person, never a verdict.

A paragraph speaks of events with a country of its measure in one of the roles that the register names. Read are stated days only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from annotations.derived.law import listed, noun, register
from annotations.derived.law_dates import (
    HAPPENED,
    CitedParagraph,
    DatedNote,
    Json,
    applies,
    cited_by,
    day,
    in_force,
    paragraph_of,
    stated_days,
    unless,
)
from annotations.derived.numbers import bounds, decimal, values_of, written
from annotations.derived.sums import entity_of
from annotations.native.view import NativeContext, Object
from annotations.text.fragments import quote_of

# Units of the register as figures have them, and what is exact: UCUM has the barrel as 42 US gallons of 3.785411784 L.
UNITS = {"bbl": "[bbl_us]"}
EXACTLY = {
    ("kg", "t"): Decimal("0.001"),
    ("t", "kg"): Decimal(1000),
    ("L", "[bbl_us]"): 1 / Decimal("158.987294928"),
    ("m3", "[bbl_us]"): 1000 / Decimal("158.987294928"),
}
PERIODS = {"year": " a year", "month": " a month"}


class StatedEvent(NamedTuple):
    """An event that the article says was so, with its stated days and goods. `countries`: by role, those of whoever fills it."""

    event: Object
    first: date
    last: date | None
    goods: tuple[str, ...]
    countries: dict[str, set[str]]

    @property
    def words(self) -> str:
        if self.first == self.last:
            return f"on {self.first}"
        return f"between {self.first} and {self.last}" if self.last else f"on or after {self.first}"

    def has_country(self, measure: Json, roles: list[str]) -> bool:
        wanted = set(measure.get("countries") or [])
        return any(wanted & known for role, known in self.countries.items() if not roles or role in roles)


def scope_notes(context: NativeContext) -> Iterator[DatedNote]:
    """In the order of the text; nothing where the scheme does not say how events cite."""
    spec = context.scheme.derived.get("legal")
    if not spec:
        return
    limited, about = [], defaultdict(list)
    for each in paragraphs(context):
        if each.paragraph.get("limits"):
            limited.append(each)
        for label in {rule["label"] for rule in each.paragraph.get("applies_to") or []}:
            about[label].append(each)
    deadlines = list(cited_deadlines(context))
    for event in context.events_in_order:
        if one := stated_event(event, context):
            yield from beside_limits(one, limited, context)
            yield from falling_under(one, about[event["type"]], spec, context)
            yield from after_deadline(one, deadlines, spec, context)


def stated_event(event: Object, context: NativeContext) -> StatedEvent | None:
    """None for what did not happen, and for an event whose first day is not stated."""
    days = stated_days(event)
    if event.get("status") not in HAPPENED or event.get("polarity") == "negative" or days is None or days.first is None:
        return None
    lists = (value for value in (event.get("attributes") or {}).values() if isinstance(value, list))
    goods = tuple(str(each) for value in lists for each in value)
    return StatedEvent(event, days.first, days.last, goods, countries_of(event, context))


def countries_of(event: Object, context: NativeContext) -> dict[str, set[str]]:
    countries: dict[str, set[str]] = {}
    for argument in event.get("arguments") or []:
        entity = context.entity(entity_of(argument, context)) or {}
        countries.setdefault(argument["role"], set()).update(entity.get("countries") or [])
    return countries


def paragraphs(context: NativeContext) -> Iterator[CitedParagraph]:
    for measure in register(context).values():
        for paragraph in measure.get("provisions") or []:
            yield CitedParagraph(measure, paragraph, is_basis=False)


# A figure beside a limit


def beside_limits(one: StatedEvent, limited: Sequence[CitedParagraph], context: NativeContext) -> Iterator[DatedNote]:
    """One for each figure and limit of the same goods and unit. Figures are not added: each is what one statement says."""
    for paragraph in limited:
        for limit in paragraph.paragraph["limits"]:
            goods = next((each for each in one.goods if names_goods(each, limit["goods"])), None)
            if goods and one.has_country(paragraph.measure, limit.get("roles") or []) and meets(one, limit):
                yield from measured(one, goods, paragraph, limit, context)


def measured(one: StatedEvent, goods: str, paragraph: CitedParagraph, limit: Json, context: NativeContext) -> Iterator[DatedNote]:
    for argument in one.event.get("arguments") or []:
        figure = context.span(argument.get("mention"))
        if figure is None or context.scheme.kind(figure["layer"]) != "figure":
            continue
        for amount, unit in [limit["high"]] if limit.get("high") else limit.get("low_of") or []:
            if reported := in_unit(figure, unit):
                quote = quote_of(figure["fragments"])
                text = (
                    f"The article reports {reported} of {goods} (“{quote}”) {one.words}. {paragraph.name} limits {limit['goods']} "
                    f"to {written(Decimal(amount))} {unit}{PERIODS.get(limit.get('period') or '', '')}{limit_days(limit)}"
                    f"{unless(paragraph.paragraph.get('content_verified'))}. Figures of other statements are not added."
                )
                yield DatedNote("MEA-04", one.event["id"], text)


def limit_days(limit: Json) -> str:
    first, last = limit.get("from"), limit.get("to")
    return (f" from {first}" if first else "") + (f" to {last}" if last else "")


def names_goods(words: str, goods: str) -> bool:
    """Whether all of the words stand in it one after the other: “refined petroleum” in “refined petroleum products”."""
    whole = f" {' '.join(words.casefold().split())} "
    return f" {goods.casefold()} " in whole


def meets(one: StatedEvent, limit: Json) -> bool:
    first, last = day(limit.get("from")), day(limit.get("to"))
    return not (first and one.last and one.last < first) and not (last and one.first > last)


def in_unit(figure: Object, unit: str) -> str:
    """The value in the unit of the limit, in words; empty where it is in none that can be converted exactly."""
    values, wanted = values_of(figure), UNITS.get(unit, unit)
    own = values.get("unit") or values.get("currency")
    factor = Decimal(1) if own == wanted else EXACTLY.get((own or "", wanted))
    low, high = bounds(figure)
    if factor is None or (low is None and high is None) or decimal(values.get("low")) != low:
        return ""
    ends = [written(end * factor) for end in dict.fromkeys((low, high)) if end is not None]
    prefix = "" if low is not None and high is not None else "at least " if high is None else "at most "
    return f"{prefix}{' to '.join(ends)} {unit}"


# A paragraph that is not cited


def falling_under(one: StatedEvent, about: Sequence[CitedParagraph], spec: Json, context: NativeContext) -> Iterator[DatedNote]:
    """Where nothing is cited: paragraphs that are about such events, at that time, with that country. An offer, inferred."""
    if any(argument.get("measure_ref") for argument in one.event.get("arguments") or []):
        return
    near = [each for each in about if is_about(each, one)]
    if near:
        nouns = noun(one.event, spec, "many", context)
        text = f"No paragraph is cited for {nouns} {one.words}. Its type, days and country suggest {listed([offer(x) for x in near])}. Inferred, not stated."
        offered = tuple((each.measure["code"], each.paragraph["paragraph"]) for each in near)
        yield DatedNote("FALLS-UNDER", one.event["id"], text, offered)


def is_about(each: CitedParagraph, one: StatedEvent) -> bool:
    first, last = in_force(each)
    first = first or day(each.measure.get("adopted"))
    if first is None or one.first < first or (last and one.first > last):
        return False
    rules = each.paragraph.get("applies_to") or []
    return any(fits(rule, one) and one.has_country(each.measure, rule.get("roles") or []) for rule in rules)


def fits(rule: Json, one: StatedEvent) -> bool:
    """Type, attributes and goods; from the day of the rule, where it has one."""
    begins = day(rule.get("from"))
    goods = rule.get("goods")
    has_goods = not goods or any(names_goods(words, each) for words in one.goods for each in goods)
    return applies(rule, one.event) and has_goods and not (begins and one.first < begins)


def offer(each: CitedParagraph) -> str:
    """The paragraph, what it does and its exceptions, as far as the register states them."""
    paragraph = each.paragraph
    parts = [paragraph.get("does") or "", f"exceptions: {paragraph['exceptions']}" if paragraph.get("exceptions") else ""]
    details = "; ".join(part for part in parts if part)
    return f"{each.name}{f' ({details})' if details else ''}{unless(paragraph.get('content_verified'))}"


# A deadline that had passed


def cited_deadlines(context: NativeContext) -> Iterator[CitedParagraph]:
    """Paragraphs with a deadline that the article cites anywhere."""
    measures = register(context)
    pairs = dict.fromkeys((mark.get("measure"), mark.get("paragraph")) for mark in context.citations())
    for code, number in pairs:
        if (measure := measures.get(code or "")) and (paragraph := paragraph_of(measure, number or "")).get("deadline"):
            yield CitedParagraph(measure, paragraph, is_basis=False)


def after_deadline(
    one: StatedEvent, deadlines: Sequence[CitedParagraph], spec: Json, context: NativeContext
) -> Iterator[DatedNote]:
    """Of events that cite the paragraph, and of those that it is about by what the register says."""
    cited = {each.name for each in cited_by(one.event, spec, context)}
    for each in deadlines:
        deadline = day(each.paragraph["deadline"])
        if deadline and one.first > deadline and (each.name in cited or is_about(each, one)):
            nouns, checked = noun(one.event, spec, "many", context), unless(each.paragraph.get("deadline_verified"))
            text = f"The article has {nouns} {one.words}. That is after the deadline of {each.name}: {deadline}{checked}."
            yield DatedNote("DEADLINE", one.event["id"], text)
