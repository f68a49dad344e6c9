"""A draft or a plan in use gets another name, another due date, or other people; readings follow, and people are notified."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from annotations.assign import lock, move
from annotations.models import Assignment, Plan, PlanPerson, Transition
from annotations.notices.events import notify_of_another_date, notify_of_joining, notify_of_lapse
from corpus.edits.history import EditError, lock_corpus, record
from corpus.models import Edit

Weights = Mapping[Any, int | None]  # account → weight
STATUS = Assignment.Status
NAME_TAKEN = "Another plan of this corpus has this name."


class PlanConflict(EditError):
    """Somebody else has changed the plan meanwhile. `revision`: as it is."""

    def __init__(self, revision: int) -> None:
        self.revision = revision
        super().__init__("Somebody else has changed the plan meanwhile. Reload the page, then change it.")


@transaction.atomic
def change_plan(plan: Plan, revision: int, values: Mapping[str, Any], people: Weights | None, by: User) -> Plan:
    """Another `name` or `due` in `values`, and other people: all of them; None: as they are. `revision`: of the plan that was read. Raises
    PlanConflict where it is another one by now, and EditError.

    All that changes a plan holds the corpus first, so the plan is read without a lock: whoever submits holds the text and waits for the plan.
    """
    corpus = lock_corpus(plan.corpus, by)
    current = Plan.objects.get(pk=plan.pk)
    if current.revision != revision:
        raise PlanConflict(current.revision)
    if current.state == Plan.State.DONE:
        raise EditError("The plan is done. Make another one.")
    before = described(current)
    joined = set_people(current, people) if people is not None else []
    for name, value in values.items():
        setattr(current, name, value)
    after = described(current)
    changed = [name for name in after if before[name] != after[name]]
    if not changed:
        return current
    if "people" in changed:
        free_untouched(current, by)
    if "due" in changed:
        move_dates(current, date.fromisoformat(before["due"]) if before["due"] else None, by)
    store(current)
    old, new = ({name: each[name] for name in changed} for each in (before, after))
    record(corpus, Edit.Kind.PLAN, current, old, new, by)
    if current.state != Plan.State.DRAFT:
        notify_of_joining(current, joined, by)
    return current


def described(plan: Plan) -> dict[str, Any]:
    """As the history shows it."""
    people = plan.people.order_by("user__username").values_list("user__username", "weight")
    return {"name": plan.name, "due": plan.due and plan.due.isoformat(), "people": [in_words(*each) for each in people]}


def in_words(name: str, weight: int | None) -> str:
    return name if weight is None else f"{name} (weight {weight})"


def set_people(plan: Plan, people: Weights) -> list[int]:
    """Who may take articles of it from now on and could not before. A plan without people is for all."""
    present = {person.user_id: person for person in plan.people.all()}
    wanted = {account.pk: weight for account, weight in people.items()}
    plan.people.exclude(user__in=wanted).delete()
    PlanPerson.objects.bulk_create(PlanPerson(plan=plan, user_id=pk, weight=wanted[pk]) for pk in wanted if pk not in present)
    for pk, person in present.items():
        if pk in wanted and person.weight != wanted[pk]:
            plan.people.filter(user=pk).update(weight=wanted[pk])
    return [pk for pk in wanted if present and pk not in present]


def free_untouched(plan: Plan, by: User) -> None:
    """Readings in which nothing was written, of those for whom the plan is no longer, give their places away. What was begun stays."""
    people = plan.people.order_by().values("user")
    if not people.exists():
        return
    rows = open_readings(plan).filter(revision=0).exclude(annotator__in=people)
    for reading in rows.only("document").order_by("document", "pk"):
        locked = lock(reading)
        if locked.status == STATUS.OPEN and not locked.revision:
            move(locked, Transition.Kind.LAPSED, by)
            notify_of_lapse(locked)


def move_dates(plan: Plan, before: date | None, by: User) -> None:
    """Readings that had the date of the plan get the new one, unless they are submitted."""
    rows = Assignment.objects.filter(plan=plan, status__in=[STATUS.OPEN, STATUS.LAPSED, STATUS.SKIPPED])
    rows = rows.filter(due=before) if before else rows.filter(due=None)
    people = set(rows.filter(status=STATUS.OPEN).order_by().values_list("annotator", flat=True))
    rows.update(due=plan.due)
    notify_of_another_date(plan.corpus_id, people, by, plan=plan.pk)


def open_readings(plan: Plan) -> QuerySet[Assignment]:
    return Assignment.objects.filter(plan=plan, status=STATUS.OPEN)


def store(plan: Plan) -> None:
    """Raises EditError for a name that another plan of the corpus has."""
    plan.revision += 1
    try:
        with transaction.atomic():
            plan.save(update_fields=["name", "due", "revision"])
    except IntegrityError as error:
        if "plan_name_once" not in str(error):
            raise
        raise EditError(NAME_TAKEN) from error
