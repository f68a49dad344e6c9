"""A suggestion, and whether its words are those of the text. Pure.

It says exact words under a label; values, status and ratings are never taken from it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from annotations.scheme.view import SchemeView
from annotations.suggesters.runs import runs_in
from annotations.text import fragments as standoff

Object = dict[str, Any]
LONGEST_REASON = 300


@dataclass(frozen=True)
class Suggestion:
    """`fields` are those of the native shape that the kind has besides: attributes, type, content, cue, measure."""

    kind: str
    layer: str
    label: str
    ranges: tuple[tuple[int, int], ...]
    suggester: str
    version: str
    score: float
    why: str
    fields: Mapping[str, Any] = field(default_factory=dict)

    @property
    def extent(self) -> tuple[int, int]:
        return self.ranges[0][0], self.ranges[-1][1]

    @property
    def content(self) -> tuple[Any, ...]:
        """What makes two offers the same."""
        return self.kind, self.layer, self.label, self.ranges


@dataclass(frozen=True)
class ScannedText:
    """A text under a scheme, as suggesters read it."""

    text: str
    segments: Sequence[Mapping[str, Any]]
    zones: Sequence[Mapping[str, Any]]
    language: str
    scheme: SchemeView

    @cached_property
    def runs(self) -> dict[str, list[tuple[int, int]]]:
        return runs_in(self.text, self.segments)

    @cached_property
    def unmarked(self) -> list[Mapping[str, Any]]:
        return [zone for zone in self.zones if not self.scheme.zone_is_marked(zone["kind"])]


def refused(suggestion: Suggestion, read: ScannedText) -> str:
    """Why it is not served; empty where it may be."""
    parts = standoff.quoted(read.text, suggestion.ranges)
    if not parts or not all(standoff.within(read.text, part) for part in parts):
        return "outside"
    if not standoff.in_order(parts):
        return "malformed"
    if any(standoff.has_loose_space(read.text, part) for part in parts):
        return "loose-space"
    for part in parts:
        for _, what in standoff.cut_at(read.text, part):
            return f"cuts-{what}"
    if read.segments and suggestion.kind != "claim":
        there = [standoff.segment_of(read.segments, part) for part in parts]
        if None in there or any(each != there[0] for each in there):
            return "crosses-segment"
    if any(standoff.zones_under(read.unmarked, part) for part in parts):
        return "zone"
    if suggestion.kind in ("span", "event") and not read.scheme.has_label(suggestion.layer, suggestion.label):
        return "unknown-label"
    return ""


def is_sound(suggestion: Suggestion, read: ScannedText) -> bool:
    return not refused(suggestion, read)
