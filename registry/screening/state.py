"""How far an entity has been screened, worked out of decisions, candidates and what was compared: never typed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, F

from corpus.db.round_trip import Statement, round_trip
from corpus.models import Corpus
from registry.models import Entity, ListCandidate, ListLink, Screened, ScreenedBy
from registry.screening.stale import freshness, why_not_applicable

STATE = Entity.Screening
# `worked_out` is null where the corpus is screened against nothing: then the state is as it was.
STATES = """
SELECT e.id, e.screening AS was,
    EXISTS (SELECT 1 FROM registry_listlink k WHERE k.entity_id = e.id AND k.match <> 'rejected') AS is_linked,
    CASE
    WHEN EXISTS (SELECT 1 FROM registry_listcandidate c WHERE c.entity_id = e.id AND c.state = 'open') THEN 'candidates'
    WHEN NOT EXISTS (SELECT 1 FROM registry_screenedby b WHERE b.corpus_id = e.corpus_id) THEN NULL
    WHEN EXISTS (SELECT 1 FROM registry_screenedby b LEFT JOIN registry_screened s ON s.list_id = b.list_id AND s.entity_id = e.id
        WHERE b.corpus_id = e.corpus_id AND s.id IS NULL) THEN 'not_screened'
    ELSE 'no_match' END AS worked_out
FROM registry_entity e WHERE e.id = ANY($1)
"""


class StateRow(NamedTuple):
    """The state of an entity as it was, and what speaks for another one."""

    entity: UUID
    was: str
    is_linked: bool
    worked_out: str | None

    @property
    def state(self) -> str:
        if self.is_linked:
            return STATE.LINKED
        return self.was if self.was == STATE.NOT_APPLICABLE or self.worked_out is None else self.worked_out


def settle(entities: Collection[Any]) -> None:
    """Bring the column into agreement with decisions, candidates and what was compared. Its revision counts up with it."""
    changed: dict[str, list[UUID]] = defaultdict(list)
    for row in states(entities):
        if row.state != row.was:
            changed[row.state].append(row.entity)
    for state, pks in changed.items():
        Entity.objects.filter(pk__in=pks).update(screening=state, revision=F("revision") + 1)


def states(entities: Collection[Any]) -> list[StateRow]:
    return [StateRow(*row) for row in round_trip([states_of(entities)])[0]]


def states_of(entities: Collection[Any]) -> Statement:
    """To be asked with others; its rows are those of StateRow."""
    return STATES, [list(entities)]


class ListState(NamedTuple):
    """What is known of an entity and a list."""

    code: str
    published: date | None
    number: int | None
    screened_at: datetime | None
    matcher: str
    threshold: int
    is_fresh: bool
    candidates: int
    links: list[ListLink]

    @property
    def says(self) -> str:
        """In the words of the pages. An entity that is on no list is one for which there was no match when it was looked for."""
        if self.links:
            return ", ".join(f"{link.get_match_display()}: {link.entry}" for link in self.links)
        if self.candidates:
            return f"{self.candidates} candidate{'s' if self.candidates > 1 else ''} to decide"
        if self.screened_at is None:
            return f"not screened against {self.code}"
        return f"no match in {self.code} of {self.published or 'a date not stated'}"


def list_states(entity: Entity, listable: Collection[str]) -> list[ListState]:
    """One for each list that the corpus is screened against; none where lists are not looked through for the entity."""
    if why_not_applicable(entity, listable):
        return []
    chosen = ScreenedBy.objects.filter(corpus=entity.corpus_id).select_related("list").order_by("list__code")
    rows = {row.list_id: row for row in Screened.objects.filter(entity=entity).select_related("version")}
    fresh = {row.list_id: row.is_fresh for row in freshness(entity.corpus, listable, [entity.pk])}
    candidates = ListCandidate.objects.filter(entity=entity, state=ListCandidate.State.OPEN).values_list("list", flat=True)
    open_candidates = list(candidates)
    links: dict[str, list[ListLink]] = defaultdict(list)
    for link in entity.list_links.all():
        if link.match != ListLink.Match.REJECTED:
            links[link.list].append(link)
    return [
        ListState(
            each.list.code,
            row.version.published if (row := rows.get(each.list_id)) else None,
            row.version.number if row else None,
            row.at if row else None,
            row.matcher if row else "",
            row.threshold if row else each.threshold,
            bool(fresh.get(each.list_id)),
            open_candidates.count(each.list_id),
            links[each.list.code],
        )
        for each in chosen
    ]


def counts(corpus: Corpus) -> dict[str, int]:
    """Entities of a corpus by the state of their screening."""
    rows = dict(Entity.objects.filter(corpus=corpus).order_by().values_list("screening").annotate(Count("pk")))
    return {state: rows.get(state, 0) for state in STATE.values}
