"""Include readings that were submitted after an adjudication began. They add differences; what was decided stays."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from annotations.models import Adjudication, AdjudicationInput, Assignment
from annotations.write.adjudicate import MOST_READERS, check_open, material_names, readings_of
from annotations.write.adjudication_state import AdjudicationState
from annotations.write.errors import CannotAdjudicate
from corpus.models import Document


@transaction.atomic
def include_later_readings(adjudication: Adjudication, user: User) -> int:
    """How many readings. Each is frozen as it is now. Raises Closed and CannotAdjudicate."""
    document = Document.objects.select_for_update(no_key=True).only("pk").get(pk=adjudication.gold.document_id)
    gold = Assignment.objects.select_for_update(of=("self",)).get(pk=adjudication.gold_id)
    check_open(gold)
    inputs = set(adjudication.inputs.values_list("assignment", flat=True))
    late = [reading for reading in readings_of(document) if reading.pk not in inputs]
    if not late:
        return 0
    if any(reading.scheme_id != gold.scheme_id for reading in late):
        raise CannotAdjudicate("The later readings use another version of the scheme than the gold. Return them.")
    if len(inputs) + len(late) > MOST_READERS:
        raise CannotAdjudicate(f"An adjudication has at most {MOST_READERS} readings. Return some of them.")
    now = timezone.now()
    AdjudicationInput.objects.bulk_create(
        AdjudicationInput(
            adjudication=adjudication, assignment=reading, revision=reading.revision, position=position, at=now, user=user
        )
        for position, reading in enumerate(late, start=len(inputs))
    )
    state = AdjudicationState(adjudication)
    adjudication.material = sorted({*adjudication.material, *material_names(state, late, document)})
    adjudication.save(update_fields=["material"])
    return len(late)
