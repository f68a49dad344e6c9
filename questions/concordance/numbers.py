"""How many lines and articles there are, in all and by outlet and year, as the index of words or of marks counts them."""

from __future__ import annotations

from collections import Counter
from typing import Any, NamedTuple

from questions.asking.time_limits import counted_in_time
from questions.concordance.candidates import CandidateQuery

MOST_COUNTED = 10_000
Counts = dict[str | None, int]  # lines by a value; None: not stated

# By outlet and days first, so that years and names are looked up once for each. Articles are looked up in an index alone, and not one by one
# but all together that have a first line, a second one and so on; none of them where the condition on the number of candidates says
# that nobody needs them.
COUNTED = """WITH counted AS MATERIALIZED (
    SELECT article, sure, row_number() OVER (PARTITION BY article) AS number
    FROM (SELECT {article} AS article, {sure} AS sure FROM {tables} WHERE {condition} LIMIT %(most)s) those)
SELECT true, count(*), count(*) FILTER (WHERE sure), count(*) FILTER (WHERE number = 1), NULL, NULL, NULL FROM counted
UNION ALL SELECT false, 0, sum(g.lines)::bigint, 0, o.name, date_part('year', g.earliest)::int, date_part('year', g.latest)::int FROM (
        SELECT x.outlet_id, x.published_earliest AS earliest, x.published_latest AS latest, count(*) AS lines
        FROM (SELECT array_agg(article) AS articles FROM counted
            WHERE sure AND (SELECT count(*) FROM counted) > %(most_read)s GROUP BY number) together
        JOIN corpus_article x ON x.corpus_id = %(corpus)s AND x.id = ANY(together.articles) GROUP BY 1, 2, 3) g
    LEFT JOIN corpus_outlet o ON o.id = g.outlet_id GROUP BY 5, 6, 7"""


class LineCounts(NamedTuple):
    """`lines`: of candidates, passages that surely hold a line, or marks; `articles`: those of the candidates that were counted.

    By outlet and year nothing is counted of candidates that are so few that their lines are read.
    """

    candidates: int
    lines: int
    articles: int
    by_outlet: Counts
    by_year: Counts


def counted_candidates(query: CandidateQuery, most_read: int) -> LineCounts | None:
    """Of the first 10,000 and one; None where that takes too long."""
    sql = COUNTED.format(article=query.article, sure=query.sure, tables=query.counted, condition=query.condition.sql)
    values = query.condition.values | {"most": MOST_COUNTED + 1, "most_read": most_read}
    rows = counted_in_time(sql, values)
    return None if rows is None else line_counts(rows)


def line_counts(rows: list[tuple[Any, ...]]) -> LineCounts:
    by_outlet: Counter[str | None] = Counter()
    by_year: Counter[str | None] = Counter()
    whole = (0, 0, 0)
    for is_whole, candidates, lines, articles, outlet, first, last in rows:
        if is_whole:
            whole = candidates, lines, articles
        elif lines:
            by_outlet[outlet] += lines
            by_year[year(first, last)] += lines
    return LineCounts(*whole, by_outlet, by_year)


def year(first: int | None, last: int | None) -> str | None:
    """Of an article that was published on no day of another one."""
    return str(first) if first == last and first is not None else None
