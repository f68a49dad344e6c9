"""Reasons for which a version is held: what a cut or mistaken file looks like, with the numbers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from django.db.models import Count, Q

from registry.models import ListedName, ListEntry, ListVersion, SanctionsList

MOST_GONE_PERCENT, MOST_GONE = 10, 20
FEWEST_FILLED = 20  # of fewer entries a rate says nothing
FILLED = {
    "programmes": ~Q(programmes=[]),
    "date of listing": ~Q(listed_on=None),
    "births": ~Q(births=[]),
    "countries": ~Q(countries=[]),
    "identifiers": ~Q(identifiers=[]),
    "remarks": ~Q(remarks=""),
    "references to other lists": ~Q(references=[]),
}


class Fill(NamedTuple):
    """How much a version says: its entries, its names, and in how many entries each field is filled."""

    entries: int
    names: int
    fields: dict[str, int]


def fill_of(sanctions_list: SanctionsList, number: int) -> Fill:
    entries = ListEntry.objects.filter(list=sanctions_list, versions__contains=number)
    counts = entries.order_by().aggregate(
        entries=Count("pk"), **{f"field{position}": Count("pk", filter=each) for position, each in enumerate(FILLED.values())}
    )
    names = ListedName.objects.filter(entry__list=sanctions_list, entry__versions__contains=number).count()
    fields = {name: counts[f"field{position}"] for position, name in enumerate(FILLED)}
    return Fill(counts["entries"], names, fields)


def reasons(version: ListVersion, current: ListVersion | None, stated: int | None, read: int, recognised: str) -> list[str]:
    """Why a version is not served before a person has looked at it; none for one that looks like the one before it."""
    return [*of_itself(version, stated, read, recognised), *(beside(version, current) if current else ())]


def of_itself(version: ListVersion, stated: int | None, read: int, recognised: str) -> Iterator[str]:
    if stated is not None and stated != read:
        yield f"The file says that it has {stated:,} entries; {read:,} were read."
    if recognised != version.format:
        yield f"The file looks like the format {recognised}; it was read as {version.format}."


def beside(version: ListVersion, current: ListVersion) -> Iterator[str]:
    before, after = fill_of(version.list, current.number), fill_of(version.list, version.number)
    if gone := gone_of(version, before.entries):
        yield gone
    if version.published and current.published and version.published < current.published:
        yield f"It was published on {day(version.published)}, before the current version ({day(current.published)})."
    if version.format != current.format:
        yield f"It is in the format {version.format}; the current version is in {current.format}: is it the same issuer's?"
    if is_thinner(before, after):
        yield f"An entry has {rate(after.names, after.entries)} names on average; in the current version {rate(before.names, before.entries)}."
    for name, count in before.fields.items():
        now = after.fields[name]
        if count >= FEWEST_FILLED and 2 * now * before.entries <= count * after.entries:
            yield f"{name.capitalize()}: filled in {now:,} of {after.entries:,} entries; in the current version in {count:,} of {before.entries:,}."


def is_thinner(before: Fill, after: Fill) -> bool:
    """Names are gone, and more of them than their entries explain: a file of aliases that was cut takes no entry along."""
    left = after.names * before.entries * 100 < (100 - MOST_GONE_PERCENT) * before.names * after.entries
    return left and before.names >= FEWEST_FILLED


def gone_of(version: ListVersion, before: int) -> str:
    """Many entries gone; of a short list a few may go, but not most of them."""
    gone = version.removed
    if 100 * gone > MOST_GONE_PERCENT * before and (gone > MOST_GONE or 2 * gone > before):
        return f"{gone:,} of {before:,} entries of the current version are gone ({rate(100 * gone, before)} %)."
    return ""


def rate(count: int, of: int) -> str:
    return f"{count / of:.1f}"


def day(value: date) -> str:
    return value.isoformat()
