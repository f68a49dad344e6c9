"""Numbers in digits, with scales: 45,000 · 1.2 million · half a million · 45k · 3 dozen.

Numbers in words and in the numerals of East Asia have been written as digits before (spelled, eastern).

Separators: groups of three after a comma, a space or an apostrophe are thousands, a comma before
other than three digits is a decimal comma. A single point before three digits ("45.000") is a
decimal point, save in a language that groups with points; two points group in every language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

# More than any amount in the world.
HUGE = Decimal(10) ** 24
# With six decimals it has as many digits as a Decimal keeps.
LARGEST_ROUNDED = Decimal(10) ** 22
POINT_GROUPS = ("de", "es", "id", "it", "nl", "pt", "tr", "vi")
DIGITS = re.compile(
    r"""
      \d{1,3}(?:\ \d{3})+(?!\d)(?:[.,]\d+)?         # 45 000
    | \d{1,3}(?:['’]\d{3})+(?!\d)(?:\.\d+)?         # 45'000
    | \d{1,3}(?:,\d{2,3})*,\d{3}(?!\d)(?:\.\d+)?    # 45,000.5 and 1,00,000
    | \d{1,3}(?:\.\d{3})+(?!\d),\d+                 # 45.000,5
    | \d{1,3}(?:\.\d{3}){2,}(?!\d)                  # 1.234.567
    | \d+(?:[.,]\d+)?
    | (?<![\w.])\.\d+
    """,
    re.VERBOSE,
)
SCALES = {
    "dozen": 12,
    "dozens": 12,
    "doz": 12,
    "dozs": 12,
    "dz": 12,
    "dzs": 12,
    "hundred": 100,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "lakh": 10**5,
    "crore": 10**7,
}
LETTERS = {
    "k": 10**3, "mn": 10**6, "mln": 10**6, "mil": 10**6, "b": 10**9, "bn": 10**9, "bln": 10**9, "tn": 10**12, "tln": 10**12,
}  # fmt: skip
# With a currency, m and t are no metres and tons.
MONEY_LETTERS = {**LETTERS, "m": 10**6, "t": 10**12}
TOKEN = re.compile(rf"(?P<digits>{DIGITS.pattern})(?P<letters>[a-z]{{1,3}}(?![a-z]))?|(?P<word>[a-z]+)", re.VERBOSE)
JOINT = re.compile(r"[\s-]*")


@dataclass(frozen=True)
class ParsedNumber:
    """`scale` is what its last word multiplied by: 7 million has 1,000,000, and 7000 has 1."""

    value: Decimal
    start: int
    end: int
    scale: int = 1


def plain(value: Decimal) -> Decimal:
    """Without an empty fraction: 7800000.0 → 7800000."""
    return value.to_integral_value() if value == value.to_integral_value() else value.normalize()


def rounded(value: Decimal, places: str = "0.000001") -> Decimal:
    """As values are stored. What is larger than any amount stays as it is, and is refused later."""
    return value.quantize(Decimal(places)) if abs(value) < LARGEST_ROUNDED else value


def capped(value: Decimal) -> Decimal:
    return max(min(value, HUGE), -HUGE)


def from_digits(digits: str, language: str = "en") -> Decimal:
    """The value of a match of DIGITS."""
    plain = re.sub(r"[ '’]", "", digits)
    point, comma = plain.rfind("."), plain.rfind(",")
    if point >= 0 and comma >= 0:
        grouping = "," if comma < point else "."
    elif comma >= 0:
        grouping = "," if len(plain) - comma == 4 and plain.lstrip("0")[:1] != "," else "."
    else:
        grouped = len(plain) - point == 4 and language[:2] in POINT_GROUPS
        grouping = "." if plain.count(".") > 1 or grouped else ","
    return Decimal(plain.replace(grouping, "").replace(",", "."))


def find(text: str, language: str = "en", *, money: bool = False) -> list[ParsedNumber]:
    """Every number of a text in small letters, from left to right: runs of tokens that together are one."""
    tokens = list(TOKEN.finditer(text))
    numbers, index = [], 0
    while index < len(tokens):
        run = NumberRun(text, language, money)
        while index < len(tokens) and run.add(tokens, index):
            index += 1
        if run.started:
            numbers.append(run.number())
        index += not run.started
    return numbers


class NumberRun:
    """Tokens of one number so far: `total` of finished scales, `current` below the next scale."""

    def __init__(self, text: str, language: str, money: bool) -> None:
        self.text, self.language = text, language
        self.letters = MONEY_LETTERS if money else LETTERS
        self.total = self.current = Decimal(0)
        self.start = self.end = 0
        self.scale = 1
        self.started = self.whole = False
        self.ceiling: int | None = None

    def number(self) -> ParsedNumber:
        return ParsedNumber(plain(self.total + self.current), self.start, self.end, self.scale)

    def add(self, tokens: list[re.Match[str]], index: int) -> bool:
        """Whether the token belongs to the number; if so, it is counted."""
        token = tokens[index]
        joint = self.text[self.end : token.start()] if self.started else ""
        if not JOINT.fullmatch(joint):
            return False
        if token["digits"]:
            return "-" not in joint and self.add_digits(token)
        word = token["word"]
        if word in SCALES or (self.whole and word in self.letters):
            return self.add_scale(token, SCALES.get(word) or self.letters[word])
        return self.add_link(token, word, tokens[index + 1] if index + 1 < len(tokens) else None)

    def add_digits(self, token: re.Match[str]) -> bool:
        value = from_digits(token["digits"], self.language)
        if self.started and (self.current or not self.total or value >= (self.ceiling or 0)):
            return False
        letters = token["letters"] or ""
        self.current += value
        self.mark(token.start(), token.end("digits"))
        self.whole = True
        if letters in self.letters:
            self.add_scale(token, self.letters[letters])
        return True

    def add_scale(self, token: re.Match[str], scale: int) -> bool:
        if scale in (SCALES["hundred"], SCALES["dozen"]):
            if self.total and not self.current:
                return False
            self.current = (self.current or Decimal(1)) * scale
        elif self.total and not self.current and scale >= self.scale:
            self.total *= scale  # three lakh crore
        else:
            if self.ceiling is not None and scale >= self.ceiling:
                return False
            self.total += (self.current or 1) * scale
            self.current, self.ceiling, self.whole = Decimal(0), scale, False
        self.scale = scale
        self.mark(token.start(), token.end())
        return True

    def add_link(self, token: re.Match[str], word: str | None, following: re.Match[str] | None) -> bool:
        """ "a hundred", "two thousand and five"."""
        if following is None:
            return False
        below = following["digits"] is not None and self.total and not self.current
        linking = word == "and" and self.started and below
        article = word in ("a", "an") and following["word"] in SCALES
        return bool(linking or article) and self.mark(token.start(), token.end())

    def mark(self, start: int, end: int) -> bool:
        if not self.started:
            self.start, self.started, self.scale = start, True, 1
        self.end = end
        return True
