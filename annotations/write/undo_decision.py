"""Take the last decision of an adjudication back, or all that were made with it in one act."""

from __future__ import annotations

import uuid
from itertools import chain

from django.contrib.auth.models import User
from django.db import transaction

from annotations.models import Adjudication, AdjudicationDecision, Change
from annotations.native.ids import derived
from annotations.write.adjudicate import check_open, locked_state, write
from annotations.write.errors import Conflict, Invalid
from annotations.write.frozen_inputs import FIELDS, OUTCOME
from annotations.write.inverse import inverse


@transaction.atomic
def undo(adjudication: Adjudication, user: User, pk: uuid.UUID, decisions: int | None = None) -> AdjudicationDecision:
    """By the inverse of its batch. `pk`: of the row that says so, which is answered; `decisions`: how many there were when it was read
    which one is the last. Raises a Refusal."""
    gold, before, state, *_ = locked_state(adjudication, pk)
    if before and (before.adjudication_id, before.outcome) == (adjudication.pk, OUTCOME.UNDONE):
        return before
    check_open(gold)
    last = state.last
    if last is None:
        raise Invalid("No decision to undo.")
    act = state.act_of(last)
    changes = list(Change.objects.filter(pk__in=chain.from_iterable(each.changes for each in act)))
    is_another = decisions not in (None, len(state.decisions))
    if is_another or state.edited_ids & {str(change.object_id) for change in changes}:
        raise Conflict(gold.revision, [])
    back = inverse(changes, lambda change: derived(gold.pk, f"undo/{pk}/{change.pk}"))
    revision = write(gold, user, back)
    made = [
        AdjudicationDecision(
            id=derived(pk, str(each.pk)) if position else pk,
            adjudication=adjudication,
            position=len(state.decisions) + position,
            **{field: getattr(each, field) for field in FIELDS},
            outcome=OUTCOME.UNDONE,
            undoes=each,
            together=pk if last.together else None,
            changes=[] if position else [uuid.UUID(change["id"]) for change in back],
            revision=revision,
            user=user,
        )
        for position, each in enumerate(act)
    ]
    return AdjudicationDecision.objects.bulk_create(made)[0]
