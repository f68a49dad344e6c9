"""Events with the causes that the text states, and the chain of one event from end to end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import F

from annotations.models import Argument, Event, Span
from corpus.db.compiled_queries import AmongSlot, Repeated, Slot
from corpus.db.round_trip import round_trip
from questions.asking.answer import IN_TEXT, EntrySelection, Head, IndexAnswer
from questions.asking.asker import Asker, NotThere
from questions.asking.condition import Condition, both
from questions.asking.rows import LedgerRows
from questions.ledgers.called import by_event, quoted
from questions.ledgers.page import LedgerPage

Object = dict[str, Any]
Pairs = Sequence[tuple[UUID, UUID]]  # (cause, effect)
KEYS = IN_TEXT
MOST_STEPS = 50
MOST_LINKS = 20_000  # that chains are counted of
CAUSED = """EXISTS (SELECT FROM annotations_argument g JOIN annotations_role r ON r.id = g.role_id
    WHERE g.event_id = {e}.event AND g.filler_event_id IS NOT NULL AND r.code = ANY(%(causing)s))"""
# What causes some events by their roles, and the words of these causes.
CAUSES = (AmongSlot(F("event"), Slot("effects")), AmongSlot(F("role__code"), Slot("causing")))
STATED = Repeated(
    lambda: (
        Argument.objects.filter(*CAUSES, filler_event__isnull=False)
        .select_related("role", "filler_event__label")
        .order_by("event", "position")
    )
)
TRIGGERS = Repeated(
    lambda: Span.objects.filter(event__in=Argument.objects.filter(*CAUSES).order_by().values("filler_event")).order_by()
)
PARTS = (
    "SELECT {part} AS part, count(*) AS number, NULL::uuid AS one, NULL::uuid AS other FROM {table} e WHERE {heads} GROUP BY 1"
)
LINKS = """SELECT DISTINCT g.filler_event_id AS one, e.event AS other FROM {table} e JOIN annotations_argument g ON g.event_id = e.event
    JOIN annotations_role r ON r.id = g.role_id
    WHERE {chosen} AND g.filler_event_id IS NOT NULL AND r.code = ANY(%(causing)s) LIMIT %(most)s"""


def page(asker: Asker, limit: int, after: tuple[Any, ...] | None = None) -> LedgerPage:
    steps = chain(asker) if asker.question["chain"] else None
    answer = IndexAnswer(asker, EntrySelection(("event",), only=caused(asker) if steps is None else among(steps)))
    heads = answer.page(limit, after)
    shown = heads[:limit]
    following = shown[-1].order if len(heads) > limit else None
    rows = with_causes(asker, LedgerRows(answer, shown), shown)
    if steps is not None:
        rows = [row | {"step": steps[row["entries"][0]["event"]]} for row in rows]
    parts, numbers = counted(answer)
    if steps and max(map(abs, steps.values())) == MOST_STEPS:
        numbers = {**(numbers or {}), "most_steps": MOST_STEPS}
    return LedgerPage(rows, parts, answer.unplaced(), following, answer.source.behind, numbers)


def causing(asker: Asker) -> list[str]:
    """Roles whose fillers come before their event."""
    return list(asker.scheme.chain.get("before", ()))


def caused(asker: Asker) -> Condition:
    return Condition(CAUSED, {"causing": causing(asker)})


def among(events: Iterable[UUID]) -> Condition:
    return Condition("{e}.event = ANY(%(chain)s::uuid[])", {"chain": list(events)})


# A chain


def chain(asker: Asker) -> dict[UUID, int]:
    """The events that hang together with one, each with its steps from there: causes below 0, effects above. Raises NotThere."""
    start = UUID(asker.question["chain"])
    answer = IndexAnswer(asker, EntrySelection(("event",)))
    sql = f"SELECT e.assignment_id FROM {answer.source.table} e WHERE e.id = %(start)s AND {answer.scope.of('e')}"  # noqa: S608
    assignments = answer.rows(sql, answer.scope.values | {"start": start})
    if not assignments:
        raise NotThere("chain")
    rows = Argument.objects.filter(assignment=assignments[0][0], filler_event__isnull=False, role__code__in=causing(asker))
    pairs = list(rows.order_by().values_list("filler_event", "event").distinct())
    return steps_from(start, pairs)


def steps_from(start: UUID, pairs: Pairs) -> dict[UUID, int]:
    """The shortest way to each event that leads to `start` or follows from it, in steps; at most 50 of them."""
    effects = walk(start, pairs)
    causes = walk(start, [(effect, cause) for cause, effect in pairs])
    # In a loop an event is both: it counts as what it is sooner.
    before = {event: -steps for event, steps in causes.items() if event not in effects or steps < effects[event]}
    return effects | before


def walk(start: UUID, pairs: Pairs) -> dict[UUID, int]:
    following: dict[UUID, list[UUID]] = defaultdict(list)
    for one, other in pairs:
        following[one].append(other)
    steps, reached = {start: 0}, [start]
    for step in range(1, MOST_STEPS + 1):
        reached = sorted({other for one in reached for other in following[one]} - steps.keys())
        steps |= dict.fromkeys(reached, step)
    return steps


# What rows say


def with_causes(asker: Asker, ledger: LedgerRows, heads: Sequence[Head]) -> list[Object]:
    """The rows, each with its causes: the event, the roles that say so, its status and its words."""
    rows = ledger.listed()
    effects = [entry["event"] for row in rows for entry in row["entries"]]
    asked = {"effects": effects, "causing": causing(asker)}
    links, marks = round_trip([STATED.statement(**asked), TRIGGERS.statement(**asked)])
    fillers: dict[UUID, dict[UUID, list[str]]] = defaultdict(lambda: defaultdict(list))
    events: dict[UUID, Event] = {}
    for link in STATED.all_made(links):
        fillers[link.event_id][link.filler_event_id].append(link.role.code)
        events[link.filler_event_id] = link.filler_event
    triggers = by_event(TRIGGERS.all_made(marks))
    for row in rows:
        row["causes"] = [
            {
                "event": cause,
                "of": entry["event"],
                "roles": roles,
                "type": events[cause].label.code,
                "status": events[cause].status,
                "polarity": events[cause].polarity,
                "triggers": [quoted(mark) for mark in triggers.get(cause, [])],
            }
            for entry in row["entries"]
            for cause, roles in fillers[entry["event"]].items()
        ]
    return rows


def counted(answer: IndexAnswer) -> tuple[dict[str, int] | None, dict[str, int] | None]:
    """How many rows each part has; and how many links there are and how many chains they make. None where that is too much to count."""
    chosen = both([answer.originals, answer.in_part])
    links = LINKS.format(table=answer.source.table, chosen=chosen.of("e"))
    values = chosen.values | {"causing": causing(answer.asker), "most": MOST_LINKS + 1}
    if answer.is_large:
        return answer.parts(), totals(answer.in_time(links, values))
    parts = PARTS.format(part=answer.part.of("e"), table=answer.source.table, heads=answer.heads.of("e"))
    both_of_them = f"{parts} UNION ALL (SELECT NULL, NULL, one, other FROM ({links}) link)"  # noqa: S608 - of our own words
    rows = answer.in_time(both_of_them, values | answer.heads.values | answer.part.values)
    if rows is None:
        return None, None
    return {part: number for part, number, *_ in rows if part}, totals([(one, other) for part, _, one, other in rows if not part])


def totals(pairs: Pairs | None) -> dict[str, int] | None:
    if pairs is None or len(pairs) > MOST_LINKS:
        return None
    return {"links": len(pairs), "chains": components(pairs)}


def components(pairs: Iterable[tuple[UUID, UUID]]) -> int:
    """How many sets of events hang together."""
    above: dict[UUID, UUID] = {}

    def top(one: UUID) -> UUID:
        while above.setdefault(one, one) != one:
            above[one] = one = above[above[one]]
        return one

    for one, other in pairs:
        above[top(one)] = top(other)
    return sum(one == other for one, other in above.items())
