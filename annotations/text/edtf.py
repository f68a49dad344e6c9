"""Times as EDTF (ISO 8601-2, levels 0 to 2): what days a string such as "2017?-09-04" may mean."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache
from typing import Any

LONGEST = 100
OPEN = ("", "..")
# Most dates are plain; the package needs two milliseconds for one.
PLAIN = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2])(?:-([0-9]{2}))?)?[?~%]?")


@lru_cache(maxsize=4096)
def bounds(edtf: str) -> tuple[date | None, date | None]:
    """First and last day of the narrowest reading; None for an end that is open or unknown.

    "2017-09" → (2017-09-01, 2017-09-30); uncertainty ("?", "~") does not widen it, so that a
    filter by day finds an inferred date. Raises ValueError for what is not EDTF, for an interval
    that runs backwards, and for years that a calendar day cannot have (before 1, after 9999).
    """
    if not 0 < len(edtf) <= LONGEST or edtf != edtf.strip() or edtf.count("/") > 1:
        raise ValueError(f"{edtf[:LONGEST]!r} is not EDTF")
    lower, upper = halves(edtf)
    first = None if lower in OPEN else day(lower, last=False)
    last = None if upper in OPEN else day(upper, last=True)
    if first is None and last is None:
        raise ValueError(f"{edtf!r} covers no day")
    if first is not None and last is not None and first > last:
        raise ValueError(f"{edtf!r} ends before it starts: {first} is after {last}")
    return first, last


def halves(edtf: str) -> tuple[str, str]:
    """Both ends of an interval ("a/b") or of a set with an open end ("[a..]").

    The package guesses ten years for an unknown end and fails on an open one, so that it is asked
    for each end by itself; it needs a tenth of a second for a set of plain dates.
    """
    if "/" in edtf:
        lower, upper = edtf.split("/")
        return lower, upper
    inside = edtf.strip("[]{}")
    if inside != edtf and (inside.startswith("..") or inside.endswith("..")):
        members = re.split(r",|\.\.", inside)
        return members[0], members[-1]
    members = sorted(inside.split(","))
    if edtf in (f"[{inside}]", f"{{{inside}}}") and all(PLAIN.fullmatch(one) and len(one) == len(members[0]) for one in members):
        return members[0], members[-1]
    return edtf, edtf


def date_words(edtf: str) -> str:
    """ "between 2017-09-04 and 2017-09-30" for a day that lies in an interval with two ends; the string itself otherwise."""
    lower, separator, upper = edtf.partition("/")
    return f"between {lower} and {upper}" if separator and lower not in OPEN and upper not in OPEN else edtf


def day(edtf: str, *, last: bool) -> date:
    """First or last day of one date. Raises ValueError with the place of the fault."""
    year, month, number = plain(edtf, last) or edge(edtf, last)[:3]
    if not 1 <= year <= 9999:
        raise ValueError(f"{edtf!r}: a year should be between 1 and 9999")
    try:
        return date(year, month, number)
    except ValueError:
        raise ValueError(f"{edtf!r} is not EDTF, or not a calendar date") from None


def plain(edtf: str, last: bool) -> tuple[int, int, int] | None:
    """(year, month, day) of a year, a month or a day that is written out."""
    match = PLAIN.fullmatch(edtf)
    if match is None or match[1] == "0000":
        return None
    year, month = int(match[1]), int(match[2] or (12 if last else 1))
    return year, month, int(match[3] or (monthrange(year, month)[1] if last else 1))


def edge(edtf: str, last: bool) -> Any:
    """(year, month, day, …) as the `edtf` package works it out: few dates need it, and it costs a start 60 ms."""
    from edtf import EDTFParseException, parse_edtf

    try:
        parsed = parse_edtf(edtf)
        return parsed.upper_strict() if last else parsed.lower_strict()
    except EDTFParseException as error:
        detail = str(error).split(". ")[0]
        raise ValueError(f"{edtf!r} is not EDTF ({detail})") from None
    except (AttributeError, ArithmeticError, LookupError, RecursionError, TypeError, ValueError):
        # The package trips over some strings that its grammar lets through, such as 2017-02-29.
        raise ValueError(f"{edtf!r} is not EDTF, or not a calendar date") from None
