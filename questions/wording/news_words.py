"""News of saved questions in words."""

from __future__ import annotations

from collections.abc import Iterable

ASPECT_WORDS = {"place": "places", "copies": "copies and later articles", "words": "quotations", "more": "other details"}


def count_words(new: int | None, changed: int | None, gone: int | None) -> str:
    """ "3 new · 1 changed"; empty where nothing is."""
    numbers = {"new": new, "changed": changed, "gone": gone}
    return " · ".join(f"{number:,} {state}" for state, number in numbers.items() if number)


def aspect_words(aspects: Iterable[str]) -> str:
    return ", ".join(ASPECT_WORDS.get(aspect, aspect) for aspect in aspects)
