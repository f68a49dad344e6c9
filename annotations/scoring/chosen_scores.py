"""Scores that a report is of, as a query; and a digest of them whose SQL is built once for each form of the filters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC
from functools import cache
from typing import Any

from django.contrib.auth.models import User
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Greatest, TruncDate

from annotations.models import Assignment, PairScore
from annotations.models.assignment import PEOPLE
from annotations.queries.chosen_articles import ChosenArticles
from annotations.scoring.score_rows import AGAIN, EACH, GOLD
from corpus.db.compiled_queries import AmongSlot, RepeatedRows, Slot

# The roles of the left reading and of the right one.
ROLES = {
    EACH: (Assignment.Role.ANNOTATION, Assignment.Role.ANNOTATION),
    GOLD: (Assignment.Role.ADJUDICATION, Assignment.Role.ANNOTATION),
    AGAIN: (Assignment.Role.ANNOTATION, Assignment.Role.REREADING),
}
STAMPED = (
    "id", "left_id", "right_id", "left_revision", "right_revision", "at", "right__document__article_id",
    "right__document__article__title", "left__annotator_id", "right__annotator_id", "left__submitted", "right__submitted",
)  # fmt: skip
DIGEST = "SELECT count(*), bit_xor(hashtextextended(r::text, 0)), sum(hashtextextended(r::text, 1)) FROM ({}) r"


@dataclass(frozen=True)
class ScoreForm:
    """`readers`: pairs of any, of the one reader, or among several; `articles`: with values, or with slots for them."""

    against: str
    readers: int
    articles: ChosenArticles
    has_since: bool
    has_until: bool


def chosen_scores(user: User, form: ScoreForm, values: Mapping[str, Any]) -> QuerySet[PairScore]:
    """`values`: of `keys`, `readers`, `since` and `until`, each a value or a slot."""
    rows = PairScore.objects.for_user(user).filter(form.articles.of_texts("right__document"), AmongSlot(F("pk"), values["keys"]))
    left, right = ROLES[form.against]
    rows = rows.filter(left__role=left, right__role=right)
    if form.readers:
        sides = [Q(AmongSlot(F(f"{side}__annotator"), values["readers"])) for side in ("left", "right")]
        both = sides[0] & sides[1] if form.readers > 1 else sides[0] | sides[1]
        rows = rows.filter(sides[1] if form.against == GOLD else both)
    # Against the gold the reading decides, as in `week_of`.
    later = F("right__submitted") if form.against == GOLD else Greatest("left__submitted", "right__submitted")
    if form.has_since or form.has_until:
        rows = rows.alias(day=TruncDate(later, tzinfo=UTC))
    if form.has_since:
        rows = rows.filter(Q(day__gte=values["since"]))
    if form.has_until:
        rows = rows.filter(Q(day__lte=values["until"]))
    return rows.order_by("pk")


def digest_of(user: User, form: ScoreForm, values: Mapping[str, Any]) -> tuple[Any, ...]:
    """Of rows as the database has them, without fetching them."""
    if not user.is_active:
        return ()
    rows = digests(replace(form, articles=form.articles.slots()), is_superuser=user.is_superuser)
    return rows.planned_anew(user=user.pk, **form.articles.values(), **values)[0]


@cache
def digests(form: ScoreForm, *, is_superuser: bool) -> RepeatedRows:
    slots = {name: Slot(name) for name in ("keys", "readers", "since", "until")}
    return RepeatedRows(lambda: chosen_scores(PEOPLE[is_superuser], form, slots).values(*STAMPED), DIGEST)
