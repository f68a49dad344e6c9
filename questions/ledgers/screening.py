"""Entities of a corpus by the state of their screening against lists."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from annotations.queries.listable import listable_types
from questions.address.question import AddressError
from questions.asking.asker import Asker
from questions.ledgers.page import LedgerPage
from registry.models import Entity, ListLink
from registry.screening.link_states import LinkState, states_of_links
from registry.screening.stale import outdated_entities
from registry.screening.state import ListState, states_by_list

Object = dict[str, Any]
KEYS = {"name": "text", "id": "uuid"}
STATES = Entity.Screening.values
TO_SCREEN = "to_screen"  # of any state: not screened, or not since the entity, a list or the matcher changed


def page(asker: Asker, limit: int, after: tuple[Any, ...] | None = None) -> LedgerPage:
    """The state is the part of the answer: by default, entities of all states are rows."""
    entities = chosen(asker)
    counts = dict(entities.order_by().values_list("screening").annotate(Count("pk")))
    states = asker.question.codes("part")
    rows = entities.filter(in_states(asker, states)) if states else entities
    parts = {state: counts.get(state, 0) for state in STATES}
    if TO_SCREEN in states:  # beside the others: its entities are of one of these states, too
        parts[TO_SCREEN] = rows.count()
    if after is not None:
        name, pk = after
        rows = rows.filter(Q(name__gt=name) | Q(name=name, pk__gt=pk))
    shown = list(rows.order_by("name", "pk")[: limit + 1])
    last = (shown[limit - 1].name, shown[limit - 1].pk) if len(shown) > limit else None
    return LedgerPage(rows_of(asker, shown[:limit]), parts, 0, last, 0)


def listable(asker: Asker) -> tuple[str, ...]:
    """Types of entities that lists name; all of them before the corpus has a scheme."""
    return asker.known_scheme.listable if asker.known_scheme else listable_types(asker.corpus)


def chosen(asker: Asker) -> QuerySet[Entity]:
    entities = Entity.objects.for_user(asker.user).filter(corpus=asker.corpus)
    return entities.filter(pk__in=asker.meant("entity")) if asker.question["entity"] else entities


def in_states(asker: Asker, states: list[str]) -> Q:
    for state in states:
        if state not in (*STATES, TO_SCREEN):
            raise AddressError("part", f"has no “{state}”; use one of {', '.join([*STATES, TO_SCREEN])}")
    chosen = Q(screening__in=states)
    return chosen | Q(pk__in=outdated_entities(asker.corpus, listable(asker))) if TO_SCREEN in states else chosen


def rows_of(asker: Asker, entities: list[Entity]) -> list[Object]:
    of_links = list(states_of_links(ListLink.objects.filter(entity__in=entities), asker.user))
    compared = states_by_list(asker.corpus, entities, listable(asker), of_links)
    links: dict[UUID, list[LinkState]] = {}
    for each in of_links:
        links.setdefault(each.link.entity_id, []).append(each)
    return [row(entity, links.get(entity.pk, []), compared[entity.pk]) for entity in entities]


def row(entity: Entity, links: list[LinkState], compared: list[ListState]) -> Object:
    return {
        "entity": entity.pk,
        "name": entity.name,
        "type": entity.type,
        "unnamed": entity.anonymous,
        "part": entity.screening,
        "list_links": [link_row(each) for each in links],
        "compared": [compared_row(each) for each in compared],
        "href": entity.get_absolute_url(),
    }


def link_row(state: LinkState) -> Object:
    link = state.link
    decision = {"by": state.by, "at": state.at, "entry_state": state.entry_state, "delisted_on": state.delisted_on}
    return {
        "list": link.list,
        "entry": link.entry,
        "match": link.match,
        "list_version": link.list_version,
        "decision": decision | {"since": state.since},
    }


def compared_row(state: ListState) -> Object:
    """`is_fresh`: nothing of the entity, the list and the matcher has changed since."""
    return {
        "list": state.code,
        "version": state.number,
        "published": state.published,
        "screened_at": state.screened_at,
        "matcher": state.matcher,
        "threshold": state.threshold,
        "state": state.state,
        "is_fresh": state.is_fresh,
    }
