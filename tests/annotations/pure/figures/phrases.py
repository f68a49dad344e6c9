"""Phrases with what they are to be read as, written before the reader was changed for them.

A line of `tests/fixtures/phrases/*.tsv` has the words of a figure and its reading: comparator, bounds, unit or currency.
`?` in place of a unit says that there is one which a scheme has not: it stays open with a warning. `open` says that nothing
is to be stored, or only with a warning. Every other line belongs to the half that nobody looked at while the reader was changed.

`tests/fixtures/news_phrases` are those of a later change, halved by their hash. They say more: behind a stroke what an amount is
for (`USD/t`, `USD/P1M`, `USD/#1` for each person), and `~` where it is approximate. Those of `trade_phrases` also say what a careful
reader would offer, and not store, where the words name no country: `?USD`, `?KRW|KPW`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

from annotations.figures import FigureReading, read
from annotations.scheme.view import SchemeView

FIXTURES = Path(__file__).parents[3] / "fixtures"
LANGUAGES = ("en", "ko", "zh")
WITHIN = Decimal("0.005")


@dataclass(frozen=True)
class Phrase:
    language: str
    number: int
    words: str
    wanted: str
    by_hash: bool = False

    @property
    def is_shut(self) -> bool:
        return (sha256(self.words.encode()).digest()[0] if self.by_hash else self.number) % 2 == 1


def phrases(folder: str = "phrases") -> Iterator[Phrase]:
    for language in LANGUAGES:
        lines = (FIXTURES / folder / f"{language}.tsv").read_text("utf-8").splitlines()
        by_hash = folder != "phrases"
        yield from (Phrase(language, number, *line.split("\t"), by_hash=by_hash) for number, line in enumerate(lines))


def verdict(phrase: Phrase, scheme: SchemeView) -> str:
    """`right`, `warned` (wrong, and a warning says that something is not sure), `unread`, or `silent` (wrong without a word)."""
    reading = read(phrase.words, scheme, phrase.language)
    if is_right(phrase.wanted, reading, is_full=phrase.by_hash):
        return "right"
    return "warned" if reading.warnings else "silent" if reading.comparator else "unread"


def is_right(wanted: str, reading: FigureReading, *, is_full: bool = False) -> bool:
    """`is_full`: also what the amount is for, and whether it is approximate."""
    if wanted == "open":
        return reading.comparator is None or bool(reading.warnings)
    comparator, *rest = wanted.removesuffix(" ~").split()
    numbers = [Decimal(word) for word in rest if is_number(word)]
    unit, *per = next((word for word in rest if not is_number(word)), "").split("/")
    low = None if comparator in ("lt", "le") else numbers[0]
    high = None if comparator in ("gt", "ge") else numbers[-1]
    said = reading.currency or reading.unit
    if reading.comparator != comparator or not (alike(low, reading.low) and alike(high, reading.high)):
        return False
    if is_full and (pers(reading) != sorted(per) or (reading.approximate and not reading.vague) != wanted.endswith(" ~")):
        return False
    return (said is None and bool(reading.warnings)) if unit.startswith("?") else said == (unit or None)


def pers(reading: FigureReading) -> list[str]:
    """What the amount is for: a unit, a currency, a period, a count."""
    count = reading.per_count_n and f"#{reading.per_count_n}"
    return sorted(filter(None, (getattr(reading, "per_unit", None), reading.per_currency, reading.per_period, count)))


def alike(one: Decimal | None, other: Decimal | None) -> bool:
    return one is other if one is None or other is None else abs(one - other) <= WITHIN


def is_number(word: str) -> bool:
    return word.removeprefix("-")[:1].isdigit()
