"""Numbers in digits and words: 45,000 · 1.2 million · five to seven hundred · 4万5000 · 三百.

Separators: groups of three after a comma, a space or an apostrophe are thousands, a comma before
other than three digits is a decimal comma. A single point before three digits ("45.000") is a
decimal point, save in a language that groups with points; two points group in every language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

POINT_GROUPS = ("de", "es", "id", "it", "nl", "pt", "tr", "vi")
DIGITS = re.compile(
    r"""
      \d{1,3}(?:\ \d{3})+(?!\d)(?:[.,]\d+)?         # 45 000
    | \d{1,3}(?:['’]\d{3})+(?!\d)(?:\.\d+)?         # 45'000
    | \d{1,3}(?:,\d{2,3})*,\d{3}(?!\d)(?:\.\d+)?    # 45,000.5 and 1,00,000
    | \d{1,3}(?:\.\d{3})+(?!\d),\d+                 # 45.000,5
    | \d{1,3}(?:\.\d{3}){2,}(?!\d)                  # 1.234.567
    | \d+(?:[.,]\d+)?
    """,
    re.VERBOSE,
)
SMALL = dict(
    zip(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen".split(),
        range(20),
        strict=True,
    )
)
TENS = dict(
    zip(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(),
        range(20, 100, 10),
        strict=True,
    )
)
SCALES = {
    "dozen": 12,
    "hundred": 100,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
}
LETTERS = {"k": 10**3, "mn": 10**6, "mln": 10**6, "bn": 10**9, "bln": 10**9, "tn": 10**12}
# With a currency, m and b are no metres and bytes.
MONEY_LETTERS = {**LETTERS, "m": 10**6, "b": 10**9}
TOKEN = re.compile(rf"(?P<digits>{DIGITS.pattern})(?P<letters>[a-z]{{1,3}}(?![a-z]))?|(?P<word>[a-z]+)", re.VERBOSE)
JOINT = re.compile(r"[\s-]*")

CJK_DIGITS = {
    char: value for value, chars in enumerate("〇零 一壹 二两兩贰 三叁 四肆 五伍 六陆 七柒 八捌 九玖".split()) for char in chars
}
CJK_SMALL = {"十": 10, "百": 100, "千": 1000, "십": 10, "백": 100, "천": 1000}
CJK_LARGE = {
    "万": 10**4,
    "萬": 10**4,
    "만": 10**4,
    "亿": 10**8,
    "億": 10**8,
    "억": 10**8,
    "兆": 10**12,
    "조": 10**12,
}
CJK_CHARS = "".join([*CJK_DIGITS, *CJK_SMALL, *CJK_LARGE])
CJK = re.compile(rf"(?:{DIGITS.pattern})?\s?(?:[{CJK_CHARS}]+(?:\s?(?:{DIGITS.pattern}))?)+", re.VERBOSE)
CJK_TOKEN = re.compile(rf"(?P<digits>{DIGITS.pattern})|(?P<char>[{CJK_CHARS}])", re.VERBOSE)


@dataclass(frozen=True)
class Number:
    """`scale` is what its last word multiplied by: 7 million has 1,000,000, and 7000 has 1."""

    value: Decimal
    start: int
    end: int
    scale: int = 1


def find(text: str, language: str = "en", *, money: bool = False) -> list[Number]:
    """Every number of a text in small letters, from left to right."""
    found = list(cjk_numbers(text, language))
    for number in found:
        text = text[: number.start] + "|" * (number.end - number.start) + text[number.end :]
    found += latin_numbers(text, language, money)
    return sorted(found, key=lambda number: number.start)


def plain(value: Decimal) -> Decimal:
    """Without an empty fraction: 7800000.0 → 7800000."""
    return value.to_integral_value() if value == value.to_integral_value() else value.normalize()


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


# Latin script


def latin_numbers(text: str, language: str, money: bool) -> Iterator[Number]:
    """Runs of tokens that together are one number."""
    tokens = list(TOKEN.finditer(text))
    place = 0
    while place < len(tokens):
        run = Run(text, language, money)
        while place < len(tokens) and run.add(tokens, place):
            place += 1
        if run.started:
            yield run.number()
        place += not run.started


class Run:
    """Tokens of one number so far: `total` of finished scales, `current` below the next scale."""

    def __init__(self, text: str, language: str, money: bool) -> None:
        self.text, self.language = text, language
        self.letters = MONEY_LETTERS if money else LETTERS
        self.total = self.current = Decimal(0)
        self.start = self.end = 0
        self.scale = 1
        self.started = self.whole = False
        self.ceiling: int | None = None

    def number(self) -> Number:
        return Number(plain(self.total + self.current), self.start, self.end, self.scale)

    def add(self, tokens: list[re.Match[str]], place: int) -> bool:
        """Whether the token belongs to the number; if so, it is counted."""
        token = tokens[place]
        if self.started and not JOINT.fullmatch(self.text, self.end, token.start()):
            return False
        if token["digits"]:
            return self.add_digits(token)
        word = token["word"]
        following = tokens[place + 1]["word"] if place + 1 < len(tokens) else None
        if word in SMALL or word in TENS:
            return self.add_small(token, SMALL.get(word, TENS.get(word, 0)))
        if word in SCALES or (self.whole and word in self.letters):
            return self.add_scale(token, SCALES.get(word) or self.letters[word])
        return self.add_link(token, word, following)

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

    def add_small(self, token: re.Match[str], value: int) -> bool:
        room = 10 if value < 10 and self.current % 100 >= 20 else 100
        fits = not self.current or self.current % room == 0
        if self.started and (self.whole or not fits):
            return False
        self.current += value
        self.mark(token.start(), token.end())
        return True

    def add_scale(self, token: re.Match[str], scale: int) -> bool:
        if scale == SCALES["hundred"] or scale == SCALES["dozen"]:
            if self.total and not self.current:
                return False
            self.current = (self.current or Decimal(1)) * scale
        else:
            if self.ceiling is not None and scale >= self.ceiling:
                return False
            self.total += (self.current or 1) * scale
            self.current, self.ceiling, self.whole = Decimal(0), scale, False
        self.scale = scale
        self.mark(token.start(), token.end())
        return True

    def add_link(self, token: re.Match[str], word: str | None, following: str | None) -> bool:
        """ "a hundred", "half a million", "two hundred and five", "one and a half million"."""
        counts = following in SMALL or following in TENS
        hundreds = bool(self.total) or self.current >= SCALES["hundred"]
        linking = word == "and" and self.started and ((counts and hundreds) or following == "a")
        article = word in ("a", "an") and (following in SCALES or (self.started and following == "half"))
        if linking or article:
            return self.mark(token.start(), token.end())
        return word == "half" and self.add_half(token, following)

    def add_half(self, token: re.Match[str], following: str | None) -> bool:
        scale_follows = following in SCALES or re.match(r"\s+an?\s+(" + "|".join(SCALES) + r")\b", self.text[token.end() :])
        if not self.started and not scale_follows:
            return False
        self.current += Decimal("0.5")
        return self.mark(token.start(), token.end())

    def mark(self, start: int, end: int) -> bool:
        if not self.started:
            self.start, self.started, self.scale = start, True, 1
        self.end = end
        return True


# Chinese, Japanese, Korean


def cjk_numbers(text: str, language: str) -> Iterator[Number]:
    for match in CJK.finditer(text):
        start = match.start() + len(match[0]) - len(match[0].lstrip())
        yield Number(plain(cjk_value(match[0], language)), start, match.start() + len(match[0].rstrip()))


def cjk_value(words: str, language: str = "en") -> Decimal:
    """4万5000 → 45000; 三百二十 → 320; 二〇一七 → 2017."""
    total = section = digit = Decimal(0)
    seen = False
    for token in CJK_TOKEN.finditer(words):
        char = token["char"]
        if token["digits"]:
            digit, seen = from_digits(token["digits"], language), True
        elif char in CJK_DIGITS:
            digit, seen = digit * 10 + CJK_DIGITS[char], True
        elif char in CJK_SMALL:
            section += (digit if seen else Decimal(1)) * CJK_SMALL[char]
            digit, seen = Decimal(0), False
        else:
            section += digit
            total += (section or 1) * CJK_LARGE[char]
            section, digit, seen = Decimal(0), Decimal(0), False
    return total + section + digit
