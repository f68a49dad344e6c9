"""FIG-07: a value that is another than its words say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from annotations import figures
from annotations.native.view import Context, Object
from annotations.rules.figures import values_of
from annotations.rules.finding import Finding, finding, name_of
from annotations.text import fragments

VALUE = ("low", "high", "comparator")


def fig_07(mark: Object, context: Context) -> Iterator[Finding]:
    """Only where the words are read surely; not where the figure's note gives a reason."""
    values = values_of(mark, context)
    if not values.get("comparator") or values.get("note"):
        return
    words = fragments.quote_of(mark["fragments"])
    reading = figures.read(words, context.scheme, context.language)
    if reading.warnings or reading.vague or values.get("vague"):
        return
    read = figures.values_under_label(reading, context.scheme, mark["layer"], mark["label"])
    codes = differing(read, values, is_stated=reading.currency_basis == "stated")
    if codes:
        detail = f"The words read as {as_text(read, context)}; the value is {as_text(values, context)}."
        yield finding(context, "FIG-07", detail, name_of(mark), at=codes[0])


def differing(read: Mapping[str, Any], values: Mapping[str, Any], *, is_stated: bool) -> list[str]:
    """A unit or currency that the words do not have may stand elsewhere in the sentence."""
    if not read.get("comparator"):
        return []
    fields = ["unit"] if read.get("unit") else []
    fields += ["currency"] if read.get("currency") and is_stated else []
    return [code for code in (*VALUE, *fields) if not same(read.get(code), values.get(code))]


def same(one: Any, other: Any) -> bool:
    if one is None or other is None or isinstance(one, str):
        return bool((one or None) == (other or None))
    return Decimal(str(one)) == Decimal(str(other))


def as_text(values: Mapping[str, Any], context: Context) -> str:
    """> 70 · 18 to 21 · 4,000 [bbl_us]."""
    numbers = [number(values[bound]) for bound in ("low", "high") if values.get(bound) is not None]
    comparators = [entry for layer in context.scheme.layers_of("figure") for entry in layer.get("comparators", [])]
    signs = {entry["code"]: f"{entry['symbol']} " for entry in comparators if entry["code"] not in ("eq", "between")}
    amount = signs.get(values["comparator"], "") + " to ".join(dict.fromkeys(numbers))
    return " ".join(filter(None, (amount, values.get("unit"), values.get("currency"))))


def number(value: Any) -> str:
    return f"{Decimal(str(value)).normalize():,f}"
