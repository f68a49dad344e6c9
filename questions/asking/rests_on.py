"""What an answer rests on: how much of the corpus is marked, as far as the asker may see, and up to when."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.aggregates import BoolOr
from django.db.models import Count, Q

from annotations.models import Assignment
from annotations.models.assignment import of_no_draft
from corpus.db.round_trip import Rows, Statement, numbered, round_trip
from corpus.db.running_counts import TABLE, number_of
from questions.asking.asker import Asker
from questions.index.article_counts import MARKED_ARTICLES
from questions.index.entries_sql import OF_ASSIGNMENT, WANTED
from questions.past.cut import LogCut

Object = dict[str, Any]
# What the index is behind with, and the others of its articles: without the rows that it has of them, with those that they would get.
CHANGED = f"""stale AS MATERIALIZED (SELECT DISTINCT assignment AS id FROM questions_stale),
    changed AS MATERIALIZED (SELECT id FROM stale UNION SELECT b.id FROM stale JOIN annotations_assignment a USING (id)
        JOIN corpus_document t ON t.id = a.document_id JOIN corpus_document d ON d.article_id = t.article_id
        JOIN annotations_assignment b ON b.document_id = d.id),
    {WANTED.format(ids="ARRAY(SELECT id FROM changed)")}"""  # noqa: S608 - of our own words
OUTDATED = f"""SELECT {", ".join(OF_ASSIGNMENT)}, -1 AS number
    FROM questions_indexedassignment JOIN changed ON changed.id = assignment_id"""  # noqa: S608 - of our own words
TAKEN_UP_NOW = f"SELECT {', '.join(OF_ASSIGNMENT.values())}, 1 FROM wanted"  # noqa: S608 - of our own words
ARTICLES = f"{number_of('articles')} AS articles, {number_of('copies')} AS copies"
ARTICLES_ALONE = numbered(f"SELECT {ARTICLES} FROM {TABLE} WHERE corpus_id = %(corpus)s", "corpus")  # noqa: S608 - of our own words
ARTICLES_OF_PAST = numbered(
    """SELECT count(*), count(*) FILTER (WHERE copy_of_id IS NOT NULL) FROM corpus_article
    WHERE corpus_id = %(corpus)s AND deletion_id IS NULL AND created <= %(moment)s""",
    "corpus",
    "moment",
)
# `begun`, `marked`: of `MARKED_ARTICLES`.
FACTS = """WITH {changed}, difference AS (
        SELECT sum(number) FILTER (WHERE {begun_ones}) AS begun, sum(number) FILTER (WHERE {marked_ones}) AS marked
        FROM ({outdated} UNION ALL {taken_up}) r WHERE corpus_id = %(corpus)s)
    SELECT articles, copies, (kept.begun + coalesce(d.begun, 0))::bigint, (kept.marked + coalesce(d.marked, 0))::bigint
    FROM (SELECT {articles}, {begun} AS begun, {marked} AS marked FROM {counts} WHERE corpus_id = %(corpus)s) kept, difference d"""


def rests_on(asker: Asker, behind: int, cut: LogCut, known: Rows | None = None) -> Object:
    """Articles without their copies; `marked`: those of which something is evidence; `drafts`: those of which there are drafts alone.

    `behind`: assignments that the answer does not heed yet, but for these numbers. `cut`: what everything up to it is in the answer.
    `known`: the rows of `facts_statement`, where it was sent with others.
    """
    ((articles, copies, *numbers),) = known or round_trip([facts_statement(asker, cut)])[0]
    begun, marked = numbers or counted_one_by_one(asker)
    total = articles - copies
    return {
        "articles": total,
        "marked": marked,
        "not_marked": total - marked,
        "drafts": begun - marked,
        "copies": copies,
        "behind": behind,
        "moment": cut.moment,
        "number": cut.number,
    }


def facts_statement(asker: Asker, cut: LogCut) -> Statement:
    kept = counted_by(asker)
    if kept:
        return numbered(facts(*kept), "corpus"), [asker.corpus.pk]
    return (ARTICLES_OF_PAST, [asker.corpus.pk, cut.moment]) if asker.past else (ARTICLES_ALONE, [asker.corpus.pk])


def counted_by(asker: Asker) -> tuple[str, str] | None:
    """The counts of articles that were begun and that are marked, which are kept; None: it depends on more than a role."""
    if asker.sees_all and not asker.withheld:
        return "begun", "marked"
    own = Assignment.objects.filter(annotator=asker.user.pk, document__corpus=asker.corpus)
    is_viewer = asker.role == "viewer" and not asker.past
    return ("marked_in_gold", "marked_in_gold") if is_viewer and not own.exists() else None


def facts(begun: str, marked: str) -> str:
    """`begun`, `marked`: names of counts that PostgreSQL keeps, to which it adds what the index is behind with."""
    return FACTS.format(
        changed=CHANGED,
        begun_ones=MARKED_ARTICLES.numbers[begun],
        marked_ones=MARKED_ARTICLES.numbers[marked],
        outdated=OUTDATED,
        taken_up=TAKEN_UP_NOW,
        articles=ARTICLES,
        begun=number_of(begun),
        marked=number_of(marked),
        counts=TABLE,
    )


def counted_one_by_one(asker: Asker) -> tuple[int, int]:
    """By article first: to count distinct ones would sort all assignments, once for each number."""
    seen = asker.readings.live().filter(document__article__copy_of=None)
    by_article = seen.order_by().values("document__article").annotate(is_evidence=BoolOr(of_no_draft()))
    read = by_article.aggregate(begun=Count("*"), marked=Count("is_evidence", filter=Q(is_evidence=True)))
    return read["begun"], read["marked"]
