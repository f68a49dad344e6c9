"""A run: what has changed in a corpus or in its lists is compared, some entities at a time.

What is left is worked out of what was compared, not remembered: a run that was killed goes on where it was, and nothing is compared twice.
"""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import groupby
from operator import attrgetter
from time import monotonic
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from corpus.jobs.heartbeat import got_on
from corpus.models import Corpus
from registry.models import Entity, ListCandidate, SanctionsList, Screened, ScreenedBy, ScreeningRun
from registry.names import MATCHER
from registry.names.components import components
from registry.names.explain import DATA
from registry.screening.changes import ListChange, change_since, touched
from registry.screening.lookup import ListedRow, ListScope, by_refs
from registry.screening.match import analysed_for_run, entry_matches
from registry.screening.same_party import hold_together
from registry.screening.stale import UnscreenedRow, count_outdated, outdated, still_outdated
from registry.screening.state import settle, settle_corpus
from registry.screening.store import RowOutcome, StoredBatch, keep_keys, keep_screened, keep_unchanged
from registry.screening.subjects import Subject, subjects

TURN_SECONDS = 5
ROWS, ENTITIES = 20_000, 50  # looked up at once; compared and stored together
SNAPSHOT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"
LOCK = 0x5363_7265  # "Scre": one worker at a time for a corpus


def begin(corpus: Corpus, trigger: str, listable: Collection[str], user: Any = None) -> ScreeningRun:
    """The run that goes on, or a new one."""
    with transaction.atomic():
        Corpus.objects.select_for_update(no_key=True).get(pk=corpus.pk)
        unfinished: ScreeningRun | None = ScreeningRun.objects.filter(corpus=corpus, finished=None).first()
        return unfinished or ScreeningRun.objects.create(
            corpus=corpus,
            trigger=trigger,
            user=user,
            versions=versions_of(corpus),
            matcher=MATCHER,
            data=DATA,
            components=components(),
            total=count_outdated(corpus, listable),
        )


def versions_of(corpus: Corpus) -> dict[str, int]:
    rows = ScreenedBy.objects.filter(corpus=corpus, list__versions__state="current").order_by("list__code")
    return dict(rows.values_list("list__code", "list__versions__number"))


def take_turn(run: ScreeningRun, listable: Collection[str], seconds: float = TURN_SECONDS) -> bool:
    """Compare for some seconds. Whether the run is finished, or another worker has it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [LOCK, run.corpus_id])
        (is_ours,) = cursor.fetchone() or (False,)
        try:
            if not is_ours or run.finished:
                return True
            turn = Turn(run, listable, monotonic() + seconds)
            if run.matcher != MATCHER or (run.components and run.components != components()):
                # An upgrade came between: what this run compared keeps its versions, the rest is another run's.
                turn.finish()
                return True
            with uncollected():
                return turn.is_finished()
        finally:
            if is_ours:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCK, run.corpus_id])


@contextmanager
def uncollected() -> Iterator[None]:
    """The collector would go through a hundred thousand analysed names again and again; a turn of some seconds leaves little garbage."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


class Turn:
    """Some seconds of a run."""

    def __init__(self, run: ScreeningRun, listable: Collection[str], end: float) -> None:
        self.run, self.listable, self.end = run, listable, end
        self.changes: dict[tuple[int, int, int], ListChange | None] = {}
        self.codes = dict(SanctionsList.objects.values_list("pk", "code"))

    def is_finished(self) -> bool:
        rows = outdated(self.run.corpus, self.listable, ROWS)
        if not rows:
            self.finish()
            return True
        to_compare = self.pass_over(rows)
        by_entity = [list(group) for _, group in groupby(to_compare, key=attrgetter("entity"))]
        for start in range(0, len(by_entity), ENTITIES):
            if monotonic() >= self.end:
                return False
            self.compare([row for group in by_entity[start : start + ENTITIES] for row in group])
            got_on()
        return monotonic() < self.end and self.is_finished()

    def finish(self) -> None:
        states = Counter(ListCandidate.objects.filter(entity__corpus=self.run.corpus).values_list("state", flat=True))
        run = ScreeningRun.objects.get(pk=self.run.pk)
        run.counts |= {state: states.get(state, 0) for state in ListCandidate.State.values}
        run.finished, run.versions, run.total = timezone.now(), versions_of(run.corpus), run.done
        run.save()
        analysed_for_run.cache_clear()

    def pass_over(self, rows: Sequence[UnscreenedRow]) -> list[UnscreenedRow]:
        """Rows to compare; the others have nothing in common with what changed in their list, and are up to date by that."""
        left: list[UnscreenedRow] = []
        for (list_id, since), group in grouped(rows):
            change = self.change(group[0], since)
            if change is None:
                left += group
                continue
            again = touched([row.entity for row in group], list_id, change, group[0].threshold)
            left += [row for row in group if row.entity in again]
            if unchanged := [row for row in group if row.entity not in again]:
                self.move_on(unchanged)
        return sorted(left, key=attrgetter("entity", "list_id"))

    def move_on(self, rows: Sequence[UnscreenedRow]) -> None:
        with transaction.atomic():
            keep_unchanged(self.run, rows)
            self.count(Counter(), len({row.entity for row in rows}))

    def change(self, row: UnscreenedRow, since: int | None) -> ListChange | None:
        """What is to be compared of the list; None for all of it."""
        if since is None:
            return None
        key = (row.list_id, since, row.number)
        if key not in self.changes:
            self.changes[key] = change_since(scope_of(row), since)
        return self.changes[key]

    def compare(self, rows: Sequence[UnscreenedRow]) -> None:
        """Outside of a transaction, since names may take as long as they do: nobody waits for it, and PostgreSQL ends nothing."""
        with snapshot():
            rows = still_outdated(self.run.corpus, self.listable, rows)
            of_entities = {subject.key: subject for subject in subjects({row.entity for row in rows})}
        outcomes = [self.outcomes(group, since, of_entities) for (_, since), group in grouped(rows)]
        if outcomes:
            with transaction.atomic():
                self.store(outcomes, of_entities)

    def outcomes(self, rows: Sequence[UnscreenedRow], since: int | None, of_entities: Mapping[Any, Subject]) -> list[RowOutcome]:
        """What comes of rows of one list."""
        change = self.change(rows[0], since)
        asked = [of_entities[row.entity] for row in rows]
        names = change.names if change else None
        scopes, known = [scope_of(rows[0])], known_names(rows)
        matches = entry_matches(asked, scopes, rows[0].threshold, names, analysed_for_run, known)
        refs = change.refs | change.gone if change else None
        return [RowOutcome(row, each, refs) for row, each in zip(rows, matches, strict=True)]

    def store(self, outcomes: Sequence[Sequence[RowOutcome]], of_entities: Mapping[Any, Subject]) -> None:
        """What is as it was when it was compared; the rest stays to be screened. Who decides about one of these entities waits."""
        lock_lists(self.run.corpus)
        locked = Entity.objects.select_for_update(no_key=True).filter(pk__in=list(of_entities)).order_by("pk")
        list(locked.values_list("pk", flat=True))
        compared = [outcome.row for group in outcomes for outcome in group]
        rows = still_outdated(self.run.corpus, self.listable, compared)
        kept = {(row.entity, row.list_id) for row in rows}
        numbers: Counter[str] = Counter()
        for group in outcomes:
            if own := [outcome for outcome in group if outcome.row[:2] in kept]:
                list_id = own[0].row.list_id
                numbers += StoredBatch(self.run, list_id, self.codes[list_id], own).store()
        entities = {row.entity for row in rows}
        keep_keys([of_entities[pk] for pk in sorted(entities)])
        keep_screened(self.run, rows)
        hold_together(entities)
        settle(entities)
        self.count(numbers, len(entities))

    def count(self, numbers: Counter[str], entities: int) -> None:
        run = ScreeningRun.objects.select_for_update().get(pk=self.run.pk)
        run.counts = dict(Counter(run.counts) + numbers)
        run.done, run.total = run.done + entities, max(run.total, run.done + entities)
        run.save(update_fields=["counts", "done", "total"])


@contextmanager
def snapshot() -> Iterator[None]:
    """One state of the database for all that is read inside: the digest of an entity is that of the names that are compared."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute(SNAPSHOT)
        yield


def lock_lists(corpus: Corpus) -> None:
    """A manager who chooses lists waits, or is waited for. Before entities, as they are locked there."""
    list(ScreenedBy.objects.select_for_update(no_key=True).filter(corpus=corpus).order_by("pk").values_list("pk", flat=True))


def scope_of(row: UnscreenedRow) -> ListScope:
    return ListScope(row.list_id, row.number, tuple(row.programmes))


def known_names(rows: Sequence[UnscreenedRow]) -> dict[Any, list[ListedRow]]:
    """Names of the entries that are candidates already, by entity: they stay as long as they are alike, however many others are nearer."""
    own = ListCandidate.objects.filter(entity__in=[row.entity for row in rows], list=rows[0].list_id)
    pairs = list(own.exclude(state=ListCandidate.State.GONE).values_list("entity", "ref"))
    names = by_refs({ref for _, ref in pairs}, [scope_of(rows[0])])
    known: dict[Any, list[ListedRow]] = {}
    for entity, ref in pairs:
        known.setdefault(entity, []).extend(names.get(ref, ()))
    return known


def grouped(rows: Any) -> list[tuple[tuple[int, int | None], list[UnscreenedRow]]]:
    """Rows of one list, and of one version since which they are to be compared."""
    groups: dict[tuple[int, int | None], list[UnscreenedRow]] = {}
    for row in rows:
        groups.setdefault((row.list_id, row.since), []).append(row)
    return list(groups.items())


def forget_list(corpus: Corpus, of: SanctionsList) -> None:
    """A corpus is no longer screened against the list: open candidates go, decisions stay."""
    with transaction.atomic():
        ScreenedBy.objects.filter(corpus=corpus, list=of).delete()
        candidates = ListCandidate.objects.filter(entity__corpus=corpus, list=of, state=ListCandidate.State.OPEN)
        candidates.update(state=ListCandidate.State.GONE)
        Screened.objects.filter(entity__corpus=corpus, list=of).delete()
        settle_corpus(corpus)
