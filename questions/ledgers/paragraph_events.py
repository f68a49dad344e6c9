"""Events of a corpus beside one paragraph: those that cite it, and those that it is about without being cited."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple
from uuid import UUID

from corpus.models import Corpus
from questions.address.question import Question, check_together, read
from questions.asking.answer import ORDERS, EntrySelection, IndexAnswer
from questions.asking.asker import Asker
from questions.asking.condition import Condition, both
from questions.asking.cursors import read_cursor, written
from questions.asking.rows import LedgerRows
from questions.asking.time_limits import within_time
from questions.ledgers.verdicts import FIT, VERDICT
from registry.models import Paragraph

Object = dict[str, Any]
ORDER = ORDERS["events"]
OF_PARAGRAPH = """registry_paragraph p JOIN registry_measure m ON m.id = p.measure_id LEFT JOIN registry_paragrapheffect x ON x.code = p.effect
    WHERE p.id = %(of_paragraph)s"""
CITES = """EXISTS (SELECT FROM annotations_argument g JOIN annotations_citation c ON c.id = g.citation_id
    WHERE g.event_id = {e}.event AND c.measure_id = m.id AND c.paragraph = p.number)"""
# Its types and its citations are in the index: of all others nothing is worked out.
IN_SCOPE = f"""({{e}}.type = ANY(%(of_types)s) OR {{e}}.measures @> ARRAY[%(of_measure)s::bigint])
    AND EXISTS (SELECT FROM {OF_PARAGRAPH} AND ({CITES} OR {FIT} > 0))"""
# One that the register says nothing of, since it has not what the paragraph does: that cannot be said.
JUDGED = f"(SELECT coalesce({VERDICT}, 'open') FROM {OF_PARAGRAPH})"  # noqa: S608 - of our own words
CITED = f"(SELECT {CITES} FROM {OF_PARAGRAPH})"  # noqa: S608 - of our own words


class ParagraphEvents(NamedTuple):
    """`rows`: rows of events, each with `verdict` and `cited`; `counts`: by verdict, how many cite the paragraph, and how many do not; None
    where counting takes too long. `following`: cursor of the next page, None at the end; `behind`: assignments that are not heeded yet."""

    asker: Asker
    rows: list[Object]
    counts: dict[str, tuple[int, int]] | None
    following: str | None
    behind: int


def paragraph_events(
    paragraph: Paragraph,
    corpus: Corpus,
    user: Any,
    limit: int,
    cursor: str = "",
    given: tuple[tuple[str, str], ...] = (),
    *,
    cited: bool | None = None,
) -> ParagraphEvents:
    """`given`: further parameters of the ledger of legal measures, `verdict` too; `cited`: those that cite it, those that do not, or both.

    Raises AddressError and TooBroad.
    """
    question = read("law", list(given))
    after = read_cursor(question, cursor, len(ORDER)) if cursor else None
    asker = Asker(question, corpus, user)
    check_together(question, asker.today)
    with within_time(corpus):
        scope, verdict = in_scope(paragraph), chosen_by(question, cited)
        answer = IndexAnswer(asker, EntrySelection(("event",), ORDER, both([scope, *verdict]), frozenset({"measure"})))
        heads = answer.page(limit, after)
        shown = heads[:limit]
        known = judged(answer, paragraph, [head.id for head in shown])
        rows = [row | known[head.id] for head, row in zip(shown, LedgerRows(answer, shown).listed(), strict=True)]
        counts = counted(replace(asker, question=question.without("verdict")), scope)
        behind = answer.source.behind
    following = written(question, shown[-1].order) if len(heads) > limit else None
    return ParagraphEvents(asker, rows, counts, following, behind)


def in_scope(paragraph: Paragraph) -> Condition:
    types = sorted(types_of(paragraph))
    return Condition(IN_SCOPE, {"of_types": types, "of_measure": paragraph.measure_id, "of_paragraph": paragraph.pk})


def types_of(paragraph: Paragraph) -> set[str]:
    """Types of the events that it is about."""
    return {str(rule["label"]) for rule in paragraph.applies_to if isinstance(rule, dict) and "label" in rule}


def chosen_by(question: Question, cited: bool | None) -> list[Condition]:
    conditions = []
    if question["verdict"]:
        conditions.append(Condition(f"{JUDGED} = %(verdict)s", {"verdict": question["verdict"]}))
    if cited is not None:
        conditions.append(Condition(CITED if cited else f"NOT {CITED}"))
    return conditions


def judged(answer: IndexAnswer, paragraph: Paragraph, ids: list[UUID]) -> dict[UUID, Object]:
    if not ids:
        return {}
    sql = f"""SELECT e.id, {Condition(JUDGED).of("e")}, {Condition(CITED).of("e")}
        FROM {answer.source.table} e WHERE e.id = ANY(%(heads)s::uuid[])"""  # noqa: S608 - of our own words
    rows = answer.rows(sql, {"heads": ids, "of_paragraph": paragraph.pk})
    return {pk: {"verdict": verdict, "cited": cites} for pk, verdict, cites in rows}


def counted(asker: Asker, scope: Condition) -> dict[str, tuple[int, int]] | None:
    answer = IndexAnswer(asker, EntrySelection(("event",), ORDER, scope, frozenset({"measure"})))
    heads = both([answer.heads, answer.in_part])
    sql = f"""SELECT verdict, count(*) FILTER (WHERE cited), count(*) FILTER (WHERE NOT cited)
        FROM (SELECT {Condition(JUDGED).of("e")} AS verdict, {Condition(CITED).of("e")} AS cited FROM {answer.source.table} e
            WHERE {heads.of("e")}) judged GROUP BY verdict"""  # noqa: S608 - of our own words
    rows = answer.in_time(sql, heads.values)
    return None if rows is None else {verdict: (citing, others) for verdict, citing, others in rows}
