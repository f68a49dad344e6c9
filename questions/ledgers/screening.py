"""Entities of a corpus by the state of their screening against lists."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, QuerySet

from questions.address.question import AddressError
from questions.asking.asker import Asker
from questions.ledgers.page import LedgerPage
from registry.models import Entity

Object = dict[str, Any]
KEYS = {"name": "text", "id": "uuid"}
STATES = Entity.Screening.values


def page(asker: Asker, limit: int, after: tuple[Any, ...] | None = None) -> LedgerPage:
    """The state is the part of the answer: by default, entities of all states are rows."""
    entities = chosen(asker)
    counts = dict(entities.order_by().values_list("screening").annotate(Count("pk")))
    states = asker.question.codes("part")
    rows = entities.filter(screening__in=check_states(states)) if states else entities
    if after is not None:
        name, pk = after
        rows = rows.filter(Q(name__gt=name) | Q(name=name, pk__gt=pk))
    shown = list(rows.order_by("name", "pk").prefetch_related("list_links")[: limit + 1])
    last = (shown[limit - 1].name, shown[limit - 1].pk) if len(shown) > limit else None
    parts = {state: counts.get(state, 0) for state in STATES}
    return LedgerPage([row(entity) for entity in shown[:limit]], parts, 0, last, 0)


def chosen(asker: Asker) -> QuerySet[Entity]:
    entities = Entity.objects.for_user(asker.user).filter(corpus=asker.corpus)
    return entities.filter(pk__in=asker.meant("entity")) if asker.question["entity"] else entities


def check_states(states: list[str]) -> list[str]:
    for state in states:
        if state not in STATES:
            raise AddressError("part", f"has no “{state}”; use one of {', '.join(STATES)}")
    return states


def row(entity: Entity) -> Object:
    links = [
        {"list": link.list, "entry": link.entry, "match": link.match, "list_version": link.list_version}
        for link in entity.list_links.all()
    ]
    return {
        "entity": entity.pk,
        "name": entity.name,
        "type": entity.type,
        "unnamed": entity.anonymous,
        "part": entity.screening,
        "list_links": links,
        "href": entity.get_absolute_url(),
    }
