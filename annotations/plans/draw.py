"""The texts of a plan: what a draft would draw, and the draw itself, which happens once, at the start.

Which texts are read more than once follows from the seed alone, so that nobody picks what is measured.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Any

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from annotations.models import Plan
from annotations.plans.chances import chances_by_length, drawn, start_of
from corpus.edits.history import EditError, lock_corpus, record
from corpus.models import Article, Edit

# The newest text of each article, without copies, practice and test articles, and what another plan is about.
CHOSEN = """chosen AS (
    SELECT DISTINCT ON (d.article_id) d.id, d.article_id, d.length, x.created FROM corpus_document d
    JOIN corpus_article x ON x.id = d.article_id
    WHERE d.article_id IN ({articles}) AND x.deletion_id IS NULL AND x.copy_of_id IS NULL AND NOT x.practice AND NOT EXISTS (
        SELECT FROM annotations_planarticle other JOIN annotations_plan p ON p.id = other.plan_id
        JOIN corpus_document t ON t.id = other.document_id
        WHERE t.article_id = d.article_id AND p.state IN ('running', 'paused'))
        AND NOT EXISTS (SELECT FROM annotations_practicearticle e JOIN corpus_document t ON t.id = e.document_id
            WHERE t.article_id = d.article_id)
    ORDER BY d.article_id, d.version DESC
)"""
# In the order of the draw. Where longer ones are likelier, chances and what is drawn are worked out between: `l`, else without rows.
COUNTED = """, drawn AS (
    SELECT c.*, row_number() OVER (ORDER BY md5(%s || c.article_id::text), c.article_id) AS draw,
        row_number() OVER (ORDER BY c.created, c.article_id) AS position,
        ceil(count(*) OVER () * %s / 100.0) AS often, count(*) OVER () AS total, l.chance AS own_chance, l.is_drawn
    FROM chosen c LEFT JOIN unnest(%s::uuid[], %s::float8[], %s::bool[]) AS l(article_id, chance, is_drawn) USING (article_id)
    WHERE %s OR l.article_id IS NOT NULL
), counted AS (
    SELECT w.*, CASE WHEN coalesce(w.is_drawn, w.draw <= w.often) THEN %s ELSE 1 END AS needed, (SELECT count(*) FROM annotations_assignment a
        WHERE a.document_id = w.id AND a.role = 'annotation' AND a.status IN ('open', 'submitted')) AS live
    FROM drawn w
)"""
LOOKED_AT = """SELECT count(*), count(*) FILTER (WHERE needed > 1), coalesce(sum(needed), 0), coalesce(sum(least(live, needed)), 0),
    coalesce(sum(length * greatest(needed - live, 0)), 0), (SELECT count(*) FROM ({articles}) every) FROM counted"""
INSERTED = """INSERT INTO annotations_planarticle (plan_id, document_id, needed, chance, position, live)
    SELECT %s, id, needed, coalesce(own_chance, CASE WHEN often > 0 THEN often / total ELSE 1 END), position, live FROM counted"""
LENGTHS = "SELECT article_id, length FROM chosen ORDER BY md5(%s || article_id::text), article_id"


@dataclass(frozen=True)
class PlanPreview:
    """What a draft would draw. `existing`: readings that are there already; `characters`: of those that are not; `left_out`: articles of
    the filter without a text, copies, practice articles, and those of another plan."""

    articles: int
    repeated: int
    readings: int
    existing: int
    characters: int
    left_out: int


NOTHING = PlanPreview(0, 0, 0, 0, 0, 0)


def preview(plan: Plan, articles: QuerySet[Article]) -> PlanPreview:
    """`articles`: those that its filter selects."""
    sql, values = selecting(articles)
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH {CHOSEN.format(articles=sql)}{COUNTED} {LOOKED_AT.format(articles=sql)}",
            [*values, *drawing(plan, articles), *values],
        )
        total, repeated, readings, existing, characters, every = map(int, cursor.fetchone())
    return PlanPreview(total, repeated, readings, existing, characters, every - total)


@transaction.atomic
def start(plan: Plan, articles: QuerySet[Article], by: User) -> Plan:
    """Draw its texts and let people take them; once: a plan that has started is left as it is. Raises EditError where there are none."""
    corpus = lock_corpus(plan.corpus, by)
    locked = Plan.objects.select_for_update().get(pk=plan.pk)
    if locked.state != Plan.State.DRAFT:
        return locked
    sql, values = selecting(articles)
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH {CHOSEN.format(articles=sql)}{COUNTED} {INSERTED}",
            [*values, *drawing(locked, articles), locked.pk],
        )
        if not cursor.rowcount:
            raise EditError("No article matches. Change the filter, or finish the plan that has these articles.")
        number = cursor.rowcount
    locked.state, locked.started, locked.revision = Plan.State.RUNNING, timezone.now(), locked.revision + 1
    locked.save(update_fields=["state", "started", "revision"])
    record(corpus, Edit.Kind.PLAN, locked, {"state": "draft"}, {"state": "running", "articles": number}, by)
    return locked


def selecting(articles: QuerySet[Article]) -> tuple[str, tuple[Any, ...]]:
    sql, values = articles.order_by().values("pk").query.sql_with_params()
    return sql, values


def drawing(plan: Plan, articles: QuerySet[Article]) -> list[Any]:
    is_equal = plan.chances == Plan.Chances.EQUAL or not plan.share
    own: list[list[Any]] = [[], [], []] if is_equal else by_length(plan, articles)
    return [str(plan.seed), plan.share, *own, is_equal, plan.readings]


def by_length(plan: Plan, articles: QuerySet[Article]) -> list[list[Any]]:
    """Articles, the chance of each, and whether it is drawn."""
    sql, values = selecting(articles)
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {CHOSEN.format(articles=sql)} {LENGTHS}", [*values, str(plan.seed)])
        rows = cursor.fetchall()
    chances = chances_by_length([length for _, length in rows], ceil(len(rows) * plan.share / 100)) if rows else []
    return [[article for article, _ in rows], chances, drawn(chances, start_of(plan.seed))]
