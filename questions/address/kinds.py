"""How the value of a parameter is written: each kind takes what somebody wrote and gives the one way to write it.

Raises ValueError with the rule that is broken.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

Kind = Callable[[str], str]
ANY = "any"
CODE = re.compile(r"[A-Za-z0-9_.-]{1,60}")
TODAY = re.compile(r"today(?:([+-])(\d{1,5}))?", re.ASCII)
MOST_CODES = 50
AMOUNT = re.compile(r"-?\d{1,24}(\.\d{1,6})?", re.ASCII)
LONGEST = 200


def codes(text: str) -> str:
    """Codes with commas between, or `any`. Written in the order of the alphabet, each once."""
    parts = sorted(set(filter(None, text.split(","))))
    if not parts or len(parts) > MOST_CODES or not all(CODE.fullmatch(part) for part in parts):
        raise ValueError(f"takes “any”, or up to {MOST_CODES} codes with commas between")
    if ANY in parts:
        return ANY
    return ",".join(parts)


def pairs(text: str) -> str:
    """attribute:value, with commas between."""
    parts = sorted(set(filter(None, text.split(","))))
    if not parts or len(parts) > MOST_CODES or not all(is_pair(part) for part in parts):
        raise ValueError("takes pairs such as phase:end, with commas between")
    return ",".join(parts)


def is_pair(part: str) -> bool:
    name, colon, value = part.partition(":")
    return bool(colon and CODE.fullmatch(name) and CODE.fullmatch(value))


def entity(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError:
        raise ValueError("takes the id of an entity") from None


def event(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError:
        raise ValueError("takes the id of an event") from None


def figure_mark(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError:
        raise ValueError("takes the id of a figure") from None


def day(text: str) -> str:
    """A day of the calendar, or one that moves with the day of the answer: today, today-90."""
    if TODAY.fullmatch(text):
        return text
    try:
        return datetime.strptime(text, "%Y-%m-%d").date().isoformat()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        raise ValueError("takes a day such as 2017-08-01, today or today-90") from None


def resolved(text: str, today: date) -> date:
    """The day that is meant."""
    moving = TODAY.fullmatch(text)
    if not moving:
        return date.fromisoformat(text)
    days = timedelta(int(moving[2] or 0))
    return today - days if moving[1] == "-" else today + days


def flag(text: str) -> str:
    if text not in ("0", "1"):
        raise ValueError("takes 1 or 0")
    return text


def amount(text: str) -> str:
    """24 digits before the point and 6 behind it, as the columns of figures have them."""
    if not AMOUNT.fullmatch(text):
        raise ValueError("takes a number such as 45000 or 0.5")
    return format(Decimal(text).normalize(), "f")


def words(text: str) -> str:
    if not text.strip() or len(text) > LONGEST or not text.isprintable():
        raise ValueError(f"takes up to {LONGEST} characters")
    return " ".join(text.split())


def one_of(*choices: str) -> Kind:
    def choice(text: str) -> str:
        if text not in choices:
            raise ValueError(f"takes one of {', '.join(choices)}")
        return text

    return choice


def some_of(*choices: str) -> Kind:
    def several(text: str) -> str:
        try:
            parts = codes(text)
        except ValueError:
            parts = ""
        if parts != ANY and not set(parts.split(",")) <= set(choices):
            raise ValueError(f"takes “any”, or some of {', '.join(choices)}, with commas between")
        return parts

    return several


def columns(choices: Sequence[str], aliases: Mapping[str, str]) -> Kind:
    """One or two of them; which comes first is part of what is asked. `aliases`: other names of some."""

    def one_or_two(text: str) -> str:
        parts = [aliases.get(part, part) for part in text.split(",")]
        if not 1 <= len(parts) <= 2 or len(set(parts)) < len(parts) or not set(parts) <= set(choices):
            raise ValueError(f"takes one or two of {', '.join(choices)}, with a comma between")
        return ",".join(parts)

    return one_or_two


def figure(text: str) -> str:
    """1: of whatever label; or labels of figures."""
    return text if text == "1" else codes(text)


def annotators(text: str) -> str:
    if text in ("best", "gold", "mine", "all") or (text.startswith("by:") and 3 < len(text) <= 153 and text.isprintable()):
        return text
    raise ValueError(f"Unknown annotator “{text[:60]}”: use best, gold, mine, all, or by: and a user name")
