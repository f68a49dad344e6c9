"""An answer: which entries are its rows, in which order, and how many each part of it has.

A row is an entry that fits, or several of one event that a person has linked: then the one that comes first stands for all. What a copy says
as its original does, and what an article of a story says again, is no row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from time import monotonic
from typing import Any, NamedTuple
from uuid import UUID

from corpus.db.arrays import as_array
from questions.asking import time_limits
from questions.asking.asker import Asker
from questions.asking.bases import resting
from questions.asking.condition import Condition, behind, both
from questions.asking.filters import figure_labels, fits
from questions.asking.places import NO_ROLE, at_place, employed
from questions.asking.source import INDEX, CountedEntries, EntrySource, numbers_by, source
from questions.asking.walk import leading, points_at, source_alone, walk
from questions.asking.whose import BEST, visible

COUNTED, NO_FIGURE, OPEN = "counted", "no_figure", "open"
MANY_WALKED = 100  # to which rows are counted that are too many to count, where they are walked to
EXPLAIN = "EXPLAIN (FORMAT JSON) "
BROAD, LARGE = 50_000, 300_000
FEW = 1_000  # entries that are listed by their ids
MOST_COST = 200_000  # of a statement that counts, in the planner's units
# Columns that say which entry comes first, for each ledger; the last one tells all apart.
IN_TEXT = ("created", "document_id", "start", "id")
ORDERS = {"events": ("earliest", "id"), "figures": IN_TEXT}
# What a copy has in common with its original; no event has a label or a value, so that their type and status tell them apart.
SAME = """o.kind = {e}.kind AND o.quotes = {e}.quotes AND o.label = {e}.label AND o.value = {e}.value
    AND ({e}.kind = 'figure' OR (o.type = {e}.type AND o.status = {e}.status))"""


class EntrySelection(NamedTuple):
    """Which entries a ledger asks for, and in which order. `only`: what all of them are; `own`: parameters that it heeds otherwise."""

    kinds: tuple[str, ...]
    order: tuple[str, ...] = IN_TEXT
    only: Condition = Condition("true")
    own: frozenset[str] = frozenset()


SELECTIONS = {"events": EntrySelection(("event",), ORDERS["events"]), "figures": EntrySelection(("figure",), ORDERS["figures"])}


class Head(NamedTuple):
    """The entry that stands for a row; `row`: its id, which is that of the linked events where it is one of them."""

    id: UUID
    row: UUID
    part: str
    order: tuple[Any, ...]


@dataclass(frozen=True)
class IndexAnswer:
    """What the index answers to a question. Everything is asked inside `within_time`."""

    asker: Asker
    chosen: EntrySelection | None = None

    @property
    def selection(self) -> EntrySelection:
        """What the ledger chose, else that of its name."""
        return self.chosen or SELECTIONS[self.asker.question.ledger.name]

    @cached_property
    def source(self) -> EntrySource:
        past = self.asker.past
        return source(self.asker.corpus, self.asker.state, past.unchecked if past else frozenset())

    @cached_property
    def scopes(self) -> list[Condition]:
        """Whatever is asked: entries of this corpus and kind that the asker may see."""
        # One kind is looked up in an index by its order, several are not.
        kinds = ", ".join(f"'{kind}'" for kind in self.selection.kinds)
        own = Condition(f"{{e}}.corpus_id = %(corpus)s AND {{e}}.kind IN ({kinds})", {"corpus": self.asker.corpus.pk})
        return [own, *visible(self.asker)]

    @cached_property
    def scope(self) -> Condition:
        return both(self.scopes)

    @cached_property
    def conditions(self) -> list[Condition]:
        """What is asked, but where it happened and what only tells parts apart."""
        others = [*self.scopes, self.selection.only, *fits(self.asker, self.selection.own)]
        return [*others, *resting(self.asker, others)]

    @cached_property
    def condition(self) -> Condition:
        return both(self.conditions)

    @cached_property
    def counting(self) -> tuple[list[tuple[str, str]], dict[str, Any]]:
        """What an entry has that counts, each with SQL of the part it belongs to otherwise; and values."""
        question = self.asker.question
        # An event filter says by itself which status and polarity it means.
        codes = {
            name: question.codes(name) for name in ("status", "polarity", "use") if not (question["filter"] and name != "use")
        }
        counted = [
            (f"{{e}}.{name} = ANY(%(counted_{name})s)", f"coalesce(nullif({{e}}.{name}, ''), '{OPEN}')")
            for name in codes
            if codes[name]
        ]
        values: dict[str, Any] = {f"counted_{name}": wanted for name, wanted in codes.items() if wanted}
        if question["figure"]:
            labels = question.codes("figure") if question["figure"] != "1" else sorted(figure_labels(self.asker))
            counted.append(("{e}.figure_labels && %(figure)s::varchar[]", f"'{NO_FIGURE}'"))
            values["figure"] = labels
        return counted, values

    @cached_property
    def part(self) -> Condition:
        """To which part an entry belongs: the first that holds."""
        counted, values = self.counting
        cases = " ".join(f"WHEN NOT ({condition}) THEN {other}" for condition, other in counted)
        return Condition(f"CASE {cases} ELSE '{COUNTED}' END" if cases else f"'{COUNTED}'", values)

    @cached_property
    def there(self) -> Condition:
        return both([self.condition, at_place(self.asker)])

    @cached_property
    def few(self) -> Condition | None:
        """Entries that fit, by their ids, where an index leads to a few: for fear of the looks beside, PostgreSQL would go through a second."""
        rows = self.led_to
        if rows is None or len(rows) > FEW:
            return None
        return Condition("{e}.id = ANY(%(few)s::uuid[])", self.there.values | {"few": as_array(pk for pk, *_ in rows)})

    @property
    def led_to_alone(self) -> str:
        """SQL of the entries that an index leads to: PostgreSQL would go through another one of all events beside it."""
        table, conditions = self.source.table, leading(self.asker)
        return f"(SELECT * FROM {table} e WHERE {both(conditions).of('e')} OFFSET 0)" if conditions else table  # noqa: S608

    @cached_property
    def led_to(self) -> list[tuple[Any, ...]] | None:
        """What an index leads to and fits, one more than a few if there are more, in its order: id, row, part, what orders it, and whether
        it stands for the row; None where that takes too long."""
        if not (self.is_broad and leading(self.asker) and self.is_led_to_few):
            return None
        order, stands = ", ".join(f"e.{column}" for column in self.selection.order), both([*self.folded, self.stands_for_linked])
        led = f"led AS MATERIALIZED (SELECT e.* FROM {self.led_to_alone} e WHERE {self.there.of('e')} LIMIT {FEW + 1})"  # noqa: S608
        columns = f"e.id, coalesce(e.linked, e.id), {self.part.of('e')}, {order}"
        sql = f"SELECT {columns}, (SELECT count(*) FROM led) <= {FEW} AND {stands.of('e')} FROM led e ORDER BY {order}"  # noqa: S608
        return self.counted_in(2 * time_limits.LEAST_SECONDS, sql, both([self.there, stands, self.part]).values, led)

    @cached_property
    def originals(self) -> Condition:
        """Entries that fit and are no copies or later tellings, if these are not asked for."""
        return both([self.few or self.there, *self.folded])

    @property
    def folded(self) -> list[Condition]:
        """What an entry that fits must be to be no copy or later telling, if these are not asked for."""
        return [] if self.asker.question.is_on("copies") else [self.not_copied, self.not_told_before]

    @cached_property
    def heads(self) -> Condition:
        """Entries that stand for a row."""
        return both([self.originals, self.stands_for_linked])

    @property
    def in_part(self) -> Condition:
        """In the part that is asked for. PostgreSQL knows how many entries have a status, but not how many a CASE leads to."""
        if self.asker.question["part"] == COUNTED:
            return both(self.of_counted)
        return Condition(f"{self.part.sql} = %(part)s", {"part": self.asker.question["part"], **self.part.values})

    @property
    def of_counted(self) -> list[Condition]:
        """What an entry must be to count."""
        counted, values = self.counting
        return [Condition(condition, values) for condition, _ in counted]

    @property
    def not_copied(self) -> Condition:
        """A copy says nothing new, but for what its original does not say."""
        there = (
            f"EXISTS (SELECT FROM {self.source.table} o WHERE o.article_id = {{e}}.copy_of AND {SAME} AND {self.scope.of('o')})"
        )
        return Condition(f"{{e}}.copy_of IS NULL OR NOT {there}")

    @property
    def not_told_before(self) -> Condition:
        """An article of a story that came earlier has the same value of the same people, in the same part of the answer."""
        earlier = "o.story = {e}.story AND (o.created, o.article_id) < ({e}.created, {e}.article_id)"
        same = f"o.kind = {{e}}.kind AND o.value_keys && {{e}}.value_keys AND o.type = {{e}}.type AND {self.part.of('o')} = {self.part.sql}"
        there = f"EXISTS (SELECT FROM {self.source.table} o WHERE {earlier} AND {same} AND {self.there.of('o')})"
        return Condition(f"{{e}}.story IS NULL OR NOT {there}")

    @property
    def stands_for_linked(self) -> Condition:
        """Of linked events that fit, the one that comes first, if it can in the part that counts. One that is no row, since a copy or a
        later telling says it, stands for nobody."""
        earlier = f"({rank(self.part.of('k'))}, coalesce(k.earliest, 'infinity'), k.id) < ({rank(self.part.sql)}, coalesce({{e}}.earliest, 'infinity'), {{e}}.id)"
        return Condition(f"{{e}}.linked IS NULL OR NOT {self.original_linked(earlier)}")

    def original_linked(self, further: str = "true") -> str:
        """SQL: there is an original among the events that are linked with an entry. Looked up by that alone: of each pair PostgreSQL would
        also look up all that have an entity that is asked for."""
        linked = f"SELECT * FROM {self.source.table} k WHERE k.linked = {{e}}.linked OFFSET 0"  # noqa: S608 - of our own words
        return f"EXISTS (SELECT FROM ({linked}) k WHERE {further} AND {both([self.there, *self.folded]).of('k')})"

    def page(self, limit: int, after: tuple[Any, ...] | None = None) -> list[Head]:
        """The first rows of the part that is asked for, one more than `limit` if there are more."""
        if after is None and self.listed is not None:
            rows = [row for row in self.listed if row[2] == self.asker.question["part"]][: limit + 1]
        elif after is None and self.walks and limit < MANY_WALKED:
            rows = self.beginning[: limit + 1]
        else:
            rows = self.first(self.selection.order, limit, after)
        return [Head(pk, row, part, tuple(order)) for pk, row, part, *order in rows]

    @cached_property
    def listed(self) -> list[tuple[Any, ...]] | None:
        """All rows of a few entries, in their order and of all parts: read once, they are shown and counted."""
        return None if self.few is None else [row[:-1] for row in self.led_to or () if row[-1]]

    @cached_property
    def beginning(self) -> list[tuple[Any, ...]]:
        """So many rows of the part that is asked for as are counted where all are too many: the walk to the first of them takes longest."""
        return self.first(self.selection.order, MANY_WALKED)

    def first(self, columns: tuple[str, ...], limit: int, after: tuple[Any, ...] | None = None) -> list[tuple[Any, ...]]:
        """The same with other columns of the entry behind id, row and part, and without keys: of 5,000 rows it is felt what is read."""
        last = [] if after is None else [behind(self.selection.order, after)]
        listed = [f"e.{column} AS listed{number}" for number, column in enumerate(columns)]
        keys = ", ".join(f"key{number}" for number, _ in enumerate(self.selection.order))
        pointing = points_at(self.asker) if self.walks else []
        selects = []
        for table, own in self.source.apart:
            is_walked = self.walks and table == INDEX
            entries = self.walk([*pointing, *last, own]) if is_walked else f"{table} e"
            order = [f"{'w' if is_walked else 'e'}.{column} AS key{number}" for number, column in enumerate(self.selection.order)]
            chosen = both([self.heads, self.in_part, *last, own])
            selects.append(f"""(SELECT e.id AS head, coalesce(e.linked, e.id) AS line, {self.part.of("e")} AS part,
                {", ".join([*listed, *order])} FROM {entries} WHERE {chosen.of("e")} ORDER BY {keys} LIMIT %(limit)s)""")  # noqa: S608
        names = ", ".join(["head", "line", "part", *(f"listed{number}" for number, _ in enumerate(columns))])
        sql = f"SELECT {names} FROM ({' UNION ALL '.join(selects)}) one ORDER BY {keys} LIMIT %(limit)s"  # noqa: S608
        values = both([self.heads, self.in_part, self.part, *pointing, *last]).values
        asked = time_limits.in_one_process if self.walks else time_limits.fetched
        return asked(self.whole(sql), values | {"limit": limit + 1} | self.source.values)

    def walk(self, further: Sequence[Condition]) -> str:
        order, counted = self.selection.order, self.of_counted if self.asker.question["part"] == COUNTED else []
        return walk(INDEX, order, [*self.conditions, *counted, *further], source_alone(self.asker, order, self.conditions))

    @cached_property
    def walks(self) -> bool:
        """Whether entries are read in their order up to the last that is asked for, since all that fit are too many to list."""
        led_to_many = self.is_broad and self.few is None and bool(points_at(self.asker))
        return led_to_many and BEST in self.scopes

    def parts(self) -> dict[str, int] | None:
        """How many rows each part has; None where counting takes too long."""
        if self.listed is not None and self.asker.counts:
            return dict(Counter(part for _, _, part, *_ in self.listed))
        if self.is_large and self.walks and len(self.beginning) > MANY_WALKED:
            return None
        counts = [CountedEntries("+", self.led_to_alone if self.walks else self.source.table, self.heads)]
        if self.is_broad and not self.walks:
            counts = self.source.rows_added_up(self.there, self.heads)
        return self.counted(numbers_by(self.part.of("e"), counts), self.heads.values | self.part.values)

    def unplaced(self) -> int | None:
        """How many rows fit in all but the place, since they name none."""
        if not self.asker.question["place"] or self.asker.question.is_on("unplaced"):
            return 0
        counted, values = self.counting
        spoken = " AND ".join(condition for condition, other in counted if other != f"'{NO_FIGURE}'") or "true"
        nowhere, at_work = both([self.condition, Condition(NO_ROLE), Condition(spoken, values)]), employed(self.asker)
        # Two counts: the first out of an index alone, which has no list of people.
        both_hold = both([nowhere, at_work])
        counts = self.source.added_up(nowhere)
        if self.asker.employed:
            counts.append(CountedEntries("-", self.source.table, both_hold))
        terms = " ".join(f"{sign} (SELECT count(*) FROM {table} e WHERE {each.of('e')})" for sign, table, each in counts)  # noqa: S608
        numbers = self.counted(f"SELECT 'unplaced', {terms}", both_hold.values)
        return None if numbers is None else numbers["unplaced"]

    def counted(self, sql: str, values: dict[str, Any], *tables: str) -> dict[str, int] | None:
        """By name, the numbers of a statement; None where that takes too long."""
        rows = self.in_time(sql, values, *tables)
        return None if rows is None else dict(rows)

    def in_time(self, sql: str, values: dict[str, Any], *tables: str) -> list[tuple[Any, ...]] | None:
        """The rows of a statement that counts; None where that takes too long, or nobody wants it."""
        if not self.asker.counts or self.is_too_much(sql, values, *tables):
            return None
        return self.counted_in(max(self.counting_ends - monotonic(), time_limits.LEAST_SECONDS), sql, values, *tables)

    def counted_in(self, seconds: float, sql: str, values: dict[str, Any], *tables: str) -> list[tuple[Any, ...]] | None:
        """The same in so many seconds."""
        return time_limits.counted_in_time(self.whole(sql, *tables), values | self.source.values, seconds)

    def is_too_much(self, sql: str, values: dict[str, Any], *tables: str) -> bool:
        """Whether PostgreSQL expects so much of a statement that counting would be given up: then nobody waits for that."""
        if not self.is_large or self.few:  # a few are counted sooner than PostgreSQL says what that costs
            return False
        return bool(self.plan(sql, values, *tables)["Total Cost"] > MOST_COST)

    @property
    def is_led_to_few(self) -> bool:
        """Whether PostgreSQL expects few entries where an index leads to."""
        return bool(self.plan(f"SELECT FROM {self.led_to_alone} e", self.there.values)["Plan Rows"] <= 2 * FEW)

    def plan(self, sql: str, values: dict[str, Any], *tables: str) -> dict[str, Any]:
        (((plan,),),) = time_limits.fetched(EXPLAIN + self.whole(sql, *tables), values | self.source.values)
        return dict(plan["Plan"])

    @property
    def is_large(self) -> bool:
        """Whether the index has so many entries, of all corpora, that it pays to ask how long counting would take."""
        return self.source.expected > LARGE

    @property
    def is_broad(self) -> bool:
        """Whether it has so many that it pays to look first to how many of them an index leads."""
        return self.source.expected > min(BROAD, LARGE)

    @cached_property
    def counting_ends(self) -> float:
        """Whoever waits for a page waits once for all that is counted beside it."""
        return monotonic() + time_limits.COUNTING_SECONDS

    def rows(self, sql: str, values: dict[str, Any], *tables: str) -> list[tuple[Any, ...]]:
        """`tables`: what WITH says before the statement."""
        return time_limits.fetched(self.whole(sql, *tables), values | self.source.values)

    def whole(self, sql: str, *tables: str) -> str:
        """A statement with what WITH says before it."""
        named = [each for each in (self.source.tables, *tables) if each]
        return (f"WITH {', '.join(named)} " if named else "") + sql


def rank(part: str) -> str:
    """SQL of the order of parts: what counts comes first."""
    return f"coalesce(array_position(ARRAY['{COUNTED}', '{NO_FIGURE}'], {part}), 3)"
