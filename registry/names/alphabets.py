"""A name that is written twice, in two alphabets: Сергей Образцов (Sergei Obraztsov). Each is compared by itself."""

from __future__ import annotations

from itertools import groupby, pairwise
from operator import attrgetter

from registry.names.script import LetterRun

ALPHABETS = ("latin", "cyrillic", "arabic")
FEWEST = 5  # letters of a name in one alphabet
DIVIDING = frozenset("(/[|")


def in_alphabets(text: str, words: list[LetterRun]) -> list[list[LetterRun]]:
    """Words of each alphabet, where each has words of its own that stand together; else none. One word is a name of its own
    where a bracket or a stroke divides it from the others: of two that only stand beside each other it may be half of the name."""
    if len({run.script for run in words}) < 2:
        return []
    blocks = [list(block) for _, block in groupby(words, key=attrgetter("script"))]
    scripts = [block[0].script for block in blocks]
    if len(set(scripts)) < len(scripts) or not set(scripts) <= set(ALPHABETS):
        return []
    if any(sum(len(run.native) for run in block) < FEWEST for block in blocks):
        return []
    gaps = (text[before[-1].end : block[0].start] for before, block in pairwise(blocks))
    are_divided = all(DIVIDING & set(gap) for gap in gaps)
    return blocks if are_divided or all(len(block) > 1 for block in blocks) else []
