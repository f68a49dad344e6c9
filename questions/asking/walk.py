"""The entries of a question in their order, where what is asked for leads to too many of them to list them all.

The index that has the order has also what questions ask most, so that entries are passed over out of it alone, and only those are read that
are left: an entry has 900 bytes, its line of the index 170.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from uuid import UUID

from questions.asking.asker import Asker
from questions.asking.condition import EVERY, Condition, both
from questions.asking.filters import FILTERS
from questions.asking.places import MOST_IN_INDEX, at_place, meets

KNOWN = frozenset("corpus_id kind is_best type earliest created document_id start id assignment_id possible entities".split())
# Of each parameter that speaks of entities, those one of which an entry must have.
ASKED_FOR: dict[str, Callable[[Asker], list[UUID]]] = {
    "entity": lambda asker: asker.meant("entity"),
    "actor": lambda asker: asker.meant("actor"),
    "acted": lambda asker: asker.meant("acted"),
    "source": lambda asker: [asker.entity("source")],
    "speaker": lambda asker: [asker.entity("speaker")],
    "place": lambda asker: [] if asker.question.is_on("unplaced") else [*asker.inside, *asker.workers],
}
SPOKEN = ("source", "speaker")
BY_DAY = ("earliest", "id")
# What the indexes of days pass over without a look at the entry, and that of sources does not.
PASSED_BY_DAY = {"type", "possible"}
INDEXED = {"place": at_place} | {name: FILTERS[name] for name in ("entity", "source", "speaker", "article")}


def walk(table: str, order: tuple[str, ...], conditions: Iterable[Condition], source: str = "") -> str:
    """SQL of what FROM takes: entries as `e` that may fit, one by one, in the order of `w`.

    `conditions`: what an entry must be, each by itself. Those that speak of more than the index has are left to be asked of `e`.
    `source`: of `source_alone`.
    """
    passed = [condition for condition in conditions if condition.columns <= KNOWN]
    by = ", ".join(f"w.{column}" for column in order)
    # OFFSET 0: PostgreSQL takes no statement apart that has it, so that it reads one entry after the other, up to the last that is asked for.
    each = "(SELECT {by} FROM {table} w WHERE {passed} ORDER BY {by} OFFSET 0)"
    several = [both([*passed, own]).of("w") for own in (of_source(source) if source else [EVERY])]
    walked = " UNION ALL ".join(each.format(by=by, table=table, passed=one) for one in several)
    if source:
        walked = f"(SELECT {by} FROM ({walked}) w ORDER BY {by} OFFSET 0)"  # noqa: S608 - of our own words
    return f"{walked} w CROSS JOIN LATERAL (SELECT * FROM {table} e WHERE e.id = w.id OFFSET 0) e"  # noqa: S608


def of_source(name: str) -> list[Condition]:
    """The entries that have one source around them, this one, of which there is an index in the order of days; and those that have several,
    which are passed over by what they point at."""
    one = "cardinality({e}.around) = 1 AND {e}.around[1] = %({name})s::uuid"
    return [Condition(one.replace("{name}", name)), Condition("cardinality({e}.around) > 1")]


def source_alone(asker: Asker, order: tuple[str, ...], conditions: Iterable[Condition]) -> str:
    """The parameter that names a source, where nothing else is asked by which more entries are passed over in the order of days; else ""."""
    columns = {column for condition in conditions for column in condition.columns}
    names = [name for name in ASKED_FOR if asker.question[name]]
    is_alone = order == BY_DAY and len(names) == 1 and columns.isdisjoint(PASSED_BY_DAY)
    return names[0] if is_alone and names[0] in SPOKEN else ""


def leading(asker: Asker) -> list[Condition]:
    """What is asked that an index leads to: not to what names no place, nor to that of many ids."""
    number = {name: len(ids) for name, ids in ids_asked_for(asker).items()}
    return [
        condition(asker)
        for name, condition in INDEXED.items()
        if asker.question[name] and 0 < number.get(name, 1) <= MOST_IN_INDEX
    ]


def ids_asked_for(asker: Asker) -> dict[str, list[UUID]]:
    """By parameter, the entities one of which an entry must have."""
    return {name: ids(asker) for name, ids in ASKED_FOR.items() if asker.question[name]}


def points_at(asker: Asker) -> list[Condition]:
    """What an entry must point at to fit; one that points at more than the index has may fit."""
    pointing = [meets("entities", f"{name}_of_walk", ids) for name, ids in ids_asked_for(asker).items() if ids]
    return [Condition(f"{{e}}.entities IS NULL OR {each.sql}", each.values) for each in pointing]
