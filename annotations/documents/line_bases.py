"""What lines of evidence rest on: of a gold, what its adjudication decided on the figure or the event of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import batched, groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.db.models import Count

from annotations.adjudication.groups import ARGUMENT, EVENT, MARK, Location
from annotations.models import AdjudicationDecision, AdjudicationInput, Assignment, Change

AT_ONCE = 5_000
OUTCOME = AdjudicationDecision.Outcome
AGREED = (OUTCOME.AUTO, OUTCOME.LOOKED)
# From the weakest to the strongest; of an event, its arguments are decided one by one.
WORDS = {OUTCOME.ACCEPTED: "accepted", OUTCOME.DROPPED: "changed", OUTCOME.CHANGED: "changed", OUTCOME.ADDED: "added"}
STRENGTHS: list[str] = [*AGREED, *WORDS]
COLUMNS = ("adjudication__gold", "kind", "layer", "role", "start", "end", "number", "outcome", "changes")


def line_bases(assignments: Any) -> dict[UUID, dict[str, Any]]:
    """Gold → `whole`: what its objects rest on, and `others`: by id those that do not. None for a gold without an adjudication."""
    golds = assignments.filter(role=Assignment.Role.ADJUDICATION).order_by().values("pk")
    inputs = AdjudicationInput.objects.filter(adjudication__gold__in=golds, at=None).order_by()
    counts = dict(inputs.values("adjudication__gold").annotate(n=Count("pk")).values_list("adjudication__gold", "n"))
    bases: dict[UUID, dict[str, Any]] = {
        gold: {"whole": "approved" if count == 1 else f"agreed {count} of {count}", "others": {}}
        for gold, count in counts.items()
    }
    for some in batched(decided_changes(golds, counts), AT_ONCE):
        objects = dict(Change.objects.filter(pk__in=[change for _, change, _ in some]).values_list("pk", "object_id"))
        for gold, change, words in some:
            if change in objects:
                bases[gold]["others"][str(objects[change])] = words
    return bases


def decided_changes(golds: Any, counts: dict[UUID, int]) -> Iterator[tuple[UUID, UUID, str]]:
    """The gold, a change of it, and what was decided on its object, where that is not what holds of the whole."""
    rows = AdjudicationDecision.objects.filter(adjudication__gold__in=golds, kind__in=(MARK, EVENT, ARGUMENT), undone_by=None)
    rows = rows.exclude(outcome=OUTCOME.UNDONE).order_by("adjudication__gold", "position")
    for gold, decisions in groupby(rows.values_list(*COLUMNS).iterator(), key=itemgetter(0)):
        standing: dict[Location, str] = {}
        changes: dict[Location, list[UUID]] = defaultdict(list)
        for _, *position, outcome, written in decisions:
            location = Location(*position)
            standing[location] = outcome
            changes[location.whole] += written
        strongest: dict[Location, str] = {}
        for location, outcome in standing.items():
            strongest[location.whole] = max(strongest.get(location.whole, str(OUTCOME.AUTO)), outcome, key=STRENGTHS.index)
        usual = {*AGREED, OUTCOME.ACCEPTED} if counts.get(gold) == 1 else {*AGREED}
        for location, outcome in strongest.items():
            if outcome not in usual:
                yield from ((gold, change, f"adjudicated ({WORDS[OUTCOME(outcome)]})") for change in changes[location])
