"""Lines as rows: with what is left and right of them, their articles, and the marks under them. Each is read once for a page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from corpus.models import Article
from questions.asking.asker import Asker
from questions.asking.row_details import ARTICLES
from questions.concordance.candidates import run
from questions.concordance.context import LineWithContext, with_context_and
from questions.concordance.lines import WordLine
from questions.concordance.marked import MARKS, chosen_marks

Object = dict[str, Any]
UNDER = """SELECT w.number, s.id, a.id, y.code, l.code, v.id, coalesce(v.status, ''), coalesce(v.polarity, ''), s.entity_id, n.name, n.anonymous,
        s.quote, s.fragments
    FROM unnest(%(documents)s::uuid[], %(starts)s::int[], %(ends)s::int[]) WITH ORDINALITY AS w (document, first, last, number)
    JOIN ({marks} JOIN annotations_layer y ON y.id = l.layer_id LEFT JOIN registry_entity n ON n.id = s.entity_id)
        ON a.document_id = w.document AND s.start < w.last AND w.first < s."end"
    WHERE EXISTS (SELECT FROM generate_subscripts(s.fragments, 1) i WHERE s.fragments[i][1] < w.last AND w.first < s.fragments[i][2])
        AND {seen} ORDER BY w.number, s."end" - s.start, s.start, s.id"""


def rows_of(asker: Asker, lines: Sequence[WordLine]) -> list[Object]:
    marks = marks_under(asker, lines)
    if not lines:
        return []
    read, (about,) = with_context_and(lines, ARTICLES.statement(articles=list({line.article.id for line in lines})))
    articles = {article.pk: article for article in ARTICLES.all_made(about)}
    return [row(each, articles[each.line.article.id], marks[number]) for number, each in enumerate(read, 1)]


def marks_under(asker: Asker, lines: Sequence[WordLine]) -> Mapping[int, list[Object]]:
    """By the number of the line, the marks that have one of its words, the shortest first."""
    seen = chosen_marks(asker)
    values = {
        "documents": [line.document for line in lines],
        "starts": [line.start for line in lines],
        "ends": [line.end for line in lines],
    }
    marks: defaultdict[int, list[Object]] = defaultdict(list)
    # To look for marks takes longer than all else, even where there are none.
    if any(line.is_annotated for line in lines):
        for number, *columns in run(UNDER.format(marks=MARKS, seen=seen.sql), values | seen.values):
            marks[number].append(mark(*columns))
    return marks


def mark(
    pk: UUID,
    assignment: UUID,
    layer: str,
    label: str,
    event: UUID | None,
    status: str,
    polarity: str,
    entity: UUID | None,
    name: str | None,
    unnamed: bool | None,
    quote: str,
    fragments: list[list[int]],
) -> Object:
    """`type`, `status` and `polarity`: of the event that it triggers; empty where nobody has chosen, None where there is no event."""
    return {
        "id": pk,
        "layer": layer,
        "label": label,
        "type": label if event else None,
        "status": status if event else None,
        "polarity": polarity if event else None,
        "entity": entity and {"entity": entity, "name": name, "unnamed": unnamed},
        "quote": quote,
        "fragments": fragments,
        "href": f"/annotate/{assignment}/#mark={pk}",
    }


def row(each: LineWithContext, article: Article, marks: Sequence[Object]) -> Object:
    """`href`: the shortest mark under the line, else the article."""
    line = each.line
    return {
        "left": each.left,
        "hit": each.hit,
        "right": each.right,
        "start": line.start,
        "end": line.end,
        "article": article.pk,
        "title": article.title,
        "outlet": article.outlet.name if article.outlet else "",
        "published": article.published_edtf,
        "document": line.document,
        "marks": list(marks),
        "href": marks[0]["href"] if marks else article.get_absolute_url(),
    }
