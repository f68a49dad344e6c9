"""What running plans offer somebody: asked in one round trip, behind the lock that lets a person take one article at a time."""

from __future__ import annotations

from typing import NamedTuple

from django.contrib.auth.models import User
from django.db.models import F

from annotations.models import Plan, TeamSettings
from corpus.db.compiled_queries import Repeated, Slot
from corpus.db.round_trip import round_trip
from corpus.models import Corpus, Membership


class PlanOffer(NamedTuple):
    """`teaches`: whether the plan has practice or test articles; `in_progress`: open readings of the member in its corpus."""

    plan: Plan
    member: Membership
    settings: TeamSettings
    teaches: bool
    is_for_member: bool
    has_weight: bool
    in_progress: int


MEMBERS = Repeated(
    lambda: (
        Membership.objects.filter(user=Slot("user"), role__in=Membership.Role.from_rank("annotator"))
        .select_for_update(of=("self",), no_key=True)
        .select_related("corpus")
        .order_by("pk")
    )
)
# What is due first.
RUNNING = Repeated(
    lambda: (
        Plan.objects.running()
        .filter(corpus__memberships__user=Slot("user"))
        .select_related("corpus")
        .order_by(F("due").asc(nulls_last=True), "pk")
    )
)
SETTINGS = Repeated(lambda: TeamSettings.objects.filter(corpus__memberships__user=Slot("user")).order_by())
FACTS = """SELECT p.id, EXISTS (SELECT FROM annotations_practicearticle t WHERE t.plan_id = p.id),
    own.id IS NOT NULL OR NOT EXISTS (SELECT FROM annotations_planperson o WHERE o.plan_id = p.id), own.weight IS NOT NULL,
    (SELECT count(*) FROM annotations_assignment a JOIN corpus_document d ON d.id = a.document_id
        WHERE a.annotator_id = $1 AND a.status = 'open' AND a.role = 'annotation' AND d.corpus_id = p.corpus_id)
FROM annotations_plan p JOIN corpus_membership m ON m.corpus_id = p.corpus_id AND m.user_id = $1
LEFT JOIN annotations_planperson own ON own.plan_id = p.id AND own.user_id = $1 WHERE p.state = 'running'"""


def offers_of(user: User, corpus: Corpus | None) -> tuple[list[Membership], list[PlanOffer]]:
    """The memberships in which somebody annotates, locked until the transaction ends; and what plans offer to those that are not paused."""
    values = {"user": user.pk}
    asked = [each.statement(**values) for each in (MEMBERS, RUNNING, SETTINGS)]
    locked, running, stored, facts = round_trip([*asked, (FACTS, [user.pk])])
    members = [each for each in MEMBERS.all_made(locked) if corpus is None or each.corpus_id == corpus.pk]
    by_corpus = {each.corpus_id: each for each in members if not each.paused}
    settings = {each.corpus_id: each for each in SETTINGS.all_made(stored)}
    of_plan = {pk: rest for pk, *rest in facts}
    plans = [plan for plan in RUNNING.all_made(running) if plan.corpus_id in by_corpus and plan.pk in of_plan]
    return members, [
        PlanOffer(
            plan, by_corpus[plan.corpus_id], settings.get(plan.corpus_id) or TeamSettings(corpus=plan.corpus), *of_plan[plan.pk]
        )
        for plan in plans
    ]
