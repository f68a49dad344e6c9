"""Dates of lists as EDTF, as precise as the file says them. What is not read is the empty string."""

from __future__ import annotations

import re
from datetime import date

MONTHS = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
IN_WORDS = re.compile(r"(?:(?:(\d{1,2}) )?([a-z]{3,9}) )?(\d{4})", re.ASCII)
CIRCA = re.compile(r"(?:circa|approximately|c\.) ?")
WITH_SLASHES = re.compile(r"(\d\d?|dd)/(\d\d?|mm)/(\d{4})", re.ASCII)
WITH_HYPHENS = re.compile(r"(\d\d?)-([a-z]{3,9})-(\d{4})", re.ASCII)
ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)


def partial(year: str, month: int | None = None, day: int | None = None) -> str:
    """EDTF of a date without the parts that are not stated; empty for a date that no calendar has."""
    try:
        date(int(year), month or 1, day or 1)
    except ValueError:
        return ""
    if day and not month:
        return ""
    return year + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "")


def in_words(text: str) -> str:
    """`10 Dec 1948`, `Dec 1960`, `1962`, `circa 1965`, `1960 to 1965`."""
    text = " ".join(text.lower().split())
    circa = CIRCA.match(text)
    lower, to, upper = text[circa.end() if circa else 0 :].partition(" to ")
    return interval(one_in_words(lower), one_in_words(upper) if to else None, "~" if circa else "")


def one_in_words(text: str) -> str:
    match = IN_WORDS.fullmatch(text)
    if not match or (match[2] and match[2][:3] not in MONTHS):
        return ""
    return partial(match[3], MONTHS[match[2][:3]] if match[2] else None, int(match[1]) if match[1] else None)


def interval(lower: str, upper: str | None, circa: str = "") -> str:
    """`1960/1965`, or the first date alone. An interval that ends before it starts is not read."""
    if upper is None:
        return lower and lower + circa
    if not lower or not upper or upper < lower[: len(upper)]:
        return ""
    return f"{lower}{circa}/{upper}{circa}"


def with_slashes(text: str) -> str:
    """`29/06/2012`, `dd/mm/1945`, `00/02/1958`."""
    match = WITH_SLASHES.fullmatch(text.strip().lower())
    if not match:
        return ""
    day, month = (int(each) if each.isdigit() else 0 for each in (match[1], match[2]))
    return partial(match[3], month, day)


def iso(text: str) -> str:
    """`1971`, `1971-01`, `1971-01-22`."""
    match = ISO.fullmatch(text.strip())
    if not match:
        return ""
    return partial(match[1], *(int(each) if each else None for each in (match[2], match[3])))


def day(text: str) -> str:
    """ISO date of a whole day as lists write it: `2024-05-13T17:44:28`, `29/06/2012`, `13-Feb-2026`."""
    text = text.strip()
    match = WITH_HYPHENS.fullmatch(text.lower())
    read = in_words(" ".join(match.groups())) if match else with_slashes(text) or iso(text.partition("T")[0])
    return read if len(read) == 10 else ""


def american_day(text: str) -> str:
    """ISO date of `05/07/2024`, the seventh of May."""
    month, _, rest = text.strip().partition("/")
    days, _, year = rest.partition("/")
    return day(f"{days}/{month}/{year}")
