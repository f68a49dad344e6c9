"""Entries found by a name in any spelling: through the keys, then compared, best first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.db.models import QuerySet

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
    best: dict[int, NamedEntry] = {}
    for each in matching_names(entries, text[:LONGEST]):
        known = best.get(each.entry.pk)
        if known is None or each.score > known.score:
            best[each.entry.pk] = each
    return sorted(best.values(), key=lambda each: (-each.score, each.entry.ref))[:MOST_FOUND]


def matching_names(entries: QuerySet[ListEntry], text: str) -> Iterator[NamedEntry]:
    """Of these entries all names that are candidates of the matcher for a name."""
    for name in ListedName.objects.filter(pk__in=likely_names(entries, text)).select_related("entry__list"):
        match = compare(text, name.text, name.entry.kind)
        if match.is_candidate:
            yield NamedEntry(name.entry, name, match.score)


def likely_names(entries: QuerySet[ListEntry], text: str) -> list[int]:
    """Ids of names that have the most in common with it."""
    weights: Counter[int] = Counter()
    for row in rare(key.value for key in keys(analyse(text, "any"))):
        for name in row.names:
            weights[name] += row.weight
    heaviest = sorted(weights, key=lambda name: (-weights[name], name))[:COMMON]
    own = set(ListedName.objects.filter(pk__in=heaviest, entry__in=entries).values_list("pk", flat=True))
    return [name for name in heaviest if name in own][:MOST_COMPARED]


def rare(values: Iterable[int]) -> list[ListedNameKey]:
    """Keys without those that very many names have, unless nothing else is left."""
    rows = ListedNameKey.objects.filter(key__in=list(values))
    return list(rows.filter(names__len__lte=COMMON)) or list(rows)


def names_like(entries: QuerySet[ListEntry], text: str) -> list[int]:
    """Ids of these names."""
    return [each.name.pk for each in matching_names(entries, text[:LONGEST])]


def entries_named(entries: QuerySet[ListEntry], text: str) -> ListEntryQuerySet:
    """The same as rows of the table."""
    return ListEntry.objects.filter(pk__in=[each.entry.pk for each in matching_entries(entries, text)])
