"""How much of a plan each of its people takes."""

from __future__ import annotations

from math import ceil
from typing import Any

from django.db.models import Count, Q, Sum

from annotations.models import Assignment, Plan, PlanPerson
from annotations.models.assignment import LIVE


def is_used_up(plan: Plan, user: int) -> bool:
    """Whether somebody with a weight has as many readings of a plan as their part of them, rounded up."""
    rows = PlanPerson.objects.filter(plan=plan).values_list("user", "weight")
    weights = {pk: weight for pk, weight in rows if weight is not None}
    if user not in weights:
        return False
    needed = plan.articles.aggregate(total=Sum("needed"))["total"] or 0
    taken = Assignment.objects.live().filter(plan=plan, annotator=user).count()
    return bool(taken >= ceil(needed * weights[user] / sum(weights.values())))


def people_of(plan: Plan) -> list[dict[str, Any]]:
    """Who has readings of a plan or is named in it: user name, weight, and readings by status."""
    rows = Assignment.objects.filter(plan=plan).order_by().values("annotator__username").annotate(
        open=Count("pk", filter=Q(status="open")),
        submitted=Count("pk", filter=Q(status="submitted")),
        given_away=Count("pk", filter=~Q(status__in=LIVE)),
    )  # fmt: skip
    weights = dict(plan.people.values_list("user__username", "weight"))
    nothing = {"open": 0, "submitted": 0, "given_away": 0}
    counted = rows.values_list("annotator__username", *nothing)
    work = {name: dict(zip(nothing, counts, strict=True)) for name, *counts in counted}
    return [{"user": name, "weight": weights.get(name)} | nothing | work.get(name, {}) for name in sorted({*weights, *work})]
