"""The counts of a pair as they are of one layer, or of one label of it."""

from __future__ import annotations

from annotations.agreement.pair_counts import Counts

NOTHING = (0, 0, 0, 0)


def of_code(counts: Counts, code: str) -> Counts:
    """`code`: LAYER or LAYER.LABEL. Only what is counted of marks: values, events and entities are of all labels together."""
    layer, _, label = code.partition(".")
    part = counts["layers"].get(layer)
    if part is None:
        return {"layers": {}}
    if label:
        return {"layers": {layer: of_label(part, label)}}
    gamma = {layer: counts["gamma"][layer]} if layer in counts.get("gamma", {}) else {}
    return {"layers": {layer: part}, "gamma": gamma}


def of_label(part: Counts, label: str) -> Counts:
    left, right, exact, overlap = part["labels"].get(label, NOTHING)
    return {
        "left": left,
        "right": right,
        "exact": exact,
        "overlap": overlap,
        "labels": {label: part["labels"][label]} if label in part["labels"] else {},
        "same_words": [meeting for meeting in part["same_words"] if label in meeting[:2]],
        "unitising": {label: part["unitising"][label]} if label in part["unitising"] else {},
    }


def has_marks(counts: Counts) -> bool:
    return any(part["left"] + part["right"] for part in counts["layers"].values())
