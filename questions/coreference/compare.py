"""Whether the sets of linked events are those that the judgements make, and how they are made anew."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from annotations.queries.integrity.fault import Fault
from corpus.db.unhurried import unhurried
from corpus.models import Corpus
from questions.coreference.judge import lock
from questions.coreference.sets import JudgedPair, sets_of
from questions.models import Judgement, LinkedEvent


def disagreements(corpus: Corpus | None = None) -> Iterator[Fault]:
    """Events whose stored set is not the one that the judgements make, and judgements `different` inside a set."""
    edges = standing(corpus)
    wanted = sets_made_by(edges)
    stored = stored_sets(corpus)
    for event in sorted(wanted.keys() | stored.keys()):
        if wanted.get(event) != stored.get(event):
            yield Fault("linked event", str(event), f"is linked to {stored.get(event)}, by the judgements to {wanted.get(event)}")
    for edge in edges:
        if edge.verdict == Judgement.Verdict.DIFFERENT and edge.one in wanted and wanted[edge.one] == wanted.get(edge.other):
            yield Fault("judgement", str(edge.judgement), "its events are judged different, and linked by other judgements")


def rebuild(corpus: Corpus | None = None) -> None:
    """Write the sets anew. The entries follow when they are made anew themselves."""
    with unhurried():
        lock()
        edges = standing(corpus)
        LinkedEvent.objects.filter(event__in=stored_sets(corpus)).delete()
        sets = sets_made_by(edges)
        LinkedEvent.objects.bulk_create(LinkedEvent(event=event, linked=first) for event, first in sets.items())


def standing(corpus: Corpus | None) -> list[JudgedPair]:
    rows = Judgement.objects.standing().filter(**of(corpus)).order_by("at", "pk")
    return [JudgedPair(*row) for row in rows.values_list("pk", "one", "other", "verdict")]


def of(corpus: Corpus | None) -> dict[str, Any]:
    return {"corpus": corpus} if corpus else {}


def sets_made_by(edges: list[JudgedPair]) -> dict[UUID, UUID]:
    return sets_of({event for edge in edges for event in (edge.one, edge.other)}, edges)


def stored_sets(corpus: Corpus | None) -> dict[UUID, UUID]:
    """Of one corpus those of events that somebody has judged there, undone or not."""
    rows = LinkedEvent.objects.all()
    if corpus:
        judged = Judgement.objects.filter(corpus=corpus).order_by().values_list("one", "other")
        rows = rows.filter(event__in={event for pair in judged for event in pair})
    return dict(rows.values_list("event", "linked"))
