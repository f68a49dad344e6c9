"""FIG-06: exchange rates that the conversions of one document imply."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from annotations.derived.numbers import exact, figures_of, plain, rounded, values_of, written
from annotations.native.view import Context, Object

IMPLIES = "implied_rate"


@dataclass(frozen=True)
class Rate:
    """`value` units of `currency` for one of `per`."""

    figures: tuple[str, ...]
    currency: str
    per: str
    value: Decimal

    def native(self) -> dict[str, Any]:
        return {
            "figures": list(self.figures),
            "currency": self.currency,
            "per_currency": self.per,
            "rate": plain(self.value),
        }

    def turned(self) -> Rate:
        return Rate(self.figures, self.per, self.currency, 1 / self.value)


@dataclass(frozen=True)
class Comparison:
    """All rates between two currencies, in the order of the text."""

    rates: tuple[Rate, ...]
    ratio: Decimal
    fits: bool

    @property
    def figures(self) -> tuple[str, ...]:
        """Main figure before its conversion."""
        return tuple(dict.fromkeys(pk for rate in self.rates for pk in reversed(rate.figures)))

    @property
    def text(self) -> str:
        first = self.rates[0]
        values = [written(rate.value) for rate in self.rates]
        listed = f"{', '.join(values[:-1])} and {values[-1]}"
        pair = f"{first.currency} per {first.per}"
        if self.fits:
            return f"Implied rates {listed} {pair} agree within a factor of {written(self.ratio)}."
        verdict = "so at least one conversion is wrong"
        return f"Implied rates {listed} {pair} differ by a factor of {written(self.ratio)}, {verdict}."


def conversion_links(context: Context) -> Iterator[Object]:
    """Links that go from a conversion to the main figure."""
    for link in context.links():
        source, target = context.span(link["source"]), context.span(link["target"])
        if source and target:
            types = context.scheme.link_types(source["layer"], target["layer"])
            if any(x["code"] == link["type"] and IMPLIES in x.get("derived", ()) for x in types):
                yield link


def conversions(context: Context) -> set[str]:
    """Figures that only restate another one in a second currency."""
    return {link["source"] for link in conversion_links(context)}


def implied_rates(context: Context) -> list[Rate]:
    """One for each conversion of an exact amount, and those that the text states as rates."""
    figures = figures_of(context)
    order = {figure["id"]: index for index, figure in enumerate(figures)}
    links = sorted(conversion_links(context), key=lambda link: order[link["source"]])
    rates = [rate for link in links for rate in implied(link, context)]
    return rates + [rate for figure in figures for rate in stated(figure)]


def implied(link: Object, context: Context) -> Iterator[Rate]:
    source, target = context.span(link["source"]) or {}, context.span(link["target"]) or {}
    converted, main = exact(source), exact(target)
    currency, per = (values_of(x).get("currency") for x in (source, target))
    if converted and main and currency and per and currency != per and same_base(source, target):
        yield Rate((source["id"], target["id"]), currency, per, converted / main)


def same_base(a: Object, b: Object) -> bool:
    """Per month and per month; a conversion that leaves the base out means the same."""
    for field in ("per_unit", "per_period", "per_count"):
        ours, theirs = (base_of(values_of(figure).get(field)) for figure in (a, b))
        if ours and theirs and ours != theirs:
            return False
    return True


def base_of(value: Any) -> Any:
    return value.get("n") if isinstance(value, dict) else value


def stated(figure: Object) -> Iterator[Rate]:
    values = values_of(figure)
    value = exact(figure)
    if values.get("currency") and values.get("per_currency") and value:
        yield Rate((figure["id"],), values["currency"], values["per_currency"], value)


def comparisons(context: Context) -> list[Comparison]:
    """Rates between the same two currencies, held against each other."""
    limit = Decimal(str(context.scheme.rule("FIG-06").get("ratio_limit", 1)))
    groups: dict[frozenset[str], list[Rate]] = {}
    for rate in implied_rates(context):
        group = groups.setdefault(frozenset((rate.currency, rate.per)), [])
        group.append(rate if not group or group[0].currency == rate.currency else rate.turned())
    return [compared(rates, limit) for rates in groups.values() if len(rates) > 1]


def compared(rates: list[Rate], limit: Decimal) -> Comparison:
    values = [rate.value for rate in rates]
    ratio = max(values) / min(values)
    return Comparison(tuple(rates), rounded(ratio, 2), ratio <= limit)
