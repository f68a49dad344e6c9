"""How many lines and articles there are, in all and by outlet and year, as the index of words or of marks counts them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple
from uuid import UUID

from questions.asking.answer import counted_in_time
from questions.concordance.candidates import CandidateQuery, run

MOST_COUNTED = 10_000
Counts = dict[str | None, int]  # lines by a value; None: not stated

# An article is of a year if it was published on no day of another one.
YEAR = """CASE WHEN extract(year FROM x.published_earliest) = extract(year FROM x.published_latest)
    THEN extract(year FROM x.published_earliest)::int::text END"""
# `counted`: articles with their lines.
BY_ARTICLE = f"""SELECT CASE GROUPING(o.name, {YEAR}) WHEN 1 THEN 'outlet' WHEN 2 THEN 'year' END, coalesce(o.name, {YEAR}),
        sum(w.candidates), sum(w.lines), count(*)
    FROM ({{counted}}) w JOIN corpus_article x ON x.id = w.article LEFT JOIN corpus_outlet o ON o.id = x.outlet_id
    GROUP BY GROUPING SETS ((), (o.name), ({YEAR}))"""  # noqa: S608 - of our own words
CANDIDATES = """SELECT article, count(*) AS candidates, count(*) FILTER (WHERE sure) AS lines
    FROM (SELECT {article} AS article, {sure} AS sure FROM {tables} WHERE {condition} LIMIT %(most)s) c GROUP BY article"""
LINES = "SELECT *, lines AS candidates FROM unnest(%(articles)s::uuid[], %(lines)s::int[]) AS n (article, lines)"


class LineCounts(NamedTuple):
    """`lines`: of candidates, passages that surely hold a line, or marks; `articles`: those of the candidates that were counted."""

    candidates: int
    lines: int
    articles: int
    by_outlet: Counts
    by_year: Counts


def counted_candidates(query: CandidateQuery) -> LineCounts | None:
    """Of the first 10,000 and one; None where that takes too long."""
    counted = CANDIDATES.format(article=query.article, sure=query.sure, tables=query.counted, condition=query.condition.sql)
    values = query.condition.values | {"most": MOST_COUNTED + 1}
    rows = counted_in_time(lambda: run(BY_ARTICLE.format(counted=counted), values))
    return None if rows is None else line_counts(rows)


def counted_lines(lines: Mapping[UUID, int]) -> LineCounts:
    """`lines`: by the id of the article, how many there are."""
    values = {"articles": list(lines), "lines": list(lines.values())}
    return line_counts(run(BY_ARTICLE.format(counted=LINES), values))


def line_counts(rows: list[tuple[str | None, str | None, int | None, int | None, int]]) -> LineCounts:
    by: dict[str | None, Counts] = {"outlet": {}, "year": {}}
    whole = (0, 0, 0)
    for column, value, candidates, lines, articles in rows:
        if column is None:
            whole = int(candidates or 0), int(lines or 0), articles
        elif lines:
            by[column][value] = int(lines)
    return LineCounts(*whole, by["outlet"], by["year"])
