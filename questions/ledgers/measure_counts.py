"""How many events of a corpus cite each paragraph of a measure, and how many have what it is about and do not cite it."""

from __future__ import annotations

from typing import Any

from corpus.models import Corpus
from questions.address.question import read
from questions.asking.answer import EntrySelection, IndexAnswer
from questions.asking.asker import Asker
from questions.asking.condition import Condition, both
from questions.asking.time_limits import within_time
from questions.ledgers.paragraph_events import CITED, IN_SCOPE, ORDER, types_of
from registry.models import Measure


def measure_counts(measure: Measure, corpus: Corpus, user: Any) -> dict[str, tuple[int, int]]:
    """By number of a paragraph, what its page counts: events that cite it, and others. One statement, however many paragraphs.

    Raises TooBroad.
    """
    asker = Asker(read("law", []), corpus, user)
    types = sorted({label for paragraph in measure.paragraphs.all() for label in types_of(paragraph)})
    with within_time(corpus):
        scope = Condition(of_each(IN_SCOPE), {"of_types": types, "of_measure": measure.pk})
        answer = IndexAnswer(asker, EntrySelection(("event",), ORDER, scope, frozenset({"measure"})))
        heads = both([answer.heads, answer.in_part])
        sql = f"""SELECT each_one.number, n.citing, n.others FROM registry_paragraph each_one CROSS JOIN LATERAL (
            SELECT count(*) FILTER (WHERE cited) AS citing, count(*) FILTER (WHERE NOT cited) AS others
            FROM (SELECT {of_each(CITED).replace("{e}", "e")} AS cited FROM {answer.source.table} e WHERE {heads.of("e")}) counted) n
            WHERE each_one.measure_id = %(of_measure)s"""  # noqa: S608 - of our own words
        return {number: (citing, others) for number, citing, others in answer.rows(sql, heads.values)}


def of_each(sql: str) -> str:
    """What is asked of one paragraph, asked of each in turn."""
    return sql.replace("%(of_paragraph)s", "each_one.id")
