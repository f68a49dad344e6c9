"""What lists say of the entries that entities are linked to, for formats that write it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import DateField, Q, QuerySet
from django.db.models.functions import Cast, Coalesce

from annotations.models import Assignment
from registry.models import ListEntry, ListLink, ListVersion
from registry.screening.link_states import READ


def listed_facts(assignments: QuerySet[Assignment]) -> dict[str, dict[str, Any]]:
    """ "LIST REF" → issuer, programmes, days of listing and delisting, references to other lists: of confirmed links in the corpora of the
    assignments, as last listed.

    A link may name any list; nothing is exported about one of another corpus.
    """
    corpora = assignments.order_by().values("document__corpus")
    links = ListLink.objects.filter(entity__corpus__in=corpora, match=ListLink.Match.CONFIRMED)
    wanted = set(links.values_list("list", "entry"))
    codes, refs = {code for code, _ in wanted}, {ref for _, ref in wanted}
    usable = Q(list__corpus=None) | Q(list__corpus__in=corpora)
    rows = ListEntry.objects.filter(usable, list__code__in=codes, ref__in=refs).select_related("list").order_by("versions")
    entries = [entry for entry in rows if (entry.list.code, entry.ref) in wanted]
    days = version_days({entry.list_id for entry in entries})
    return {f"{entry.list.code} {entry.ref}": facts_of(entry, days[entry.list_id]) for entry in entries if entry.list_id in days}


def facts_of(entry: ListEntry, days: dict[int, date]) -> dict[str, Any]:
    gone = next((day for number, day in days.items() if number >= entry.versions.upper), None)
    return {
        "authority": entry.list.issuer,
        "programmes": entry.programmes,
        "listed_on": entry.listed_on.isoformat() if entry.listed_on else "",
        "delisted_on": gone.isoformat() if gone else "",
        "references": entry.references,
    }


def version_days(lists: set[int]) -> dict[int, dict[int, date]]:
    """By list and number the day of each version that was in use: that of the file, else that of loading it."""
    days: dict[int, dict[int, date]] = {}
    day = Coalesce("published", Cast("loaded", DateField()))
    rows = ListVersion.objects.filter(list__in=lists, state__in=READ).order_by("number")
    for pk, number, value in rows.values_list("list", "number", day):
        days.setdefault(pk, {})[number] = value
    return days
