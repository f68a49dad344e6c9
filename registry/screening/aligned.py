"""The two names of a candidate laid beside each other, word under word, each pair with what it is told by. Pure, over a stored explanation."""

from __future__ import annotations

from typing import Any, NamedTuple

# What a page and a screen reader say of a pair; the sign stands beside it, so that colour tells nothing alone.
HOW = {
    "same": ("=", "the same"),
    "letters": ("≈", "other letters"),
    "sound": ("≈", "sounds alike"),
    "romanisation": ("≈", "another romanisation"),
    "initial_sound": ("≈", "northern and southern spelling"),
    "hanja": ("≈", "Chinese characters read in Korean"),
    "simplified": ("≈", "simplified and traditional characters"),
    "chinese_reading": ("≈", "Chinese reading of a Korean name"),
    "consonants": ("≈", "the same consonants"),
    "cyrillic": ("≈", "Cyrillic and Latin letters"),
    "joined": ("≈", "written apart and together"),
    "split": ("≈", "written together and apart"),
    "initial": ("≈", "initial"),
    "acronym": ("≈", "acronym"),
    "number": ("=", "the same number"),
    "form": ("≠", "another company form"),
    "identifier": ("=", "the same identifier"),
}
ONLY = {"entity": "only in the entity", "listed": "only in the entry"}


class AlignedWords(NamedTuple):
    """Words of both names that answer each other, or of one without an answer."""

    ours: str
    listed: str
    how: str
    sign: str
    words: str
    score: int | None


def aligned(explanation: dict[str, Any]) -> list[AlignedWords]:
    """In the order of the entity's name; what only the entry has comes last."""
    name, other = explanation["entity_name"], explanation["listed_name"]
    rows = [(pair["entity"][0], paired(pair, name, other)) for pair in explanation["pairs"]]
    for left in explanation["left"]:
        start, end = left["range"]
        is_ours = left["side"] == "entity"
        text = (name if is_ours else other)[start:end]
        words = f"{ONLY[left['side']]}{f' ({why})' if (why := left['why']) else ''}"
        row = AlignedWords(text if is_ours else "", "" if is_ours else text, "left", "+", words, None)
        rows.append((start if is_ours else len(name) + start, row))
    return [row for _, row in sorted(rows, key=lambda each: each[0])]


def paired(pair: dict[str, Any], name: str, other: str) -> AlignedWords:
    sign, words = HOW[pair["how"]]
    if edits := pair.get("edits"):
        words = f"{edits} letter{'s' if edits > 1 else ''} differ{'' if edits > 1 else 's'}"
    return AlignedWords(name[slice(*pair["entity"])], other[slice(*pair["listed"])], pair["how"], sign, words, pair["score"])
