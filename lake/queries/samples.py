"""Samples of the pages that fit a filter, some at a time in the order of their ids, which is no order of anything."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from lake.queries.database import quoted
from lake.queries.filters import PageFilter

SAMPLES, BEFORE, AFTER = 20, 100, 200  # pages, and characters on each side of what was asked for
LONG = 30  # characters of a word that is left out where it is cut; longer ones are cut, as are texts without spaces
FIRST_SPACE, LAST_SPACE = re.compile(r"\S*\s+"), re.compile(r"\s+\S*$")
FITTING = "CREATE OR REPLACE TEMP TABLE fitting AS {}"
EXTENT = "SELECT count(*), coalesce(min(page), ''), coalesce(max(page), '') FROM fitting"

# Of names that begin together the longest, of the newest version of its list.
NAMED = """SELECT text_sha256, "start" AS first, "end" AS last, name, entry, list FROM names WHERE {}
QUALIFY row_number() OVER (PARTITION BY text_sha256 ORDER BY "start", "end" DESC, length(list) DESC, list DESC, entry, name) = 1"""
WORDED = """SELECT DISTINCT text_sha256, greatest(instr(lower(text), lower({0})), 1) - 1 AS first,
if(lower(substr(text, first + 1, length({0}))) = lower({0}), first + length({0}), first) AS last, '' AS name, '' AS entry, '' AS list FROM shown"""
SHOWN = """WITH shown AS (SELECT * FROM pages WHERE page IN (SELECT page FROM fitting WHERE page {} ORDER BY page {} LIMIT {})),
hits AS ({})
SELECT page, title, coalesce(nullif(outlet, ''), domain), published, language, url,
    substr(text, greatest(first - {before} - 1, 0) + 1, least(first, {before} + 1)),
    substr(text, first + 1, last - first),
    substr(text, last + 1, {after} + 1),
    hits.name, entry, list
FROM shown JOIN hits USING (text_sha256) ORDER BY page"""


class PageSample(NamedTuple):
    """A page as it is shown, with words around the first that was asked for; `hit`: that word, or a listed name of an entry of a list."""

    page: str
    title: str
    outlet: str
    published: str
    language: str
    url: str
    before: str
    hit: str
    after: str
    name: str
    entry: str
    list: str


class PageExtent(NamedTuple):
    """How many pages fit, and the ids of the first and the last; empty where none does."""

    pages: int
    first: str
    last: str


class Fitting:
    """The pages that fit, asked of the lake once: all texts may have to be read for that."""

    def __init__(self, connection: Any, asked: PageFilter) -> None:
        self.connection, self.asked = connection, asked
        connection.execute(FITTING.format(asked.sql))

    def extent(self) -> PageExtent:
        return PageExtent(*self.connection.execute(EXTENT).fetchone())

    def samples(self, after: str = "", before: str = "") -> list[PageSample]:
        """The first ones; or those that follow, or precede, the page of this id."""
        position, order = (f"< {quoted(before)}", "DESC") if before else (f"> {quoted(after)}", "ASC")
        term = quoted(self.asked.terms[0]) if self.asked.terms else "''"
        hits = NAMED.format(self.asked.name_condition) if self.asked.named else WORDED.format(term)
        sql = SHOWN.format(position, order, SAMPLES, hits, before=BEFORE, after=AFTER)
        is_asked = bool(self.asked.terms or self.asked.named)
        return [sample(row, is_asked=is_asked) for row in self.connection.execute(sql).fetchall()]


def sample(row: Sequence[str], *, is_asked: bool) -> PageSample:
    """With whole words; without the title where the text begins with it and nothing was asked for, since it stands above."""
    page, title, outlet, published, language, url, before, hit, after, *listed = row
    words = ending(after)
    line, _, rest = words.partition("\n")
    if rest.strip() and line.strip() == title and not is_asked:
        words = rest.lstrip()
    name, entry, code = listed
    return PageSample(page, title, outlet, published, language, url, beginning(before), hit, words, name, entry, code)


def beginning(words: str) -> str:
    """Without the rest of a word at which more than BEFORE characters are cut."""
    if len(words) <= BEFORE:
        return words
    space = FIRST_SPACE.match(words, 0, LONG)
    return f"… {words[space.end() :]}" if space else f"…{words[1:]}"


def ending(words: str) -> str:
    if len(words) <= AFTER:
        return words
    space = LAST_SPACE.search(words, len(words) - LONG)
    return f"{words[: space.start()]} …" if space else f"{words[:-1]}…"
