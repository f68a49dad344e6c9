"""Everything that two readings of one text agree and differ in, as counts that add up over texts, in plain JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from annotations.agreement.entities import aligned_entities, grouping
from annotations.agreement.events import argument_counts, event_counts, paired_events
from annotations.agreement.gamma import gamma
from annotations.agreement.marks import Mark, MarkPair, overlapping, same_words
from annotations.agreement.reading import ReadingView
from annotations.agreement.unitising import disagreements, units_of
from annotations.agreement.values import figure_counts, numbers_by_unit

METHOD = "agreement/1"  # to be raised with every change of what is counted: pairs are counted anew then
Counts = dict[str, Any]


def pair_counts(left: ReadingView, right: ReadingView, length: int) -> Counts:
    """Of two readings of a text with so many characters."""
    figures = overlapping(left.figures, right.figures, label=False)
    triggers = overlapping(left.triggers, right.triggers, label=False)
    actors = overlapping(left.actors, right.actors, label=False)
    entities = aligned_entities(left, right, actors)
    events = paired_events(left, right)
    return {
        "layers": {layer: layer_counts(left.layers[layer], right.layers[layer], length) for layer in left.kinds},
        "figures": {"left": len(left.figures), "right_count": len(right.figures), **figure_counts(figures)},
        "numbers": numbers_by_unit(figures),
        "events": event_counts(left, right, events),
        "arguments": argument_counts(left, right, events, figures, entities),
        "sources": source_counts(left, right, figures + triggers, entities),
        "entities": entity_counts(left.actors, right.actors),
    }


def layer_counts(left: Sequence[Mark], right: Sequence[Mark], length: int) -> Counts:
    """Marks of a layer and of each of its labels: `left`, `right`, and pairs, `exact` and `overlap`."""
    exact, overlaps = same_words(left, right), overlapping(left, right)
    sides = [Counter(mark["label"] for mark in marks) for marks in (left, right)]
    pairs = [Counter(own["label"] for own, _ in some) for some in (exact, overlaps)]
    meetings = Counter((own["label"], other["label"]) for own, other in same_words(left, right, label=False))
    units = [units_of(left), units_of(right)]
    unit_counts = disagreements(units, length)
    return {
        "left": len(left),
        "right": len(right),
        "exact": len(exact),
        "overlap": len(overlaps),
        "labels": {label: [each[label] for each in (*sides, *pairs)] for label in sorted(sides[0] | sides[1])},
        "same_words": [[*labels, count] for labels, count in sorted(meetings.items())],
        "unitising": {label: list(pair) for label, pair in unit_counts.items()},
        "nested": sum(len(mark["fragments"]) for mark in (*left, *right)) - sum(len(each) for each in units),
    }


def gamma_counts(left: ReadingView, right: ReadingView, seed: int) -> Counts:
    """Layer → [observed, expected] disorder, of layers with marks; it costs a hundred times as much as all of `pair_counts`."""
    units = {layer: (units_of(left.layers[layer]), units_of(right.layers[layer])) for layer in left.kinds}
    return {layer: [*gamma(*sides, seed=seed)] for layer, sides in units.items() if any(sides)}


def source_counts(left: ReadingView, right: ReadingView, pairs: Sequence[MarkPair], entities: dict[str, str]) -> Counts:
    sources = [(left.source_of(own), right.source_of(other)) for own, other in pairs]
    same = sum(own == (entities.get(other, other) if other else None) for own, other in sources)
    return {"pairs": len(pairs), "same": same}


def entity_counts(left: Sequence[Mark], right: Sequence[Mark]) -> Counts:
    """Of actors on the same words that both readings have linked: sums for B³."""
    linked = [
        (own["attributes"].get("entity"), other["attributes"].get("entity"))
        for own, other in same_words(left, right, label=False)
    ]
    both = [pair for pair in linked if all(pair)]
    alike = grouping([own for own, _ in both], [other for _, other in both])
    return {"marks": alike.marks, "precision": alike.precision, "recall": alike.recall}
