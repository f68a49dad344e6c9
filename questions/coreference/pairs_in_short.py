"""Pairs of events that may be one, in few words, with what speaks for each."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from questions.coreference.linked import events_in_short
from questions.coreference.proposals import EventPair
from registry.models import Entity


def presented(pairs: list[EventPair], user: Any) -> list[dict[str, Any]]:
    """Pairs with both events in short; without those of which an event is gone since the index was written."""
    events = {each["event"]: each for each in events_in_short({pk for pair in pairs for pk in (pair.one, pair.other)}, user)}
    ids = {pk for pair in pairs for both in (*pair.people, *pair.places) for pk in both}
    names = dict(Entity.objects.for_user(user).filter(pk__in=ids).values_list("pk", "name"))
    return [
        {"one": events[pair.one], "other": events[pair.other], "reasons": list(reasons(pair, names))}
        for pair in pairs
        if pair.one in events and pair.other in events
    ]


def reasons(pair: EventPair, names: dict[UUID, str]) -> Any:
    def both(one: UUID, other: UUID) -> dict[str, Any]:
        return {name: {"entity": pk, "name": names.get(pk, "")} for name, pk in (("one", one), ("other", other))}

    for people in pair.people:
        yield {"rule": "people", "days_apart": None} | both(*people)
    for places in pair.places:
        yield {"rule": "days_and_places", "days_apart": pair.days_apart} | both(*places)
    if pair.is_reading:
        yield {"rule": "reading", "days_apart": None, "one": None, "other": None}
