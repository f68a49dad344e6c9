"""Dates of birth as EDTF: a year, some of its digits, a month or a day, each of them uncertain or not, or two with a slash between. Pure."""

from __future__ import annotations

import re
from datetime import date

ONE = "([0-9]{4}|[0-9]{3}X|[0-9]{2}XX|[0-9]{4}-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)[?~%]?"
PATTERN = f"^{ONE}(/{ONE})?$"
HELP = "1960, 196X, 1960-03, 1960-03-05, 1960~ or 1960/1963"
BIRTH_DATE = re.compile(f"{ONE}(/{ONE})?")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def is_birth_date(text: str) -> bool:
    """Whether a calendar has it too, and an interval does not run backwards."""
    if not BIRTH_DATE.fullmatch(text):
        return False
    halves = [half.rstrip("?~%") for half in text.split("/")]
    return all(map(is_in_calendar, halves)) and earliest(halves[0]) <= latest(halves[-1])


def is_in_calendar(half: str) -> bool:
    if half.startswith("0000"):
        return False
    if not DAY.fullmatch(half):
        return True
    try:
        date.fromisoformat(half)
    except ValueError:
        return False
    return True


def earliest(half: str) -> str:
    return half.replace("X", "0")


def latest(half: str) -> str:
    """Digits and hyphens stand before ~: what is not stated is later than all."""
    return half.replace("X", "9") + "~"
