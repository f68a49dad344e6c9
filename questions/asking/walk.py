"""The entries of a question in their order, where what is asked for leads to too many of them to list them all.

The index that has the order has also what questions ask most, so that entries are passed over out of it alone, and only those are read that
are left: an entry has 900 bytes, its line of the index 170.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from uuid import UUID

from questions.asking.asker import Asker
from questions.asking.condition import Condition, both
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
INDEXED = {"place": at_place} | {name: FILTERS[name] for name in ("entity", "source", "speaker", "article")}


def walk(table: str, order: tuple[str, ...], conditions: Iterable[Condition]) -> str:
    """SQL of what FROM takes: entries as `e` that may fit, one by one, in the order of `w`.

    `conditions`: what an entry must be, each by itself. Those that speak of more than the index has are left to be asked of `e`.
    """
    passed = both(condition for condition in conditions if condition.columns <= KNOWN)
    by = ", ".join(f"w.{column}" for column in order)
    # OFFSET 0: PostgreSQL takes no statement apart that has it, so that it reads one entry after the other, up to the last that is asked for.
    return f"""(SELECT {by} FROM {table} w WHERE {passed.of("w")} ORDER BY {by} OFFSET 0) w
        CROSS JOIN LATERAL (SELECT * FROM {table} e WHERE e.id = w.id OFFSET 0) e"""  # noqa: S608 - of our own words


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
