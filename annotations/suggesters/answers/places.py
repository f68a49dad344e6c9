"""Where the words of a fragment are: at its offsets, or where they stand once. Never "the nearest". Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from corpus.text.offsets import Offsets

Range = tuple[int, int]


class UnfitWords(ValueError):
    """Its words are not where a fragment says, or nowhere, or more than once. The message is the reason, in a word."""


def located_range(offsets: Offsets, part: Mapping[str, Any]) -> Range:
    """Code points. Raises UnfitWords."""
    if "start" in part:
        return at_offsets(offsets, part["start"], part["end"], part["quote"])
    return once(offsets.text, part["quote"], part.get("prefix", ""), part.get("suffix", ""))


def at_offsets(offsets: Offsets, start: int, end: int, quote: str) -> Range:
    """Offsets that fit only when they are counted in UTF-16 are not converted: they may fit by chance."""
    if offsets.text[start:end] == quote and end <= len(offsets.text):
        return start, end
    if fits_utf16(offsets, start, end, quote):
        raise UnfitWords("offset-unit")
    raise UnfitWords("outside" if end > len(offsets.text) else "quote-differs")


def fits_utf16(offsets: Offsets, start: int, end: int, quote: str) -> bool:
    try:
        return offsets.text[offsets.to_codepoints(start) : offsets.to_codepoints(end)] == quote
    except ValueError:
        return False


def once(text: str, quote: str, prefix: str, suffix: str) -> Range:
    start = only(text, quote)
    if start is None and prefix + suffix:
        whole = only(text, prefix + quote + suffix)
        start = None if whole is None else whole + len(prefix)
    if start is None:
        raise UnfitWords("ambiguous")
    return start, start + len(quote)


def only(text: str, words: str) -> int | None:
    """None where they stand more than once. Raises UnfitWords where they do not stand at all."""
    first = text.find(words)
    if first < 0:
        raise UnfitWords("not-found")
    return first if text.find(words, first + 1) < 0 else None
