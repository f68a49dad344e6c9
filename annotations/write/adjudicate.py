"""Adjudicate: make a gold of the submitted readings of a text, difference by difference."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import transaction

from annotations.adjudication.gold import Choices, Gold, changes_between
from annotations.adjudication.groups import Group
from annotations.adjudication.material import material_differences
from annotations.derived.document import derive
from annotations.derived.document_view import DocumentView
from annotations.guidelines.rulings import LabelledWords, ruling_against
from annotations.kinds import KINDS
from annotations.models import Adjudication, AdjudicationDecision, AdjudicationInput, Assignment, Change
from annotations.native.annotated import Annotated
from annotations.native.ids import derived
from annotations.schemes.fresh_view import fresh_view
from annotations.text.fragments import quote_of
from annotations.write.adjudication_state import FIELDS, OUTCOME, AdjudicationState, location_of
from annotations.write.apply import apply_changes
from annotations.write.errors import CannotAdjudicate, Closed, Conflict, Invalid, Malformed, NoBase, Reused
from annotations.write.inverse import inverse
from corpus.models import Document, Membership
from corpus.models.document import text_of

ACCEPT, DROP, MOST = "accepted", "dropped", "most"
STATUS, ROLE = Assignment.Status, Assignment.Role
MOST_READERS = 26


class DecisionDraft(NamedTuple):
    """What a person decides on a difference. `id` is the client's: to send it again changes nothing. `reader`: the letter of the reading
    whose version is taken. `base`: the revision of the gold that was read."""

    id: uuid.UUID
    difference: str
    outcome: str
    base: int | None
    reader: str = ""
    reason: str = ""
    note: str = ""


# Beginning


def readings_of(document: Document) -> list[Assignment]:
    """The submitted readings of a text. In the order of their ids, which tells nothing of who wrote them."""
    rows = Assignment.objects.filter(document=document, role=ROLE.ANNOTATION, status=STATUS.SUBMITTED)
    return list(rows.select_related("scheme").order_by("pk"))


@transaction.atomic
def start(document: Document, user: Any) -> tuple[Adjudication, bool]:
    """The adjudication of a text, and whether it is new. Raises CannotAdjudicate, PermissionDenied and what the write raises."""
    Document.objects.select_for_update(no_key=True).only("pk").get(pk=document.pk)
    check_adjudicator(document, user)
    if begun := Adjudication.objects.filter(gold__document=document).first():
        return begun, False
    readings = readings_of(document)
    check_readings(readings)
    gold = empty_gold(document, user, readings[0])
    made = Adjudication.objects.create(gold=gold, user=user)
    AdjudicationInput.objects.bulk_create(
        AdjudicationInput(adjudication=made, assignment=reading, revision=reading.revision, position=position)
        for position, reading in enumerate(readings)
    )
    state = AdjudicationState(made)
    made.material = material_names(state, readings, document)
    made.save(update_fields=["material"])
    take_agreed(state, user, OUTCOME.AUTO)
    return made, True


@transaction.atomic
def accept_reading(reading: Assignment, user: Any) -> Adjudication:
    """A gold of one reading, with a decision for all of it; not submitted yet. Raises CannotAdjudicate, PermissionDenied."""
    document = reading.document
    Document.objects.select_for_update(no_key=True).only("pk").get(pk=document.pk)
    check_adjudicator(document, user)
    if Adjudication.objects.filter(gold__document=document).exists():
        raise CannotAdjudicate("The text is being adjudicated already.")
    made = Adjudication.objects.create(gold=empty_gold(document, user, reading), user=user)
    AdjudicationInput.objects.create(adjudication=made, assignment=reading, revision=reading.revision, position=0)
    take_agreed(AdjudicationState(made), user, OUTCOME.ACCEPTED)
    return made


def check_adjudicator(document: Document, user: Any) -> None:
    document.corpus.require(user, Membership.Role.REVIEWER)
    if Assignment.objects.filter(document=document, annotator=user, role=ROLE.ANNOTATION).exists():
        raise PermissionDenied("You have annotated this text yourself. Ask another reviewer to adjudicate it.")


def check_readings(readings: Sequence[Assignment]) -> None:
    if len(readings) < 2:
        raise CannotAdjudicate("The text has fewer than two submitted readings. Ask another annotator to submit one.")
    if len(readings) > MOST_READERS:
        raise CannotAdjudicate(f"The text has more than {MOST_READERS} submitted readings. Return some of them.")
    if len({reading.scheme_id for reading in readings}) > 1:
        raise CannotAdjudicate("The readings use different versions of the scheme. Return those of the older version.")


def empty_gold(document: Document, user: Any, reading: Assignment) -> Assignment:
    gold, is_new = Assignment.objects.exclude(status=STATUS.DELETED).get_or_create(
        document=document, role=ROLE.ADJUDICATION, defaults={"annotator": user, "scheme": reading.scheme}
    )
    if not is_new and (gold.revision or gold.status == STATUS.SUBMITTED):
        raise CannotAdjudicate("The text has a gold with annotations already. Correct them in that gold in the annotator.")
    if gold.annotator_id != user.pk:
        raise CannotAdjudicate(f"{gold.annotator} has begun a gold of this text: ask them to adjudicate it.")
    if gold.scheme_id != reading.scheme_id:
        raise CannotAdjudicate("The empty gold of this text uses another version of the scheme than its readings.")
    return gold


def material_names(state: AdjudicationState, readings: Sequence[Assignment], document: Document) -> list[str]:
    text, scheme = text_of(document.pk), fresh_view(readings[0].scheme)
    views = [DocumentView(Annotated(derive(dict(view.native), scheme, text), text, scheme)) for view in state.alignment.readings]
    return sorted(map(str, material_differences(state.alignment, state.groups, views)))


def take_agreed(state: AdjudicationState, user: Any, outcome: str) -> None:
    """All that the readings agree in, in one batch, with a decision for each group."""
    gold, assignment = state.current, state.adjudication.gold
    changes = changes_between({}, gold.objects, set(), "start", assignment.pk)
    revision = write(assignment, user, changes)
    change_of = {change["object"]["id"]: uuid.UUID(change["id"]) for change in changes}
    agreed = [group for group in state.groups if group.is_agreed]
    AdjudicationDecision.objects.bulk_create(
        AdjudicationDecision(
            adjudication=state.adjudication,
            position=position,
            **fields_of(group),
            outcome=outcome,
            taken=state.inputs[group.first],
            changes=[change_of[pk] for pk in gold.ids_at(group.location) if pk in change_of],
            revision=revision,
            user=user,
        )
        for position, group in enumerate(agreed)
    )


def fields_of(group: Group) -> dict[str, Any]:
    return dict(zip(FIELDS, group.location, strict=True))


def write(gold: Assignment, user: Any, changes: list[dict[str, Any]]) -> int:
    """The revision of the gold afterwards. What the readings say is taken as it is, so that nothing is read from the words once more."""
    gold.refresh_from_db(fields=["revision", "status"])
    return apply_changes(gold, user, gold.revision, changes, loading=True).revision if changes else gold.revision


# Deciding


@transaction.atomic
def decide(adjudication: Adjudication, user: Any, draft: DecisionDraft) -> AdjudicationDecision:
    """Take a version into the gold or drop it, and say so, in one transaction. Raises a Refusal."""
    gold = locked_gold(adjudication)
    if before := AdjudicationDecision.objects.filter(pk=draft.id).first():
        return repeated(before, adjudication, draft)
    check_open(gold)
    state = AdjudicationState(adjudication)
    group = state.by_name.get(draft.difference)
    if group is None or group not in state.differences:
        raise Invalid("The adjudication has no such difference. Reload the page.")
    check_base(state, group, draft.base, gold)
    number = number_of(draft, group, state)
    changes = changes_to(state, {**state.choices, group.location: number}, f"decision/{draft.id}")
    revision = write(gold, user, changes)
    return AdjudicationDecision.objects.create(
        id=draft.id,
        adjudication=adjudication,
        position=len(state.decisions),
        **fields_of(group),
        outcome=OUTCOME.DROPPED if number is None else OUTCOME.ACCEPTED,
        taken=None if number is None else state.inputs[number],
        reason=draft.reason,
        note=draft.note,
        against=None if number is None else ruling_against(adjudication.gold.document.corpus_id, labelled_words(group, number)),
        changes=[uuid.UUID(change["id"]) for change in changes],
        revision=revision,
        user=user,
    )


def labelled_words(group: Group, number: int) -> list[LabelledWords]:
    """The marks of a version, each with its words as a ruling quotes them."""
    version = group.versions[number]
    marks = [record for record in (version.objects if version else ()) if record.get("label") and record.get("fragments")]
    return [LabelledWords(f"{mark['layer']}.{mark['label']}", quote_of(mark["fragments"])) for mark in marks]


def locked_gold(adjudication: Adjudication) -> Assignment:
    return Assignment.objects.select_for_update().get(pk=adjudication.gold_id)


def check_open(gold: Assignment) -> None:
    if gold.status == STATUS.SUBMITTED:
        raise Closed("The gold is submitted. Reopen it to make decisions.")


def repeated(before: AdjudicationDecision, adjudication: Adjudication, draft: DecisionDraft) -> AdjudicationDecision:
    same = before.adjudication_id == adjudication.pk and str(location_of(before)) == draft.difference
    if not same or (before.reason, before.note) != (draft.reason, draft.note):
        raise Reused("The id of the decision was already used for another one.")
    return before


def number_of(draft: DecisionDraft, group: Group, state: AdjudicationState) -> int | None:
    """The reading whose version is taken; None: it is dropped, as by a reader who has nothing there. Raises Malformed and Invalid."""
    if draft.outcome == DROP:
        return None
    if draft.outcome == MOST:
        if group.most is None:
            raise Invalid("The readings are even: take the version of one of them.")
        number: int | None = group.most
    else:
        number = next((each.position for each in state.inputs if each.letter == draft.reader), None)
        if number is None:
            raise Malformed("`reader` should be the letter of a reading.")
    if number is not None and group.is_part and not group.versions[number]:
        raise Invalid(f"Reader {state.inputs[number].letter} has no such {group.location.whole.kind}: take another version.")
    return number if number is not None and group.versions[number] else None


def check_base(state: AdjudicationState, group: Group, base: int | None, gold: Assignment) -> None:
    """Raises Conflict where somebody has decided on the difference, or edited what is in the gold of it, since `base`."""
    if base is None:
        raise NoBase("`base` is missing: give the revision of the gold that the decision is based on.")
    if base > gold.revision:
        raise Malformed(f"`base` {base} is ahead of the gold, which is at revision {gold.revision}.")
    last = max((each.revision for each in state.decisions if location_of(each) == group.location), default=0)
    ids = state.current.ids_at(group.location)
    edited = [edit.revision for edit in state.edits if str(edit.object_id) in ids]
    if max([last, *edited]) > base:
        raise Conflict(gold.revision, [])


def changes_to(state: AdjudicationState, choices: Choices, batch: str) -> list[dict[str, Any]]:
    before = state.current
    ids_by_kind: dict[str, list[str]] = {}
    for kind, pk in before.objects:
        ids_by_kind.setdefault(kind, []).append(pk)
    space = state.adjudication.gold_id
    present = {
        str(pk)
        for kind, ids in ids_by_kind.items()
        for pk in KINDS[kind].MODEL.objects.filter(pk__in=ids).values_list("pk", flat=True)
    }
    gone = {pk for _, pk in before.objects} - present
    after = Gold(state.alignment, state.groups, choices, space, gone)
    return changes_between(before.objects, after.objects, present, batch, space)


@transaction.atomic
def undo(adjudication: Adjudication, user: Any, pk: uuid.UUID) -> AdjudicationDecision:
    """Take the last decision back, by the inverse of its batch. `pk`: of the row that says so. Raises a Refusal."""
    gold = locked_gold(adjudication)
    if before := AdjudicationDecision.objects.filter(pk=pk, adjudication=adjudication, outcome=OUTCOME.UNDONE).first():
        return before
    check_open(gold)
    state = AdjudicationState(adjudication)
    last = state.last
    if last is None:
        raise Invalid("No decision to undo.")
    changes = list(Change.objects.filter(pk__in=last.changes))
    if state.edited_ids & {str(change.object_id) for change in changes}:
        raise Conflict(gold.revision, [])
    back = inverse(changes, lambda change: derived(gold.pk, f"undo/{pk}/{change.pk}"))
    revision = write(gold, user, back)
    return AdjudicationDecision.objects.create(
        id=pk,
        adjudication=adjudication,
        position=len(state.decisions),
        **{field: getattr(last, field) for field in FIELDS},
        outcome=OUTCOME.UNDONE,
        undoes=last,
        changes=[uuid.UUID(change["id"]) for change in back],
        revision=revision,
        user=user,
    )


# Submitting


def record_edits(state: AdjudicationState, user: Any) -> None:
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
    outcome = {"outcome": OUTCOME.DROPPED} if is_gone else {"outcome": OUTCOME.CHANGED, "taken": standing and standing.taken}
    return fields_of(group) | outcome | {"changes": [edit.pk for edit in edits]}


def addition(edit: Change) -> dict[str, Any]:
    parts = (edit.after or {}).get("fragments") or (edit.after or {}).get("content") or []
    start, end = (parts[0]["start"], parts[-1]["end"]) if parts else (0, 0)
    kind = {"span": "mark"}.get(edit.kind, edit.kind)
    layer = (edit.after or {}).get("layer", "")
    return {"kind": kind, "layer": layer, "start": start, "end": end, "outcome": OUTCOME.ADDED, "changes": [edit.pk]}
