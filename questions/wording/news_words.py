"""News of saved questions in words."""

from __future__ import annotations

from collections.abc import Iterable

ASPECT_WORDS = {"place": "places", "copies": "copies and later articles", "words": "quotations", "more": "other details"}


def count_words(new: int | None, changed: int | None, gone: int | None) -> str:
    """ "3 new · 1 changed"; empty where nothing is."""
    numbers = {"new": new, "changed": changed, "gone": gone}
    return " · ".join(f"{number:,} {state}" for state, number in numbers.items() if number)


def since_words(new: int | None, changed: int | None, gone: int | None) -> str:
    """What has become of the rows of an earlier answer. None: its rows, or today's, are more than are compared."""
    words = count_words(new, changed, gone)
    parts = [f"{words} since." if words else "These rows are the same today."]
    if new is None:
        parts.append("New rows are not counted, since these are not all.")
    if gone is None:
        parts.append("Rows that have gone are not counted, since today's answer has too many.")
    return " ".join(parts)


def aspect_words(aspects: Iterable[str]) -> str:
    return ", ".join(ASPECT_WORDS.get(aspect, aspect) for aspect in aspects)
