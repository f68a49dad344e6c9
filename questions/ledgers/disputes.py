"""Disputed figures: two of different articles about the same people or things that exclude each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple
from uuid import UUID

from questions.address.parameters import COUNTED as COUNTED_STATUSES
from questions.address.parameters import POSITIVE
from questions.address.question import Question, read
from questions.asking.answer import COUNTED, EntrySelection, Head, IndexAnswer
from questions.asking.asker import Asker
from questions.asking.condition import Condition, beyond
from questions.asking.rows import LedgerRows
from questions.ledgers.page import LedgerPage, page_and_numbers
from questions.values.extents import ValueRelation, compare

Object = dict[str, Any]
KEYS = {
    "type": "text",
    "created": "timestamptz",
    "document_id": "uuid",
    "start": "int",
    "id": "uuid",
    "other_created": "timestamptz",
    "other_document": "uuid",
    "other_start": "int",
    "other": "uuid",
}
STATED = Condition(
    """{e}.status = ANY(%(counted_statuses)s) AND {e}.polarity = %(positive)s AND {e}.use = 'reported' AND {e}.extent IS NOT NULL
    AND cardinality({e}.counted) > 0""",
    {"counted_statuses": COUNTED_STATUSES.split(","), "positive": POSITIVE},
)
# `fits`: of two figures one must be what is asked, the other may be any.
FIGURES = """figures AS MATERIALIZED (
    SELECT e.id, e.type, e.created, e.document_id, e.start, e.article_id, e.possible, e.dimension, e.extent, e.counted[1] AS counted,
        {fitting} AS fits
    FROM {table} e WHERE {stated})"""
ALIKE = """alike AS (
    SELECT DISTINCT counted AS one, counted AS other, true AS is_same FROM figures
    UNION SELECT source_id, target_id, false FROM registry_relation WHERE corpus_id = %(corpus)s AND type = ANY(%(dependent)s)
    UNION SELECT target_id, source_id, false FROM registry_relation WHERE corpus_id = %(corpus)s AND type = ANY(%(dependent)s))"""
PAIRS = """pairs AS (
    SELECT a.type, a.created, a.document_id, a.start, a.id, b.created AS other_created, b.document_id AS other_document,
        b.start AS other_start, b.id AS other, bool_or(k.is_same) AS is_same
    FROM figures a JOIN alike k ON k.one = a.counted JOIN figures b ON b.counted = k.other AND b.type = a.type
        AND b.dimension = a.dimension AND b.article_id <> a.article_id
        AND (b.created, b.document_id, b.start, b.id) > (a.created, a.document_id, a.start, a.id)
    WHERE (a.fits OR b.fits) AND a.possible && b.possible AND NOT a.extent && b.extent
    GROUP BY {keys_of})"""
KEYS_OF = "a.type, a.created, a.document_id, a.start, a.id, b.created, b.document_id, b.start, b.id"
PAGE = "SELECT {keys}, is_same FROM pairs WHERE {beyond} ORDER BY {keys} LIMIT %(limit)s"
NUMBERS = """SELECT json_build_object('same', count(*) FILTER (WHERE is_same), 'maybe', count(*) FILTER (WHERE NOT is_same)) FROM pairs"""
# Of how many pairs each of some figures is one; what is asked fits these alone.
NUMBER_OF_EACH = """SELECT figure, count(*) FROM (SELECT id AS figure FROM pairs UNION ALL SELECT other FROM pairs) one
    WHERE figure = ANY(%(some)s::uuid[]) GROUP BY figure"""
# What both figures of a pair have alike: asked of one, it is asked of both.
ALIKE_IN = ("type", "label", "unit", "currency", "whose", "copies")
# What another question says of the pairs that one of its figures is in.
OF_PAIRS = ("maybe", "whose", "copies")


class Dispute(NamedTuple):
    """Two figures. `level`: "same" where they count one entity, "maybe" where two that may be one."""

    one: UUID
    other: UUID
    level: str


def page(asker: Asker, limit: int, after: tuple[Any, ...] | None = None) -> LedgerPage:
    answer = IndexAnswer(asker, EntrySelection(("figure",)))
    keys, following = ", ".join(KEYS), beyond(KEYS, after)
    tables, values = pairs(answer)
    rows, totals = page_and_numbers(
        answer,
        PAGE.format(keys=keys, beyond=following.sql),
        keys,
        NUMBERS,
        values | following.values | {"limit": limit + 1},
        *tables,
    )
    last = tuple(rows[limit - 1][: len(KEYS)]) if len(rows) > limit else None
    disputes = [Dispute(row[4], row[8], "same" if row[-1] else "maybe") for row in rows[:limit]]
    parts = {COUNTED: sum(totals.values())}
    return LedgerPage(listed(answer, disputes), parts, 0, last, answer.source.behind, totals)


def pairs_of(question: Question, figure: UUID) -> Question:
    """The pairs that a figure of the answer to this question is one of."""
    return read("disputes", [("mark", str(figure)), *kept_for_pairs(question)])


def excluded_in(asker: Asker, page: LedgerPage, marked: int) -> Iterator[tuple[Object, int, Question]]:
    """Rows of figures that figures of other articles exclude: how many, and the question of these pairs. `marked`: articles."""
    # Of a single article there are no figures of others.
    if asker.question.ledger.name != "figures" or marked < 2:
        return
    figures = {row["id"]: row for row in page.rows}
    for pk, number in numbers_of_pairs(asker, list(figures)).items():
        yield figures[pk], number, pairs_of(asker.question, pk)


def kept_for_pairs(question: Question) -> list[tuple[str, str]]:
    return [(name, question.given[name]) for name in OF_PAIRS if name in question.given]


def numbers_of_pairs(asker: Asker, figures: Sequence[UUID]) -> dict[UUID, int]:
    """Of how many such pairs each of the figures is one, without those that are of none; of none at all where counting takes too long."""
    some = Condition("{e}.id = ANY(%(some)s::uuid[])", {"some": list(figures)})
    asking = replace(asker, question=read("disputes", kept_for_pairs(asker.question)))
    answer = IndexAnswer(asking, EntrySelection(("figure",), only=some))
    tables, values = pairs(answer)
    return dict(answer.in_time(NUMBER_OF_EACH, values, *tables) or [])


def pairs(answer: IndexAnswer) -> tuple[list[str], Object]:
    """The tables that hold the pairs, and the values that these ask for."""
    asker = answer.asker
    stated = IndexAnswer(unasked(asker), EntrySelection(("figure",), only=STATED)).originals
    relations = asker.scheme.entity_relations if asker.question.is_on("maybe") else ()
    dependent = [relation["code"] for relation in relations if relation.get("dependent")]
    figures = FIGURES.format(fitting=answer.there.of("e"), table=answer.source.table, stated=stated.of("e"))
    values = answer.there.values | stated.values | {"dependent": dependent}
    return [figures, ALIKE, PAIRS.format(keys_of=KEYS_OF)], values


def unasked(asker: Asker) -> Asker:
    """The same person, who asks of figures only what both of a pair have alike."""
    kept = {name: value for name, value in asker.question.given.items() if name in ALIKE_IN}
    return replace(asker, question=type(asker.question)(asker.question.ledger, kept))


def listed(answer: IndexAnswer, disputes: Sequence[Dispute]) -> list[Object]:
    """Each pair with both figures as rows of the ledger of figures. What Python finds to agree after all is left out."""
    heads = [Head(pk, pk, COUNTED, ()) for pk in dict.fromkeys(pk for each in disputes for pk in each[:2])]
    ledger = LedgerRows(answer, heads)
    figures = {row["id"]: row for row in ledger.listed()}
    return [
        {
            "id": f"{dispute.one}:{dispute.other}",
            "level": dispute.level,
            "type": figures[dispute.one]["type"],
            "figures": [figures[dispute.one], figures[dispute.other]],
        }
        for dispute in disputes
        if compare(*(ledger.value(ledger.figures[pk]) for pk in dispute[:2])) is ValueRelation.CONFLICT
    ]
