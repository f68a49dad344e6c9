"""Values as a person would say them: "about 5,000 to 7,000 kg per month"."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from annotations.models import Argument, Change, Claim, Figure

# The comparators are those that a constraint of the table of figures knows.
BOUNDS = {
    "eq": "{low}",
    "gt": "more than {low}",
    "ge": "at least {low}",
    "lt": "less than {high}",
    "le": "at most {high}",
    "between": "{low} to {high}",
}
PERIODS = {"P1D": "day", "P1W": "week", "P1M": "month", "P1Y": "year", "PT1H": "hour"}


def number(value: Decimal | None) -> str:
    if value is None:
        return ""
    whole, _, rest = f"{value:,f}".partition(".")
    return f"{whole}.{rest.rstrip('0')}".rstrip(".")


def figure_words(figure: Any) -> str:
    """The value of a figure with its unit and basis; "no value" where nobody has read it."""
    if not figure.comparator:
        return "no value"
    amount = BOUNDS[figure.comparator].format(low=number(figure.low), high=number(figure.high))
    about = "about " if figure.approximate else ""
    return "".join([about, amount, unit_words(figure), *per_words(figure)])


def unit_words(figure: Any) -> str:
    unit = figure.currency or figure.unit
    if figure.currency and figure.per_currency:
        unit = f"{figure.currency} per {figure.per_currency}"
    return unit if unit == "%" else f" {unit}" if unit else ""


def per_words(figure: Figure) -> list[str]:
    parts = [f" per {figure.per_unit.strip('{}')}"] if figure.per_unit else []
    if figure.per_count_n is not None:
        parts.append(f" per {number(figure.per_count_n)}")
    if figure.per_period:
        parts.append(f" per {PERIODS.get(figure.per_period, figure.per_period)}")
    return parts


def counted_words(figure: Figure) -> str:
    """What the figure counts or measures: words of the text, an entity, or a note of the kind."""
    if figure.counted_span:
        return str(figure.counted_span.quote)
    return figure.counted_entity.name if figure.counted_entity else figure.counted_text


def filler_words(argument: Argument) -> str:
    if argument.span:
        return argument.span.quote
    if argument.entity:
        return f"{argument.entity.name} (implicit)"
    if argument.filler_event:
        return argument.filler_event.label.name
    return argument.citation.quote if argument.citation else ""


def source_words(claim: Claim) -> str:
    if claim.source_entity:
        return claim.source_entity.name
    if claim.source_span:
        return claim.source_span.quote
    return "no source" if claim.source_basis else "source not chosen"


def fact_words(event: Any) -> str:
    """Status, polarity and certainty, each as it was chosen."""
    return ", ".join(chosen(getattr(event, field), field) for field in ("status", "polarity", "certainty"))


def chosen(value: str, field: str) -> str:
    return value.replace("_", " ") if value else f"{field} not chosen"


def object_words(record: Any) -> str:
    """What an object of the change log is about, whichever kind it has."""
    record = record or {}
    for field in ("quote", "name", "measure", "type", "text"):
        if record.get(field):
            return str(record[field])
    content = record.get("content") or record.get("fragments") or [{}]
    return str(content[0].get("quote", ""))


def change_words(row: Any) -> str:
    """What a row of the change log is about: an object, or how much an imported document created."""
    if row.op != Change.IMPORT[0]:
        return object_words(row.after or row.before)
    counts = [(row.after[kind], name) for kind, name in Change.Kind.choices if kind in row.after]
    return ", ".join(f"{count:,} {name}{'s' if count != 1 else ''}" for count, name in counts)
