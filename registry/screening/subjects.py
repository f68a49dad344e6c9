"""What of an entity is compared with lists: its names, its kind and its facts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from registry.models import Entity
from registry.names import NameFacts, analyse, keys
from registry.names.identifiers import is_imo
from registry.names.keys import hashed
from registry.names.tokens import KIND_OF_LABEL

YEARS, MOST_YEARS = re.compile(r"(?<!\d)(\d{4}|\d{3}X|\d{2}XX)(?!\d)"), 100
INTERVAL = re.compile(r"(\d{4})[^/]*/(\d{4}).*")


class Subject(NamedTuple):
    """Names of one entity, or of what a person looks up, with what is known beside them."""

    key: Any
    kind: str
    names: tuple[str, ...]
    facts: NameFacts = NameFacts()

    @property
    def identifiers(self) -> tuple[str, ...]:
        """Its own, and those that stand in its names."""
        in_names = (each for name in self.names for each in analyse(name, self.kind).identifiers)
        return tuple(dict.fromkeys((*self.facts.identifiers, *in_names)))

    def keys(self) -> list[int]:
        """All that it is looked up by."""
        values = {key.value for name in self.names for key in keys(analyse(name, self.kind))}
        return sorted(values | {hashed(f"identifier {each}") for each in self.identifiers})


def kind_of(entity_type: str) -> str:
    return KIND_OF_LABEL.get(entity_type, "any")


def subjects(pks: Iterable[Any]) -> list[Subject]:
    """Those of the entities that are still there."""
    rows = Entity.objects.filter(pk__in=list(pks)).prefetch_related("names", "births", "identifiers").order_by("pk")
    return [subject_of(row) for row in rows]


def subject_of(entity: Entity) -> Subject:
    names = dict.fromkeys((entity.name, *(row.name for row in entity.names.all())))
    pairs = ((row.scheme, row.value) for row in entity.identifiers.all())
    births = years(row.edtf for row in entity.births.all())
    facts = NameFacts(births, countries=tuple(entity.countries), identifiers=identifiers_of(pairs))
    return Subject(entity.pk, kind_of(entity.type), tuple(names), facts)


def identifiers_of(pairs: Iterable[Iterable[str]]) -> tuple[str, ...]:
    """As `scheme:value`. An IMO number with a wrong check digit is none."""
    texts = [(scheme.strip().lower(), value.strip()) for scheme, value in pairs]
    return tuple(f"{scheme}:{value}" for scheme, value in texts if scheme != "imo" or is_valid_imo(value))


def is_valid_imo(value: str) -> bool:
    return re.fullmatch(r"[0-9]{7}", value) is not None and is_imo(value)


def years(births: Iterable[str]) -> tuple[int, ...]:
    """Every year that one of the dates may mean: 1960, 196X, 1960/1963."""
    possible: set[int] = set()
    for text in births:
        if interval := INTERVAL.fullmatch(text):
            first, last = int(interval[1]), int(interval[2])
            possible |= set(range(first, min(last, first + MOST_YEARS) + 1))
        else:
            for match in YEARS.finditer(text):
                possible |= set(range(int(match[1].replace("X", "0")), int(match[1].replace("X", "9")) + 1))
    return tuple(sorted(possible))
