"""Look at what was drawn of the groups in which all readers agree, and say that it is right.

What is wrong is dropped like a difference, or changed in the annotator.
"""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction

from annotations.models import Adjudication, AdjudicationDecision
from annotations.write.adjudicate import DecisionDraft, check_base, check_open, locked_state, repeated
from annotations.write.errors import Invalid
from annotations.write.frozen_inputs import OUTCOME, fields_of

LOOKED = str(OUTCOME.LOOKED)


@transaction.atomic
def look_at(adjudication: Adjudication, user: User, draft: DecisionDraft) -> AdjudicationDecision:
    """Raises a Refusal."""
    gold, before, state, *_ = locked_state(adjudication, draft.id)
    if before:
        return repeated(before, adjudication, draft)
    check_open(gold)
    group = state.by_name.get(draft.difference)
    if group is None or group not in state.looks:
        raise Invalid("It was not drawn for a look. Reload the page.")
    check_base(state, group, draft, gold)
    return AdjudicationDecision.objects.create(
        id=draft.id,
        adjudication=adjudication,
        position=len(state.decisions),
        **fields_of(group),
        outcome=OUTCOME.LOOKED,
        taken=state.inputs[group.first],
        reason=draft.reason,
        note=draft.note,
        revision=gold.revision,
        user=user,
    )
