"""How many independent sources there are, as an interval: who may be somebody else counts once at the least, and by himself at the most.

The fewest are a clique cover: groups in which everybody may be everybody else. Two that may both be a third one, but not each other,
are two. As the annotator counts them in one article (`possible_duplicates.js`).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import NamedTuple

TRIED = 12  # that hang together: of more, not every grouping is tried


class Sources(NamedTuple):
    """`is_exact`: else there are at least so many, and it was not worked out whether more."""

    fewest: int
    most: int
    is_exact: bool = True


def independent[S: Hashable](sources: Sequence[S], may_be_one: Callable[[S, S], bool]) -> Sources:
    """`may_be_one` is asked for two of them, in either order."""
    ids = list(dict.fromkeys(sources))
    ties = {one: {other for other in ids if other != one and may_be_one(one, other)} for one in ids}
    parts = connected(ids, ties)
    fewest = sum(fewest_groups(part, ties) if len(part) <= TRIED else fewest_apart(part, ties) for part in parts)
    return Sources(fewest, len(ids), all(len(part) <= TRIED for part in parts))


def connected[S: Hashable](ids: list[S], ties: dict[S, set[S]]) -> list[list[S]]:
    """Those that hang together by ties."""
    left, parts = dict.fromkeys(ids), []
    while left:
        part = [next(iter(left))]
        del left[part[0]]
        for one in part:
            more = [other for other in left if other in ties[one]]
            part += more
            for other in more:
                del left[other]
        parts.append(part)
    return parts


def fewest_groups[S: Hashable](ids: list[S], ties: dict[S, set[S]]) -> int:
    """The least number of groups in which everybody may be everybody else."""
    best = len(ids)

    def join_next(at: int, groups: list[list[S]]) -> None:
        nonlocal best
        if len(groups) >= best:
            return
        if at == len(ids):
            best = len(groups)
            return
        for group in groups:
            if all(other in ties[ids[at]] for other in group):
                group.append(ids[at])
                join_next(at + 1, groups)
                group.pop()
        groups.append([ids[at]])
        join_next(at + 1, groups)
        groups.pop()

    join_next(0, [])
    return best


def fewest_apart[S: Hashable](ids: list[S], ties: dict[S, set[S]]) -> int:
    """Some of whom no two may be one: so many groups there are at least. Those with few ties are asked first."""
    apart: list[S] = []
    for one in sorted(ids, key=lambda one: (len(ties[one]), str(one))):
        if not ties[one].intersection(apart):
            apart.append(one)
    return len(apart)


def supposing[S: Hashable](
    sources: Sequence[S], may_be_one: Callable[[S, S], bool], supposed: Mapping[frozenset[S], bool]
) -> Sources:
    """The same if some pairs were known to be one (True), or to be two (False)."""
    ids = list(dict.fromkeys(sources))
    known_as_one = {one: {other for other in ids if supposed.get(frozenset((one, other)))} for one in ids}
    groups = [tuple(part) for part in connected(ids, known_as_one)]

    def may_be(one: tuple[S, ...], other: tuple[S, ...]) -> bool:
        pairs = [(a, b) for a in one for b in other]
        is_two = any(supposed.get(frozenset(pair)) is False for pair in pairs)
        return not is_two and any(may_be_one(*pair) for pair in pairs)

    return independent(groups, may_be)
