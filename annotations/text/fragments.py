"""Fragments and how they lie to each other. Offsets are code points, half-open, from 0.

        |--a--|                 apart: neither shares a character
    |-----b-----|               b contains a (and they nest)
           |---c---|            a and c cross: each has characters that the other lacks

A fragment is {start, end, quote}; a list of them is one mark, in the order of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from annotations.text.graphemes import cuts

GAP = " … "
Fragment = Mapping[str, Any]
Stretch = Mapping[str, Any]


def quote_of(fragments: Sequence[Fragment]) -> str:
    """The words of a mark, " … " where other words stand between."""
    return GAP.join(fragment["quote"] for fragment in fragments)


def quoted(text: str, bounds: Iterable[tuple[int, int]]) -> list[dict[str, Any]]:
    return [{"start": start, "end": end, "quote": text[start:end]} for start, end in bounds]


def envelope(fragments: Sequence[Fragment]) -> tuple[int, int]:
    """From the first character to behind the last one, gaps included."""
    return min(f["start"] for f in fragments), max(f["end"] for f in fragments)


# Two fragments


def overlaps(a: Stretch, b: Stretch) -> bool:
    return bool(a["start"] < b["end"] and b["start"] < a["end"])


def contains(outer: Stretch, inner: Stretch) -> bool:
    return bool(outer["start"] <= inner["start"] and inner["end"] <= outer["end"])


def nests(a: Stretch, b: Stretch) -> bool:
    return contains(a, b) or contains(b, a)


def crosses(a: Stretch, b: Stretch) -> bool:
    return overlaps(a, b) and not nests(a, b)


def holds(outer: Sequence[Fragment], inner: Sequence[Fragment]) -> bool:
    """Whether every fragment of `inner` lies in one of `outer`."""
    return all(any(contains(part, fragment) for part in outer) for fragment in inner)


# The fragments of one mark


def in_order(fragments: Sequence[Fragment]) -> bool:
    """Each starts behind the end of the one before; fragments that meet count as out of order."""
    return all(a["end"] < b["start"] for a, b in pairwise(fragments))


def touch(fragments: Sequence[Fragment]) -> bool:
    return any(a["end"] == b["start"] for a, b in pairwise(fragments))


def within(text: str, fragment: Fragment) -> bool:
    return bool(0 <= fragment["start"] < fragment["end"] <= len(text))


def plain(text: str, fragments: Sequence[Fragment]) -> bool:
    """Whether it is one stretch in one paragraph, quoted as it stands there, with no white space at its ends."""
    if len(fragments) != 1 or not within(text, fragments[0]):
        return False
    quote = fragments[0]["quote"]
    return bool(text[fragments[0]["start"] : fragments[0]["end"]] == quote == quote.strip() and "\n\n" not in quote)


def misquoted(text: str, fragments: Sequence[Fragment]) -> Iterator[Fragment]:
    """Fragments that lie outside the text or whose quote is not what stands there."""
    for part in fragments:
        if not within(text, part) or text[part["start"] : part["end"]] != part["quote"]:
            yield part


def has_loose_space(text: str, fragment: Fragment) -> bool:
    words = text[fragment["start"] : fragment["end"]]
    return words != words.strip()


def cut_at(text: str, fragment: Fragment) -> Iterator[tuple[int, str]]:
    """(position, "word" or "character") for every end of the fragment that cuts one."""
    for position in (fragment["start"], fragment["end"]):
        if part := cuts(text, position):
            yield position, part


# Segments and zones


def segment_of(segments: Iterable[Stretch], fragment: Fragment) -> Stretch | None:
    """The segment (paragraph, caption, …) in which all of the fragment lies."""
    return next((segment for segment in segments if contains(segment, fragment)), None)


def zones_under(zones: Iterable[Stretch], fragment: Fragment) -> list[Stretch]:
    return [zone for zone in zones if overlaps(zone, fragment)]


# Sentences

BREAK = re.compile(
    r"""
    (?<![.!?…])(?P<mark>[.!?…]++)(?P<close>["'”’»)\]]*+)(?=\s++["'“‘«(\[]*+[A-Z\d\u00C0-\u00DE\u0391-\u042F\u3400-\u9FFF\uAC00-\uD7A3])
    | [。！？]+[」』”）]*(?=.)          # no space follows in Chinese and Japanese
    | \n[ \t]*\n                        # an empty line
    """,
    re.VERBOSE | re.DOTALL,
)
LAST_WORD = re.compile(r"(?:.*[^\w.])?([\w.]*)", re.DOTALL)


def sentence_breaks(text: str, start: int, end: int, abbreviations: Iterable[str] = ()) -> list[int]:
    """Positions in [start, end) where a sentence stops and another one follows.

    Meant not to find too many: a full stop after one letter ("J. Kim"), after letters with inner
    stops ("U.S.") or after a word of `abbreviations` is none.
    """
    known = {word.rstrip(".").lower() for word in abbreviations}
    breaks = BREAK.finditer(text, max(start, 0), min(end, len(text)))
    return [match.start() for match in breaks if ends_sentence(text, match, known)]


def ends_sentence(text: str, match: re.Match[str], known: set[str]) -> bool:
    if match["mark"] != "." or match["close"]:
        return True
    last_word = LAST_WORD.match(text, max(match.start() - 30, 0), match.start())
    word = last_word[1] if last_word else ""
    return not ((len(word) <= 1 and not word.isdigit()) or "." in word or word.lower() in known)


def crosses_sentence(text: str, fragments: Sequence[Fragment], abbreviations: Iterable[str] = ()) -> bool:
    """Whether a sentence ends between two fragments, or a paragraph inside one."""
    if any("\n\n" in fragment["quote"] for fragment in fragments):
        return True
    # A break needs what follows it: the look-ahead may read into the next fragment.
    return any(breaks_before(text, a["end"], b["start"], abbreviations) for a, b in pairwise(fragments))


def breaks_before(text: str, start: int, end: int, abbreviations: Iterable[str]) -> bool:
    return any(position < end for position in sentence_breaks(text, start, end + 4, abbreviations))
