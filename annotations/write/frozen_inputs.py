"""The readings of an adjudication beside each other. They are frozen, so a process lays them over each other once, and not at each decision.

What an entity is may change meanwhile: it gets another type or name, another relation, or is merged. So may the version of the scheme. The
database says in one statement whether it has; then the readings are compared anew.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from itertools import chain
from threading import Lock
from typing import Any
from uuid import UUID

from annotations.adjudication.alignment import Alignment, Apart
from annotations.adjudication.contents import groups_of
from annotations.adjudication.gold import Choices, Gold
from annotations.adjudication.groups import Group, Location
from annotations.adjudication.pointing import Pointing
from annotations.agreement.reading import ReadingView
from annotations.kinds.write_context import Object
from annotations.models import Adjudication, AdjudicationDecision, AdjudicationInput
from annotations.scoring.pairs import views_at
from annotations.write.bulk import Name, registered
from corpus.db.compiled_queries import Repeated, Slot
from corpus.db.round_trip import Rows, Statement, round_trip

OUTCOME = AdjudicationDecision.Outcome
FIELDS = ("kind", "layer", "role", "start", "end", "number")
MOST_OBJECTS = 30_000  # in the readings that are kept, of all adjudications together: 5 kB each
# In one statement, which takes less than four in Python and in the server: pairs of a reading's version and scheme; merges of entities;
# schemes; entities and relations, with the sums of their revisions; how many readings there are by now, since another process may have
# included further ones.
STAMP = """SELECT array_agg(a.id::text || ' ' || a.revision || ' ' || a.scheme_id ORDER BY a.id),
    (SELECT concat_ws(' ', count(*), count(m.undone_at), sum(m.moved), count(*) FILTER (WHERE m.is_finished))
        FROM annotations_merge m WHERE m.corpus_id = (SELECT d.corpus_id FROM corpus_document d WHERE d.id = (array_agg(a.document_id))[1])),
    array_agg(DISTINCT a.scheme_id),
    (SELECT ARRAY[count(*), coalesce(sum(revision), 0)]::int[] FROM registry_entity WHERE id = ANY($2::uuid[])),
    (SELECT ARRAY[count(*), coalesce(sum(revision), 0)]::int[] FROM registry_relation WHERE source_id = ANY($2::uuid[])),
    (SELECT count(*)::int FROM annotations_adjudicationinput WHERE adjudication_id = $3)
    FROM annotations_assignment a WHERE a.id = ANY($1::uuid[])"""
Stamp = tuple[Any, ...]


class FrozenInputs:
    """`stamp`: what the comparison depends on beside the readings, as it was just before they were read. `registered`: entities that they
    know, by kind and id, as they are while the stamp holds."""

    def __init__(self, inputs: Sequence[AdjudicationInput], views: Sequence[ReadingView], stamp: Stamp, apart: Apart) -> None:
        self.inputs = inputs
        self.alignment = Alignment(views, sum(each.at is None for each in inputs), apart)
        self.groups = groups_of(self.alignment)
        self.by_name = {str(group.location): group for group in self.groups}
        self.pointing = Pointing(self.alignment, self.groups)
        self.size = sum(len(positions) for positions in self.alignment.positions)
        entities, relations = (revisions_of(views, array) for array in ("entities", "entity_relations"))
        self.entities = entities
        self.stamp = (*stamp, [len(entities), sum(entities.values())], [len(relations), sum(relations.values())])
        self.registered: dict[Name, Object | None] = {}
        self.start = Start([], self.groups)
        self.decided: list[AdjudicationDecision] = []
        self.undecided: Gold | None = None

    def gold(self, adjudication: Adjudication, choices: Choices) -> Gold:
        """What it knows of the groups, whatever is decided, is worked out once."""
        self.undecided = self.undecided or Gold(self.alignment, self.groups, {}, adjudication.gold_id)
        return self.undecided.decided(choices, ())

    def started(self, adjudication: Adjudication) -> Start:
        """Decisions for all that the readings agree in. They are made at once and never change."""
        if not self.start.decisions:
            rows = AdjudicationDecision.objects.filter(adjudication=adjudication.pk, outcome=OUTCOME.AUTO)
            self.start = Start(list(rows.order_by("position")), self.groups)
        return self.start


class Start:
    """`late`: groups in which the readings agree by now, and did not at the start."""

    def __init__(self, decisions: list[AdjudicationDecision], groups: Sequence[Group]) -> None:
        self.decisions = decisions
        self.standing = {location_of(decision): decision for decision in decisions}
        self.late = [group for group in groups if group.is_agreed and group.location not in self.standing]


def fields_of(group: Group) -> dict[str, Any]:
    return dict(zip(FIELDS, group.location, strict=True))


def location_of(decision: AdjudicationDecision) -> Location:
    return Location(*(getattr(decision, field) for field in FIELDS))


def revisions_of(views: Sequence[ReadingView], array: str) -> dict[str, int]:
    return {record["id"]: record["revision"] for record in chain.from_iterable(view.native[array] for view in views)}


# What this process has compared, the adjudication that was asked for last at the end.
compared: OrderedDict[UUID, FrozenInputs] = OrderedDict()
lock = Lock()


# What people decided, from a position on.
DECIDED = Repeated(
    lambda: (
        AdjudicationDecision.objects.filter(adjudication=Slot("pk"), position__gte=Slot("position"))
        .exclude(outcome=OUTCOME.AUTO)
        .order_by("position")
    )
)


def frozen_inputs(
    adjudication: Adjudication, first: Sequence[Statement] = (), *, shown: bool = False
) -> tuple[FrozenInputs, list[AdjudicationDecision], list[Rows]]:
    """What people decided comes in the same round trip, of which only what is new since is read, unless it is `shown` with what it refers to; and
    `first`, statements that go before it, with the rows of each."""
    with lock:
        known = compared.get(adjudication.pk)
    inputs = known.inputs if known else list(AdjudicationInput.objects.filter(adjudication=adjudication.pk))
    readings, scheme = [each.assignment_id for each in inputs], adjudication.gold.scheme_id
    entities, earlier = (list(known.entities), [] if shown else known.decided) if known else ([], [])
    since = earlier[-1].position if earlier else 0
    asked = [(STAMP, [readings, entities, adjudication.pk]), DECIDED.statement(pk=adjudication.pk, position=since)]
    answers = round_trip([*first, *asked])
    [(revisions, merges, schemes, of_entities, of_relations, count)], rows = answers[len(first) :]
    decided = DECIDED.all_made(rows)
    newest = earlier[-1:]
    if count != len(inputs):
        with lock:
            compared.pop(adjudication.pk, None)
        return frozen_inputs(adjudication, first, shown=shown)
    if known and [each.pk for each in newest] != [each.pk for each in decided[: len(newest)]]:
        known.decided = []  # the newest that was known is not there: its transaction failed
        return frozen_inputs(adjudication, first, shown=shown)
    stamp = (tuple(revisions), merges, (scheme, adjudication.kept_apart), of_entities, of_relations)
    fresh = known if known and known.stamp == stamp else laid(adjudication, inputs, stamp, is_one_scheme=schemes == [scheme])
    decided = [*earlier[:-1], *decided]
    if not shown:
        fresh.decided = decided
    return fresh, decided, answers[: len(first)]


def laid(adjudication: Adjudication, inputs: Sequence[AdjudicationInput], stamp: Stamp, *, is_one_scheme: bool) -> FrozenInputs:
    until = adjudication.gold.scheme_id
    views, _ = views_at({each.assignment_id: each.revision for each in inputs}, until=until)
    made = FrozenInputs(inputs, [views[each.assignment_id] for each in inputs], stamp[:3], adjudication.kept_apart)
    # As of the stamp: what has another revision by now is looked up by who needs it.
    known = registered(adjudication.gold.document.corpus, [{"entity": set(made.entities), "relation": set()}])
    made.registered = {name: item for name, item in known.items() if item and item["revision"] == made.entities[name[1]]}
    if is_one_scheme:  # else a scheme change is under way, of which the stamp does not say when it is done
        keep(adjudication.pk, made)
    return made


def keep(pk: UUID, made: FrozenInputs) -> None:
    with lock:
        compared[pk] = made
        compared.move_to_end(pk)
        while len(compared) > 1 and sum(each.size for each in compared.values()) > MOST_OBJECTS:
            compared.popitem(last=False)
