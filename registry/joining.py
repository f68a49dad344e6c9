"""What becomes of an entity and its relations when another one turns out to be the same. Pure, over native objects."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

Object = dict[str, Any]
LISTS = ("aliases", "countries", "identifiers")


def combined(kept: Object, gone: Object) -> Object:
    """The one that stays, with all names, countries, identifiers, list links and notes of both."""
    names = [name for name in (*kept["aliases"], gone["name"], *gone["aliases"]) if name != kept["name"]]
    entries = {(link["list"], link["entry"]) for link in kept["list_links"]}
    others = [link for link in gone["list_links"] if (link["list"], link["entry"]) not in entries]
    notes = [note for note in (kept["note"], gone["note"]) if note]
    return kept | {
        "aliases": once(names),
        "countries": once([*kept["countries"], *gone["countries"]]),
        "identifiers": once([*kept["identifiers"], *gone["identifiers"]]),
        "list_links": [*kept["list_links"], *others],
        "note": "\n".join(once(notes)) or None,
        "revision": kept["revision"] + 1,
    }


def parted(now: Object, kept: Object, gone: Object) -> Object:
    """The one that stayed, without what it got from the other; what people did since stays."""
    got = combined(kept, gone)
    added = {field: [each for each in got[field] if each not in kept[field]] for field in (*LISTS, "list_links")}
    left = {field: [each for each in now[field] if each not in added[field]] for field in added}
    note = kept["note"] if now["note"] == got["note"] else now["note"]
    return now | left | {"note": note, "revision": now["revision"] + 1}


def carried(relations: Iterable[Object], gone: str, kept: str, symmetric: Collection[str]) -> list[tuple[Object, Object | None]]:
    """Relations of the one that goes, each with what becomes of it: None where the other has it already, or is the other end."""
    relations = list(relations)
    there = {ends(item, symmetric) for item in relations if gone not in (item["source"], item["target"])}
    found: list[tuple[Object, Object | None]] = []
    for item in relations:
        if gone not in (item["source"], item["target"]):
            continue
        moved = item | {end: kept if item[end] == gone else item[end] for end in ("source", "target")}
        moved["revision"] = item["revision"] + 1
        kept_apart = moved["source"] == moved["target"] or ends(moved, symmetric) in there
        there.add(ends(moved, symmetric))
        found.append((item, None if kept_apart else moved))
    return found


def ends(item: Object, symmetric: Collection[str]) -> tuple[str, ...]:
    """What may be there once: type and ends, in either order where both say the same."""
    pair = (item["source"], item["target"])
    return (item["type"], *(sorted(pair) if item["type"] in symmetric else pair))


def once(values: Iterable[Any]) -> list[Any]:
    found: list[Any] = []
    for value in values:
        if value not in found:
            found.append(value)
    return found
