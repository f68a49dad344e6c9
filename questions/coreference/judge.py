"""The verbs: join two events, tell them apart, and undo that. Sets of linked events and their entries follow in the same transaction.

Any two events of a corpus and of one type can be judged, in one article too: two readings of a text, or two events of it that a sum
wants to know apart. A judgement is about events, so no mark changes and no assignment's revision moves.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models.functions import Now

from annotations.models import Event
from annotations.write.errors import Invalid, Refusal
from questions.coreference.sets import JudgedPair, connected, edges_between, path, sets_of
from questions.index.keep import LOCK
from questions.models import Judgement, LinkedEvent

Verdict = Judgement.Verdict
# Entries of events take over what their sets are now.
FOLLOW = """UPDATE questions_entry e SET linked = k.linked
    FROM unnest(%(events)s::uuid[]) changed(event) LEFT JOIN questions_linkedevent k ON k.event = changed.event
    WHERE e.id = changed.event AND e.kind = 'event' AND e.linked IS DISTINCT FROM k.linked"""


class Contradiction(Refusal):
    """Two events would be the same and different. `path`: the judgements that lead from one to the other, with the one that is against it."""

    code = "contradiction"

    def __init__(self, detail: str, path: Iterable[JudgedPair]) -> None:
        self.path = list(path)
        super().__init__(detail)


def judge(event: Event, other: Event, verdict: str, user: Any, note: str = "") -> Judgement:
    """Say that two events are the same, or different.

    Raises Invalid where they cannot be judged, or are judged so already; Contradiction where other judgements say the opposite.
    """
    check_pair(event, other)
    one, two = sorted((event.pk, other.pk))
    with transaction.atomic():
        lock()
        check_not_judged(one, two, verdict)
        check_sets(event.pk, other.pk, verdict)
        corpus = event.assignment.document.corpus_id
        made: Judgement = Judgement.objects.create(corpus_id=corpus, one=one, other=two, verdict=verdict, note=note, by=user)
        follow(one, two)
    made.refresh_from_db()
    return made


def undo(judgement: Judgement, user: Any) -> Judgement:
    """Undo this judgement alone, whatever was judged since: what only it linked is parted. Raises Invalid if it is undone."""
    with transaction.atomic():
        lock()
        count = Judgement.objects.standing().filter(pk=judgement.pk).update(undone_by=user, undone_at=Now())
        if not count:
            raise Invalid("This judgement was already undone.")
        follow(judgement.one, judgement.other)
    judgement.refresh_from_db()
    return judgement


def lock() -> None:
    """One at a time judges or indexes: who reads the sets while another changes them writes wrong ones, and wrong entries."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_advisory_xact_lock({LOCK})")


def follow(*events: UUID) -> None:
    """Work out anew the sets that these events are in, or were in until now, and write them and the entries."""
    members = connected(events)
    sets = sets_of(members, edges_between(members))
    LinkedEvent.objects.filter(event__in=members).delete()
    LinkedEvent.objects.bulk_create(LinkedEvent(event=event, linked=first) for event, first in sets.items())
    with connection.cursor() as cursor:
        cursor.execute(FOLLOW, {"events": members})


# What is refused


def check_pair(event: Event, other: Event) -> None:
    if event.pk == other.pk:
        raise Invalid("An event cannot be compared with itself: name another event in “with”.")
    if event.label.code != other.label.code:
        raise Invalid(
            f"The events have different types: {event.label.code} and {other.label.code}. Change one of the marks first."
        )


def check_not_judged(one: UUID, other: UUID, verdict: str) -> None:
    earlier = Judgement.objects.standing().filter(one=one, other=other).select_related("by").first()
    if earlier is None:
        return
    as_what = "the same" if earlier.verdict == Verdict.SAME else "different"
    detail = f"{earlier.by.username} judged these events {as_what} on {earlier.at:%Y-%m-%d}"
    if earlier.verdict == verdict:
        raise Invalid(f"{detail}: nothing to do.")
    raise Contradiction(f"{detail}: undo that judgement first.", [JudgedPair(earlier.pk, one, other, earlier.verdict)])


def check_sets(one: UUID, other: UUID, verdict: str) -> None:
    """Raises Contradiction where two events that are judged different would be in one set."""
    edges = edges_between(connected([one, other]))
    if verdict == Verdict.DIFFERENT:
        way = path(one, other, edges)
        if way is not None:
            raise Contradiction("Other judgements make these events the same: undo one of the judgements in “path” first.", way)
        return
    for edge in edges:
        if edge.verdict == Verdict.DIFFERENT:
            raise Contradiction(
                "Two events that are judged different would be the same: undo one of the judgements in “path” first.",
                around(one, other, edge, edges),
            )


def around(one: UUID, other: UUID, different: JudgedPair, edges: list[JudgedPair]) -> list[JudgedPair]:
    """From `one` over judgements `same` to one side of the difference, over it, and on to `other`."""
    before = path(one, different.one, edges)
    if before is None:
        different = different.reversed()
        before = path(one, different.one, edges) or []
    return [*before, different, *(path(different.other, other, edges) or [])]
