"""Entities that were merged away: an address that once worked leads to the one that stayed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from annotations.models import Merge
from corpus.models import Corpus
from registry.models import Entity


def names_of(corpus: Corpus, ids: Iterable[UUID], user: Any) -> dict[UUID, tuple[UUID, str]]:
    """By the id that was asked for, the id and the name of the entity; without those that the corpus does not have
    or that are withheld from the person.

    One that is being merged away is there until its last mark has moved.
    """
    known: dict[UUID, tuple[UUID, str]] = {}
    wanted = {pk: pk for pk in ids}
    while wanted:
        there = dict(Entity.objects.for_user(user).filter(corpus=corpus, pk__in=wanted.values()).values_list("pk", "name"))
        known |= {pk: (now, there[now]) for pk, now in wanted.items() if now in there}
        gone = {pk: now for pk, now in wanted.items() if now not in there}
        standing = Merge.objects.filter(corpus=corpus, gone__in=gone.values(), undone_at=None) if gone else Merge.objects.none()
        kept = dict(standing.values_list("gone", "kept"))
        wanted = {pk: kept[now] for pk, now in gone.items() if now in kept}
    return known
