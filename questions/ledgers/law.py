"""Legal measures that events cite: a row for each event, citation and role."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, F, OuterRef

from annotations.models import Citation
from corpus.db.compiled_queries import AmongSlot, Repeated, Slot
from corpus.db.round_trip import round_trip
from questions.asking.answer import COUNTED, ORDERS, EntrySelection, Head, IndexAnswer
from questions.asking.asker import Asker
from questions.asking.condition import Condition, beyond, both
from questions.asking.filters import checked_measures
from questions.asking.rows import LedgerRows
from questions.ledgers.called import quoted_words
from questions.ledgers.page import LedgerPage, page_and_numbers
from questions.ledgers.unlinked import unlinked, unlinked_rows
from questions.ledgers.verdicts import REGISTER as OF_PARAGRAPH
from questions.ledgers.verdicts import VERDICT
from registry.models import Paragraph

Object = dict[str, Any]
CITES = Condition("EXISTS (SELECT FROM annotations_argument g WHERE g.event_id = {e}.event AND g.citation_id IS NOT NULL)")
SELECTION = EntrySelection(("event",), only=CITES, own=frozenset({"measure"}))
# What names no measure and what has no day come last. `number` tells arguments apart.
KEYS = {
    "unnamed": "int",
    "adopted": "date",
    "code": "text",
    "paragraph": "text",
    "undated": "int",
    "day": "date",
    "event": "uuid",
    "number": "bigint",
}
REGISTER = f"LEFT JOIN registry_measure m ON m.id = c.measure_id {OF_PARAGRAPH}"
CITED = """cited AS (
    SELECT {part} AS part, (m.id IS NULL)::int AS unnamed, coalesce(m.adopted, %(no_day)s::date) AS adopted, coalesce(m.code, '') AS code,
        c.paragraph, (e.earliest IS NULL)::int AS undated, coalesce(e.earliest, %(no_day)s::date) AS day, e.event, g.id AS number,
        e.id, coalesce(e.linked, e.id) AS row, g.citation_id AS citation, r.code AS role, {verdict} AS verdict
    FROM annotations_citation c JOIN annotations_argument g ON g.citation_id = c.id JOIN annotations_role r ON r.id = g.role_id
    {entries} {register} WHERE {heads} AND {fitting})"""
# Of an event for which it is enough that one of its citations fits.
CITES_SUCH = """EXISTS (SELECT FROM annotations_argument g JOIN annotations_citation c ON c.id = g.citation_id {register}
    WHERE g.event_id = {{e}}.event AND {fitting})"""
PAGE = """SELECT {keys}, id, row, part, citation, role, verdict FROM cited WHERE part = %(part)s AND {beyond} ORDER BY {keys} LIMIT %(limit)s"""
PARTS = """SELECT coalesce(json_object_agg(part, number), '{}')
    FROM (SELECT part, count(*) AS number FROM cited GROUP BY part) p"""
CITATIONS = Repeated(lambda: Citation.objects.filter(AmongSlot(F("pk"), Slot("citations"))).select_related("measure").order_by())
# What the register has of the paragraphs that they cite.
PARAGRAPHS = Repeated(
    lambda: Paragraph.objects.filter(
        Exists(
            Citation.objects.filter(
                AmongSlot(F("pk"), Slot("citations")), measure=OuterRef("measure"), paragraph=OuterRef("number")
            ).order_by()
        )
    ).order_by()
)


class CitedLaw(NamedTuple):
    """An event that cites something, as which role."""

    head: Head
    citation: UUID
    role: str
    verdict: str | None


def page(asker: Asker, limit: int, after: tuple[Any, ...] | None = None) -> LedgerPage:
    answer = IndexAnswer(asker, SELECTION)
    fitting = both(of_citation(asker))
    cited = CITED.format(
        verdict=Condition(VERDICT).of("e"),
        part=answer.part.of("e"),
        entries=answer.source.joined("e.event = g.event_id"),
        register=REGISTER,
        heads=answer.heads.of("e"),
        fitting=fitting.of("e"),
    )
    values = answer.heads.values | answer.part.values | fitting.values | {"no_day": date.min}
    keys, following = ", ".join(KEYS), beyond(KEYS, after)
    rows, numbers = page_and_numbers(
        answer,
        PAGE.format(keys=keys, beyond=following.sql),
        keys,
        PARTS,
        values | following.values | {"limit": limit + 1, "part": asker.question["part"]},
        cited,
    )
    last = tuple(rows[limit - 1][: len(KEYS)]) if len(rows) > limit else None
    parts = {COUNTED: 0} | numbers
    laws = [
        CitedLaw(Head(pk, row, part, ()), citation, role, verdict) for *_, pk, row, part, citation, role, verdict in rows[:limit]
    ]
    number, _ = unlinked(answer, of_citation(asker))
    totals = {"not_linked": number} if number else {}
    return LedgerPage(listed(answer, laws), parts, answer.unplaced(), last, answer.source.behind, totals)


def citations_alone(asker: Asker) -> list[Object]:
    """The first citations that no event names, of those that fit."""
    return unlinked_rows(unlinked(IndexAnswer(asker, SELECTION), of_citation(asker))[1])


def citing_events(asker: Asker) -> IndexAnswer:
    """The events of the rows, each once, by their day: what a timeline draws."""
    fitting = both(of_citation(asker))
    only = Condition(CITES_SUCH.format(register=REGISTER, fitting=fitting.sql), fitting.values)
    return IndexAnswer(asker, EntrySelection(("event",), ORDERS["events"], only, SELECTION.own))


def of_citation(asker: Asker) -> list[Condition]:
    """What is asked of the citation itself: an event may cite more than one."""
    question = asker.question
    conditions = []
    if measures := checked_measures(asker):
        conditions.append(Condition("m.id = ANY(%(measure)s)", {"measure": measures}))
    if question["paragraph"]:
        conditions.append(Condition("c.paragraph = %(paragraph)s", {"paragraph": question["paragraph"]}))
    if question["verdict"]:
        conditions.append(Condition(f"{VERDICT} = %(verdict)s", {"verdict": question["verdict"]}))
    return conditions


def listed(answer: IndexAnswer, laws: Sequence[CitedLaw]) -> list[Object]:
    """Each event as a row of the ledger of events, with what it cites and what the register has of that paragraph."""
    heads = list({law.head.row: law.head for law in laws}.values())
    # By the ids of heads: a row of linked events is shown to some people under another one.
    events = {head.row: row for head, row in zip(heads, LedgerRows(answer, heads).listed(), strict=True)}
    cited_ones = list({law.citation for law in laws})
    rows, known = round_trip([each.statement(citations=cited_ones) for each in (CITATIONS, PARAGRAPHS)])
    citations = {citation.pk: citation for citation in CITATIONS.all_made(rows)}
    paragraphs = {(paragraph.measure_id, paragraph.number): paragraph for paragraph in PARAGRAPHS.all_made(known)}
    return [
        events[law.head.row]
        | {"role": law.role, "citation": cited(citations[law.citation], paragraphs) | {"verdict": law.verdict}}
        for law in laws
    ]


def cited(citation: Citation, paragraphs: dict[tuple[int, str], Paragraph]) -> Object:
    """`requires`: None where the register does not have the paragraph."""
    paragraph = paragraphs.get((citation.measure_id or 0, citation.paragraph))
    return {
        **quoted_words(citation),
        "measure": citation.measure and citation.measure.code,
        "symbol": citation.measure.symbol if citation.measure else "",
        "paragraph": citation.paragraph,
        "basis": citation.paragraph_basis,
        "requires": paragraph
        and {
            "topic": paragraph.topic,
            "effect": paragraph.effect,
            "summary": paragraph.summary,
            "deadline": paragraph.deadline,
        },
    }
