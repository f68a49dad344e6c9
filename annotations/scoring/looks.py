"""How often readers agree in what is wrong: of what was drawn for a look in adjudications, how much was changed or dropped."""

from __future__ import annotations

from math import sqrt
from typing import Any, NamedTuple

from annotations.adjudication.groups import Location
from annotations.models import Adjudication, AdjudicationDecision, Assignment
from annotations.scoring.report import AgreementReport

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


def look_counts(report: AgreementReport) -> LookCounts:
    """Of the submitted golds of the articles of a report."""
    rows = Adjudication.objects.of_members(report.user, "reviewer").filter(
        report.articles.of_texts("gold__document"), gold__document__corpus=report.corpus, gold__status=Assignment.Status.SUBMITTED
    )
    names = {(pk, name) for pk, look in rows.exclude(look=[]).values_list("pk", "look") for name in look}
    made = AdjudicationDecision.objects.filter(adjudication__in=rows.values("pk")).exclude(outcome=Outcome.AUTO)
    undone: set[Any] = set()
    standing: dict[Any, str] = {}
    values = made.order_by("-position").values_list("pk", "adjudication", "outcome", "undoes", *FIELDS)
    for pk, adjudication, outcome, undoes, *location in values:  # the newest first
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
