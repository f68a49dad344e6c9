"""What hangs on a dropped mark or event: it lost what it pointed at, so that a person looks at it once more. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from annotations.adjudication.contents import FILLERS
from annotations.adjudication.gold import Gold
from annotations.adjudication.groups import ARGUMENT, CLAIM, MARK, Group, Location, Object

Order = Mapping[Location, int]  # the position of the last decision about a group


def hanging(gold: Gold, decided: Order) -> set[Location]:
    """Groups in the gold that point at something which was dropped after the last decision about them."""
    dropped = {
        group.location: decided[group.location]
        for group in gold.groups
        if group.location in decided and gold.taken(group) is None and not group.is_part
    }
    return {
        group.location
        for group in gold.groups
        if dropped and any(decided.get(group.location, -1) < dropped.get(target, -1) for target in targets(gold, group))
    }


def targets(gold: Gold, group: Group) -> Iterator[Location]:
    """What the version in the gold points at."""
    whole = gold.by_location[group.location.whole]
    number = gold.taken(group)
    version = None if number is None or gold.taken(whole) is None else group.versions[number]
    if number is None or version is None:
        return
    positions = gold.alignment.positions[number]
    for record in version.objects:
        for name in pointed_ids(group.kind, record):
            if name in positions:
                yield positions[name].location


def pointed_ids(kind: str, record: Object) -> Iterator[str]:
    if kind == ARGUMENT:
        yield from (record[name] for name in FILLERS if record.get(name))
    elif kind == CLAIM:
        yield from (record[name] for name in ("source_mention", "parent") if record.get(name))
    elif kind == MARK:
        for value in (record.get("attributes") or {}).values():
            if isinstance(value, Mapping):
                yield from (value[name] for name in FILLERS if value.get(name))
