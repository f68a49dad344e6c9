"""Keeps the numbers of news that cards and My queue show: counted by the worker, since each is an answer of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import F, Q
from django.utils import timezone

from corpus.models import EvidenceLog
from questions.address.question import AddressError
from questions.asking.asker import NotThere
from questions.asking.time_limits import TooBroad
from questions.models import Judgement, SavedQuestion, SeenState, Stale
from questions.saved.news import news_of

EVERY = timedelta(minutes=1)
# What was written in a long transaction shows later than its time says.
OVERLAP = timedelta(minutes=2)
# One at a time counts: two would ask the same twice.
LOCK = "hashtext('questions.news')"
UNKNOWN: dict[str, int | None] = {"new": None, "changed": None, "gone": None}


def count_next() -> bool:
    """Count the news of one seen state, the one that was counted longest ago; whether there was any to count."""
    with alone() as is_alone:
        state = next_state() if is_alone else None
        if state is None:
            return False
        # Before it is counted: one that cannot be counted holds up no other, and what is written meanwhile is counted again.
        SeenState.objects.filter(pk=state.pk).update(counted_at=timezone.now())
        # What the person looked at meanwhile is counted already.
        SeenState.objects.filter(pk=state.pk, at=state.at).update(**numbers(state))
        return True


def next_state() -> SeenState | None:
    now = timezone.now()
    moved = last_movement(now)
    is_behind = Q(counted_at__lt=midnight_before(now)) | (Q(counted_at__lt=moved + OVERLAP) if moved else Q(pk=None))
    due = SeenState.objects.filter(Q(counted_at=None) | Q(counted_at__lt=now - EVERY) & is_behind)
    state: SeenState | None = (
        due.select_related("question__corpus", "user").order_by(F("counted_at").asc(nulls_first=True), "pk").first()
    )
    return state


def midnight_before(now: datetime) -> datetime:
    """When days such as today-90 moved last."""
    return now.replace(hour=0, minute=0, second=0, microsecond=0)


def last_movement(now: datetime) -> datetime | None:
    """When something was last written that an answer may show: marks, articles, entities, decisions, judgements."""
    if Stale.objects.exists():
        return now
    written = EvidenceLog.objects.order_by("-number").values_list("at", flat=True).first()
    made = Judgement.objects.order_by("-at").values_list("at", flat=True).first()
    undone = Judgement.objects.exclude(undone_at=None).order_by("-undone_at").values_list("undone_at", flat=True).first()
    return max((moment for moment in (written, made, undone) if moment), default=None)


def numbers(state: SeenState) -> dict[str, int | None]:
    """What is new, changed and gone; unknown where the question cannot be asked any longer, or not by this person."""
    user: Any = state.user
    if not SavedQuestion.objects.for_user(user).filter(pk=state.question_id).exists():
        return UNKNOWN
    try:
        return news_of(state.question, user).counts
    except (AddressError, NotThere, TooBroad):
        return UNKNOWN


@contextmanager
def alone() -> Iterator[bool]:
    """Whether no other worker counts. The lock is the session's: an answer has a transaction of its own."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_try_advisory_lock({LOCK})")
        (is_alone,) = cursor.fetchone()
        try:
            yield is_alone
        finally:
            if is_alone:
                cursor.execute(f"SELECT pg_advisory_unlock({LOCK})")
