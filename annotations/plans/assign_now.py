"""A manager fills up everybody's articles in progress out of a running plan, in turns, as if each had asked for the next."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction

from annotations.models import Assignment, Plan, PlanPerson, TeamSettings
from annotations.notices.events import notify_of_assignment
from annotations.plans.batches import record_assigned
from annotations.plans.take import free_text, open_readings, open_text
from annotations.practice.results import qualification
from corpus.edits.history import EditError
from corpus.models import Document, Edit, Membership


class AssignedNow(NamedTuple):
    """`counts`: user name → how many articles; `batch`: under which they are taken back, None where there are none."""

    counts: dict[str, int]
    batch: UUID | None


@transaction.atomic
def assign_now(plan: Plan, by: User) -> AssignedNow:
    """An article for each of its people who may have one more, in turns. Each is notified. Raises EditError.

    Nobody gets more than the limit of articles in progress, and who has tests to pass gets none: these they take themselves.
    """
    plan = Plan.objects.select_related("corpus").select_for_update(of=("self",), no_key=True).get(pk=plan.pk)
    if plan.state != Plan.State.RUNNING:
        raise EditError("The plan does not run: start or resume it first.")
    settings, opened = TeamSettings.of(plan.corpus), dict[Membership, list[Assignment]]()
    rooms = {member: settings.open_at_once - open_readings(member.user, plan.corpus).count() for member in people(plan, settings)}
    while rooms := {member: room for member, room in rooms.items() if room > 0}:
        for member in list(rooms):
            text = free_text(plan, member, [])
            rooms[member] = rooms[member] - 1 if text else 0
            if text:
                opened.setdefault(member, []).append(open_text(text, plan, member.user, settings))
    for member, readings in opened.items():
        notify_of_assignment(member.user, plan.corpus, len(readings), by)
    counts = {member.user.username: len(readings) for member, readings in opened.items()}
    return AssignedNow(counts, record(plan, [each for readings in opened.values() for each in readings], by) if opened else None)


def record(plan: Plan, readings: list[Assignment], by: User) -> UUID:
    texts = [reading.document_id for reading in readings]
    titles = dict(Document.objects.filter(pk__in=texts).values_list("pk", "article__title"))
    return record_assigned(plan.corpus, [(reading, titles[reading.document_id]) for reading in readings], by)


def last_batch(plan: Plan) -> UUID | None:
    """The newest one with a reading that can be taken back."""
    rows = Assignment.objects.filter(plan=plan, status=Assignment.Status.OPEN, revision=0)
    keys = [str(pk) for pk in rows.values_list("pk", flat=True)]
    edits = Edit.objects.filter(corpus=plan.corpus_id, kind=Edit.Kind.READING, object__in=keys, undoes=None, undone_by=None)
    return edits.exclude(batch=None).order_by("-id").values_list("batch", flat=True).first()


def people(plan: Plan, settings: TeamSettings) -> list[Membership]:
    """Members who annotate, for whom the plan is, locked as when they take an article themselves."""
    rows = Membership.objects.filter(corpus=plan.corpus_id, role__in=Membership.Role.from_rank("annotator"))
    named = PlanPerson.objects.filter(plan=plan).values("user")
    rows = rows.filter(user__in=named) if named.exists() else rows
    rows = rows.filter(paused=False, user__is_active=True).select_for_update(of=("self",), no_key=True)
    members = rows.select_related("user", "corpus").order_by("pk")
    return [member for member in members if qualification(member.user, plan.corpus, member.role, settings).is_reached]
