"""Ids in a native document: each once, and of a length that can be stored. Pure."""

from __future__ import annotations

LONGEST = 100


class Names:
    def __init__(self) -> None:
        self.taken: set[str] = set()

    def take(self, preferred: str) -> str:
        """`preferred` if it is free, else the same with a number."""
        stem = preferred.strip()[: LONGEST - 8] or "x"
        name, number = stem, 1
        while name in self.taken:
            number += 1
            name = f"{stem}-{number}"
        self.taken.add(name)
        return name
