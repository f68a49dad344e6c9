"""How far an entity has been screened, worked out of decisions, candidates and what was compared: never typed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Count, F

from corpus.db.compiled_queries import AmongSlot, Repeated, Slot, statement_of
from corpus.db.round_trip import Statement, round_trip
from corpus.models import Corpus
from corpus.models.evidence import recorded
from registry.models import Entity, ListCandidate, ListLink, Screened, ScreenedBy
from registry.screening.link_states import LinkState
from registry.screening.stale import freshness, why_not_applicable

STATE = Entity.Screening
COMPARABLE = (STATE.NOT_SCREENED, STATE.NO_MATCH, STATE.CANDIDATES)
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
FOLLOW_LINKS = """
UPDATE registry_listcandidate c SET state = CASE c.state WHEN 'open' THEN 'decided' ELSE 'open' END FROM registry_sanctionslist l
WHERE c.entity_id = ANY(%s::uuid[]) AND l.id = c.list_id AND c.state <> 'gone' AND (c.state = 'decided') <> EXISTS (
    SELECT 1 FROM registry_listlink k WHERE k.entity_id = c.entity_id AND k.list = l.code AND k.entry = c.ref)
RETURNING c.entity_id
"""


CHOSEN = Repeated(lambda: ScreenedBy.objects.filter(corpus=Slot("corpus")).select_related("list").order_by("list__code"))
COMPARED = Repeated(
    lambda: Screened.objects.filter(AmongSlot(F("entity"), Slot("entities"))).select_related("version").order_by()
)
OPEN = ListCandidate.objects.filter(state=ListCandidate.State.OPEN).order_by()


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


def follow_links(entities: Collection[Any]) -> None:
    """Candidates of which a link was got or given up otherwise than by deciding about them: the offer is decided, or open again."""
    with recorded(), connection.cursor() as cursor:
        cursor.execute(FOLLOW_LINKS, [list(entities)])
        settle({entity for (entity,) in cursor.fetchall()})


def settle_corpus(corpus: Corpus) -> None:
    """After a list was chosen or removed. Entities that nothing is looked up for, or that are linked, stay as they are."""
    rows = Entity.objects.select_for_update(no_key=True).filter(corpus=corpus, screening__in=COMPARABLE).order_by("pk")
    entities = list(rows.values_list("pk", flat=True))
    if ScreenedBy.objects.filter(corpus=corpus).exists():
        settle(entities)
    else:
        compared = Entity.objects.filter(pk__in=entities).exclude(screening=STATE.NOT_SCREENED)
        compared.update(screening=STATE.NOT_SCREENED, revision=F("revision") + 1)


def states(entities: Collection[Any]) -> list[StateRow]:
    return [StateRow(*row) for row in round_trip([states_of(entities)])[0]]


def states_of(entities: Collection[Any]) -> Statement:
    """To be asked with others; its rows are those of StateRow."""
    return STATES, [list(entities)]


class ListState(NamedTuple):
    """What is known of an entity and a list. Links and candidates count as they are now, the rest as of the last comparison."""

    code: str
    published: date | None
    number: int | None
    screened_at: datetime | None
    matcher: str
    threshold: int
    is_fresh: bool
    candidates: int
    links: list[LinkState]

    @property
    def state(self) -> str:
        if self.links:
            return STATE.LINKED
        if self.candidates:
            return STATE.CANDIDATES
        return STATE.NOT_SCREENED if self.screened_at is None else STATE.NO_MATCH

    @property
    def says(self) -> str:
        """In the words of the pages. An entity that is on no list is one for which there was no match when it was looked for."""
        if self.links:
            return ", ".join(link.says for link in self.links)
        if self.candidates:
            return f"{self.candidates} candidate{'s' if self.candidates > 1 else ''} to decide"
        if self.screened_at is None:
            return f"not screened against {self.code}"
        return f"no match in {self.code} {f'of {self.published}' if self.published else '(no date)'}"


def states_by_list(
    corpus: Corpus, entities: Collection[Entity], listable: Collection[str], of_links: Iterable[LinkState]
) -> dict[UUID, list[ListState]]:
    """Of each entity one for each list that the corpus is screened against; none where lists are not looked through for it. `of_links`: their
    links, with whatever others."""
    pks = [each.pk for each in entities]
    offers = OPEN.filter(AmongSlot(F("entity"), Slot("entities"))).values_list("entity", "list", Count("pk"))
    chosen, compared, offered = round_trip(
        [CHOSEN.statement(corpus=corpus.pk), COMPARED.statement(entities=pks), statement_of(offers, entities=pks)]
    )
    screened = {(row.entity_id, row.list_id): row for row in COMPARED.all_made(compared)}
    fresh = {(row.entity, row.list_id) for row in freshness(corpus, listable, pks) if row.is_fresh}
    candidates = {(entity, of_list): number for entity, of_list, number in offered}
    links: dict[tuple[UUID, str], list[LinkState]] = defaultdict(list)
    for each in of_links:
        if each.link.match != ListLink.Match.REJECTED:
            links[each.link.entity_id, each.link.list].append(each)

    def state(entity: Entity, by: ScreenedBy) -> ListState:
        key = (entity.pk, by.list_id)
        row = screened.get(key)
        return ListState(
            by.list.code,
            row.version.published if row else None,
            row.version.number if row else None,
            row.at if row else None,
            row.matcher if row else "",
            row.threshold if row else by.threshold,
            key in fresh,
            candidates.get(key, 0),
            links[entity.pk, by.list.code],
        )

    lists = CHOSEN.all_made(chosen)
    return {
        entity.pk: [] if why_not_applicable(entity, listable) else [state(entity, each) for each in lists] for entity in entities
    }


def counts(corpus: Corpus, user: Any) -> dict[str, int]:
    """Entities of a corpus that the person sees, by the state of their screening."""
    rows = dict(Entity.objects.for_user(user).filter(corpus=corpus).order_by().values_list("screening").annotate(Count("pk")))
    return {state: rows.get(state, 0) for state in STATE.values}
