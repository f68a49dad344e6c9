"""Values of figures and days in plain English.

Pure.
"""

from __future__ import annotations

from datetime import date

from annotations.derived.document_view import DocumentView
from annotations.native.view import Object

UNITS = {
    "h": "hour", "d": "day", "wk": "week", "mo": "month", "a": "year", "kg": "kilogram", "t": "tonne", "L": "litre", "m3": "cubic metre",
    "[bbl_us]": "barrel", "km": "kilometre", "[nmi_i]": "nautical mile", "m": "metre", "m2": "square metre", "har": "hectare",
    "W.h": "watt-hour", "MW": "megawatt", "%": "%",
}  # fmt: skip
OF_PRICES = {"g": "gram", "kW.h": "kilowatt-hour", "MW.h": "megawatt-hour", "10*6.[Btu]": "MMBtu", "[acr_us]": "acre"}
PERIODS = {"P1D": "day", "P1W": "week", "P1M": "month", "P1Y": "year", "PT1H": "hour"}


def number(value: float) -> str:
    """45,000; 3.5."""
    is_whole = isinstance(value, int) or value.is_integer()
    return f"{int(value):,}" if is_whole else f"{value:,.10f}".rstrip("0")


def per_unit(unit: str) -> str:
    """ "tonne" of t, "vessel" of {vessel}: what an amount is for."""
    return str(UNITS.get(unit) or OF_PRICES.get(unit) or unit.strip("{}"))


def counts_people(view: DocumentView, mention: Object) -> bool:
    """Labels that must have somebody counted are numbers of people."""
    common = view.scheme.layer(mention["layer"]).get("attributes", [])
    return any(entry["code"] == "counted" and mention["label"] in entry.get("required_for", []) for entry in common)


def people(view: DocumentView, amount: float | None) -> str:
    words = (view.scheme.derived.get("per_head") or {}).get("words") or {"one": "person", "many": "people"}
    return str(words["one"] if amount == 1 else words["many"])


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
