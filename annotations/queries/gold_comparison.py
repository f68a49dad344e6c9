"""A person's marks beside those of the gold: what is missing, too much, or marked otherwise. Pure.

Pairs are made within a layer. Marks of the same words and label agree. What is left is paired, the likeliest
first: the same words under another label, then words that share characters, as many pairs as possible. What finds
no partner is missing (only the gold has it) or extra (only the person has it); where the other one has a mark of
another layer on the same words, the pair names that layer.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from annotations.agreement.marks import Bounds, Mark, MarkPair, bounds_of, by_layer, edges, same_words
from annotations.agreement.matching import best_matching, weight_of
from annotations.text import fragments

AGREED, MISSING, EXTRA, LABEL, WORDS = "agreed", "missing", "extra", "label", "words"
OUTCOMES = (AGREED, MISSING, EXTRA, LABEL, WORDS)
SHOWN = ("id", "layer", "label", "fragments")


@dataclass(frozen=True)
class Pair:
    """A mark of the person, of the gold, or of both (not neither), and what comes of comparing them."""

    outcome: str
    own: Mark | None
    gold: Mark | None
    other_layer: str | None = None

    @property
    def mark(self) -> Mark:
        """The one that says where it is and in which layer: the gold's, if there is one."""
        return self.gold or self.own or {}

    def as_dict(self) -> dict[str, Any]:
        shown = (each and {field: each[field] for field in SHOWN} for each in (self.own, self.gold))
        own, gold = shown
        return {"outcome": self.outcome, "own": own, "gold": gold, "other_layer": self.other_layer}


def compared(own: Sequence[Mark], gold: Sequence[Mark]) -> list[Pair]:
    """Every mark of both in one pair, in the order of the text."""
    mine, theirs = by_layer(own), by_layer(gold)
    layers_of_own, layers_of_gold = layers_by_words(own), layers_by_words(gold)
    pairs: list[Pair] = []
    for layer in dict.fromkeys([*mine, *theirs]):
        paired, left, right = paired_in_layer(mine[layer], theirs[layer])
        pairs.extend(paired)
        pairs.extend(Pair(EXTRA, mark, None, other_layer(mark, layers_of_gold)) for mark in left)
        pairs.extend(Pair(MISSING, None, mark, other_layer(mark, layers_of_own)) for mark in right)
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


def paired_in_layer(own: list[Mark], gold: list[Mark]) -> tuple[list[Pair], list[Mark], list[Mark]]:
    """Pairs of one layer, and what is left on either side."""
    pairs: list[Pair] = []
    for label in (True, False):
        equal = same_words(own, gold, label=label)
        pairs.extend(Pair(AGREED if label else LABEL, *pair) for pair in equal)
        own, gold = without(own, equal, 0), without(gold, equal, 1)
    overlaps = overlapping(own, gold)
    pairs.extend(Pair(WORDS if mine["label"] == theirs["label"] else LABEL, mine, theirs) for mine, theirs in overlaps)
    return pairs, without(own, overlaps, 0), without(gold, overlaps, 1)


def overlapping(own: list[Mark], gold: list[Mark]) -> list[MarkPair]:
    """Pairs that share characters: as many as possible, then with as many equal labels, then with as many shared characters."""
    weights: dict[int, dict[int, int]] = defaultdict(dict)
    for i, j, shared in edges([bounds_of(mark) for mark in own], [bounds_of(mark) for mark in gold]):
        weights[i][j] = weight_of(1, own[i]["label"] == gold[j]["label"], shared)
    return [(own[i], gold[j]) for i, j in best_matching(weights)]


def without(marks: list[Mark], pairs: list[MarkPair], side: int) -> list[Mark]:
    gone = {pair[side]["id"] for pair in pairs}
    return [mark for mark in marks if mark["id"] not in gone]


def layers_by_words(marks: Iterable[Mark]) -> dict[Bounds, list[str]]:
    layers: dict[Bounds, list[str]] = defaultdict(list)
    for mark in marks:
        layers[bounds_of(mark)].append(mark["layer"])
    return layers


def other_layer(mark: Mark, layers: Mapping[Bounds, list[str]]) -> str | None:
    """The first other layer in which the other side has marked the same words."""
    return next((layer for layer in layers.get(bounds_of(mark), ()) if layer != mark["layer"]), None)
