"""What came of comparing entities with a list, stored: candidates that are new, changed or gone. What a person decided stays decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.utils import timezone

from corpus.models.evidence import recorded
from registry.models import EntityKeys, ListCandidate, ListEntry, ListLink, Screened, ScreeningRun
from registry.names import MATCHER
from registry.screening.match import EntryMatch
from registry.screening.stale import UnscreenedRow
from registry.screening.subjects import Subject

STATE = ListCandidate.State
UPDATED = ["version", "entry_digest", "score", "explanation", "last_run", "since_run", "state"]


class RowOutcome(NamedTuple):
    """What came of one row. `refs`: references that were looked at; None for all of the list."""

    row: UnscreenedRow
    matches: Sequence[EntryMatch]
    refs: set[str] | None


class StoredBatch:
    """The candidates and decisions of some entities on one list, as they were before."""

    def __init__(self, run: ScreeningRun, list_id: int, code: str, outcomes: Sequence[RowOutcome]) -> None:
        self.run, self.list_id, self.code, self.outcomes = run, list_id, code, outcomes
        entities = [outcome.row.entity for outcome in outcomes]
        candidates = ListCandidate.objects.filter(entity__in=entities, list=list_id)
        self.before: dict[tuple[Any, str], ListCandidate] = {(each.entity_id, each.ref): each for each in candidates}
        links = ListLink.objects.filter(entity__in=entities, list=code).values_list("entity", "entry")
        self.decided: set[tuple[Any, str]] = set(links)

    def store(self) -> Counter[str]:
        """How many candidates are new, changed and gone."""
        numbers: Counter[str] = Counter()
        rows = [self.candidate(outcome, each) for outcome in self.outcomes for each in outcome.matches]
        for row in rows:
            was = self.before.get((row.entity_id, row.ref))
            numbers["new"] += was is None or was.state == STATE.GONE
            numbers["changed"] += was is not None and was.state != STATE.GONE and was.entry_digest != row.entry_digest
        with recorded():
            ListCandidate.objects.bulk_create(
                rows, update_conflicts=True, unique_fields=["entity", "list", "ref"], update_fields=UPDATED
            )
        gone = self.gone()
        numbers["gone"] += ListCandidate.objects.filter(pk__in=gone).update(state=STATE.GONE, last_run=self.run)
        return numbers

    def candidate(self, outcome: RowOutcome, each: EntryMatch) -> ListCandidate:
        listed = each.listed
        was = self.before.get((outcome.row.entity, listed.ref))
        return ListCandidate(
            entity_id=outcome.row.entity,
            list_id=self.list_id,
            ref=listed.ref,
            version=outcome.row.number,
            entry_digest=listed.digest,
            score=each.score,
            explanation=each.explanation(),
            first_run=self.run,
            last_run=self.run,
            since_run_id=was.since_run_id if was and was.state != STATE.GONE else self.run.pk,
            state=STATE.DECIDED if (outcome.row.entity, listed.ref) in self.decided else STATE.OPEN,
        )

    def gone(self) -> list[int]:
        """Those whose entry is gone, and open ones that are no longer alike."""
        rows = [each for outcome in self.outcomes for each in self.unmatched(outcome)]
        number = self.outcomes[0].row.number
        entries = ListEntry.objects.filter(list=self.list_id, ref__in={each.ref for each in rows}).in_version(number)
        current = set(entries.values_list("ref", flat=True)) if rows else set()
        return [each.pk for each in rows if each.ref not in current or (each.entity_id, each.ref) not in self.decided]

    def unmatched(self, outcome: RowOutcome) -> list[ListCandidate]:
        matched = {each.listed.ref for each in outcome.matches}
        of_entity = [each for (entity, _), each in self.before.items() if entity == outcome.row.entity]
        seen = [each for each in of_entity if outcome.refs is None or each.ref in outcome.refs]
        return [each for each in seen if each.ref not in matched and each.state != STATE.GONE]


def keep_screened(run: ScreeningRun, rows: Sequence[UnscreenedRow]) -> None:
    """That these entities were held against these versions."""
    now = timezone.now()
    made = [
        Screened(
            entity_id=row.entity,
            list_id=row.list_id,
            version_id=row.version_id,
            matcher=MATCHER,
            digest=row.digest,
            threshold=row.threshold,
            run=run,
            at=now,
        )
        for row in rows
    ]
    fields = ["version", "matcher", "digest", "threshold", "run", "at"]
    Screened.objects.bulk_create(made, update_conflicts=True, unique_fields=["entity", "list"], update_fields=fields)


def keep_unchanged(run: ScreeningRun, rows: Sequence[UnscreenedRow]) -> None:
    """That these entities, held against an earlier version of a list, would be held against this one with the same result."""
    entities = [row.entity for row in rows]
    Screened.objects.filter(entity__in=entities, list=rows[0].list_id).update(
        version=rows[0].version_id, run=run, at=timezone.now()
    )


def keep_keys(subjects: Sequence[Subject]) -> None:
    """What the names of these entities are looked up by when a list changes."""
    made = [EntityKeys(entity_id=subject.key, matcher=MATCHER, keys=subject.keys()) for subject in subjects]
    EntityKeys.objects.bulk_create(made, update_conflicts=True, unique_fields=["entity"], update_fields=["matcher", "keys"])
