"""Dates in words with the EDTF and basis that an article of 15 May 2024 (a Wednesday) gives them.

They were written before the reader of dates was changed. `-` means that nothing is to be proposed. Every other line belongs to
the half that nobody looked at while the reader was changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from annotations.dates import Published, resolve

FOLDER = Path(__file__).parents[3] / "fixtures" / "dates"
LANGUAGES = ("en", "ko", "zh", "ja")
PUBLISHED = Published(date(2024, 5, 15), date(2024, 5, 15))


@dataclass(frozen=True)
class Phrase:
    language: str
    number: int
    words: str
    edtf: str
    basis: str

    @property
    def is_shut(self) -> bool:
        return self.number % 2 == 1


def phrases() -> Iterator[Phrase]:
    for language in LANGUAGES:
        lines = (FOLDER / f"{language}.tsv").read_text("utf-8").splitlines()
        yield from (Phrase(language, number, *line.split("\t")) for number, line in enumerate(lines))


def verdict(phrase: Phrase) -> str:
    """`right`, `silent` (nothing is proposed where something could be) or `wrong`."""
    moment = resolve(phrase.words, PUBLISHED, language=phrase.language)
    if moment is None or moment.edtf is None:
        return "right" if phrase.edtf == "-" else "silent"
    return "right" if (moment.edtf, moment.basis) == (phrase.edtf, phrase.basis) else "wrong"
