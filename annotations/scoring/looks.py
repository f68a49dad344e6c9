"""How often readers agree in what is wrong: of what was drawn for a look in adjudications, how much was changed or dropped."""

from __future__ import annotations

from functools import cache
from math import sqrt
from typing import Any, NamedTuple

from django.db.models import QuerySet

from annotations.adjudication.groups import Location
from annotations.models import Adjudication, AdjudicationDecision, Assignment
from annotations.models.assignment import PEOPLE
from annotations.queries.chosen_articles import ChosenArticles
from annotations.scoring.report import AgreementReport
from corpus.db.compiled_queries import Repeated, RepeatedRows, Slot

Outcome = AdjudicationDecision.Outcome
FIELDS = ("kind", "layer", "role", "start", "end", "number")
WRONG = (Outcome.CHANGED, Outcome.DROPPED)
Z = 1.959964  # of 95 %


class LookCounts(NamedTuple):
    """`wrong`: of `looked`. `low` and `high`: 95 % interval of the share (Wilson), as if the texts were one."""

    drawn: int
    looked: int
    wrong: int
    low: float | None = None
    high: float | None = None

    @property
    def share(self) -> float | None:
        return self.wrong / self.looked if self.looked else None


def golds(articles: ChosenArticles, *, is_superuser: bool) -> QuerySet[Adjudication]:
    """Submitted ones."""
    rows = Adjudication.objects.of_members(PEOPLE[is_superuser], "reviewer").filter(articles.of_texts("gold__document"))
    return rows.filter(gold__document__corpus=Slot("corpus"), gold__status=Assignment.Status.SUBMITTED)


@cache
def drawn(articles: ChosenArticles, *, is_superuser: bool) -> Repeated:
    """Of which groups were drawn."""
    return Repeated(lambda: golds(articles, is_superuser=is_superuser).exclude(look=[]).only("look").order_by())


@cache
def decisions(articles: ChosenArticles, *, is_superuser: bool) -> RepeatedRows:
    """The newest first."""
    adjudications = golds(articles, is_superuser=is_superuser).order_by().values("pk")
    made = AdjudicationDecision.objects.filter(adjudication__in=adjudications).exclude(outcome=Outcome.AUTO)
    return RepeatedRows(lambda: made.order_by("-position").values_list("pk", "adjudication", "outcome", "undoes", *FIELDS))


def look_counts(report: AgreementReport) -> LookCounts:
    """Of the submitted golds of the articles of a report."""
    if not report.user.is_active:
        return LookCounts(0, 0, 0)
    articles, is_superuser = report.articles.slots(), report.user.is_superuser
    values = {"user": report.user.pk, "corpus": report.corpus.pk, **report.articles.values()}
    adjudications = drawn(articles, is_superuser=is_superuser).all(**values)
    names = {(each.pk, name) for each in adjudications for name in each.look}
    if not names:
        return LookCounts(0, 0, 0)
    undone: set[Any] = set()
    standing: dict[Any, str] = {}
    for pk, adjudication, outcome, undoes, *location in decisions(articles, is_superuser=is_superuser).all(**values):
        undone.add(undoes)
        key = (adjudication, str(Location(*location)))
        if key in names and pk not in undone and outcome != Outcome.UNDONE:
            standing.setdefault(key, outcome)
    wrong = sum(outcome in WRONG for outcome in standing.values())
    return LookCounts(len(names), len(standing), wrong, *wilson(wrong, len(standing)))


def wilson(count: int, n: int) -> tuple[float | None, float | None]:
    if not n:
        return None, None
    share, square = count / n, Z * Z / n
    middle, half = share + square / 2, Z * sqrt(share * (1 - share) / n + square / (4 * n))
    return max(0.0, (middle - half) / (1 + square)), min(1.0, (middle + half) / (1 + square))
