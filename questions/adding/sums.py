"""Rows of events added up, on request: only where each two of them are known to be apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from annotations.models import Event
from corpus.models import Corpus
from questions.adding.pairs import AddedRow, PairKnowledge, RowPair
from questions.address.question import AddressError, read
from questions.asking.answer import COUNTED, Head, IndexAnswer
from questions.asking.asker import Asker
from questions.asking.rests_on import rests_on
from questions.asking.rows import LedgerRows
from questions.asking.time_limits import within_time
from questions.index.entries_sql import REPORTED_USE
from questions.models import LinkedEvent
from questions.past.cut import LogCut, present
from questions.values.extents import Extent, dimension, essence, extent
from questions.values.sums import added, covering

Object = dict[str, Any]
FEWEST_ROWS, MOST_ROWS = 2, 50
# Means, extremes and shares of different wholes are no amounts that could be added.
ADDABLE_STATISTICS = ("", "none", "total")
MEMBERS = """SELECT e.id, coalesce(e.linked, e.id) FROM {table} e WHERE {scope} AND (e.id = ANY(%(events)s::uuid[])
    OR e.linked = ANY(%(linked)s::uuid[])) ORDER BY e.created, e.document_id, e.start, e.id"""


class SumTerm(NamedTuple):
    """A row and how far its values reach. `asked_as`: the id that somebody asked for."""

    asked_as: UUID
    row: Object
    extent: Extent


class EventSum(NamedTuple):
    """`total`: None where pairs of rows may count the same. `measure`: what all terms are in, as a value has it."""

    terms: list[SumTerm]
    measure: Object
    is_approximate: bool
    pairs: list[RowPair]
    total: Extent | None
    rests_on: Object

    @property
    def overlaps(self) -> list[RowPair]:
        return [pair for pair in self.pairs if not pair.is_apart]


def answered_sum(corpus: Corpus, user: Any, events: Sequence[UUID], whose: str = "") -> EventSum:
    """The sum with what it rests on. Raises AddressError and TooBroad."""
    # Of any status: the rows themselves are what is asked for.
    asked_for = [("status", "any"), ("polarity", "any"), *([("whose", whose)] if whose else [])]
    asker = Asker(read("events", asked_for), corpus, user)
    cut = present()
    with within_time(corpus):
        return sum_of(asker, events, cut)


def sum_of(asker: Asker, events: Sequence[UUID], cut: LogCut) -> EventSum:
    """Raises AddressError for rows that are not there or cannot be added: of different dimensions, without a figure, of several figures."""
    answer = IndexAnswer(asker)
    heads = heads_of(answer, check_ids(events))
    ledger = LedgerRows(answer, list(heads.values()))
    rows = ledger.listed()
    dimensions = [numbers_by_dimension(ledger, pk, head) for pk, head in heads.items()]
    shared = shared_dimension(list(heads), dimensions)
    numbers = [by[shared] for by in dimensions]
    terms = [
        SumTerm(pk, row, covering([extent(ledger.value(number)) for number in of_row]))
        for pk, row, of_row in zip(heads, rows, numbers, strict=True)
    ]
    pairs = PairKnowledge(answer, [added_row(ledger, pk, head) for pk, head in heads.items()]).pairs()
    total = added(term.extent for term in terms) if all(pair.is_apart for pair in pairs) else None
    is_approximate = any(number["is_approximate"] for of_row in numbers for number in of_row)
    rests = rests_on(asker, answer.source.behind, cut)
    return EventSum(terms, measure(ledger, numbers[0][0]), is_approximate, pairs, total, rests)


def measure(ledger: LedgerRows, number: Object) -> Object:
    amount = ledger.amount(number)
    return {name: amount[name] for name in ("label", "unit", "currency", "per_unit", "per_period", "per_count")}


def ids_in(words: Iterable[str]) -> list[UUID]:
    """Raises AddressError."""
    try:
        return [UUID(word) for word in words if word]
    except ValueError:
        raise AddressError("rows", f"takes {FEWEST_ROWS} to {MOST_ROWS} ids of events") from None


def check_ids(events: Sequence[UUID]) -> Sequence[UUID]:
    if not FEWEST_ROWS <= len(events) <= MOST_ROWS:
        raise AddressError("rows", f"takes {FEWEST_ROWS} to {MOST_ROWS} ids of events, and has {len(events)}")
    twice = next((pk for pk in events if events.count(pk) > 1), None)
    if twice:
        raise AddressError("rows", f"has {twice} more than once")
    return events


def heads_of(answer: IndexAnswer, events: Sequence[UUID]) -> dict[UUID, Head]:
    """By the id that was asked for, the row. Any of linked events leads to their row, as far as the asker may see that event."""
    asker = answer.asker
    linked = dict(LinkedEvent.objects.filter(event__in=events).values_list("event", "linked"))
    of_corpus = Event.objects.for_user(asker.user).filter(pk__in=events, assignment__document__corpus=asker.corpus)
    seen = set(of_corpus.order_by().values_list("pk", flat=True))
    sql = MEMBERS.format(table=answer.source.table, scope=answer.scope.of("e"))
    members = answer.rows(sql, answer.scope.values | {"events": list(events), "linked": list(linked.values())})
    first: dict[UUID, UUID] = {}
    for entry, row in members:
        first.setdefault(row, entry)
    heads = {}
    for pk in events:
        row = linked.get(pk, pk)
        if pk not in seen or row not in first:
            raise AddressError("rows", f"has no event {pk}")
        heads[pk] = Head(first[row], row, COUNTED, ())
    return heads


# Figures of a row

Dimension = tuple[str, ...]


def numbers_by_dimension(ledger: LedgerRows, asked_as: UUID, head: Head) -> dict[Dimension, list[Object]]:
    """The figures of a row that can be added. Of one report only equal ones: nobody knows whether others are parts or alternatives."""
    by: dict[Dimension, list[Object]] = {}
    for entry in ledger.members[head.row]:
        own: dict[Dimension, list[Object]] = {}
        for number in (ledger.figures[pk] for pk in entry["figures"] if pk in ledger.figures):
            if is_addable(ledger, number):
                own.setdefault(dimension(ledger.value(number)), []).append(number)
        for key, numbers in own.items():
            if len({essence(ledger.value(number)) for number in numbers}) > 1:
                raise AddressError("rows", f"has {asked_as}, of which one report states several figures of {in_words(key)}")
            by.setdefault(key, []).extend(numbers)
    if not by:
        raise AddressError(
            "rows", f"has {asked_as}, which has no reported amount: a basis, a limit, a share, a price or a mean is not added"
        )
    return by


def is_addable(ledger: LedgerRows, number: Object) -> bool:
    figure = ledger.details.spans[number["id"]].figure
    return (
        number["use"] == REPORTED_USE
        and number["unit"] != "%"
        and not (figure.per_currency or figure.per_unit)
        and figure.statistic in ADDABLE_STATISTICS
    )


def shared_dimension(events: Sequence[UUID], dimensions: Sequence[dict[Dimension, list[Object]]]) -> Dimension:
    """The one that all rows have. Raises AddressError where they have none, or several."""
    shared = set(dimensions[0]).intersection(*dimensions)
    if len(shared) == 1:
        return shared.pop()
    if shared:
        raise AddressError("rows", f"have several amounts in common: {' and '.join(sorted(map(in_words, shared)))}")
    has = [f"{pk} has {' and '.join(map(in_words, by))}" for pk, by in zip(events, dimensions, strict=True)]
    raise AddressError("rows", f"are of different kinds, which are not added: {'; '.join(has)}")


def in_words(key: Dimension) -> str:
    """ "MONEY, CNY, 1 months, for every 300"."""
    label, unit, currency, months, n, of = key
    per = (f"{months} months" if months.isdecimal() else f"per {months}") if months else ""
    return ", ".join(filter(None, (label, unit, currency, per, n and f"for every {n}", of and f"per {of}")))


def added_row(ledger: LedgerRows, asked_as: UUID, head: Head) -> AddedRow:
    entries = ledger.members[head.row]
    figures = frozenset(pk for entry in entries for pk in entry["figures"])
    counted = {pk for figure in figures if figure in ledger.figures for pk in ledger.figures[figure]["counted"]}
    return AddedRow(
        asked_as,
        head.row,
        frozenset(entry["event"] for entry in entries),
        figures,
        frozenset(counted.union(*(entry["people"] for entry in entries))),
        frozenset(entry["assignment_id"] for entry in entries),
    )
