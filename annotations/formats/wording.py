"""Values of figures and days in plain English.

Pure. As the card of a figure says them: static/annotator/sentence.js.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from annotations.formats.documentview import DocumentView
from annotations.nativeview import Object

UNITS = {
    "h": "hour", "d": "day", "wk": "week", "mo": "month", "a": "year", "kg": "kilogram", "t": "tonne", "L": "litre", "m3": "cubic metre",
    "[bbl_us]": "barrel", "km": "kilometre", "[nmi_i]": "nautical mile", "m": "metre", "m2": "square metre", "har": "hectare",
    "W.h": "watt-hour", "MW": "megawatt", "%": "%",
}  # fmt: skip
PERIODS = {"P1D": "day", "P1W": "week", "P1M": "month", "P1Y": "year", "PT1H": "hour"}


def number(value: float) -> str:
    """45,000; 3.5."""
    whole = isinstance(value, int) or value.is_integer()
    return f"{int(value):,}" if whole else f"{value:,.10f}".rstrip("0")


def value(view: DocumentView, mention: Object) -> str:
    """ "about 5,000 to 7,000 people"; empty while the figure has no value."""
    given = mention.get("attributes") or {}
    low, high = given.get("low"), given.get("high")
    if low is None and high is None:
        return ""
    among = view.scheme.attributes(mention["layer"], mention["label"]).values()
    statistic = given.get("statistic")
    parts = [
        view.named("statistic", statistic, among) if statistic and statistic != "none" else "",
        "about" if given.get("approximate") and not given.get("vague") else "",
        bounds(low, high, view.named("comparator", given.get("comparator"), among)),
        thing(view, mention),
        per(view, given),
    ]
    return " ".join(filter(None, parts)) + "".join(f" ({note})" for note in doubts(given))


def bounds(low: Any, high: Any, comparator: str) -> str:
    if low is None or high is None:
        return f"{comparator} {number(high if low is None else low)}"
    return number(low) if low == high else f"{number(low)} to {number(high)}"


def thing(view: DocumentView, mention: Object) -> str:
    """What stands behind the number: a currency, a unit, people, or what the text counts."""
    given = mention["attributes"]
    most = given.get("low") if given.get("high") is None else given["high"]
    if given.get("currency"):
        return str(given["currency"])
    if given.get("unit"):
        word = UNITS.get(given["unit"], given["unit"])
        return f"{word}s" if most != 1 and word.isascii() and word[0].islower() and word != given["unit"] else str(word)
    return people(view, most) if counts_people(view, mention) else str(given.get("counted_text") or "")


def counts_people(view: DocumentView, mention: Object) -> bool:
    """Labels that must have somebody counted are numbers of people."""
    common = view.scheme.layer(mention["layer"]).get("attributes", [])
    return any(entry["code"] == "counted" and mention["label"] in entry.get("required_for", []) for entry in common)


def people(view: DocumentView, amount: float | None) -> str:
    words = (view.scheme.derived.get("per_head") or {}).get("words") or {"one": "person", "many": "people"}
    return str(words["one"] if amount == 1 else words["many"])


def per(view: DocumentView, given: Object) -> str:
    """ "per CNY", "per month for every 300 people"."""
    period, basis = given.get("per_period"), (given.get("per_count") or {}).get("n")
    every = f"for every {number(basis)} {people(view, basis)}" if basis not in (None, 1) else f"for one {people(view, 1)}"
    parts = [
        f"per {given['per_currency']}" if given.get("per_currency") else "",
        f"per {PERIODS.get(period, period)}" if period else "",
        every if basis is not None else "",
    ]
    return " ".join(filter(None, parts))


def doubts(given: Object) -> list[str]:
    return [
        words
        for words, holds in (
            ("read from vague words", given.get("vague")),
            ("currency inferred", given.get("currency") and given.get("currency_basis") == "inferred"),
        )
        if holds
    ]


# Days


def days(time: Object) -> str:
    """ "4 September 2017", "September 2017", "5 August to 30 September 2017"; empty where no day is known."""
    if not time.get("earliest") or not time.get("latest"):
        return str(time.get("edtf") or "")
    first, last = date.fromisoformat(time["earliest"]), date.fromisoformat(time["latest"])
    if first == last:
        return written(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {written(last)}"
    start = f"{first.day} {first:%B}" if first.year == last.year else written(first)
    return f"{start} to {written(last)}"


def months(time: Object) -> str:
    """As for a footnote: what spreads over days is told by its month."""
    first, last = (time.get(end) for end in ("earliest", "latest"))
    if not first or not last or first == last:
        return days(time)
    start, end = (f"{date.fromisoformat(day):%B %Y}" for day in (first, last))
    return start if start == end else f"{start} to {end}"


def written(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"
