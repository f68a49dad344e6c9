"""Saved questions as one person has them: what they may read, with what they have seen of it."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from questions.models import SavedQuestion, SeenState


def readable(user: Any) -> QuerySet[SavedQuestion]:
    """Own and shared questions; `own_seen` of each: what the person has seen of it, one or none."""
    seen = SeenState.objects.filter(user=user.pk).defer("rows")
    rows = SavedQuestion.objects.for_user(user).select_related("corpus", "owner")
    return rows.prefetch_related(Prefetch("seen_states", seen, to_attr="own_seen"))


def with_news(user: Any) -> QuerySet[SeenState]:
    """What the person has seen and is no longer all, as the worker has counted it."""
    any_news = Q(new__gt=0) | Q(changed__gt=0) | Q(gone__gt=0)
    rows = SeenState.objects.for_user(user).filter(any_news).defer("rows")
    return rows.select_related("question__corpus").order_by("question__name", "pk")
