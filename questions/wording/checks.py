"""Checks, and reasons why two rows may count the same, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from questions.values.extents import Extent
from questions.values.sums import PairReason
from questions.wording.amounts import digits, per

CHECKS = {
    "FIG-05": "Parts of a whole",
    "FIG-06": "Exchange rates",
    "DERIVED": "Amounts per person and shares",
    "LEGAL": "What the law requires",
    "MEA-02": "Events before their measure",
    "MEA-03": "Paragraphs out of force",
    "DEADLINE": "Events after a deadline",
    "MEA-04": "Figures beside a limit",
    "FALLS-UNDER": "Paragraphs not cited",
}
VERDICTS = {
    "required": "required",
    "falls_under": "falls under",
    "after_deadline": "after the deadline",
    "not_required": "not required",
    "before": "before it was in force",
    "after": "after it was in force",
    "open": "cannot be said",
}
RESULTS = {"ok": "holds", "warning": "warning", "info": "worked out", "note": "note"}

REASONS = {
    PairReason.DIFFERENT: "judged different events",
    PairReason.PARTS: "parts of one whole, which they do not exceed",
    PairReason.LINKED: "judged the same event",
    PairReason.PART_OF: "one is part of the other, or who is counted in one is part of who is counted in the other",
    PairReason.MAYBE: "marked as possibly the same, or who is counted is",
    PairReason.EXCEEDS: "parts of one whole, which together exceed it",
    PairReason.SAME_COUNTED: "the same people or things are counted",
    PairReason.NO_NOTE: "judged different, without a reason",
    PairReason.UNKNOWN: "nobody has judged whether they are the same",
}
JUDGE = "Judge them different, with a reason, or leave one of them out."
REMEDIES = {
    PairReason.LINKED: "Leave one of them out.",
    PairReason.PART_OF: "Leave the part or the whole out.",
    PairReason.EXCEEDS: "Check the figures of the whole and of its parts.",
    PairReason.NO_NOTE: "Undo the judgement, and judge again with a reason.",
}


def reason_words(reason: PairReason) -> str:
    return REASONS[reason]


def remedy(reason: PairReason) -> str:
    return REMEDIES.get(reason, JUDGE)


def reach_words(reach: Extent, measure: Mapping[str, Any]) -> str:
    """ "300", "115 to 125", "more than 150 CNY a month", "at least 5 and less than 30"."""
    unit = measure["currency"] or measure["unit"]
    return f"{ends(reach)}{f' {unit}' if unit else ''}{per(measure)}"


def ends(reach: Extent) -> str:
    low = digits(reach.low)
    least = f"{'at least' if reach.has_low else 'more than'} {low}"
    if reach.high is None:
        return least
    high = digits(reach.high)
    if reach.low == reach.high:
        return low
    if reach.has_low and reach.has_high:
        return f"{low} to {high}"
    return f"{least} and {'at most' if reach.has_high else 'less than'} {high}"
