"""An adjudication as it is: its readings beside each other, what is decided, and what is not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import prefetch_related_objects

from annotations.adjudication.gold import Choices, Gold
from annotations.adjudication.groups import KINDS, Group, Location
from annotations.adjudication.hanging import hanging
from annotations.models import Adjudication, AdjudicationDecision, Assignment, Change
from annotations.write.frozen_inputs import OUTCOME, frozen_inputs, location_of
from corpus.db.round_trip import Statement

AGREED = (OUTCOME.AUTO, OUTCOME.LOOKED)  # of what all readers say


class AdjudicationState:
    """`shown`: to people, with the names of those who decided and the rulings that say otherwise. `first`: statements that go before the
    queries of the state; `answers` are their rows."""

    def __init__(self, adjudication: Adjudication, *, shown: bool = False, first: Sequence[Statement] = ()) -> None:
        self.adjudication = adjudication
        self.frozen, decided, self.answers = frozen_inputs(adjudication, first, shown=shown)
        self.inputs, self.alignment = self.frozen.inputs, self.frozen.alignment
        self.groups, self.by_name = self.frozen.groups, self.frozen.by_name
        self.material = set(adjudication.material)
        if shown:
            prefetch_related_objects(decided, "user", "against__version__guideline")
        self.start, self.decided = self.frozen.started(adjudication), decided
        self.decisions = [*self.start.decisions, *decided]

    @cached_property
    def own(self) -> dict[Location, AdjudicationDecision]:
        """Of each location that people decided on the last decision that was not undone."""
        undone = {decision.undoes_id for decision in self.decided}
        kept = [decision for decision in self.decided if decision.outcome != OUTCOME.UNDONE and decision.pk not in undone]
        return {location_of(decision): decision for decision in kept}

    @cached_property
    def standing(self) -> dict[Location, AdjudicationDecision]:
        """The same with those of the start."""
        return self.start.standing | self.own

    @cached_property
    def numbers(self) -> dict[Any, int]:
        """Of the readings, by the key of their input."""
        return {each.pk: number for number, each in enumerate(self.inputs)}

    @cached_property
    def choices(self) -> Choices:
        """What people decided. Groups that became equal since the start, by a merge of entities, wait for a decision too."""
        late = self.start.late if self.decisions else []
        waiting = {group.location: None for group in late if group.location not in self.standing}
        decided = {
            location: None if decision.taken_id is None else self.numbers[decision.taken_id]
            for location, decision in self.own.items()
            if decision.outcome not in (*AGREED, OUTCOME.ADDED)
        }
        return {**self.kept, **waiting, **decided}

    @cached_property
    def kept(self) -> Choices:
        """What the readings of the start say and a later one does not, or in which they agreed while two entities passed for one: it stays
        in the gold until a person decides on it."""
        first, apart = self.alignment.first, self.adjudication.kept_apart
        changed = [group for group in self.groups if group.is_difference] if apart or first < len(self.inputs) else []
        early = [Group(group.location, group.versions[:first]) for group in changed]
        kept: dict[Location, int | None] = {
            group.location: group.first for group in early if any(group.versions) and not group.is_difference
        }
        agreed = [self.start.standing.get(group.location) for group in changed] if apart else []
        return kept | {location_of(each): self.numbers[each.taken_id] for each in agreed if each}

    @cached_property
    def current(self) -> Gold:
        """As the decisions make it; a person may have edited it since."""
        return self.frozen.gold(self.adjudication, self.choices)

    @cached_property
    def left_out(self) -> int:
        """Readings of the text that were submitted after the start: they are not beside the others."""
        rows = Assignment.objects.filter(document=self.adjudication.gold.document_id, role=Assignment.Role.ANNOTATION)
        rows = rows.filter(status=Assignment.Status.SUBMITTED)
        return rows.exclude(pk__in=[each.assignment_id for each in self.inputs]).count()

    @cached_property
    def hanging(self) -> set[Location]:
        return hanging(self.current, {location: each.position for location, each in self.standing.items()})

    @cached_property
    def differences(self) -> list[Group]:
        """What has to be decided, and what was: first what changes a statement, then by kind and in the order of the text."""
        listed = [group for group in self.groups if self.is_listed(group)]
        return sorted(listed, key=lambda group: (not self.is_material(group), KINDS.index(group.kind), group.location[3:]))

    def is_listed(self, group: Group) -> bool:
        return group.is_difference or self.is_late(group) or self.is_decided(group) or group.location in self.hanging

    def is_late(self, group: Group) -> bool:
        return group.is_agreed and group.location not in self.standing

    def is_material(self, group: Group) -> bool:
        return str(group.location) in self.material

    def is_decided(self, group: Group) -> bool:
        """By a person, and nothing that it points at was dropped since."""
        standing = self.standing.get(group.location)
        return standing is not None and standing.outcome not in AGREED and group.location not in self.hanging

    @property
    def undecided(self) -> list[Group]:
        return [group for group in self.differences if not self.is_decided(group)]

    @cached_property
    def looks(self) -> list[Group]:
        """What was drawn of that in which all readers agree."""
        return [self.by_name[name] for name in self.adjudication.look if name in self.by_name]

    @property
    def unseen(self) -> list[Group]:
        """What nobody has looked at yet."""
        return [group for group in self.looks if not self.look_outcome(group)]

    def look_outcome(self, group: Group) -> str:
        """looked, changed or dropped; empty: nobody has looked at it."""
        standing = self.standing.get(group.location)
        if self.is_decided(group):
            return self.outcome(group)
        if self.edited_ids and self.edited_ids & set(self.current.ids_at(group.location)):
            return str(OUTCOME.CHANGED)
        return str(OUTCOME.LOOKED) if standing and standing.outcome == OUTCOME.LOOKED else ""

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many are decided, by outcome, and how many are open."""
        outcomes = Counter(self.outcome(group) for group in self.differences)
        auto = sum(each.outcome in AGREED for location, each in self.standing.items() if location not in self.kept)
        looked = len(self.looks) - len(self.unseen)
        own = {code: outcomes[code] for code in OUTCOME.values if code != OUTCOME.UNDONE}
        return {**own, "auto": auto, "looked": looked, "open": outcomes[""]}

    def outcome(self, group: Group) -> str:
        """Empty: undecided."""
        if not self.is_decided(group):
            return ""
        if not group.is_part and self.edited_ids and self.edited_ids & set(self.current.ids_at(group.location)):
            return str(OUTCOME.CHANGED)
        return str(self.standing[group.location].outcome)

    @property
    def deviations(self) -> dict[UUID, int]:
        """Of each reading the number of differences in which the gold says something else, once all are decided."""
        return {
            each.assignment_id: sum(self.deviates(group, n) for group in self.differences) for n, each in enumerate(self.inputs)
        }

    def deviates(self, group: Group, reader: int) -> bool:
        outcome, standing, own = self.outcome(group), self.standing[group.location], group.versions[reader]
        if outcome == OUTCOME.DROPPED:
            return own is not None
        if outcome == OUTCOME.CHANGED or standing.taken_id is None:
            return True
        chosen = group.versions[self.numbers[standing.taken_id]]
        return own is None or chosen is None or own.content != chosen.content

    @cached_property
    def log(self) -> list[Change]:
        """Changes of the gold since the start, without those of merges of entities, in whose batches nobody sent anything."""
        begun = min((decision.revision for decision in self.decisions), default=0)
        rows = Change.objects.filter(assignment=self.adjudication.gold_id, revision__gt=begun).order_by("revision", "position")
        sent = {row.revision for row in rows if row.digest}
        return [row for row in rows if row.revision in sent]

    @cached_property
    def edits(self) -> list[Change]:
        """What belongs to no decision: a person edited it in the annotator."""
        decided = {pk for decision in self.decisions for pk in decision.changes}
        return [row for row in self.log if row.pk not in decided]

    @cached_property
    def edited_ids(self) -> set[str]:
        """Of objects that a person edited after the last decision about them."""
        edits = {row.pk for row in self.edits}
        newest = {str(row.object_id): row.pk for row in self.log}
        return {name for name, pk in newest.items() if pk in edits}

    @property
    def last(self) -> AdjudicationDecision | None:
        """The decision that can be undone: the newest one, unless an edit in the annotator came after it."""
        undone = {decision.undoes_id for decision in self.decided}
        made = [each for each in self.decided if each.outcome != OUTCOME.UNDONE and each.pk not in undone]
        return made[-1] if made and made[-1].outcome in (OUTCOME.ACCEPTED, OUTCOME.DROPPED, OUTCOME.LOOKED) else None

    def act_of(self, last: AdjudicationDecision) -> list[AdjudicationDecision]:
        """The decision, first, and all that were made with it at once."""
        with_it = [each for each in self.decided if last.together and each.together == last.together and each.pk != last.pk]
        return [last, *with_it]
