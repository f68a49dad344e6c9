"""Entries found by a name in any spelling: through the keys, then compared, best first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Count, QuerySet, Sum

from registry.models import ListedName, ListedNameKey, ListEntry
from registry.models.lists import ListEntryQuerySet
from registry.names import analyse, compare, keys

COMMON = 4_000  # names that share a key, which then says little
MOST_COMPARED, MOST_FOUND = 150, 100
LONGEST = 300  # characters of what is looked for


class NamedEntry(NamedTuple):
    """An entry with its name that is most like what was looked for."""

    entry: ListEntry
    name: ListedName
    score: int


def matching_entries(entries: QuerySet[ListEntry], text: str) -> list[NamedEntry]:
    """Of these entries the best for a name, as far as it is a candidate of the matcher."""
    names = ListedName.objects.filter(pk__in=likely_names(entries, text[:LONGEST])).select_related("entry__list")
    best: dict[int, NamedEntry] = {}
    for name in names:
        match = compare(text[:LONGEST], name.text, name.entry.kind)
        known = best.get(name.entry_id)
        if match.is_candidate and (known is None or match.score > known.score):
            best[name.entry_id] = NamedEntry(name.entry, name, match.score)
    return sorted(best.values(), key=lambda each: (-each.score, each.entry.ref))[:MOST_FOUND]


def likely_names(entries: QuerySet[ListEntry], text: str) -> list[int]:
    """Ids of names that have the most in common with it."""
    rows = ListedNameKey.objects.filter(key__in=rare(key.value for key in keys(analyse(text, "any"))), name__entry__in=entries)
    heaviest = rows.order_by().values("name_id").annotate(weight=Sum("weight")).order_by("-weight", "name_id")
    return list(heaviest.values_list("name_id", flat=True)[:MOST_COMPARED])


def rare(values: Iterable[int]) -> list[int]:
    """Keys without those that very many names have, unless nothing else is left."""
    sought = list(values)
    counted = ListedNameKey.objects.filter(key__in=sought).values("key").annotate(names=Count("*")).order_by()
    counts = {row["key"]: row["names"] for row in counted}
    few = [key for key, count in counts.items() if count <= COMMON]
    return few or list(counts)


def entries_named(entries: QuerySet[ListEntry], text: str) -> ListEntryQuerySet:
    """The same as rows of the table."""
    return ListEntry.objects.filter(pk__in=[each.entry.pk for each in matching_entries(entries, text)])
