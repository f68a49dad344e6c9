"""Passages with listed names in the text of one page, and the text cut at them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from registry.names import Match, compare

MOST_EXPLAINED = 200  # pairs of words and a name, each some 0.3 ms
PASSAGES = """SELECT DISTINCT "start", "end", quote, entry, name, list FROM names
WHERE text_sha256 = ? AND list IN (SELECT unnest(?::VARCHAR[])) ORDER BY "start", "end", list, entry, name"""


class ListedPassage(NamedTuple):
    """Where a listed name stands in a text, in code points; `list`: with its version."""

    start: int
    end: int
    quote: str
    entry: str
    name: str
    list: str

    @property
    def entry_key(self) -> str:
        """As the filter by listed names takes it."""
        return f"{self.list} {self.entry}"


def passages_in(connection: Any, text_sha256: str, lists: Sequence[str]) -> list[ListedPassage]:
    """The names of these versions of lists."""
    return [ListedPassage(*row) for row in connection.execute(PASSAGES, [text_sha256, list(lists)]).fetchall()]


class ExplainedPassage(NamedTuple):
    """A passage, and how the matcher explains it as it explains a candidate of a corpus; None where a page has too many for that."""

    passage: ListedPassage
    match: Match | None


def explained(passages: Iterable[ListedPassage]) -> list[ExplainedPassage]:
    """In their order. Equal words with an equal name are compared once."""
    matches: dict[tuple[str, str], Match] = {}
    rows = []
    for each in passages:
        pair = each.quote, each.name
        if pair not in matches and len(matches) < MOST_EXPLAINED:
            matches[pair] = compare(*pair, "any")
        rows.append(ExplainedPassage(each, matches.get(pair)))
    return rows


def runs(text: str, passages: Iterable[ListedPassage]) -> Iterator[tuple[str, bool]]:
    """The text in pieces, each with whether it is of a name. Names over each other are one piece."""
    done = 0
    for start, end in unions(passages):
        yield text[done:start], False
        yield text[start:end], True
        done = end
    yield text[done:], False


def unions(passages: Iterable[ListedPassage]) -> Iterator[tuple[int, int]]:
    start = end = 0
    for passage in sorted(passages):
        if passage.start >= end:
            if end:
                yield start, end
            start = passage.start
        end = max(end, passage.end)
    if end:
        yield start, end
