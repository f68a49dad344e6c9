"""Identifiers of an entity beside those of an entry of a list, scheme by scheme."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from registry.models import ListEntry
from registry.screening.subjects import Subject, identifiers_of, is_valid_imo


class IdentifierRow(NamedTuple):
    """`says`: what the two sides are to each other, in words."""

    scheme: str
    ours: list[str]
    listed: list[str]
    says: str


def identifiers_beside(subject: Subject, stated: Iterable[tuple[str, str]], entry: ListEntry | None) -> list[IdentifierRow]:
    """`stated`: of the entity, also those that are not compared; those in its names come with the subject."""
    ours, listed = by_scheme([*stated, *pairs_of(subject.identifiers)]), by_scheme(entry.identifiers if entry else ())
    return [
        IdentifierRow(scheme, ours[scheme], listed[scheme], said_of(scheme, ours[scheme], listed[scheme]))
        for scheme in sorted(ours.keys() | listed.keys())
    ]


def pairs_of(identifiers: Iterable[str]) -> list[tuple[str, str]]:
    return [(scheme, value) for scheme, _, value in (each.partition(":") for each in identifiers)]


def by_scheme(pairs: Iterable[Iterable[str]]) -> dict[str, list[str]]:
    values: dict[str, dict[str, None]] = defaultdict(dict)
    for scheme, value in pairs:
        values[scheme.strip().lower()][value.strip()] = None
    return defaultdict(list, {scheme: list(each) for scheme, each in values.items()})


def said_of(scheme: str, ours: list[str], listed: list[str]) -> str:
    wrong = [value for value in (*ours, *listed) if scheme == "imo" and not is_valid_imo(value)]
    if wrong:
        return f"not compared: the check digit of {wrong[0]} is wrong"
    if not (ours and listed):
        return "stated of the entity only" if ours else "stated of the entry only"
    both = (set(identifiers_of((scheme, value) for value in side)) for side in (ours, listed))
    return "equal" if set.intersection(*both) else "different"
