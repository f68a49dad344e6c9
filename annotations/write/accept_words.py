"""Accept one reader in all undecided marks that differ in words only."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import transaction

from annotations.adjudication.contents import differs_in_words
from annotations.adjudication.groups import Group
from annotations.models import Adjudication, Assignment
from annotations.write.adjudicate import ACCEPT, DecisionDraft, decide
from annotations.write.adjudication_state import AdjudicationState

AT_ONCE = 100  # a page waits for them


def words_only(state: AdjudicationState) -> list[Group]:
    """Undecided marks of which the readers have chosen other words, and nothing else."""
    return [group for group in state.undecided if differs_in_words(group)]


@transaction.atomic
def accept_words(adjudication: Adjudication, user: Any, reader: str) -> int:
    """How many were accepted, each by a decision of its own. Raises a Refusal."""
    names = [str(group.location) for group in words_only(AdjudicationState(adjudication))[:AT_ONCE]]
    for name in names:
        base = Assignment.objects.values_list("revision", flat=True).get(pk=adjudication.gold_id)
        decide(adjudication, user, DecisionDraft(uuid.uuid4(), name, ACCEPT, base, reader))
    return len(names)
