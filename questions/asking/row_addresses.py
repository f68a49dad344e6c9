"""Under which id somebody finds a row of linked events."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from annotations.models import Event
from questions.asking.asker import Asker
from questions.models import LinkedEvent


def row_addresses(asker: Asker, linked: Iterable[UUID]) -> dict[UUID, UUID]:
    """By the id of linked events, the smallest of theirs that the asker may see: nobody else's leads anywhere."""
    rows = list(linked)
    if not rows or (asker.sees_all and not asker.withheld):
        return {}
    seen = Event.objects.filter(assignment__in=asker.readings.values("pk")).order_by().values("pk")
    members = LinkedEvent.objects.filter(linked__in=rows, event__in=seen).order_by("-event")
    return dict(members.values_list("linked", "event"))
