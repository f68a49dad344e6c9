"""Carry a reading to a newer text of its article, and decide on what could not be carried."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone

from annotations.documents.build import document
from annotations.formats import native
from annotations.models import Assignment, Carry, CarryItem, Change, LoggedChange
from annotations.native.check import ARRAYS
from annotations.native.ids import derived
from annotations.native.newer_text import NewerText, for_newer_text
from annotations.schemes.stored import compiled
from annotations.text.fragments import quoted
from annotations.write.apply import apply_changes
from annotations.write.errors import Refusal
from annotations.write.inverse import inverse
from corpus.ids import timely
from corpus.models import Document

Object = dict[str, Any]
UNDONE = "undone"  # beside the decisions about a line: none any more
SHARED_ARRAYS = ("entities", "entity_relations")  # of all readings: nothing of them is made anew


class CannotCarry(Refusal):
    """These marks cannot go to this text."""

    code = "cannot-carry"


def preview(source: Assignment, target: Document) -> NewerText:
    """What `carry` would make of it. Raises CannotCarry."""
    if target.article_id != source.document.article_id or target.version <= source.document.version:
        raise CannotCarry("Choose a newer text of the same article.")
    scheme = compiled(source.scheme).view
    figures = {layer["code"] for layer in scheme.layers if scheme.kind(layer["code"]) == "figure"}
    return for_newer_text(document(source), source.document.text, target.text, figures)


@transaction.atomic
def carry(source: Assignment, target: Document, user: User) -> Carry:
    """A reading of the newer text with what could be carried; `source` stays as it is. Raises CannotCarry, and what the write raises."""
    Assignment.objects.select_for_update().get(pk=source.pk)
    carried = preview(source, target)
    assignment, is_new = reading_of(target, source)
    is_carried = Carry.objects.filter(assignment=assignment).exists()  # it may have been nothing but lines
    if is_carried or assignment.revision or assignment.status != Assignment.Status.OPEN:
        raise CannotCarry("The newer text is annotated already: nothing was changed. Carry by hand what is missing there.")
    changes = changes_of(carried.body, assignment)
    revision = apply_changes(assignment, user, 0, changes).revision if changes else 0
    of_reading = {"assignment": assignment, "existed": not is_new, "revision": revision}
    made = Carry.objects.create(source=source, **of_reading, counts=carried.counts, user=user)
    CarryItem.objects.bulk_create(
        CarryItem(
            carry=made,
            position=position,
            kind=item.kind,
            object_id=item.object_id,
            quote=item.quote,
            outcome=item.outcome,
            part=item.part,
            start=item.candidate and item.candidate[0],
            end=item.candidate and item.candidate[1],
        )
        for position, item in enumerate(carried.open_items)
    )
    return made


def reading_of(target: Document, source: Assignment) -> tuple[Assignment, bool]:
    """That of the newer text, and whether it is new: its annotator had none outside the bin. Raises CannotCarry."""
    rows = Assignment.objects.exclude(status=Assignment.Status.DELETED).select_for_update()
    own = {"document": target, "annotator": source.annotator, "role": source.role}
    try:
        with transaction.atomic():
            return rows.get_or_create(**own, defaults={"scheme": source.scheme})
    except IntegrityError as error:
        if "assignment_one_gold_per_document" not in str(error):
            raise
        raise CannotCarry(
            "Another reviewer has a gold of the newer text: nothing was changed. Ask them to complete it."
        ) from None


def changes_of(body: Object, assignment: Assignment) -> list[Object]:
    """The changes that make the objects of a native document in a reading: with ids of their own, and the entities that are there."""
    own = {array: body.get(array) or [] for array in ARRAYS.values() if array not in SHARED_ARRAYS}
    ids = {str(entity["id"]): str(entity["id"]) for entity in body["entities"]}
    ids |= native.identities(own, assignment.pk, assignment.pk)
    made = [
        native.change_of(kind, record, ids, assignment.pk)
        for kind, array in ARRAYS.items()
        if array in own
        for record in own[array]
    ]
    return made + native.notes_of([note["text"] for note in body.get("notes") or []], assignment.pk)


@transaction.atomic
def decide_item(item: CarryItem, decision: str, user: User) -> CarryItem:
    """Annotate the candidate of an orphan, or note that it is done. Raises CannotCarry where it is decided already or has no candidate."""
    locked = lock_item(item)
    if locked.decision:
        raise CannotCarry("It is done already.")
    if decision == CarryItem.ItemDecision.TAKEN:
        annotate_candidate(locked, user)
    return record_decision(locked, decision, user)


@transaction.atomic
def reopen_item(item: CarryItem, user: User) -> CarryItem:
    """Take back what was decided about it; the mark that was made of its candidate goes. Raises CannotCarry where nothing was decided, where
    the reading is not in progress or the mark was changed since, and what the write raises."""
    locked = lock_item(item)
    if not locked.decision:
        raise CannotCarry("There is no decision to take back.")
    assignment = Assignment.objects.select_for_update().get(pk=locked.carry.assignment_id)
    if assignment.status != Assignment.Status.OPEN:
        raise CannotCarry("The newer text is not in progress: reopen it, then take the decision back.")
    if locked.decision == CarryItem.ItemDecision.TAKEN:
        remove_candidate(locked, assignment, user)
    return record_decision(locked, "", None)


def lock_item(item: CarryItem) -> CarryItem:
    rows = CarryItem.objects.select_for_update(of=("self",))
    return rows.select_related("carry__assignment__document", "carry__source").get(pk=item.pk)


def record_decision(item: CarryItem, decision: str, user: User | None) -> CarryItem:
    item.decision, item.decided_by, item.decided_at = decision, user, timezone.now() if decision else None
    item.save(update_fields=["decision", "decided_by", "decided_at"])
    return item


def mark_of(item: CarryItem) -> str:
    """The id of the mark that is made of its candidate."""
    return derived(item.carry.assignment_id, f"carry-item/{item.pk}")


def remove_candidate(item: CarryItem, assignment: Assignment, user: User) -> None:
    changes = LoggedChange.objects.filter(assignment=assignment, object_id=mark_of(item))
    newest = changes.order_by("-revision", "-position").first()
    if newest is None:
        raise CannotCarry("The mark of this line is not recorded: delete it in the annotator instead.")
    if newest.after is None:  # deleted in the annotator
        return
    if newest.op != Change.Op.CREATE:
        raise CannotCarry("The mark of this line was changed since: delete it in the annotator, then take the decision back.")
    apply_changes(assignment, user, assignment.revision, inverse([newest]))


def annotate_candidate(item: CarryItem, user: User) -> None:
    if item.pk not in takes_candidate(item.carry, [item]):
        raise CannotCarry("There is no candidate to annotate: annotate it in the text, then mark it as done.")
    assignment = item.carry.assignment
    mark = marks_of(item.carry.source)[item.object_id]
    record: Object = {
        "id": mark_of(item),
        "layer": mark["layer"],
        "label": mark["label"],
        "fragments": quoted(assignment.document.text, [(item.start or 0, item.end or 0)]),
    }
    kind = compiled(assignment.scheme).view.kind(mark["layer"])
    if kind == "figure":
        record["read"] = True
    elif kind == "actor":
        record["attributes"] = mark["attributes"]
    else:
        record["event"] = carried_event(mark, assignment)
    change = {"id": str(timely()), "op": "create", "kind": "span", "object": record}
    apply_changes(assignment, user, assignment.revision, [change])


def takes_candidate(made: Carry, items: Iterable[CarryItem]) -> set[int]:
    """Those whose candidate can be annotated as the old words were: a figure with the values of its new words, a trigger where its
    event was carried."""
    marks = marks_of(made.source)
    events = {row["id"] for row in document(made.assignment)["events"]}
    with_candidate = [item for item in items if item.kind == "span" and item.start is not None]
    return {
        item.pk
        for item in with_candidate
        if not (event := carried_event(marks[item.object_id], made.assignment)) or event in events
    }


def marks_of(assignment: Assignment) -> dict[str, Object]:
    return {mark["id"]: mark for mark in document(assignment)["mentions"]}


def carried_event(mark: Mapping[str, Any], assignment: Assignment) -> str | None:
    return derived(assignment.pk, f"event/{mark['event']}") if mark.get("event") else None
