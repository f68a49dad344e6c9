"""How wide words are, and how they are cut to fit.

The font of the reader is not known here: widths are those of DejaVu Sans, the widest of the usual ones.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import accumulate

SIZE, SMALL = 13.0, 12.0  # pixels, as plots.css has them: of values, and of notes
BOLD = 14.5  # names are as wide as thin letters of this size
NARROW, WIDE = frozenset("fijlrtI.,:;'|!()[] "), frozenset("mwMW@%—")
LONGEST = 400  # characters that are looked at
# Control characters but white space, the signs that embed, override and isolate a direction, lone surrogates.
UNWANTED = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def one_line(words: str) -> str:
    """Without line breaks, control characters and signs that turn the words behind them around."""
    return " ".join(UNWANTED.sub("", words).split())


@lru_cache(maxsize=4096)
def breadth(sign: str) -> float:
    """In parts of the size of the font."""
    if unicodedata.category(sign) in ("Mn", "Me", "Cf"):
        return 0
    if unicodedata.east_asian_width(sign) in "WF":
        return 1
    if sign in NARROW:
        return 0.38
    return 0.97 if sign in WIDE else 0.71 if sign.isupper() else 0.62


def width(words: str, size: float = SIZE) -> float:
    return size * sum(map(breadth, words))


@lru_cache(maxsize=4096)
def shortened(words: str, room: float, size: float = SIZE) -> str:
    """As much of it as `room` pixels hold, with … where something is missing."""
    words = one_line(words[:LONGEST])
    if width(words, size) <= room:
        return words
    ends = accumulate(size * breadth(sign) for sign in words)
    kept = sum(end <= room - width("…", size) for end in ends)
    # What joins onto a sign is not parted from it.
    while kept and breadth(words[kept]) == 0:
        kept -= 1
    return words[:kept].rstrip() + "…"


def wrapped(words: str, room: float, size: float = SIZE) -> list[str]:
    """One line, or two where one does not hold it."""
    words = one_line(words[:LONGEST])
    if width(words, size) <= room:
        return [words]
    pieces = words.split(" ")
    first = pieces[0]
    for number, piece in enumerate(pieces[1:], 1):
        if width(f"{first} {piece}", size) > room:
            return [shortened(first, room, size), shortened(" ".join(pieces[number:]), room, size)]
        first += f" {piece}"
    return [shortened(first, room, size)]
