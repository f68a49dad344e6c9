"""Citations that no event names: beside the rows of the ledger of legal measures, which are events."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from annotations.models import Citation
from questions.asking.answer import IndexAnswer
from questions.asking.condition import both
from questions.asking.whose import visible
from questions.ledgers.called import quoted_words

Object = dict[str, Any]
MOST = 50
ASKED = {"measure", "paragraph", "whose", "part"}  # what can be asked of a citation alone
OF_READINGS = "FROM questions_indexedassignment e JOIN annotations_citation c USING (assignment_id)"
UNLINKED = f"""SELECT c.id, count(*) OVER () {OF_READINGS} LEFT JOIN registry_measure m ON m.id = c.measure_id
    WHERE e.corpus_id = %(corpus)s AND {{fitting}} AND NOT EXISTS (SELECT FROM annotations_argument g WHERE g.citation_id = c.id)
    ORDER BY c.assignment_id, c.id LIMIT {MOST}"""  # noqa: S608 - of our own words


def unlinked(answer: IndexAnswer, of_citation: list[Any]) -> tuple[int, list[UUID]]:
    """How many there are that fit, and the first of them; none where more is asked than a citation can answer, or of an earlier state."""
    asker = answer.asker
    if asker.past or asker.question.given.keys() - ASKED or asker.question["verdict"]:
        return 0, []
    fitting = both([*visible(asker), *of_citation])
    rows = answer.rows(UNLINKED.format(fitting=fitting.of("e")), fitting.values | {"corpus": asker.corpus.pk})
    return (rows[0][1] if rows else 0), [pk for pk, _ in rows]


def unlinked_rows(ids: list[UUID]) -> list[Object]:
    """By their words, each with its measure and article."""
    rows = (
        Citation.objects.filter(pk__in=ids)
        .select_related("measure", "assignment__document__article")
        .order_by("assignment", "pk")
    )
    return [
        quoted_words(row)
        | {
            "measure": row.measure and row.measure.code,
            "paragraph": row.paragraph,
            "title": row.assignment.document.article.title,
        }
        for row in rows
    ]
