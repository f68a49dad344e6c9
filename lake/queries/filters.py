"""Which pages a person asks for, as a SELECT over the lake: by words, listed names, outlet, language and date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lake.queries.database import quoted

WORD = re.compile(r'"([^"]+)"|(\S+)')
PAGE = re.compile(r"[0-9a-f]{32}")
DOTTED, ANY_I = re.compile("[iIİ]"), "[iİ]"  # which no folding of single letters takes for the same

# Of near-duplicates that fit, the one of which the others are copies stands for all; where it does not fit, the first of them.
FITTING = """SELECT page FROM pages LEFT JOIN (SELECT text_sha256 AS copy, any_value("of") AS original FROM copies GROUP BY 1)
ON copy = text_sha256 WHERE {}"""
FOLDED = " QUALIFY row_number() OVER (PARTITION BY coalesce(original, text_sha256) ORDER BY original IS NOT NULL, page) = 1"


@dataclass(frozen=True)
class PageFilter:
    """Empty fields filter nothing. Dates: a year, a month or a day; pages have the same, and fit where they may be of these days."""

    words: str = ""
    named: str = ""
    outlet: str = ""
    language: str = ""
    since: str = ""
    until: str = ""
    fold: bool = True

    @property
    def terms(self) -> list[str]:
        """Words, and phrases in quotation marks."""
        return [phrase or word for phrase, word in WORD.findall(self.words)]

    def conditions(self) -> Iterator[str]:
        for term in self.terms:
            pattern = quoted(f"(?i){DOTTED.sub(ANY_I, re.escape(term))}")  # half the time that contains(lower(text), …) takes
            yield f"(regexp_matches(text, {pattern}) OR regexp_matches(title, {pattern}))"
        if self.named:
            yield f"text_sha256 IN (SELECT text_sha256 FROM names WHERE {self.name_condition})"  # noqa: S608 - quoted
        if self.outlet:
            name = self.outlet.lower()
            yield f"(lower(outlet) = {quoted(name)} OR domain = {quoted(name)} OR ends_with(domain, {quoted(f'.{name}')}))"
        if self.language:
            yield f"(language = {quoted(self.language)} OR starts_with(language, {quoted(f'{self.language}-')}))"
        if self.since:
            yield reaches(self.since, ">=")
        if self.until:
            yield reaches(self.until, "<=")

    @property
    def name_condition(self) -> str:
        """Of rows of `names`: part of a name, a list with its version, or an entry behind that."""
        part, whole = quoted(self.named.lower()), quoted(self.named)
        return f"(contains(lower(name), {part}) OR list = {whole} OR concat(list, ' ', entry) = {whole})"

    @property
    def sql(self) -> str:
        """A SELECT with the column `page`; the same pages whenever it is asked."""
        return FITTING.format(" AND ".join(self.conditions()) or "true") + (FOLDED if self.fold else "")


def reaches(day: str, sign: str) -> str:
    """Whether a page may be of `day` or later (>=), or earlier (<=): as far as both are known, 2017 is no earlier than 2017-09."""
    return f"(published <> '' AND substr(published, 1, {len(day)}) {sign} substr({quoted(day)}, 1, length(published)))"


def chosen(pages: Sequence[str]) -> str:
    """A SELECT of these pages. Raises ValueError for what is no id of one."""
    if not all(PAGE.fullmatch(page) for page in pages):
        raise ValueError("no page of a lake")
    return f"SELECT page FROM pages WHERE page IN ({', '.join(map(quoted, pages))})"  # noqa: S608 - hexadecimal digits
