"""Events of two readings, and what fills their roles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from annotations.agreement.marks import MarkPair, bounds_of, edges, overlapping
from annotations.agreement.matching import best_matching, weight_of
from annotations.agreement.reading import Object, ReadingView

EVENT_FIELDS = ("type", "status", "polarity", "certainty")
EventPairs = Sequence[tuple[str, str]]
Filler = tuple[str, Any]


def paired_events(left: ReadingView, right: ReadingView) -> list[tuple[str, str]]:
    """Ids of events whose triggers overlap: as many pairs as possible, then with as many shared triggers, then with as many equal types."""
    own, others = sorted(left.triggers_by_event), sorted(right.triggers_by_event)
    weights: dict[int, dict[int, int]] = defaultdict(dict)
    for i, j in sorted(meeting(left, right, own, others)):
        one, other = own[i], others[j]
        shared = overlapping(left.triggers_by_event[one], right.triggers_by_event[other], label=False)
        is_equal = type_of(left, one) == type_of(right, other)
        weights[i][j] = weight_of(1, len(shared), is_equal)
    return [(own[i], others[j]) for i, j in best_matching(weights)]


def meeting(left: ReadingView, right: ReadingView, own: Sequence[str], others: Sequence[str]) -> set[tuple[int, int]]:
    """Positions of events with triggers that share characters."""
    sides = []
    for view, names in ((left, own), (right, others)):
        sides.append([(bounds_of(mark), n) for n, name in enumerate(names) for mark in view.triggers_by_event[name]])
    one, two = sides
    return {(one[i][1], two[j][1]) for i, j, _ in edges([bounds for bounds, _ in one], [bounds for bounds, _ in two])}


def type_of(view: ReadingView, event: str) -> str | None:
    value: str | None = view.events.get(event, {}).get("type")
    return value


def event_counts(left: ReadingView, right: ReadingView, pairs: EventPairs) -> dict[str, int]:
    """`type`, `status` …: pairs that say the same."""
    equal = {
        field: sum(left.events[one].get(field) == right.events[other].get(field) for one, other in pairs)
        for field in EVENT_FIELDS
    }
    return {"left": len(left.events), "right": len(right.events), "pairs": len(pairs), **equal}


class Renaming(NamedTuple):
    """Ids of one reading → those under which it is compared; an id that is not listed is nobody else's."""

    entities: Mapping[str, str]
    events: Mapping[str, str]
    figures: Mapping[str, str]
    citations: Mapping[str, str]


def argument_counts(
    left: ReadingView, right: ReadingView, events: EventPairs, figures: Sequence[MarkPair], entities: Mapping[str, str]
) -> dict[str, int]:
    """Arguments of both readings, and how many are the same: of paired events, in one role, filled by the same."""
    cited = overlapping(*([{**cite, "label": ""} for cite in view.native["measure_refs"]] for view in (left, right)))
    renaming = Renaming(
        entities,
        {other: own for own, other in events},
        {other["id"]: own["id"] for own, other in figures},
        {other["id"]: own["id"] for own, other in cited},
    )
    one, two = arguments(left, unchanged(left)), arguments(right, renaming)
    return {"left": len(one), "right": len(two), "tp": len(one & two)}


def unchanged(view: ReadingView) -> Renaming:
    citations = (cite["id"] for cite in view.native["measure_refs"])
    return Renaming(*({name: name for name in names} for names in (view.types, view.events, view.marks, citations)))


def arguments(view: ReadingView, renaming: Renaming) -> set[tuple[Filler, str, Filler]]:
    """(event, role, filler), each once: two mentions of one entity in one role are one argument."""
    return {
        (known("event", event["id"], renaming.events, view), argument["role"], filler(argument, renaming, view))
        for event in view.native["events"]
        for argument in event["arguments"]
    }


def filler(argument: Object, renaming: Renaming, view: ReadingView) -> Filler:
    if mark := view.marks.get(argument.get("mention") or argument.get("figure") or ""):
        if view.kinds.get(mark["layer"]) == "figure":
            return known("figure", mark["id"], renaming.figures, view)
        entity = mark["attributes"].get("entity")
        return known("entity", entity, renaming.entities, view) if entity else ("mark", (id(view), mark["id"]))
    for kind, names in (("entity", renaming.entities), ("event", renaming.events)):
        if name := argument.get(kind):
            return known(kind, name, names, view)
    return known("citation", argument.get("measure_ref"), renaming.citations, view)


def known(kind: str, name: Any, names: Mapping[str, str], view: ReadingView) -> Filler:
    """What is not in both readings is equal to nothing of the other one."""
    return (kind, names[name]) if name in names else (kind, (id(view), name))
