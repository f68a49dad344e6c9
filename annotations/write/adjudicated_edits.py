"""What a person edited in the annotator becomes decisions when the gold is submitted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.auth.models import User

from annotations.adjudication.groups import Group
from annotations.models import AdjudicationDecision, Change
from annotations.write.adjudication_state import AdjudicationState
from annotations.write.frozen_inputs import OUTCOME, fields_of


def record_edits(state: AdjudicationState, user: User) -> None:
    """A decision for what a person edited in the annotator: of a difference or agreed group it changed, of its own it was added."""
    gold = state.current
    edited = state.edited_ids
    if not edited:
        return
    newest = {str(edit.object_id): edit for edit in state.edits}
    own = [group for group in state.groups if not group.is_part and edited & set(gold.ids_at(group.location))]
    rows = [edit_row(state, group, [newest[pk] for pk in gold.ids_at(group.location) if pk in edited]) for group in own]
    of_groups = {pk for group in own for pk in gold.ids_at(group.location)}
    rows += [addition(edit) for pk, edit in newest.items() if pk in edited - of_groups and edit.after is not None]
    AdjudicationDecision.objects.bulk_create(
        AdjudicationDecision(
            adjudication=state.adjudication, position=position, revision=newest_revision(state.edits), user=user, **row
        )
        for position, row in enumerate(rows, start=len(state.decisions))
    )


def newest_revision(edits: Iterable[Change]) -> int:
    return max(edit.revision for edit in edits)


def edit_row(state: AdjudicationState, group: Group, edits: Sequence[Change]) -> dict[str, Any]:
    standing = state.standing.get(group.location)
    is_gone = all(edit.after is None for edit in edits)
    outcome = (
        {"outcome": OUTCOME.DROPPED} if is_gone else {"outcome": OUTCOME.CHANGED, "taken_id": standing and standing.taken_id}
    )
    return fields_of(group) | outcome | {"changes": [edit.pk for edit in edits]}


def addition(edit: Change) -> dict[str, Any]:
    parts = (edit.after or {}).get("fragments") or (edit.after or {}).get("content") or []
    start, end = (parts[0]["start"], parts[-1]["end"]) if parts else (0, 0)
    kind = {"span": "mark"}.get(edit.kind, edit.kind)
    layer = (edit.after or {}).get("layer", "")
    return {"kind": kind, "layer": layer, "start": start, "end": end, "outcome": OUTCOME.ADDED, "changes": [edit.pk]}
