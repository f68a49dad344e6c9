"""How many of the lines each outlet, year and label has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from questions.concordance.candidates import NO_MARK, LineQuestion, run
from questions.concordance.lines import WordLine
from questions.concordance.marked import MARKS, chosen_marks
from questions.concordance.numbers import Counts, LineCounts, year

Object = dict[str, Any]
MOST_VALUES = 50
# Of the marks that the words are inside, as `on` asks for them, or of the mark that is the line; a line with two marks of a label counts once.
BY_LABEL = """SELECT l.code, count(DISTINCT w.number) FROM unnest(%(documents)s::uuid[], %(starts)s::int[], %(ends)s::int[], %(marks)s::uuid[])
        WITH ORDINALITY AS w (document, first, last, mark, number)
    JOIN ({marks}) ON a.document_id = w.document AND s.start <= w.first AND w.last <= s."end"
    WHERE (w.mark = s.id OR w.mark = %(no_mark)s::uuid AND EXISTS (SELECT FROM generate_subscripts(s.fragments, 1) i
        WHERE s.fragments[i][1] <= w.first AND w.last <= s.fragments[i][2])) AND {fit} GROUP BY GROUPING SETS ((l.code), ())"""


def of_lines(asked: LineQuestion, lines: Sequence[WordLine], *, is_known: bool) -> Object:
    """`is_known`: these are all; else each number is at least so many."""
    names = asked.of_corpus.outlets
    outlets = Counter(names.get(line.article.outlet) for line in lines)
    years = Counter(year(line.article.first, line.article.last) for line in lines)
    return {
        "outlet": column(outlets, is_known=is_known),
        "year": column(years, is_known=is_known),
        "label": column(by_label(asked, lines), is_known=is_known),
    }


def of_candidates(counts: LineCounts, *, is_known: bool) -> Object:
    """Without labels: on which marks the words are, is known of lines that were read."""
    return {
        "outlet": column(counts.by_outlet, is_known=is_known),
        "year": column(counts.by_year, is_known=is_known),
        "label": None,
    }


def by_label(asked: LineQuestion, lines: Sequence[WordLine]) -> Counts:
    on = [line for line in lines if line.is_annotated]
    values: Object = {
        "documents": [line.document for line in on],
        "starts": [line.start for line in on],
        "ends": [line.end for line in on],
        "marks": [line.mark for line in on],
        "no_mark": NO_MARK,
    }
    fit = asked.marks or chosen_marks(asked.asker)
    counts: Counts = dict(run(BY_LABEL.format(marks=MARKS, fit=fit.sql), values | fit.values)) if on else {}
    none = len(lines) - counts.pop(None, 0)
    return counts | ({None: none} if none else {})


def column(counts: Counts, *, is_known: bool) -> Object:
    """The 50 values with most lines, what is not stated last; `further`: how many other values there are."""
    ranked = sorted(counts.items(), key=lambda each: (each[0] is None, -each[1], each[0] or ""))
    return {
        "values": [{"value": value, **total("lines", number, is_known=is_known)} for value, number in ranked[:MOST_VALUES]],
        "further": max(0, len(ranked) - MOST_VALUES),
    }


def total(name: str, number: int, *, is_known: bool) -> dict[str, int]:
    """`number`: else at least so many."""
    return {name: number} if is_known else {f"more_than_{name}": max(number - 1, 0)}


def totals_of(lines: Sequence[WordLine], *, is_known: bool) -> dict[str, int]:
    articles: set[UUID] = {line.article.id for line in lines}
    return total("lines", len(lines), is_known=is_known) | total("articles", len(articles), is_known=is_known)
