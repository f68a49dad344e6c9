"""Amounts per person: 45,000 CNY per month for 300 people, and what share of the wage that is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from annotations.derived.numbers import decimal, exact, figures_of, values_of, written
from annotations.derived.rates import conversions
from annotations.derived.sums import entity_of
from annotations.native.view import Context, Object
from annotations.text.fragments import quote_of

# Only months and years divide evenly.
PERIOD = re.compile(r"P(\d+)([MY])")
MONTHS = {"M": 1, "Y": 12}
NAMES = {"M": "month", "Y": "year"}


@dataclass(frozen=True)
class PerHead:
    """What comes to one person."""

    figure: Object
    n: Decimal
    currency: str
    per_month: Decimal

    @property
    def per_year(self) -> Decimal:
        return self.per_month * 12


@dataclass(frozen=True)
class PayShare:
    """What one payment is of another, for the same people."""

    part: PerHead
    whole: PerHead
    percent: Decimal
    words: str

    @property
    def text(self) -> str:
        part, whole = written(self.part.per_year), written(self.whole.per_year)
        return f"{part} of {whole} {self.whole.currency} a year = {written(self.percent)} % of {self.words}"


def per_head(figure: Object, context: Context) -> PerHead | None:
    """None for figures that are not exact, not money, or not for a number of people and months."""
    values = values_of(figure)
    value, period = exact(figure), PERIOD.fullmatch(values.get("per_period") or "")
    n = decimal((values.get("per_count") or {}).get("n"))
    if value is None or not period or not n or n < 0 or not values.get("currency"):
        return None
    if not counts_people(values["per_count"], context) or not int(period[1]):
        return None
    months = int(period[1]) * MONTHS[period[2]]
    return PerHead(figure, n, values["currency"], value / n / months)


def counts_people(per: Mapping[str, Any], context: Context) -> bool:
    """The N are people: a mark of people, or a figure that must have somebody counted."""
    people = (context.scheme.derived.get("per_head") or {}).get("people") or ()
    mention, basis = context.span(per.get("mention")), context.span(per.get("figure"))
    if mention:
        return mention["label"] in people
    if not basis:
        return False
    counted = context.scheme.attributes(basis["layer"], basis["label"]).get("counted", {})
    return basis["label"] in counted.get("required_for", ())


def divided(context: Context) -> list[PerHead]:
    """Amounts for more (or fewer) than one person; conversions only repeat their main figure."""
    repeated = conversions(context)
    figures = [figure for figure in figures_of(context) if figure["id"] not in repeated]
    shares = [per_head(figure, context) for figure in figures]
    return [head for head in shares if head and head.n != 1]


def sentence(head: PerHead, context: Context) -> str:
    """ "45,000 CNY per month for 300 people = 150 CNY per person and month = …"."""
    words = (context.scheme.derived.get("per_head") or {}).get("words") or {}
    values = values_of(head.figure)
    mention = context.span((values.get("per_count") or {}).get("mention"))
    people = quote_of(mention["fragments"]) if mention else words.get("many", "people")
    one, money = words.get("one", "person"), head.currency
    amount = written(exact(head.figure) or Decimal(0))
    return (
        f"{amount} {money} {per(values['per_period'])} for {written(head.n)} {people}"
        f" = {written(head.per_month)} {money} per {one} and month"
        f" = {written(head.per_year)} {money} per {one} and year."
    )


def per(period: str) -> str:
    match = PERIOD.fullmatch(period)
    if not match:
        return f"per {period}"
    count, name = int(match[1]), NAMES[match[2]]
    return f"per {name}" if count == 1 else f"per {count} {name}s"


# Shares of one payment in another


def shares(context: Context) -> Iterator[PayShare]:
    """As the scheme's `derived.shares` asks: a levy in the wage of the same workers."""
    for spec in context.scheme.derived.get("shares") or []:
        for part, payers in amounts_of(spec["part"], context):
            for whole, receivers in amounts_of(spec["whole"], context):
                if payers & receivers and part.currency == whole.currency and whole.per_month:
                    percent = part.per_month * 100 / whole.per_month
                    yield PayShare(part, whole, percent, spec["whole_words"])


def amounts_of(spec: Mapping[str, Any], context: Context) -> Iterator[tuple[PerHead, set[str]]]:
    """Amounts of the events that a spec describes, with the entities of its party."""
    repeated = conversions(context)
    for event in context.events():
        if not described(event, spec):
            continue
        arguments = event.get("arguments") or []
        party = {entity_of(x, context) for x in arguments if x["role"] == spec["party"]}
        for argument in arguments:
            figure = context.span(argument.get("mention"))
            is_amount = argument["role"] == spec["amount"] and figure and figure["id"] not in repeated
            head = per_head(figure, context) if is_amount and figure else None
            if head:
                yield head, {entity for entity in party if entity}


def described(event: Object, spec: Mapping[str, Any]) -> bool:
    attributes = event.get("attributes") or {}
    return event["type"] == spec["label"] and all(attributes.get(k) == v for k, v in spec["where"].items())
