"""What an answer rests on: how much of the corpus is marked, as far as the asker may see, and up to when."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.aggregates import BoolOr
from django.db.models import Count, Q

from annotations.models import Assignment
from annotations.models.assignment import of_no_draft
from corpus.db.round_trip import Rows, Statement, numbered, round_trip
from questions.asking.asker import Asker
from questions.index.entries_sql import WANTED
from questions.past.cut import LogCut

Object = dict[str, Any]
# Each out of an index alone: in one count of both, PostgreSQL would read every article. The few in the bin are taken off.
ARTICLES = """(SELECT count(*) FROM corpus_article WHERE corpus_id = %(corpus)s)
        - (SELECT count(*) FROM corpus_article WHERE corpus_id = %(corpus)s AND deletion_id IS NOT NULL) AS articles,
    (SELECT count(*) FROM corpus_article WHERE corpus_id = %(corpus)s AND copy_of_id IS NOT NULL)
        - (SELECT count(*) FROM corpus_article WHERE corpus_id = %(corpus)s AND copy_of_id IS NOT NULL AND deletion_id IS NOT NULL)
        AS copies"""
# What the index is behind with, and the others of its articles: without the rows that it has of them, with those that they would get.
CHANGED = f"""stale AS MATERIALIZED (SELECT DISTINCT assignment AS id FROM questions_stale),
    changed AS MATERIALIZED (SELECT id FROM stale UNION SELECT b.id FROM stale JOIN annotations_assignment a USING (id)
        JOIN corpus_document t ON t.id = a.document_id JOIN corpus_document d ON d.article_id = t.article_id
        JOIN annotations_assignment b ON b.document_id = d.id),
    {WANTED.format(ids="ARRAY(SELECT id FROM changed)")}"""  # noqa: S608 - of our own words
COUNTED = """SELECT {sign} count(*) FILTER (WHERE {begun}) AS begun, {sign} count(*) FILTER (WHERE {marked}) AS marked FROM {rows}
    WHERE corpus_id = %(corpus)s AND {original}"""
KEPT = "questions_indexedassignment"
KEPT_OF_CHANGED = f"(SELECT k.* FROM {KEPT} k JOIN changed ON changed.id = k.assignment_id) outdated"  # noqa: S608 - of our own words
ARTICLES_ALONE = numbered(f"SELECT {ARTICLES}", "corpus")
ARTICLES_OF_PAST = numbered(
    """SELECT count(*), count(*) FILTER (WHERE copy_of_id IS NOT NULL) FROM corpus_article
    WHERE corpus_id = %(corpus)s AND deletion_id IS NULL AND created <= %(moment)s""",
    "corpus",
    "moment",
)
FACTS = """WITH {changed} SELECT {articles}, sum(begun)::bigint, sum(marked)::bigint FROM ({counts}) counted"""


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
    columns = counted_by(asker)
    if columns:
        return numbered(facts(*columns), "corpus"), [asker.corpus.pk]
    return (ARTICLES_OF_PAST, [asker.corpus.pk, cut.moment]) if asker.past else (ARTICLES_ALONE, [asker.corpus.pk])


def counted_by(asker: Asker) -> tuple[str, str] | None:
    """The columns of the index by which articles are counted that were begun and that are marked; None: it depends on more than a role."""
    if asker.sees_all and not asker.withheld:
        return "is_first", "is_best"
    own = Assignment.objects.filter(annotator=asker.user.pk, document__corpus=asker.corpus)
    is_viewer = asker.role == "viewer" and not asker.past
    return ("is_best_gold", "is_best_gold") if is_viewer and not own.exists() else None


def facts(begun: str, marked: str) -> str:
    counts = [
        COUNTED.format(sign="", begun=begun, marked=marked, rows=KEPT, original="NOT is_copy"),
        COUNTED.format(sign="-", begun=begun, marked=marked, rows=KEPT_OF_CHANGED, original="NOT is_copy"),
        COUNTED.format(sign="", begun=begun, marked=marked, rows="wanted", original="copy_of IS NULL"),
    ]
    return FACTS.format(changed=CHANGED, articles=ARTICLES, counts=" UNION ALL ".join(counts))


def counted_one_by_one(asker: Asker) -> tuple[int, int]:
    """By article first: to count distinct ones would sort all assignments, once for each number."""
    seen = asker.readings.live().filter(document__article__copy_of=None)
    by_article = seen.order_by().values("document__article").annotate(is_evidence=BoolOr(of_no_draft()))
    read = by_article.aggregate(begun=Count("*"), marked=Count("is_evidence", filter=Q(is_evidence=True)))
    return read["begun"], read["marked"]
