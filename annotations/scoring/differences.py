"""Where two readings of a text differ: marks, entities, values, events, arguments and sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from annotations.agreement.entities import aligned_entities
from annotations.agreement.events import EVENT_FIELDS, paired_events
from annotations.agreement.marks import Mark, MarkPair, overlapping, same_words
from annotations.agreement.reading import ReadingView
from annotations.agreement.values import FLAGS, value_of
from annotations.models import Assignment, PairScore
from annotations.queries.gold_comparison import AGREED, EXTRA, MISSING, compared
from annotations.scoring.pairs import ReadingPair, views_of
from annotations.scoring.score_rows import ScoreRow

Entities = Mapping[Any, Any]  # of the right reading → of the left one
Ids = tuple[str | None, str | None]
KINDS = {
    "mark": "Marks",
    "value": "Values of figures",
    "entity": "Entities",
    "event": "Events",
    "argument": "Arguments",
    "source": "Sources",
}
ONE_SIDED = {MISSING: "only right", EXTRA: "only left"}  # of a comparison with the right reading


@dataclass(frozen=True)
class PairDifference:
    """`left` and `right` are what each reading says; empty where it says nothing. `ids`: of the mark, or the claim, that differs in each.

    `material` and `decided` are known of those that `scoring.weighed` has looked at.
    """

    kind: str
    outcome: str
    layer: str
    start: int
    end: int
    quote: str
    left: str
    right: str
    labels: tuple[str, ...] = ()  # of the marks that differ, or that hold what differs
    ids: Ids = (None, None)
    material: bool | None = None
    decided: bool | None = None

    def is_of(self, kind: str, code: str) -> bool:
        """`kind`: one of KINDS or nothing; `code`: LAYER, LAYER.LABEL or nothing."""
        layer, _, label = code.partition(".")
        return kind in ("", self.kind) and layer in ("", self.layer) and (not label or label in self.labels)


def differences(score: PairScore, names: Mapping[int, str]) -> dict[str, Any]:
    """`names`: of readers, by their accounts."""
    readings = Assignment.objects.select_related("document").defer("document__text").in_bulk([score.left_id, score.right_id])
    views, _ = views_of([ReadingPair(score.left_id, score.left_revision, score.right_id, score.right_revision)])
    left, right = views[score.left_id], views[score.right_id]
    people = [name_of(readings[pk], names) for pk in (score.left_id, score.right_id)]
    return {
        "article": readings[score.right_id].document.article_id,
        "left": people[0],
        "right": people[1],
        "differences": rows_of(left, right),
    }


def name_of(reading: Assignment, names: Mapping[int, str]) -> str:
    name = names.get(reading.annotator_id, "")
    if reading.role == Assignment.Role.REREADING:
        return f"{name}, rereading"
    return "Gold" if reading.role == Assignment.Role.ADJUDICATION else name


def differences_of(rows: Sequence[ScoreRow]) -> list[list[PairDifference]]:
    """Of each pair, its differences."""
    pairs = [pair_of(row) for row in rows]
    views, _ = views_of(pairs)
    return [rows_of(views[pair.left], views[pair.right]) for pair in pairs]


def pair_of(row: ScoreRow) -> ReadingPair:
    (left, left_revision), (right, right_revision) = row.readings
    return ReadingPair(UUID(left), int(left_revision), UUID(right), int(right_revision))


def rows_of(left: ReadingView, right: ReadingView) -> list[PairDifference]:
    """In the order of the text."""
    entities = aligned_entities(left, right, overlapping(left.actors, right.actors, label=False))
    rows = [*mark_rows(left, right), *figure_rows(left, right)]
    for listed in (entity_rows, event_rows, source_rows):
        rows.extend(listed(left, right, entities))
    return sorted(rows, key=lambda row: (row.start, row.end, row.kind))


def row_at(
    kind: str, outcome: str, marks: tuple[Mark | None, Mark | None], left: str, right: str, ids: Ids | None = None
) -> PairDifference:
    """`marks`: of the left reading and of the right one. `ids`: of what differs, where these are not the marks."""
    mark = next(each for each in marks if each)
    start, end = mark["fragments"][0]["start"], mark["fragments"][-1]["end"]
    quote = " … ".join(part["quote"] for part in mark["fragments"])
    labels = tuple(dict.fromkeys(each["label"] for each in marks if each))
    own = ids or (id_of(marks[0]), id_of(marks[1]))
    return PairDifference(kind, outcome, mark["layer"], start, end, quote, left, right, labels, own)


def id_of(record: Mapping[str, Any] | None) -> str | None:
    return str(record["id"]) if record else None


def mark_rows(left: ReadingView, right: ReadingView) -> Iterator[PairDifference]:
    for pair in compared(left.native["mentions"], right.native["mentions"]):
        if pair.outcome != AGREED:
            said_left, said_right = (described(mark) if mark else "" for mark in (pair.own, pair.gold))
            outcome = ONE_SIDED.get(pair.outcome, pair.outcome)
            yield row_at("mark", outcome, (pair.own, pair.gold), said_left, said_right)


def described(mark: Mark) -> str:
    words = " … ".join(part["quote"] for part in mark["fragments"])
    return f"{mark['label']}: {words}"


def figure_rows(left: ReadingView, right: ReadingView) -> Iterator[PairDifference]:
    for own, other in overlapping(left.figures, right.figures, label=False):
        one, two = (value_of(figure) | {flag: figure["attributes"].get(flag) for flag in FLAGS} for figure in (own, other))
        if fields := [field for field in one if field != "label" and one[field] != two[field]]:
            left_cells, right_cells = (cells(values, fields) for values in (one, two))
            yield row_at("value", ", ".join(fields), (own, other), left_cells, right_cells)


def cells(values: Mapping[str, Any], fields: list[str]) -> str:
    return "; ".join(f"{field} {shown(values[field])}" for field in fields)


def shown(value: Any) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:,}" if isinstance(value, int | float) else str(value)


def entity_rows(left: ReadingView, right: ReadingView, entities: Entities) -> Iterator[PairDifference]:
    """Actors on the same words that mean different entities."""
    for own, other in same_words(left.actors, right.actors, label=False):
        one, two = own["attributes"].get("entity"), other["attributes"].get("entity")
        if one != entities.get(two, two):
            yield row_at("entity", "entity", (own, other), names_of(left).get(one, "–"), names_of(right).get(two, "–"))


def names_of(view: ReadingView) -> dict[str | None, str]:
    return {entity["id"]: entity["name"] for entity in view.native["entities"]}


def event_rows(left: ReadingView, right: ReadingView, entities: Entities) -> Iterator[PairDifference]:
    for one, other in paired_events(left, right):
        triggers = left.triggers_by_event[one][0], right.triggers_by_event[other][0]
        own, theirs = left.events[one], right.events[other]
        if fields := [field for field in EVENT_FIELDS if own.get(field) != theirs.get(field)]:
            yield row_at("event", ", ".join(fields), triggers, cells(dict(own), fields), cells(dict(theirs), fields))
        mine, others = filled(left, own, {}), filled(right, theirs, entities)
        for role in sorted(mine.keys() | others.keys()):
            if mine.get(role, {}).keys() != others.get(role, {}).keys():
                said_left, said_right = (", ".join(sides.get(role, {}).values()) for sides in (mine, others))
                yield row_at("argument", role, triggers, said_left, said_right)


def filled(view: ReadingView, event: Mapping[str, Any], entities: Entities) -> dict[str, dict[Any, str]]:
    """Role → its fillers as they are compared, with their words. Marks that mean an entity are that entity; others are where they are."""
    roles: dict[str, dict[Any, str]] = {}
    names = names_of(view)
    for argument in event["arguments"]:
        mark = view.marks.get(argument.get("mention") or argument.get("figure") or "")
        entity = mark["attributes"].get("entity") if mark and view.kinds.get(mark["layer"]) == "actor" else argument.get("entity")
        if entity:
            key, words = entities.get(entity, entity), names.get(entity, "")
        elif mark:
            key, words = ("words", mark["fragments"][0]["start"]), described(mark)
        else:
            key, words = elsewhere(view, argument)
        roles.setdefault(argument["role"], {})[key] = words
    return roles


def elsewhere(view: ReadingView, argument: Mapping[str, Any]) -> tuple[Any, str]:
    """An event by its first trigger, a citation by its words."""
    if event := argument.get("event"):
        triggers = view.triggers_by_event.get(event)
        return ("event", triggers[0]["fragments"][0]["start"] if triggers else event), described(
            triggers[0]
        ) if triggers else "event"
    cited = next((each for each in view.native["measure_refs"] if each["id"] == argument.get("measure_ref")), None)
    words = " … ".join(part["quote"] for part in cited["fragments"]) if cited else ""
    return ("citation", cited["fragments"][0]["start"] if cited else None), words


def source_rows(left: ReadingView, right: ReadingView, entities: Entities) -> Iterator[PairDifference]:
    pairs: list[MarkPair] = [
        pair for kind in ("figures", "triggers") for pair in overlapping(getattr(left, kind), getattr(right, kind), label=False)
    ]
    for own, other in pairs:
        one, two = left.source_of(own), right.source_of(other)
        if one != entities.get(two, two):
            claims = left.claim_of(own), right.claim_of(other)
            ids = id_of(claims[0]), id_of(claims[1])
            yield row_at("source", "source", (own, other), names_of(left).get(one, "–"), names_of(right).get(two, "–"), ids)
