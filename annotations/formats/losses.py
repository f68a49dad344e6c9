"""What a file does not hold of what was said: counted per kind, and listed.

Pure. A kind is a phrase in the plural that reads before a number: "discontinuous marks written as their outer span".
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

LISTED = 1_000  # things named per kind; all are counted


@dataclass
class Losses:
    counts: Counter[str] = field(default_factory=Counter)
    things: dict[str, list[str]] = field(default_factory=dict)

    def lose(self, kind: str, thing: str, number: int = 1) -> None:
        """`thing` names document and object: "seed-000 F12"."""
        self.counts[kind] += number
        listed = self.things.setdefault(kind, [])
        if len(listed) < LISTED:
            listed.append(thing)

    def add(self, others: Losses) -> None:
        for kind, number in others.counts.items():
            self.counts[kind] += number
            self.things[kind] = (self.things.get(kind, []) + others.things.get(kind, []))[:LISTED]

    def __bool__(self) -> bool:
        return bool(self.counts)

    def lines(self) -> list[str]:
        return [f"{kind}: {count:,}" for kind, count in sorted(self.counts.items())]

    def to_dict(self) -> dict[str, Any]:
        return {kind: {"count": count, "things": self.things.get(kind, [])} for kind, count in sorted(self.counts.items())}
