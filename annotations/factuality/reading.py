"""What the words around a trigger say of one attribute of an event."""

from __future__ import annotations

from dataclasses import dataclass

Span = tuple[int, int]
Value = str | bool
UNREALISED, AS = "unrealised", "unrealised_as"
ATTRIBUTES = ("status", "polarity", "certainty", AS)


@dataclass(frozen=True)
class OfferedValue:
    """A value that the words leave open beside others; `words` are the code points of those that suggest it."""

    value: Value
    words: tuple[Span, ...] = ()


@dataclass(frozen=True)
class FactualityReading:
    """`value` is what the words say plainly, None where they do not; then `offers`, best first.

    `words` are the code points of the words that decided the value. There are none where the trigger's own form did."""

    value: Value | None = None
    words: tuple[Span, ...] = ()
    offers: tuple[OfferedValue, ...] = ()


def offered(reading: FactualityReading) -> FactualityReading:
    """The same as offers: for words that something further away puts in doubt."""
    return FactualityReading(offers=(OfferedValue(reading.value, reading.words),)) if reading.value is not None else reading


def with_kind(readings: dict[str, FactualityReading]) -> dict[str, FactualityReading]:
    """How what was not carried out is meant: read where the status is read so, offered where that is offered."""
    status, kind = readings.get("status", FactualityReading()), readings.get(AS)
    if kind is None or status.value == UNREALISED:
        return readings
    others = {code: reading for code, reading in readings.items() if code != AS}
    return others | {AS: offered(kind)} if UNREALISED in {offer.value for offer in status.offers} else others


def agreed(readings: list[FactualityReading]) -> FactualityReading:
    """One reading of an event that has several triggers: read where those that speak of it agree."""
    read = {reading.value: reading for reading in reversed(readings) if reading.value is not None}
    others = [reading for reading in readings if reading.offers]
    if len(read) == 1:
        (value, reading), *_ = read.items()
        if all(value in {offer.value for offer in other.offers} for other in others):
            return reading
    offers: dict[Value, OfferedValue] = {}
    for reading in readings:
        for offer in offered(reading).offers:
            offers.setdefault(offer.value, offer)
    return FactualityReading(offers=tuple(offers.values()))
