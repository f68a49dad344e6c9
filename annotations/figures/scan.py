"""Words of a figure, from which one reader after the other takes its part.

What was taken is blanked, so that places stay the same and later readers do not see it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

GAP = "…"
# Code points that are read, before and after compatibility forms are resolved: some of these stand for 18 letters.
LONGEST = 300
# 1.2M people, 7MM barrels: no metres, which are written small.
MILLIONS = re.compile(r"(?<=\d)\s?MM?\b(?!/)")
# 2.5 G is no weight, which is written small.
GIGA = re.compile(r"(?<=\d)\s?G\b(?!/)")
VULGAR = re.compile(r"[¼-¾⅐-⅞]")


def apart(match: re.Match[str]) -> str:
    """2½ is no 21/2."""
    return f" {match[0]} "


class Scan:
    """`rest` is in small letters, compatibility forms resolved (４５ → 45, ㎏ → kg)."""

    def __init__(self, words: str) -> None:
        spaced = GIGA.sub(" giga", MILLIONS.sub(" million", words[:LONGEST].replace(GAP, " ")))
        self.rest = unicodedata.normalize("NFKC", VULGAR.sub(apart, spaced)).lower()[: 2 * LONGEST]

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The first match, which is blanked."""
        match = pattern.search(self.rest)
        if match:
            self.blank(match.start(), match.end())
        return match

    def take_all(self, pattern: re.Pattern[str]) -> list[re.Match[str]]:
        matches = list(pattern.finditer(self.rest))
        for match in matches:
            self.blank(match.start(), match.end())
        return matches

    def blank(self, start: int, end: int) -> None:
        self.rest = self.rest[:start] + " " * (end - start) + self.rest[end:]


@lru_cache(maxsize=512)
def phrases(words: tuple[str, ...]) -> re.Pattern[str]:
    """One of these phrases, the longest first. Latin words are matched whole; digits may adjoin."""
    ordered = sorted(set(words), key=len, reverse=True)
    return re.compile("|".join(bounded(word) for word in ordered) or "(?!)")


def bounded(word: str) -> str:
    """The look back stands behind the first letter: so the search skips to where a phrase may begin, four times as fast."""
    first, rest = re.escape(word[0]), re.escape(word[1:]).replace(r"\ ", r"\s+")
    before = f"(?<![a-z]{first})" if word[0].isascii() and word[0].isalpha() else ""
    after = "(?![a-z])" if word[-1].isascii() and word[-1].isalpha() else ""
    return f"{first}{before}{rest}{after}"


def any_of(words: Iterable[str]) -> re.Pattern[str]:
    return phrases(tuple(words))
