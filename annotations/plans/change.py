"""Plans are made, paused, resumed and finished by managers; each change is in the history."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from annotations.models import Plan, PlanPerson
from annotations.notices.events import notify_of_plan
from annotations.plans.people import NAME_TAKEN, described
from corpus.edits.history import EditError, lock_corpus, record
from corpus.models import Corpus, Edit

State = Plan.State
NEXT_STATES = {State.RUNNING: (State.PAUSED, State.DONE), State.PAUSED: (State.RUNNING, State.DONE)}

STATES_BY_ACT = {"pause": State.PAUSED, "resume": State.RUNNING, "finish": State.DONE}


@transaction.atomic
def create_plan(corpus: Corpus, values: dict[str, Any], people: Mapping[Any, int | None], by: User) -> Plan:
    """A draft. `people`: accounts with their weights. Raises EditError for a name that another plan of the corpus has."""
    locked = lock_corpus(corpus, by)
    if values["readings"] == 1:
        values = values | {"share": 0}
    try:
        with transaction.atomic():
            plan = Plan.objects.create(corpus=locked, created_by=by, **values)
    except IntegrityError as error:
        if "plan_name_once" not in str(error):
            raise
        raise EditError(NAME_TAKEN) from error
    PlanPerson.objects.bulk_create(PlanPerson(plan=plan, user=user, weight=weight) for user, weight in people.items())
    after = {name: str(value) for name, value in values.items() if value}
    record(locked, Edit.Kind.PLAN, plan, None, after | {"people": described(plan)["people"]}, by)
    return plan


@transaction.atomic
def change_state(plan: Plan, state: str, by: User) -> Plan:
    """Pause, resume or finish. Raises EditError for a step that there is not."""
    corpus = lock_corpus(plan.corpus, by)
    locked = Plan.objects.select_for_update().get(pk=plan.pk)
    if locked.state == state:
        return locked
    if state not in NEXT_STATES.get(State(locked.state), ()):
        raise EditError(f"The plan is {locked.get_state_display()}: it cannot become {State(state).label}.")
    before, locked.state = locked.state, state
    locked.revision += 1
    locked.save(update_fields=["state", "revision"])
    record(corpus, Edit.Kind.PLAN, locked, {"state": before}, {"state": state}, by)
    if state == State.DONE:
        notify_of_plan(locked, by)
    return locked


@transaction.atomic
def delete_draft(plan: Plan, by: User) -> None:
    """Raises EditError for a plan that has started."""
    corpus = lock_corpus(plan.corpus, by)
    locked = Plan.objects.select_for_update().get(pk=plan.pk)
    if locked.state != State.DRAFT:
        raise EditError("The plan has started. Finish it instead.")
    record(corpus, Edit.Kind.PLAN, locked, {"state": "draft"}, None, by)
    locked.delete()
