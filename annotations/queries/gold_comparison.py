"""A person's marks beside those of the gold: what is missing, too much, or marked otherwise. Pure.

Marks of the same words and label agree. What is left is paired, the likeliest first: the same words
under another label, then words that share characters in one layer. What finds no partner is missing
(only the gold has it) or extra (only the person has it).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from annotations.text import fragments

Mark = Mapping[str, Any]
AGREED, MISSING, EXTRA, LABEL, WORDS = "agreed", "missing", "extra", "label", "words"
OUTCOMES = (AGREED, MISSING, EXTRA, LABEL, WORDS)
SHOWN = ("id", "layer", "label", "fragments")


@dataclass(frozen=True)
class Pair:
    """A mark of the person, of the gold, or of both (not neither), and what comes of comparing them."""

    outcome: str
    own: Mark | None
    gold: Mark | None

    @property
    def mark(self) -> Mark:
        """The one that says where it is and in which layer: the gold's, if there is one."""
        return self.gold or self.own or {}

    def as_dict(self) -> dict[str, Any]:
        shown = (each and {field: each[field] for field in SHOWN} for each in (self.own, self.gold))
        own, gold = shown
        return {"outcome": self.outcome, "own": own, "gold": gold}


def compared(own: Sequence[Mark], gold: Sequence[Mark]) -> list[Pair]:
    """Every mark of both in one pair, in the order of the text."""
    pairs: list[Pair] = []
    left, right = list(own), list(gold)
    for key in (of_label, of_layer, of_words):
        equal = equals(left, right, key)
        pairs.extend(Pair(AGREED if key is of_label else LABEL, *pair) for pair in equal)
        left, right = without(left, equal, 0), without(right, equal, 1)
    overlaps = overlapping(left, right)
    pairs.extend(Pair(WORDS if mine["label"] == theirs["label"] else LABEL, mine, theirs) for mine, theirs in overlaps)
    left, right = without(left, overlaps, 0), without(right, overlaps, 1)
    pairs.extend(Pair(EXTRA, mark, None) for mark in left)
    pairs.extend(Pair(MISSING, None, mark) for mark in right)
    return sorted(pairs, key=lambda pair: fragments.envelope(pair.mark["fragments"]))


def counts(pairs: Iterable[Pair], layers: Iterable[str]) -> list[dict[str, Any]]:
    """How many of each outcome, layer by layer."""
    counters: dict[str, Counter[str]] = {layer: Counter() for layer in layers}
    for pair in pairs:
        counters.setdefault(pair.mark["layer"], Counter())[pair.outcome] += 1
    return [{"layer": layer, **{outcome: count[outcome] for outcome in OUTCOMES}} for layer, count in counters.items()]


def inside(marks: Iterable[Mark], stretch: Mapping[str, Any]) -> list[Mark]:
    return [mark for mark in marks if fragments.contains(stretch, mark["fragments"][0])]


# Pairing


def of_words(mark: Mark) -> tuple[Any, ...]:
    return tuple((part["start"], part["end"]) for part in mark["fragments"])


def of_layer(mark: Mark) -> tuple[Any, ...]:
    return (mark["layer"], *of_words(mark))


def of_label(mark: Mark) -> tuple[Any, ...]:
    return (mark["label"], *of_layer(mark))


def equals(own: list[Mark], gold: list[Mark], key: Callable[[Mark], Any]) -> list[tuple[Mark, Mark]]:
    waiting: dict[Any, list[Mark]] = defaultdict(list)
    for mark in reversed(gold):
        waiting[key(mark)].append(mark)
    return [(mark, waiting[key(mark)].pop()) for mark in own if waiting[key(mark)]]


def without(marks: list[Mark], pairs: list[tuple[Mark, Mark]], side: int) -> list[Mark]:
    gone = {pair[side]["id"] for pair in pairs}
    return [mark for mark in marks if mark["id"] not in gone]


def overlapping(own: list[Mark], gold: list[Mark]) -> list[tuple[Mark, Mark]]:
    """Pairs within a layer that share characters: the same label first, then the most characters."""
    pairs: list[tuple[Mark, Mark]] = []
    taken: set[tuple[int, str]] = set()
    for _, _, mine, theirs in sorted(candidates(own, gold), key=lambda each: each[:2]):
        names = {(0, mine["id"]), (1, theirs["id"])}
        if not names & taken:
            taken |= names
            pairs.append((mine, theirs))
    return pairs


def candidates(own: list[Mark], gold: list[Mark]) -> Iterator[tuple[bool, int, Mark, Mark]]:
    """One sweep over both from left to right; `near` are marks that may still reach the next one."""
    near: list[tuple[int, Mark]] = []
    sides = [(side, mark) for side, marks in enumerate((own, gold)) for mark in marks]
    for side, mark in sorted(sides, key=lambda each: fragments.envelope(each[1]["fragments"])):
        start, _ = fragments.envelope(mark["fragments"])
        near = [each for each in near if fragments.envelope(each[1]["fragments"])[1] > start]
        for other_side, other in near:
            shared = common(mark, other) if other_side != side and other["layer"] == mark["layer"] else 0
            if shared:
                mine, theirs = (mark, other) if side == 0 else (other, mark)
                yield mine["label"] != theirs["label"], -shared, mine, theirs
        near.append((side, mark))


def common(one: Mark, other: Mark) -> int:
    """How many characters two marks share."""
    return sum(
        max(0, min(a["end"], b["end"]) - max(a["start"], b["start"])) for a in one["fragments"] for b in other["fragments"]
    )
