"""Attributes that one type of event has: decision, phase, relation, act. The trigger's own words name most of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from annotations.factuality.groups import clause_after, clause_before
from annotations.factuality.reading import FactualityReading, OfferedValue, Span, Value
from annotations.factuality.tables import Cues, Phrases, Row
from annotations.factuality.verbs import forms_of
from annotations.factuality.words import TextWord

NEGATIVE = "negative"


def read_own(
    words: Sequence[TextWord],
    trigger: Sequence[int],
    governors: Sequence[Span],
    cues: Cues,
    label: str,
    polarity: FactualityReading,
) -> dict[str, FactualityReading]:
    """Attribute → reading. `trigger`: places of its words; `governors`: code points of what governs them."""
    is_verb = any(forms_of(words[index].low) for index in trigger)
    is_denied = None if is_verb and polarity == FactualityReading() else may_be_denied(polarity)
    readings: dict[str, list[tuple[Row, tuple[Span, ...]]]] = {}
    for row, phrases in cues.own.get(label, ()):
        if row["attribute"] in readings and readings[row["attribute"]][0][0]["where"] == "trigger":
            continue
        places = places_of(words, trigger, governors, row["where"])
        if (shown := first_of(words, places, phrases)) is not None:
            readings.setdefault(row["attribute"], []).append((row, () if row["where"] == "trigger" else (shown,)))
    decisions = {attribute: decided(rows, is_denied=is_denied) for attribute, rows in readings.items()}
    return {attribute: reading for attribute, reading in decisions.items() if fits(readings[attribute], decisions)}


def may_be_denied(polarity: FactualityReading) -> bool:
    return NEGATIVE in {polarity.value, *(offer.value for offer in polarity.offers)}


def fits(rows: list[tuple[Row, tuple[Span, ...]]], decisions: dict[str, FactualityReading]) -> bool:
    """A contract is ended early only where it is ended: `beside` names what else has to be read."""
    fillers = rows[0][0].get("beside", {})
    return all(code in decisions and decisions[code].value == value for code, value in fillers.items())


def places_of(words: Sequence[TextWord], trigger: Sequence[int], governors: Sequence[Span], where: str) -> Iterable[int]:
    if where == "trigger":
        return trigger
    if where == "governor":
        return [
            index for index, word in enumerate(words) if any(start <= word.start and word.end <= end for start, end in governors)
        ]
    head = trigger[0]
    return [*trigger, *clause_after(words, trigger[-1]), *clause_before(words, head)]


def first_of(words: Sequence[TextWord], places: Iterable[int], phrases: Phrases) -> Span | None:
    inside = set(places)
    for index in places if not isinstance(places, set) else sorted(places):
        for behind, _ in phrases.starting(words, index):
            if all(n in inside for n in range(index, behind)):
                return words[index].start, words[behind - 1].end
    return None


def decided(rows: list[tuple[Row, tuple[Span, ...]]], *, is_denied: bool | None) -> FactualityReading:
    """Read where one value is named; where a longer phrase holds a shorter one (`residence visa`), the longer.

    `is_denied`: None where a verb says neither that it was so nor that it was not (“did China extend …?”)."""
    kept = [entry for entry in rows if not any(swallows(other[1], entry[1]) for other in rows if other is not entry)]
    offers: dict[Value, OfferedValue] = {}
    for row, shown in kept:
        for each in values_of(row, is_denied=is_denied):
            offers.setdefault(each, OfferedValue(each, shown))
    if len(offers) == 1 and not any(isinstance(row["value"], list) for row, _ in kept):
        (offer,) = offers.values()
        return FactualityReading(offer.value, offer.words)
    return FactualityReading(offers=tuple(offers.values()))


def values_of(row: Row, *, is_denied: bool | None) -> list[Value]:
    affirmed, denied = listed(row["value"]), listed(row.get("denied", row["value"]))
    return denied if is_denied else affirmed if is_denied is False else [*affirmed, *denied]


def listed(value: Value | list[Value]) -> list[Value]:
    return value if isinstance(value, list) else [value]


def swallows(longer: tuple[Span, ...], shorter: tuple[Span, ...]) -> bool:
    if not longer or not shorter or longer == shorter:
        return False
    return longer[0][0] <= shorter[0][0] and shorter[0][1] <= longer[0][1]
