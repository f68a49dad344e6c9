"""Dates in sentences of news, each with the day of its article and the days that its words mean.

They were written before the reader of dates was changed for them. `open` means that the words name no day that can be worked out.
A hash parts them in two halves; the shut one was not looked at while the reader was changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from annotations.dates import Published, resolve
from annotations.text.edtf import bounds

FOLDER = Path(__file__).parents[3] / "fixtures" / "dates" / "news"
LANGUAGES = ("en", "ko", "zh")
VERDICTS = ("right", "coarser", "contradicts", "silent")


@dataclass(frozen=True)
class NewsDate:
    language: str
    published: date
    before: str
    words: str
    expected: str

    @property
    def is_shut(self) -> bool:
        key = f"{self.language}|{self.published}|{self.before}|{self.words}"
        return hashlib.sha256(key.encode()).digest()[0] % 2 == 1

    @property
    def read(self) -> str | None:
        """EDTF; None where nothing is proposed."""
        published = Published(self.published, self.published)
        moment = resolve(self.words, published, before=self.before, language=self.language)
        return moment.edtf if moment else None

    @property
    def verdict(self) -> str:
        """`right`: the days that are expected; `coarser`: all of them and more; `contradicts`: others."""
        read = self.read
        if read is None:
            return "right" if self.expected == "open" else "silent"
        if self.expected == "open":
            return "contradicts"
        (first, last), (begin, end) = (
            [day or edge for day, edge in zip(bounds(edtf), (date.min, date.max), strict=True)] for edtf in (read, self.expected)
        )
        if (first, last) == (begin, end):
            return "right"
        return "coarser" if first <= begin and end <= last else "contradicts"


def news_dates() -> Iterator[NewsDate]:
    for language in LANGUAGES:
        for line in (FOLDER / f"{language}.tsv").read_text("utf-8").splitlines():
            published, sentence, expected = line.split("\t")
            before, _, rest = sentence.partition("[")
            yield NewsDate(language, date.fromisoformat(published), before, rest.partition("]")[0], expected)
