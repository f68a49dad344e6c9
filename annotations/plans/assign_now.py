"""A manager fills up everybody's articles in progress out of a running plan, in turns, as if each had asked for the next."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from annotations.models import Plan, PlanPerson, TeamSettings
from annotations.notices.events import notify_of_assignment
from annotations.plans.take import free_text, open_readings, open_text
from annotations.practice.results import qualification
from corpus.edits.history import EditError
from corpus.models import Membership


@transaction.atomic
def assign_now(plan: Plan, by: Any) -> dict[str, int]:
    """User name → how many articles, for each of its people who may have one more. Each is notified. Raises EditError.

    Nobody gets more than the limit of articles in progress, and who has tests to pass gets none: these they take themselves.
    """
    plan = Plan.objects.select_related("corpus").select_for_update(of=("self",), no_key=True).get(pk=plan.pk)
    if plan.state != Plan.State.RUNNING:
        raise EditError("The plan does not run: start or resume it first.")
    settings, counts = TeamSettings.of(plan.corpus), dict[Membership, int]()
    rooms = {member: settings.open_at_once - open_readings(member.user, plan.corpus).count() for member in people(plan, settings)}
    while rooms := {member: room for member, room in rooms.items() if room > 0}:
        for member in list(rooms):
            text = free_text(plan, member, [])
            rooms[member] = rooms[member] - 1 if text else 0
            if text:
                open_text(text, plan, member.user)
                counts[member] = counts.get(member, 0) + 1
    for member, count in counts.items():
        notify_of_assignment(member.user, plan.corpus, count, by)
    return {member.user.username: count for member, count in counts.items()}


def people(plan: Plan, settings: TeamSettings) -> list[Membership]:
    """Members who annotate, for whom the plan is, locked as when they take an article themselves."""
    rows = Membership.objects.filter(corpus=plan.corpus_id, role__in=Membership.Role.from_rank("annotator"))
    named = PlanPerson.objects.filter(plan=plan).values("user")
    rows = rows.filter(user__in=named) if named.exists() else rows
    rows = rows.filter(paused=False, user__is_active=True).select_for_update(of=("self",), no_key=True)
    members = rows.select_related("user", "corpus").order_by("pk")
    return [member for member in members if qualification(member.user, plan.corpus, member.role, settings).is_reached]
