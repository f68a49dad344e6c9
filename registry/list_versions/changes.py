"""What changed from one version of a list to another: entries added and removed, names, facts, and what was only respelled."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import batched
from typing import NamedTuple

from django.db.models import Prefetch

from registry.models import ListedName, ListEntry, ListVersion
from registry.models.lists import ListEntryQuerySet

AT_ONCE = 1_000  # entries
FACTS = ("kind", "programmes", "listed_on", "births", "countries", "identifiers", "remarks", "references")


class EntryChange(NamedTuple):
    """An entry that stands in both versions with other words: what its names and facts were, and what they are."""

    before: ListEntry
    after: ListEntry
    names_added: list[str]
    names_gone: list[str]
    respelled: list[tuple[str, str]]
    facts: list[str]

    @property
    def fact_words(self) -> list[str]:
        """The facts as a page names them."""
        return [fact.replace("_", " ") for fact in self.facts]

    @property
    def only_respelled(self) -> bool:
        return bool(self.respelled) and not (self.names_added or self.names_gone or self.facts)


def added(version: ListVersion, before: int | None) -> ListEntryQuerySet:
    """Entries of a version whose reference did not stand in the one before it."""
    there = ListEntry.objects.filter(list=version.list, versions__contains=before).values("ref") if before else ()
    return in_version(version, version.number).exclude(ref__in=there)


def removed(version: ListVersion, before: int | None) -> ListEntryQuerySet:
    """Entries of the version before it, as they last stood, whose reference is gone."""
    if not before:
        return ListEntry.objects.none()
    return in_version(version, before).exclude(ref__in=in_version(version, version.number).values("ref"))


def rewritten(version: ListVersion, before: int | None) -> ListEntryQuerySet:
    """Entries of a version that stood otherwise in the one before it."""
    if not before:
        return ListEntry.objects.none()
    others = in_version(version, before).exclude(versions__contains=version.number)
    return in_version(version, version.number).exclude(versions__contains=before).filter(ref__in=others.values("ref"))


def in_version(version: ListVersion, number: int) -> ListEntryQuerySet:
    return ListEntry.objects.filter(list=version.list, versions__contains=number).order_by("ref")


def changes(version: ListVersion, before: int | None, entries: list[ListEntry] | None = None) -> Iterator[EntryChange]:
    """What each rewritten entry said before; of all of them, or of those that a page shows."""
    all_of_them = with_names(rewritten(version, before)).iterator(chunk_size=AT_ONCE)
    for some in batched(all_of_them, AT_ONCE) if entries is None else [entries]:
        refs = [entry.ref for entry in some]
        others = {entry.ref: entry for entry in with_names(in_version(version, before or 0).filter(ref__in=refs))}
        for entry in some:
            yield change_of(others[entry.ref], entry)


def with_names(entries: ListEntryQuerySet) -> ListEntryQuerySet:
    return entries.prefetch_related(Prefetch("names", ListedName.objects.order_by("position")))


def change_of(before: ListEntry, after: ListEntry) -> EntryChange:
    old, new = Counter(name.text for name in before.names.all()), Counter(name.text for name in after.names.all())
    names_gone, names_added = list((old - new).elements()), list((new - old).elements())
    respelled = list(respellings(names_gone, names_added))
    for one, other in respelled:
        names_gone.remove(one)
        names_added.remove(other)
    facts = [fact for fact in FACTS if getattr(before, fact) != getattr(after, fact)]
    if kinds_differ(before, after):
        facts.append("kinds of names")
    return EntryChange(before, after, names_added, names_gone, respelled, facts)


def kinds_differ(before: ListEntry, after: ListEntry) -> bool:
    """Whether a name that both have, however spelled, is an alias in one and a former name in the other."""
    old, new = kinds(before), kinds(after)
    return any(old[name] != new[name] for name in old.keys() & new.keys())


def kinds(entry: ListEntry) -> dict[str, list[tuple[str, str]]]:
    """Kinds and languages in which the names of one spelling stand."""
    rows: dict[str, list[tuple[str, str]]] = {}
    for name in entry.names.all():
        rows.setdefault(spelled(name.text), []).append((name.kind, name.language))
    return {name: sorted(each) for name, each in rows.items()}


def respellings(gone: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    """(before, after) of names that differ in case, spaces and punctuation alone."""
    left: dict[str, list[str]] = {}
    for name in gone:
        left.setdefault(spelled(name), []).append(name)
    for name in new:
        if same := left.get(spelled(name)):
            yield same.pop(0), name


def spelled(name: str) -> str:
    """A name without what a new spelling may change: letters and digits in one case."""
    letters = unicodedata.normalize("NFKC", name).casefold()
    return "".join(sign for sign in letters if unicodedata.category(sign)[0] in "LNM") or letters
