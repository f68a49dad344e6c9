"""What becomes of an entity and its relations when another one turns out to be the same. Pure, over native objects."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

Object = dict[str, Any]
Entry = tuple[str, str]  # list, entry
LISTS = ("aliases", "countries", "births", "identifiers")
BLANK: Object = {"name_kinds": {}, "births": [], "same_as": None}  # what a merge of an earlier version did not keep


def combined(kept: Object, gone: Object, of_gone: Collection[Entry] = ()) -> Object:
    """The one that stays, with all names, countries, dates of birth, identifiers, list links and notes of both.

    Where both have a link to one entry, that of `gone` holds for the entries `of_gone`, else that of `kept`.
    """
    names = [name for name in (*kept["aliases"], gone["name"], *gone["aliases"]) if name != kept["name"]]
    links = by_entry(gone) | by_entry(kept) | {entry: link for entry, link in by_entry(gone).items() if entry in of_gone}
    notes = [note for note in (kept["note"], gone["note"]) if note]
    return kept | {
        "aliases": once(names),
        "name_kinds": of_names(names, gone["name_kinds"] | kept["name_kinds"]),
        "countries": once([*kept["countries"], *gone["countries"]]),
        "births": once([*kept["births"], *gone["births"]]),
        "identifiers": once([*kept["identifiers"], *gone["identifiers"]]),
        "list_links": list(links.values()),
        "screening": "linked" if any(is_not_rejected(link) for link in links.values()) else kept["screening"],
        "note": "\n".join(once(notes)) or None,
        "revision": kept["revision"] + 1,
    }


def of_names(names: Iterable[str], kinds: Mapping[str, str]) -> dict[str, str]:
    return {name: kinds[name] for name in once(names) if name in kinds}


def disagreements(kept: Object, gone: Object) -> list[tuple[Object, Object]]:
    """Links of both to one entry of a list that say different things: (of kept, of gone), by list and entry."""
    others = by_entry(gone)
    pairs = [(link, others[entry]) for entry, link in sorted(by_entry(kept).items()) if entry in others]
    return [(one, other) for one, other in pairs if one["match"] != other["match"]]


def by_entry(entity: Object) -> dict[Entry, Object]:
    return {(link["list"], link["entry"]): link for link in entity["list_links"]}


def is_not_rejected(link: Object) -> bool:
    return bool(link["match"] != "rejected")


def parted_links(now: Object, kept: Object, got: Object) -> list[Object]:
    """Those of `now` that somebody decided since, and what `kept` had where nobody did."""
    own, had, was = by_entry(now), by_entry(got), by_entry(kept)
    untouched = {entry for entry in had.keys() | was.keys() if own.get(entry) == had.get(entry)}
    left = {entry: link for entry, link in own.items() if entry not in untouched}
    return list((left | {entry: link for entry, link in was.items() if entry in untouched}).values())


def parted(now: Object, kept: Object, gone: Object, of_gone: Collection[Entry] = ()) -> Object:
    """The one that stayed, without what it got from the other; what people did since stays."""
    kept, gone = BLANK | kept, BLANK | gone
    got = combined(kept, gone, of_gone)
    added = {field: [each for each in got[field] if each not in kept[field]] for field in LISTS}
    left = {field: [each for each in now[field] if each not in added[field]] for field in added}
    left["list_links"] = parted_links(now, kept, got)
    kinds = of_names(left["aliases"], now["name_kinds"])
    back = {field: kept[field] if now[field] == got[field] else now[field] for field in ("note", "screening")}
    return now | left | back | {"name_kinds": kinds, "revision": now["revision"] + 1}


def carried(relations: Iterable[Object], gone: str, kept: str, symmetric: Collection[str]) -> list[tuple[Object, Object | None]]:
    """Relations of the one that goes, each with what becomes of it: None where the other has it already, or is the other end."""
    relations = list(relations)
    there = {ends(relation, symmetric) for relation in relations if gone not in (relation["source"], relation["target"])}
    pairs: list[tuple[Object, Object | None]] = []
    for relation in relations:
        if gone not in (relation["source"], relation["target"]):
            continue
        moved = relation | {end: kept if relation[end] == gone else relation[end] for end in ("source", "target")}
        moved["revision"] = relation["revision"] + 1
        kept_apart = moved["source"] == moved["target"] or ends(moved, symmetric) in there
        there.add(ends(moved, symmetric))
        pairs.append((relation, None if kept_apart else moved))
    return pairs


def ends(relation: Object, symmetric: Collection[str]) -> tuple[str, ...]:
    """What may be there once: type and ends, in either order where both say the same."""
    pair = (relation["source"], relation["target"])
    return (relation["type"], *(sorted(pair) if relation["type"] in symmetric else pair))


def once(values: Iterable[Any]) -> list[Any]:
    unique: list[Any] = []
    for value in values:
        if value not in unique:
            unique.append(value)
    return unique
