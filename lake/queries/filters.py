"""Which pages a person asks for, as a SELECT over the lake: by words, listed names, outlet, language and date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from lake.queries.database import quoted

SAMPLES, SHOWN = 20, 300  # pages, and characters of a text
WORD = re.compile(r'"([^"]+)"|(\S+)')
PAGE = re.compile(r"[0-9a-f]{32}")

# Of near-duplicates that fit, the one of which the others are copies stands for all; where it does not fit, the first of them.
FITTING = """SELECT page FROM pages LEFT JOIN (SELECT text_sha256 AS copy, any_value("of") AS original FROM copies GROUP BY 1)
ON copy = text_sha256 WHERE {}"""
FOLDED = " QUALIFY row_number() OVER (PARTITION BY coalesce(original, text_sha256) ORDER BY original IS NOT NULL, page) = 1"
SAMPLE = """WITH fitting AS ({}) SELECT page, title, coalesce(nullif(outlet, ''), domain) AS outlet, published, language, url,
    substr(text, greatest(1, instr(lower(text), {}) - 100), {}) AS snippet
FROM pages WHERE page IN (SELECT page FROM fitting) ORDER BY page LIMIT {}"""


@dataclass(frozen=True)
class PageFilter:
    """Empty fields filter nothing. Dates: EDTF, as precise as they are known."""

    words: str = ""
    named: str = ""
    outlet: str = ""
    language: str = ""
    since: str = ""
    until: str = ""
    fold: bool = True

    @property
    def terms(self) -> list[str]:
        """Words, and phrases in quotation marks, in lower case."""
        return [(phrase or word).lower() for phrase, word in WORD.findall(self.words)]

    def conditions(self) -> Iterator[str]:
        for term in self.terms:
            yield f"(contains(lower(text), {quoted(term)}) OR contains(lower(title), {quoted(term)}))"
        if self.named:
            name = quoted(self.named.lower())
            yield f"text_sha256 IN (SELECT text_sha256 FROM names WHERE contains(lower(name), {name}) OR list = {quoted(self.named)})"  # noqa: S608 - quoted
        if self.outlet:
            name = self.outlet.lower()
            yield f"(lower(outlet) = {quoted(name)} OR domain = {quoted(name)} OR ends_with(domain, {quoted(f'.{name}')}))"
        if self.language:
            yield f"(language = {quoted(self.language)} OR starts_with(language, {quoted(f'{self.language}-')}))"
        if self.since:
            yield f"published >= {quoted(self.since)}"
        if self.until:
            yield f"published <> '' AND substr(published, 1, {len(self.until)}) <= {quoted(self.until)}"

    @property
    def sql(self) -> str:
        """A SELECT with the column `page`; the same pages whenever it is asked."""
        return FITTING.format(" AND ".join(self.conditions()) or "true") + (FOLDED if self.fold else "")


def chosen(pages: Sequence[str]) -> str:
    """A SELECT of these pages. Raises ValueError for what is no id of one."""
    if not all(PAGE.fullmatch(page) for page in pages):
        raise ValueError("no page of a lake")
    return f"SELECT page FROM pages WHERE page IN ({', '.join(map(quoted, pages))})"  # noqa: S608 - hexadecimal digits


class PageSample(NamedTuple):
    """A page as it is shown; `snippet`: words around the first that was asked for."""

    page: str
    title: str
    outlet: str
    published: str
    language: str
    url: str
    snippet: str


def count(connection: Any, asked: PageFilter) -> int:
    return int(connection.execute(f"SELECT count(*) FROM ({asked.sql})").fetchone()[0])  # noqa: S608 - quoted


def samples(connection: Any, asked: PageFilter) -> list[PageSample]:
    """Some of the pages, in the order of their ids, which is no order of anything."""
    term = quoted(asked.terms[0]) if asked.terms else "''"
    return [PageSample(*row) for row in connection.execute(SAMPLE.format(asked.sql, term, SHOWN, SAMPLES)).fetchall()]
