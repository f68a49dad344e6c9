"""FIG-07: a value, or a use, that is another than its words say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from annotations.native.view import Context, Object
from annotations.rules.figures import is_figure, values_of
from annotations.rules.finding import Finding, finding, name_of
from annotations.unstated.answers import is_stated

if TYPE_CHECKING:
    from annotations.figures import FigureReading, WordedUse

VALUE = ("low", "high", "comparator")


def fig_07(mark: Object, context: Context) -> Iterator[Finding]:
    """Not where the figure's note gives a reason. Words that touch the mark count: “more than” of “more than | 70 | workers”."""
    from annotations import figures

    values = values_of(mark, context)
    if not values.get("comparator") or values.get("note"):
        return
    reading = figures.read(figures.words_of(context.text, mark["fragments"], context.scheme), context.scheme, context.language)
    read = figures.values_under_label(reading, context.scheme, mark["layer"], mark["label"])
    if detail := problem(reading, read, values, context):
        yield finding(context, "FIG-07", detail[1], name_of(mark), at=detail[0])
    elif use := unsaid_use(mark, context):
        words, name = context.text[slice(*use.words)], choices_of(mark, context)[use.value]
        message = f"“{words}” says that it is not a count ({name}); say its use, or it counts as one."
        yield finding(context, "FIG-07", message, name_of(mark), at="use")


def unsaid_use(mark: Object, context: Context) -> WordedUse | None:
    """A cap of which nobody says that it is one is counted with what was carried out."""
    if not is_figure(mark, context) or is_stated(values_of(mark, context).get("use")):
        return None
    from annotations import figures

    use = figures.worded_use(context.text, mark["fragments"])
    return use if use and use.value in choices_of(mark, context) else None


def choices_of(mark: Object, context: Context) -> dict[str, str]:
    attribute = context.scheme.attributes(mark["layer"], mark["label"]).get("use", {})
    return {choice["code"]: choice["name"] for choice in attribute.get("choices", ())}


def span_03_hedge(mark: Object, context: Context) -> Iterator[Finding]:
    """The value has the words that touch its number; the mark should have them too."""
    from annotations import figures

    if not is_figure(mark, context):
        return
    for hedge in figures.touching(context.text, mark["fragments"], context.scheme).hedges:
        detail = f"“{hedge}” touches the number and belongs to the mark"
        yield finding(context, "SPAN-03", detail, name_of(mark))


def problem(
    reading: FigureReading, read: Mapping[str, Any], values: Mapping[str, Any], context: Context
) -> tuple[str, str] | None:
    """The field and what is wrong. What is not read surely is asked about as long as nobody has changed its value."""
    codes = differing(read, values, is_stated=reading.currency_basis == "stated")
    if reading.warnings:
        settled = any(values.get(code) and not read.get(code) for code in ("currency", "unit", "per_unit"))
        unsure = read.get("comparator") and not codes and not settled
        return ("low", f"The words are not read surely: {', '.join(reading.warnings)}. Check the value.") if unsure else None
    if reading.vague or values.get("vague") or not codes:
        return None
    return codes[0], f"The words read as {as_text(read, context)}; the value is {as_text(values, context)}."


def differing(read: Mapping[str, Any], values: Mapping[str, Any], *, is_stated: bool) -> list[str]:
    """A unit or currency that the words do not have may stand elsewhere in the sentence."""
    if not read.get("comparator"):
        return []
    fields = [code for code in ("unit", "per_unit") if read.get(code)]
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
    per = values.get("per_unit") and f"per {values['per_unit']}"
    return " ".join(filter(None, (amount, values.get("unit"), values.get("currency"), per)))


def number(value: Any) -> str:
    return f"{Decimal(str(value)).normalize():,f}"
