"""Which differences of pairs change a statement of the evidence table, and which of them an adjudication has decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import product
from typing import NamedTuple
from uuid import UUID

from annotations.adjudication.alignment import Alignment
from annotations.adjudication.contents import groups_of
from annotations.adjudication.groups import ARGUMENT, ENTITY, Location
from annotations.adjudication.material import material_differences
from annotations.agreement.reading import ReadingView
from annotations.documents.stream import schemes_of
from annotations.models import Adjudication, AdjudicationDecision, AdjudicationInput, Assignment
from annotations.scheme.view import SchemeView
from annotations.schemes.fresh_view import fresh_view
from annotations.scoring.differences import PairDifference, pair_of, rows_of
from annotations.scoring.pairs import ReadingPair, views_at, views_of
from annotations.scoring.score_rows import ScoreRow
from corpus.models import Document

FIELDS = ("kind", "layer", "role", "start", "end", "number")
FLAGS = {True: "1", False: "0"}
OUTCOME = AdjudicationDecision.Outcome
OF_PEOPLE = (OUTCOME.ACCEPTED, OUTCOME.CHANGED, OUTCOME.DROPPED, OUTCOME.ADDED)
PARTS = {"entity": ENTITY, "argument": ARGUMENT}


class AdjudicatedText(NamedTuple):
    """`readings`: in the order of the alignment. `decided`: what people have decided on, as far as it stands. `is_whole`: all is."""

    gold: UUID
    readings: Sequence[UUID]
    alignment: Alignment
    decided: set[Location]
    is_whole: bool

    def has_decided(self, difference: PairDifference, pair: ReadingPair) -> bool:
        """Of the gold and a reading, or of two readings. What is not beside the others is not decided."""
        if not {pair.left, pair.right} - {self.gold} <= {*self.readings}:
            return False
        numbers = [self.readings.index(each) for each in (pair.left, pair.right) if each != self.gold]
        return self.is_whole or bool(self.decided & set(locations_of(difference, self.alignment, numbers)))


class DifferenceFilter(NamedTuple):
    """What of the differences is asked for. `code`: LAYER, LAYER.LABEL; `material`, `decided`: "1" those alone, "0" the others; or nothing."""

    kind: str = ""
    code: str = ""
    material: str = ""
    decided: str = ""

    def of_kind(self, some: Iterable[PairDifference]) -> list[PairDifference]:
        return [each for each in some if each.is_of(self.kind, self.code)]

    def of(self, some: Iterable[PairDifference]) -> list[PairDifference]:
        return [
            each
            for each in self.of_kind(some)
            if self.material in ("", FLAGS[bool(each.material)]) and self.decided in ("", FLAGS[bool(each.decided)])
        ]


class WeighedCounts(NamedTuple):
    differences: int
    material: int
    decided: int

    @classmethod
    def of(cls, some: Iterable[PairDifference]) -> WeighedCounts:
        listed = list(some)
        return cls(len(listed), sum(each.material is True for each in listed), sum(each.decided is True for each in listed))


def weighed(rows: Sequence[ScoreRow]) -> list[list[PairDifference]]:
    """Of each pair, its differences, each with `material` and `decided`."""
    pairs = [pair_of(row) for row in rows]
    views, _ = views_of(pairs)
    texts = dict(Document.objects.filter(pk__in=[row.document for row in rows]).values_list("pk", "text"))
    schemes = schemes_of_readings([pair.right for pair in pairs])
    adjudicated = adjudicated_texts(texts)
    lists = []
    for row, pair in zip(rows, pairs, strict=True):
        sides = views[pair.left], views[pair.right]
        some = rows_of(*sides)
        alignment = Alignment(sides)
        changing = (
            material_differences(alignment, groups_of(alignment), schemes[pair.right], texts[row.document])
            if some and row.document
            else set()
        )
        text = adjudicated.get(row.document) if row.document else None
        lists.append(
            [
                replace(
                    each,
                    material=bool(changing & set(locations_of(each, alignment, (0, 1)))),
                    decided=text is not None and text.has_decided(each, pair),
                )
                for each in some
            ]
        )
    return lists


def locations_of(difference: PairDifference, alignment: Alignment, numbers: Sequence[int]) -> Iterator[Location]:
    """Where adjudication decides on it. `numbers`: of the readings in the alignment."""
    for number, pk in product(numbers, difference.ids):
        position = alignment.positions[number].get(pk or "")
        if position is not None:
            whole = position.location.whole
            role = difference.outcome if difference.kind == ARGUMENT else ""
            yield whole.part(PARTS[difference.kind], role) if difference.kind in PARTS else whole


def schemes_of_readings(readings: Collection[UUID]) -> dict[UUID, SchemeView]:
    """By reading."""
    rows = Assignment.objects.filter(pk__in=readings).order_by()
    views = {scheme.pk: fresh_view(scheme) for scheme in schemes_of(rows)}
    return {pk: views[scheme] for pk, scheme in rows.values_list("pk", "scheme")}


def adjudicated_texts(documents: Iterable[UUID]) -> dict[UUID, AdjudicatedText]:
    """By text, where its adjudication has begun."""
    begun = Adjudication.objects.outside_bin().filter(gold__document__in=documents).select_related("gold").order_by("pk")
    golds = {each.pk: each.gold for each in begun}
    inputs: dict[UUID, list[AdjudicationInput]] = defaultdict(list)
    for each in AdjudicationInput.objects.filter(adjudication__in=golds).order_by("position"):
        inputs[each.adjudication_id].append(each)
    views: dict[UUID, ReadingView] = {}
    for scheme in sorted({gold.scheme_id for gold in golds.values()}):
        revisions = {
            each.assignment_id: each.revision for pk, some in inputs.items() if golds[pk].scheme_id == scheme for each in some
        }
        views |= views_at(revisions, until=scheme)[0]
    decided = decided_locations(golds)
    return {
        gold.document_id: AdjudicatedText(
            gold.pk,
            [each.assignment_id for each in inputs[pk]],
            Alignment([views[each.assignment_id] for each in inputs[pk]], sum(each.at is None for each in inputs[pk])),
            decided[pk],
            gold.status == Assignment.Status.SUBMITTED,
        )
        for pk, gold in golds.items()
    }


def decided_locations(adjudications: Iterable[UUID]) -> dict[UUID, set[Location]]:
    """By adjudication, what a person has decided on and not undone."""
    rows = AdjudicationDecision.objects.filter(adjudication__in=list(adjudications), outcome__in=OF_PEOPLE, undone_by=None)
    decided: dict[UUID, set[Location]] = defaultdict(set)
    for pk, *position in rows.values_list("adjudication", *FIELDS):
        decided[pk].add(Location(*position))
    return decided
