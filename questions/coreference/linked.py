"""A set of linked events as somebody may see it, and events in few words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple
from uuid import UUID

from annotations.models import Assignment, Event, Span
from corpus.models import Corpus, Membership
from questions.models import Judgement, LinkedEvent

Object = dict[str, Any]
TEXT = "assignment__document"
COLUMNS = {
    "event": "pk",
    "type": "label__code",
    "status": "status",
    "polarity": "polarity",
    "earliest": "time_earliest",
    "latest": "time_latest",
    "assignment": "assignment",
    "annotator": "assignment__annotator__username",
    "role": "assignment__role",
    "article": f"{TEXT}__article",
    "title": f"{TEXT}__article__title",
    "outlet": f"{TEXT}__article__outlet__name",
    "published": f"{TEXT}__article__published_edtf",
}


class LinkedSet(NamedTuple):
    """`id`: of the events that the person may see the smallest. `gone`: events that were deleted since they were linked."""

    id: UUID
    events: list[Object]
    gone: list[UUID]
    judgements: Any


def linked_set(event: UUID, user: Any) -> LinkedSet | None:
    """The set that an event is in, which may be the event alone; None where the person may not see that event.

    Only reviewers see events that are gone, since nobody can say any longer who might see them.
    """
    members = members_of(event)
    events = events_in_short(members, user)
    seen = {each["event"] for each in events}
    reviewed = Corpus.objects.for_user(user, Membership.Role.REVIEWER)
    judged = Judgement.objects.about(*members).filter(corpus__in=reviewed).exists()
    there = Event.objects.filter(pk__in=members).values_list("pk", flat=True)
    gone = sorted(set(members).difference(there)) if judged else []
    if event not in seen and event not in gone:
        return None
    judgements = Judgement.objects.for_user(user).about(*seen, *gone).select_related("corpus", "by", "undone_by")
    return LinkedSet(min([*seen, *gone]), events, gone, judgements.order_by("at", "pk"))


def members_of(event: UUID) -> list[UUID]:
    linked = LinkedEvent.objects.filter(event=event).values("linked")
    return list(LinkedEvent.objects.filter(linked__in=linked).values_list("event", flat=True)) or [event]


def events_in_short(events: Iterable[UUID], user: Any) -> list[Object]:
    """Those that the person may see, in the order in which their articles came."""
    rows = Event.objects.for_user(user).filter(pk__in=list(events)).order_by(f"{TEXT}__article__created", "pk")
    quotes = quotes_of(events)
    return [in_short(dict(zip(COLUMNS, row, strict=True)), quotes) for row in rows.values_list(*COLUMNS.values())]


def in_short(row: Object, quotes: dict[UUID, list[tuple[UUID, str]]]) -> Object:
    triggers = quotes[row["event"]]
    address = f"/annotate/{row['assignment']}/" + (f"#mark={triggers[0][0]}" if triggers else "")
    return row | {
        "gold": row["role"] == Assignment.Role.ADJUDICATION,
        "outlet": row["outlet"] or "",
        "triggers": [quote for _, quote in triggers],
        "href": address,
    }


def quotes_of(events: Iterable[UUID]) -> dict[UUID, list[tuple[UUID, str]]]:
    quotes: dict[UUID, list[tuple[UUID, str]]] = defaultdict(list)
    for event, pk, quote in (
        Span.objects.filter(event__in=list(events)).order_by("start", "end", "pk").values_list("event", "pk", "quote")
    ):
        quotes[event].append((pk, quote))
    return quotes
