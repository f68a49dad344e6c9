"""What is known of each two of the rows that are to be added: judgements, links, relations of who is counted, parts of a whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Q

from annotations.models import Link
from annotations.queries.entity_graph import doubtful_under
from questions.asking.answer import IndexAnswer
from questions.asking.findings import finding_source
from questions.models import Judgement
from questions.values.sums import APART, PairFacts, PairReason, reason_of

PART_OF, SAME = "part_of", "possible_same_as"
# Of entities, all that they are a part of, however many lie between.
WHOLES = """WITH RECURSIVE above(entity, whole) AS (
    SELECT source_id, target_id FROM registry_relation WHERE type = 'part_of' AND source_id = ANY(%(entities)s::uuid[])
    UNION SELECT a.entity, r.target_id FROM above a JOIN registry_relation r ON r.source_id = a.whole AND r.type = 'part_of')
SELECT entity, whole FROM above"""
SUMS = """SELECT f.id, f.result, f.parts FROM {table} f WHERE f.code = 'FIG-05' AND f.assignment_id = ANY(%(assignments)s::uuid[])
    AND f.parts && %(figures)s::uuid[]"""
Pair = frozenset[UUID]


class AddedRow(NamedTuple):
    """`row`: the id of the event or of the linked events; `asked_as`: the id that somebody asked for."""

    asked_as: UUID
    row: UUID
    events: frozenset[UUID]
    figures: frozenset[UUID]
    counted: frozenset[UUID]
    assignments: frozenset[UUID]


class RowPair(NamedTuple):
    """`judgement` with its `note`, and `finding`: what the reason is taken from."""

    one: UUID
    other: UUID
    reason: PairReason
    judgement: UUID | None = None
    note: str = ""
    finding: UUID | None = None

    @property
    def is_apart(self) -> bool:
        return self.reason in APART


@dataclass(frozen=True)
class PairKnowledge:
    """Read once for all pairs."""

    answer: IndexAnswer
    rows: Sequence[AddedRow]

    def pairs(self) -> list[RowPair]:
        return [self.pair(one, other) for one, other in combinations(self.rows, 2)]

    def pair(self, one: AddedRow, other: AddedRow) -> RowPair:
        judgement = self.first(self.judged, one.events, other.events)
        sums = [(pk, result) for pk, result, parts in self.sums if parts & one.figures and parts & other.figures]
        facts = PairFacts(
            is_linked=one.row == other.row,
            is_judged=judgement is not None,
            is_explained=judgement is not None and bool(judgement.note.strip()),
            is_part=self.is_tied(self.parts, one, other) or self.is_any(self.wholes, one.counted, other.counted),
            may_be_one=self.is_tied(self.doubts, one, other) or self.is_any(self.dependent, one.counted, other.counted),
            has_parts=any(result == "ok" for _, result in sums),
            exceeds=any(result != "ok" for _, result in sums),
            counts_same=bool(one.counted & other.counted),
        )
        reason = reason_of(facts)
        of_judgement = judgement if reason in (PairReason.DIFFERENT, PairReason.NO_NOTE) else None
        finding = next((pk for pk, _ in sums if reason in (PairReason.PARTS, PairReason.EXCEEDS)), None)
        return RowPair(
            one.asked_as,
            other.asked_as,
            reason,
            of_judgement.pk if of_judgement else None,
            of_judgement.note if of_judgement else "",
            finding,
        )

    # What is read

    @cached_property
    def judged(self) -> dict[Pair, Judgement]:
        """Standing judgements that two events are different, as far as the asker may see them."""
        events = self.all("events")
        rows = Judgement.objects.for_user(self.answer.asker.user).standing().filter(one__in=events, other__in=events)
        return {frozenset((row.one, row.other)): row for row in rows.filter(verdict=Judgement.Verdict.DIFFERENT)}

    @cached_property
    def links(self) -> list[tuple[str, Pair]]:
        events, figures = self.all("events"), self.all("figures")
        rows = Link.objects.filter(
            Q(source_event__in=events, target_event__in=events) | Q(source_span__in=figures, target_span__in=figures),
            type__in=(PART_OF, SAME),
        )
        ends = rows.values_list("type", "source_event", "target_event", "source_span", "target_span")
        return [(kind, frozenset(filter(None, marks))) for kind, *marks in ends]

    @property
    def parts(self) -> set[Pair]:
        return {pair for kind, pair in self.links if kind == PART_OF}

    @property
    def doubts(self) -> set[Pair]:
        return {pair for kind, pair in self.links if kind == SAME}

    @cached_property
    def wholes(self) -> set[Pair]:
        with connection.cursor() as cursor:
            cursor.execute(WHOLES, {"entities": self.all("counted")})
            return {frozenset(pair) for pair in cursor.fetchall()}

    @cached_property
    def dependent(self) -> set[Pair]:
        doubts = doubtful_under(self.answer.asker.scheme, self.all("counted"))
        return {frozenset((one, other)) for one, others in doubts.items() for other in others}

    @cached_property
    def sums(self) -> list[tuple[UUID, str, frozenset[UUID]]]:
        """Parts of one whole, and whether they exceed it."""
        assignments = self.all("assignments")
        source = finding_source(self.answer.source, set(assignments))
        values = {"assignments": assignments, "figures": self.all("figures")} | source.values
        rows = self.answer.rows(SUMS.format(table=source.table), values)
        return [(pk, result, frozenset(parts)) for pk, result, parts in rows]

    def all(self, name: str) -> list[Any]:
        return list({pk for row in self.rows for pk in getattr(row, name)})

    # Pairs of one and the other

    def first(self, among: dict[Pair, Judgement], one: Iterable[UUID], other: frozenset[UUID]) -> Judgement | None:
        return next((among[pair] for pair in crossed(one, other) if pair in among), None)

    def is_any(self, among: set[Pair], one: frozenset[UUID], other: frozenset[UUID]) -> bool:
        return any(pair in among for pair in crossed(one, other))

    def is_tied(self, among: set[Pair], one: AddedRow, other: AddedRow) -> bool:
        return self.is_any(among, one.events, other.events) or self.is_any(among, one.figures, other.figures)


def crossed(one: Iterable[UUID], other: Iterable[UUID]) -> Iterable[Pair]:
    others = list(other)
    return (frozenset((first, second)) for first in one for second in others)
