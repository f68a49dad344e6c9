"""What every format shares: what it can hold, what it loses, and how it says that a file cannot be read. Pure.

A kind of loss is a phrase in the plural that reads before a number: "discontinuous marks written as their outer span".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

# What a format can hold; each FORMAT names its own in HOLDS, and `flatten` reports the rest as lost.
FRAGMENTS = "fragments"  # a mark of several pieces
NESTING = "nesting"  # a mark inside another, or over the same words
CROSSING = "crossing"  # marks of which each has words that the other has not
ATTRIBUTES = "attributes"  # values at a mark (and at a frame, where it has frames)
FRAMES = "frames"  # events: triggers, and roles with their fillers
TIES = "ties"  # typed, directed relations between two marks
NOTES = "notes"  # free text, at a mark or at the whole document
FACTS = "facts"  # title, address, outlet and date of the article
CAPACITIES = frozenset({FRAGMENTS, NESTING, CROSSING, ATTRIBUTES, FRAMES, TIES, NOTES, FACTS})

LISTED = 1_000  # things named per kind; all are counted


@dataclass
class Losses:
    counts: Counter[str] = field(default_factory=Counter)
    things: dict[str, list[str]] = field(default_factory=dict)

    def lose(self, kind: str, name: str, number: int = 1) -> None:
        """`name` names document and object: "seed-000 F12"."""
        self.counts[kind] += number
        listed = self.things.setdefault(kind, [])
        if len(listed) < LISTED:
            listed.append(name)

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


class Unreadable(ValueError):
    """A file, or one document of it, that cannot be read; says the place in it, the id and the reason."""


@dataclass(frozen=True)
class Option:
    """What can be asked of a format. `values`: what it may be; none: any text. `is_file`: the content of a file."""

    about: str
    values: tuple[str, ...] = ()
    is_file: bool = False


Options = Mapping[str, Option]

LABEL = Option("Feature that holds the label, in type systems of other tools.")
TEXT = Option("Text of the document, if the file does not include it.", is_file=True)
BASES = Option(
    "What lines rest on: only those. agreed: of a gold, or by several readings; reading: of one annotator alone.",
    ("agreed", "adjudicated", "approved", "gold", "reading", "draft"),
)
LINES = Option("Ids of figures and events, or seals of rows, separated by commas: only these, in this order.")
