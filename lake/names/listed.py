"""Listed names in a text: where a name stands as it is listed, or with its comma undone. One pass over the text for all names.

This finds what may be meant; whether a party is meant is judged, with the matcher of names, where a page is promoted. Words that may
be a name are cut as `registry.screening.tokens` cuts them, so that no name reaches over the end of a sentence. Pure.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from lake.extras import needed
from registry.screening.tokens import NameToken, segments, without_particles

VERSION = "1"  # changes when the same list would find other passages
LEAST, ONE_WORD = 4, 4  # signs of a name in letters; letters of a name of one word, which has to stand in capitals
EASTERN = ("hangul", "han")


class ListName(NamedTuple):
    """A name of an entry of a list."""

    entry: str
    name: str


class NamePassage(NamedTuple):
    """Where a name stands, in code points; `text[start:end]` is the quote."""

    entry: str
    name: str
    start: int
    end: int
    quote: str


class NameTable:
    """All names of a list, made ready to be looked for at once."""

    def __init__(self, names: Iterable[ListName]) -> None:
        by_form: dict[str, list[ListName]] = defaultdict(list)
        for name in names:
            for form in forms(name.name):
                by_form[form].append(name)
        self.forms = sorted(by_form)
        self.names = [sorted(set(by_form[form])) for form in self.forms]
        self.automaton: Any = needed("ahocorasick_rs").AhoCorasick(self.forms) if self.forms else None

    def passages(self, text: str) -> Iterator[NamePassage]:
        """In the order of the text."""
        if self.automaton is None:
            return
        for row in segments(text):
            yield from self.of_segment(text, list(pieces(row)))

    def of_segment(self, text: str, words: list[NameToken]) -> Iterator[NamePassage]:
        joined, starts = joined_forms(words)
        seen: set[tuple[int, int, int]] = set()
        for number, begin, end in self.automaton.find_matches_as_indexes(joined, overlapping=True):
            first, last = bisect_left(starts, begin), bisect_left(starts, end) - 1
            if first == len(starts) or starts[first] != begin:
                continue  # within a word
            stop = end_of(words[last], end - starts[last])
            key = (number, words[first].start, stop)
            if stop < 0 or key in seen or not may_be_meant(text[words[first].start : stop], self.forms[number]):
                continue
            seen.add(key)
            for name in self.names[number]:
                yield NamePassage(name.entry, name.name, words[first].start, stop, text[words[first].start : stop])


def forms(name: str) -> set[str]:
    """How a name is looked for: as it is listed, and `FAMILY, Given` the other way round."""
    orders = [name]
    if name.count(",") == 1:
        family, _, given = name.partition(",")
        orders.append(f"{given} {family}")
    words = [
        " ".join(fold(word) for word in "".join(c if c.isalnum() or c in "'’" else " " for c in each).split()) for each in orders
    ]
    return {each.replace(" ", "") if is_han(each) else each for each in words if is_han(each) or len(each) >= least_of(each)}


def least_of(form: str) -> int:
    return 2 if any("\uac00" <= sign <= "\ud7a3" for sign in form) else LEAST


def is_han(form: str) -> bool:
    return len(form) > 1 and all("\u3400" <= sign <= "\u9fff" or "\uf900" <= sign <= "\ufaff" for sign in form.replace(" ", ""))


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """Without case, marks over letters and width, and without apostrophes."""
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", word).casefold())
    plain = "".join(sign for sign in letters if not unicodedata.combining(sign) and sign not in "'’")
    return unicodedata.normalize("NFC", plain)


def pieces(row: Iterable[NameToken]) -> Iterator[NameToken]:
    """Words; of a run of Han each sign, since a name may begin at any."""
    for token in row:
        if token.script != "han":
            yield token
            continue
        for at, sign in enumerate(token.text):
            yield NameToken(token.start + at, token.start + at + 1, sign, "han", True)


def joined_forms(words: list[NameToken]) -> tuple[str, list[int]]:
    """Folded words with single spaces between them, signs of Han without; and where in that each begins."""
    parts, starts, length = [], [], 0
    for number, word in enumerate(words):
        if number and not (word.script == "han" and words[number - 1].script == "han"):
            parts.append(" ")
            length += 1
        starts.append(length)
        parts.append(fold(word.text))
        length += len(parts[-1])
    return "".join(parts), starts


def end_of(word: NameToken, length: int) -> int:
    """Where a name ends that takes so many signs of the last word: with it, or in Korean before a particle; -1: within the word."""
    if length == len(fold(word.text)):
        return word.end
    ends = [each.end for each in without_particles(word) if len(fold(each.text)) == length]
    return ends[0] if ends else -1


def may_be_meant(quote: str, form: str) -> bool:
    """Words of one name stand in every text: a name of one word in letters is meant only where it stands in capitals."""
    if " " in form or is_han(form) or least_of(form) < LEAST:
        return True
    return len(quote) >= ONE_WORD and quote.isupper()
