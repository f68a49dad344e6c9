"""A manager chooses the practice and test articles of a plan; each choice is in its history."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from annotations.models import Assignment, Plan, PlanArticle, PracticeArticle, PracticeResult
from corpus.edits.history import EditError, lock_corpus, record
from corpus.models import Article, Edit

Kind = PracticeArticle.Kind
NONE = "none"


@transaction.atomic
def choose(plan: Plan, article: Article, kind: str, by: User) -> PracticeArticle | None:
    """Mark the article as practice or test in the plan, or as NONE. Raises EditError.

    A practice article has its gold open for all annotators from then on; a test never had.
    """
    corpus = lock_corpus(plan.corpus, by)
    if plan.state == Plan.State.DONE:
        raise EditError("The plan is finished.")
    gold = Assignment.objects.gold().without_drafts().filter(document__article=article, document__corpus=corpus)
    document = gold.order_by("-document__version").values_list("document", flat=True).first()
    row = PracticeArticle.objects.filter(plan=plan, document__article=article).first()
    if kind == NONE:
        if row:
            record(corpus, Edit.Kind.PLAN, plan, {row.kind: article.title}, None, by)
            row.delete()
        return None
    if document is None:
        raise EditError("The article has no submitted gold: annotators are compared with it.")
    if row and row.kind == kind:
        return row
    check_kind(article, kind)
    before = {row.kind: article.title} if row else None
    if kind == Kind.PRACTICE:
        Article.objects.filter(pk=article.pk).update(practice=True)
    fields = {"kind": kind, "created_by": by}
    made, _ = PracticeArticle.objects.update_or_create(plan=plan, document_id=document, defaults=fields)
    record(corpus, Edit.Kind.PLAN, plan, before, {kind: article.title}, by)
    return made


def check_kind(article: Article, kind: str) -> None:
    """Raises EditError."""
    live = (Plan.State.RUNNING, Plan.State.PAUSED)
    if PlanArticle.objects.filter(document__article=article, plan__state__in=live).exists():
        raise EditError("A plan hands out this article: choose one that is in no plan.")
    if kind == Kind.TEST and (
        article.practice or PracticeArticle.objects.filter(document__article=article, kind=Kind.PRACTICE).exists()
    ):
        raise EditError("The gold of a practice article is open: choose another article as a test.")
    if kind == Kind.PRACTICE and PracticeArticle.objects.filter(document__article=article, kind=Kind.TEST).exists():
        raise EditError("The article is a test: as practice its gold would be open. Choose another article.")


def practice_articles(plan: Plan) -> QuerySet[PracticeArticle]:
    """Practice first, then tests; each with `submitted` and `passed`: how many annotators have."""
    results = PracticeResult.objects.filter(assignment__document=OuterRef("document")).order_by().values("assignment__document")
    people = Count("assignment", distinct=True)
    counted = {
        "submitted": Subquery(results.annotate(n=people).values("n")),
        "passed": Subquery(results.annotate(n=Count("assignment", distinct=True, filter=Q(passed=True))).values("n")),
    }
    rows = plan.practice.select_related("document__article").defer("document__text", "document__source_map")
    return rows.annotate(**counted).order_by("kind", "pk")
