"""Adjudicate: make a gold of the submitted readings of a text, difference by difference."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from annotations.adjudication.gold import Choices, changes_between
from annotations.adjudication.groups import Group
from annotations.adjudication.look import drawn
from annotations.adjudication.material import material_differences
from annotations.guidelines.carried import DONE
from annotations.guidelines.rulings import RULED, LabelledWords, ruling_against
from annotations.models import (
    Adjudication,
    AdjudicationDecision,
    AdjudicationInput,
    Assignment,
    Move,
    PlanArticle,
    Ruling,
)
from annotations.schemes.fresh_view import fresh_view
from annotations.text.fragments import quote_of
from annotations.write.adjudication_state import AdjudicationState
from annotations.write.apply import LOCKED, apply_changes, apply_with
from annotations.write.errors import CannotAdjudicate, Closed, Conflict, Invalid, Malformed, NoBase, Reused
from annotations.write.frozen_inputs import OUTCOME, fields_of, location_of
from annotations.write.present import there_are
from corpus.db.compiled_queries import Repeated, Slot
from corpus.db.row_writer import Statements
from corpus.db.unhurried import unhurried
from corpus.models import Document, Membership
from corpus.models.document import text_of

ACCEPT, DROP, MOST = "accepted", "dropped", "most"
STATUS, ROLE = Assignment.Status, Assignment.Role
MOST_READERS = 26
SEEDS = 2**31


class DecisionDraft(NamedTuple):
    """What a person decides on a difference. `id` is the client's: to send it again changes nothing. `reader`: the letter of the reading
    whose version is taken. `base`: the revision of the gold that was read; `decisions`: how many there were then, for a decision may
    leave the gold as it is."""

    id: uuid.UUID
    difference: str
    outcome: str
    base: int | None
    reader: str = ""
    reason: str = ""
    note: str = ""
    decisions: int | None = None


# Beginning


def readings_of(document: Document) -> list[Assignment]:
    """The submitted readings of a text. In the order of their ids, which tells nothing of who wrote them."""
    rows = Assignment.objects.filter(document=document, role=ROLE.ANNOTATION, status=STATUS.SUBMITTED)
    return list(rows.select_related("scheme").order_by("pk"))


@unhurried()  # of many marks it works for seconds between two statements
def start(document: Document, user: User, reason: str = "") -> tuple[Adjudication, bool]:
    """The adjudication of a text, and whether it is new. `reason`: of a beginning with fewer readings than planned. Raises
    CannotAdjudicate, PermissionDenied and what the write raises."""
    Document.objects.select_for_update(no_key=True).only("pk").get(pk=document.pk)
    check_adjudicator(document, user)
    if begun := Adjudication.objects.filter(gold__document=document).first():
        return begun, False
    readings = readings_of(document)
    check_readings(readings)
    is_early = len(readings) < (needed := PlanArticle.needed_of(document))
    if is_early and not reason.strip():
        raise CannotAdjudicate(
            f"{len(readings)} of {needed} planned readings are submitted. Wait for the others, or give a reason."
        )
    gold = empty_gold(document, user, readings[0])
    made = Adjudication.objects.create(gold=gold, user=user, reason=reason.strip() if is_early else "")
    AdjudicationInput.objects.bulk_create(
        AdjudicationInput(adjudication=made, assignment=reading, revision=reading.revision, position=position)
        for position, reading in enumerate(readings)
    )
    state = AdjudicationState(made)
    made.material, made.seed = material_names(state, readings, document), secrets.randbelow(SEEDS)
    made.look = look_names(state, made.seed)
    made.save(update_fields=["material", "seed", "look"])
    take_agreed(state, user, OUTCOME.AUTO)
    return made, True


@transaction.atomic
def accept_reading(reading: Assignment, user: User) -> Adjudication:
    """A gold of one reading, with a decision for all of it; not submitted yet. Raises CannotAdjudicate, PermissionDenied."""
    document = reading.document
    Document.objects.select_for_update(no_key=True).only("pk").get(pk=document.pk)
    check_adjudicator(document, user)
    if Adjudication.objects.filter(gold__document=document).exists():
        raise CannotAdjudicate("The article is being adjudicated already.")
    made = Adjudication.objects.create(gold=empty_gold(document, user, reading), user=user)
    AdjudicationInput.objects.create(adjudication=made, assignment=reading, revision=reading.revision, position=0)
    take_agreed(AdjudicationState(made), user, OUTCOME.ACCEPTED)
    return made


def check_adjudicator(document: Document, user: User) -> None:
    document.corpus.require(user, Membership.Role.REVIEWER)
    if Assignment.objects.read_by(user).filter(document=document).exists():
        raise PermissionDenied("You have annotated this article yourself. Ask another reviewer to adjudicate it.")


def check_readings(readings: Sequence[Assignment]) -> None:
    if len(readings) < 2:
        raise CannotAdjudicate("The article has fewer than two submitted readings. Ask another annotator to submit one.")
    if len(readings) > MOST_READERS:
        raise CannotAdjudicate(f"The article has more than {MOST_READERS} submitted readings. Return some of them.")
    if len({reading.scheme_id for reading in readings}) > 1:
        raise CannotAdjudicate("The readings use different versions of the scheme. Return those of the older version.")


def empty_gold(document: Document, user: User, reading: Assignment) -> Assignment:
    gold, is_new = Assignment.objects.exclude(status=STATUS.DELETED).get_or_create(
        document=document, role=ROLE.ADJUDICATION, defaults={"annotator": user, "scheme": reading.scheme}
    )
    if not is_new and (gold.revision or gold.status == STATUS.SUBMITTED):
        raise CannotAdjudicate("The article has a gold with annotations already. Correct them in that gold in the annotator.")
    if gold.annotator_id != user.pk:
        raise CannotAdjudicate(f"{gold.annotator} has begun a gold of this article: ask them to adjudicate it.")
    if gold.scheme_id != reading.scheme_id:
        raise CannotAdjudicate("The empty gold of this article uses another version of the scheme than its readings.")
    return gold


def material_names(state: AdjudicationState, readings: Sequence[Assignment], document: Document) -> list[str]:
    of_text = fresh_view(readings[0].scheme), text_of(document.pk), state.frozen.pointing
    return sorted(map(str, material_differences(state.alignment, state.groups, *of_text)))


def look_names(state: AdjudicationState, seed: int) -> list[str]:
    figures = [layer for layer, kind in state.alignment.readings[0].kinds.items() if kind == "figure"]
    return [str(location) for location in drawn((group for group in state.groups if group.is_agreed), figures, seed)]


def take_agreed(state: AdjudicationState, user: User, outcome: str) -> None:
    """All that the readings agree in, in one batch, with a decision for each group."""
    gold, assignment = state.current, state.adjudication.gold
    assignment.refresh_from_db(fields=["revision", "status"])
    changes = changes_between({}, gold.objects, set(), "start", assignment.pk)
    revision = write(assignment, user, changes)
    change_of = {change["object"]["id"]: change["id"] for change in changes}
    head = {
        "adjudication_id": state.adjudication.pk,
        "outcome": outcome,
        "revision": revision,
        "user_id": user.pk,
        "at": timezone.now(),
    }
    rows = [
        {
            **head,
            "position": position,
            **fields_of(group),
            "taken_id": state.inputs[group.first].pk,
            "changes": [change_of[pk] for pk in gold.ids_at(group.location) if pk in change_of],
        }
        for position, group in enumerate(group for group in state.groups if group.is_agreed)
    ]
    made = Statements()
    made.add(AdjudicationDecision, rows)
    made.send()


def write(gold: Assignment, user: User, changes: list[dict[str, Any]]) -> int:
    """The revision of the gold afterwards. What the readings say is taken as it is, so that nothing is read from the words once more.
    A refusal ends the transaction of the decision."""
    if not changes:
        return gold.revision
    return apply_changes(gold, user, gold.revision, changes, loading=True, savepoint=False).revision


# Deciding


@transaction.atomic
def decide(adjudication: Adjudication, user: User, draft: DecisionDraft) -> AdjudicationDecision:
    """Take a version into the gold or drop it, and say so, in one transaction. Raises a Refusal."""
    gold, before, state, rulings, moves = locked_state(adjudication, draft.id)
    if before:
        return repeated(before, adjudication, draft)
    check_open(gold)
    group = state.by_name.get(draft.difference)
    wrong = draft.outcome == DROP and group in state.looks
    if group is None or not (wrong or state.is_listed(group)):
        raise Invalid("The adjudication has no such difference. Reload the page.")
    check_base(state, group, draft, gold)
    number = number_of(draft, group, state)
    changes = changes_to(state, {group.location: number}, f"decision/{draft.id}")
    broken = None if number is None else ruling_against(rulings, moves, labelled_words(group, number), gold.scheme_id)
    made = AdjudicationDecision(
        id=draft.id,
        adjudication=adjudication,
        position=len(state.decisions),
        **fields_of(group),
        outcome=OUTCOME.DROPPED if number is None else OUTCOME.ACCEPTED,
        taken=None if number is None else state.inputs[number],
        reason=draft.reason,
        note=draft.note,
        against=broken,
        changes=[uuid.UUID(change["id"]) for change in changes],
        revision=gold.revision + bool(changes),
        user=user,
        at=timezone.now(),
    )
    if changes:
        apply_with(gold, user, changes, made, state.frozen.registered)
    else:
        made.save(force_insert=True)
    return made


def labelled_words(group: Group, number: int) -> list[LabelledWords]:
    """The marks of a version, each with its words as a ruling quotes them."""
    version = group.versions[number]
    marks = [record for record in (version.objects if version else ()) if record.get("label") and record.get("fragments")]
    return [LabelledWords(f"{mark['layer']}.{mark['label']}", quote_of(mark["fragments"])) for mark in marks]


class LockedState(NamedTuple):
    """The gold, which is locked; the decision of this id, if it was sent before; the state since; rulings and scheme changes of the corpus."""

    gold: Assignment
    before: AdjudicationDecision | None
    state: AdjudicationState
    rulings: list[Ruling]
    moves: list[Move]


def locked_state(adjudication: Adjudication, pk: uuid.UUID) -> LockedState:
    corpus = adjudication.gold.document.corpus_id
    first = [LOCKED.statement(pk=adjudication.gold_id), BEFORE.statement(pk=pk)]
    state = AdjudicationState(adjudication, first=[*first, RULED.statement(corpus=corpus), DONE.statement(corpus=corpus)])
    rows, before, rulings, moves = state.answers
    gold = LOCKED.made(rows)
    if gold is None:
        raise Assignment.DoesNotExist
    return LockedState(gold, BEFORE.made(before), state, RULED.all_made(rulings), DONE.all_made(moves))


BEFORE = Repeated(lambda: AdjudicationDecision.objects.filter(pk=Slot("pk")).order_by())


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


def check_base(state: AdjudicationState, group: Group, draft: DecisionDraft, gold: Assignment) -> None:
    """Raises Conflict where somebody has decided on the difference, or edited what is in the gold of it, since the draft was begun."""
    base = draft.base
    if base is None:
        raise NoBase("`base` is missing: give the revision of the gold that the decision is based on.")
    if base > gold.revision:
        raise Malformed(f"`base` {base} is ahead of the gold, which is at revision {gold.revision}.")
    if base == gold.revision and draft.decisions in (None, len(state.decisions)):
        return
    here = [each for each in state.decisions if location_of(each) == group.location]
    if draft.decisions is not None and max((each.position for each in here), default=-1) >= draft.decisions:
        raise Conflict(gold.revision, [])
    last = max((each.revision for each in here), default=0)
    ids = state.current.ids_at(group.location)
    edited = [edit.revision for edit in state.edits if str(edit.object_id) in ids]
    if max([last, *edited]) > base:
        raise Conflict(gold.revision, [])


def changes_to(state: AdjudicationState, chosen: Choices, batch: str) -> list[dict[str, Any]]:
    """Of the objects that are decided on, and of those that point at them: others say the same before it and after it."""
    before, space = state.current, state.adjudication.gold_id
    touched = set().union(*(state.frozen.pointing.touched(location) for location in chosen))
    known = before.objects_at(state.frozen.pointing.near(touched))
    present = there_are(known)
    gone = {pk for _, pk in known} - present
    after = before.decided({**state.choices, **chosen}, gone)
    return changes_between(before.objects_at(touched), after.objects_at(touched), present, batch, space)
