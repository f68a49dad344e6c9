"""The sentence around some words, to show them with. Pure; offsets are code points."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache

# A full stop ends a sentence when white space follows; a CJK one does so by itself.
_END = re.compile(r"[.!?…]['\"’”»)\]]*(?=\s)|[。！？][」』”）]*|\n")
# "U.S. firms", "S. Korea": one letter before the stop is an initial.
_INITIAL = re.compile(r"(?:^|[\s.(])\w\.\Z")


def around(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentence or sentences begin and end that hold `text[start:end]`."""
    ends = _ends(text)
    before, behind = bisect_right(ends, start), bisect_left(ends, end)
    left = ends[before - 1] if before else 0
    right = ends[behind] if behind < len(ends) else len(text)
    left += len(text[left:start]) - len(text[left:start].lstrip())
    return left, max(right - (text[right - 1 : right] == "\n"), end)


@lru_cache(maxsize=4)
def _ends(text: str) -> list[int]:
    """Where sentences end, in order. Many marks of one text are looked at, one after the other."""
    return [match.end() for match in _END.finditer(text) if not _is_initial(text, match.end())]


def _is_initial(text: str, position: int) -> bool:
    return bool(_INITIAL.search(text, max(0, position - 3), position))
