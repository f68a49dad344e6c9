"""What a corpus has of each paragraph of a measure: citations, events that cite it, and how many have what it is about and do not cite it."""

from __future__ import annotations

from typing import Any, NamedTuple

from annotations.queries.cited_paragraphs import citations_by_paragraph
from annotations.queries.paragraph_chain import in_number_order
from corpus.models import Corpus
from questions.address.question import read
from questions.asking.answer import EntrySelection, IndexAnswer
from questions.asking.asker import Asker
from questions.asking.condition import Condition, both
from questions.asking.time_limits import TooBroad, within_time
from questions.ledgers.paragraph_events import CITED, IN_SCOPE, ORDER, types_of
from registry.models import Measure, Paragraph


class ParagraphCounts(NamedTuple):
    """`cited`: events that cite it; `others`: those that do not; None where counting takes too long."""

    paragraph: Paragraph
    citations: int
    cited: int | None
    others: int | None


class MeasureCounts(NamedTuple):
    """`elsewhere`: citations of the measure without a paragraph of the register; `behind`: assignments that are not heeded yet."""

    rows: list[ParagraphCounts]
    elsewhere: int
    behind: int
    is_too_broad: bool


class EventCounts(NamedTuple):
    """By number of a paragraph, events that cite it, and others."""

    by_number: dict[str, tuple[int, int]]
    behind: int


def measure_counts(measure: Measure, corpus: Corpus, user: Any) -> MeasureCounts:
    """In the order of the numbers. As many statements for many paragraphs as for one."""
    paragraphs = sorted(measure.paragraphs.all(), key=in_number_order)
    citations = citations_by_paragraph(user, measure, corpus)
    try:
        events, is_too_broad = event_counts(measure, paragraphs, corpus, user), False
    except TooBroad:
        events, is_too_broad = EventCounts({}, 0), True
    nothing = (None, None) if is_too_broad else (0, 0)
    rows = [
        ParagraphCounts(each, citations.pop(each.number, 0), *events.by_number.get(each.number, nothing)) for each in paragraphs
    ]
    return MeasureCounts(rows, sum(citations.values()), events.behind, is_too_broad)


def event_counts(measure: Measure, paragraphs: list[Paragraph], corpus: Corpus, user: Any) -> EventCounts:
    """What the page of each paragraph counts, in one statement. Raises TooBroad."""
    asker = Asker(read("law", []), corpus, user)
    types = sorted({label for paragraph in paragraphs for label in types_of(paragraph)})
    with within_time(corpus):
        scope = Condition(of_each(IN_SCOPE), {"of_types": types, "of_measure": measure.pk})
        answer = IndexAnswer(asker, EntrySelection(("event",), ORDER, scope, frozenset({"measure"})))
        heads = both([answer.heads, answer.in_part])
        sql = f"""SELECT each_one.number, n.citing, n.others FROM registry_paragraph each_one CROSS JOIN LATERAL (
            SELECT count(*) FILTER (WHERE cited) AS citing, count(*) FILTER (WHERE NOT cited) AS others
            FROM (SELECT {of_each(CITED).replace("{e}", "e")} AS cited FROM {answer.source.table} e WHERE {heads.of("e")}) counted) n
            WHERE each_one.measure_id = %(of_measure)s"""  # noqa: S608 - of our own words
        rows = answer.rows(sql, heads.values)
        return EventCounts({number: (citing, others) for number, citing, others in rows}, answer.source.behind)


def of_each(sql: str) -> str:
    """What is asked of one paragraph, asked of each in turn."""
    return sql.replace("%(of_paragraph)s", "each_one.id")
