"""What lists say of the entries that entities are linked to, for formats that write it."""

from __future__ import annotations

from typing import Any

from registry.models import ListEntry, ListLink


def listed_facts(assignments: Any) -> dict[str, dict[str, Any]]:
    """ "LIST REF" → issuer, day of listing, references to other lists: of confirmed links in the corpora of the assignments, as last listed."""
    corpora = assignments.order_by().values("document__corpus")
    links = ListLink.objects.filter(entity__corpus__in=corpora, match=ListLink.Match.CONFIRMED)
    wanted = set(links.values_list("list", "entry"))
    codes, refs = {code for code, _ in wanted}, {ref for _, ref in wanted}
    entries = ListEntry.objects.filter(list__code__in=codes, ref__in=refs).select_related("list").order_by("versions")
    return {
        f"{entry.list.code} {entry.ref}": {
            "authority": entry.list.issuer,
            "listed_on": entry.listed_on.isoformat() if entry.listed_on else "",
            "references": entry.references,
        }
        for entry in entries
        if (entry.list.code, entry.ref) in wanted
    }
