"""Who reads what: opening, submitting, reopening, returning and skipping assignments.

A reading is independent until its annotator may see the gold of the text, or of another text of the article, or as a reviewer another reading
of these: `independent` is the last revision that was submitted before, and what agreement counts. Once they may see the gold of the text it is
`released`: its annotator cannot reopen it, a reviewer can return it.

What was skipped or has lapsed keeps its marks and gives its place away. Its annotator takes it up again by reopening it.

A rereading is of the same person on the same text. The first reading is hidden until it is submitted, and it is never opened again.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from annotations.models import Adjudication, AdjudicationInput, Assignment, CarryItem, Plan, PlanArticle, Transition
from annotations.models.assignment import LIVE
from annotations.notices.events import notify_of_gold, notify_of_last_reading, notify_of_return, notify_of_skips
from annotations.practice.results import score_reading
from annotations.queries.could_look import could_review
from annotations.queries.findings import findings
from annotations.schemes.of_corpus import scheme_for
from annotations.suggesters.arms import drawn_for
from annotations.write.adjudicated_edits import record_edits
from annotations.write.adjudication_state import AdjudicationState
from annotations.write.errors import BeingAdjudicated, Closed, Invalid, NoPlace, Released, Undecided, WithoutPlace
from corpus.models import Document

Kind, Status = Transition.Kind, Assignment.Status
SUBMITTED, OPEN = Status.SUBMITTED, Status.OPEN
# The status after a step; after all others it is open.
CLOSING = {Kind.SUBMITTED: SUBMITTED, Kind.SKIPPED: Status.SKIPPED, Kind.LAPSED: Status.LAPSED}


def open_for(user: User, source: Document, role: str = Assignment.Role.ANNOTATION, **fields: Any) -> tuple[Assignment, bool]:
    """The assignment of `user` on this text, and whether it is new: then with these fields."""
    suggesting = partial(drawn_for, source, user) if role == Assignment.Role.ANNOTATION else False
    defaults = {"scheme": scheme_for(source.corpus), "suggesting": suggesting, **fields}
    rows = Assignment.objects.exclude(status=Status.DELETED)
    return rows.get_or_create(document=source, annotator=user, role=role, defaults=defaults)


def gold_beside(assignment: Assignment, user: User) -> Assignment | None:
    """The gold with which somebody who learns may compare an assignment: that of a practice article."""
    gold = Assignment.objects.gold().for_user(user).exclude(pk=assignment.pk)
    return gold.filter(document=assignment.document_id, document__article__practice=True).first()


@transaction.atomic
def submit(assignment: Assignment, user: User | None = None) -> Assignment:
    """Close the assignment; signed by its annotator unless `user` does. Raises Invalid with every rule of level error that is broken,
    and Undecided while differences of an adjudication are open."""
    locked = lock(assignment)
    require_place(locked, "submit it")
    adjudication = finished_adjudication(locked) if locked.role == Assignment.Role.ADJUDICATION else None
    errors = [
        {"code": finding.code, "object": next(iter(finding.objects), None), "detail": finding.detail}
        for finding in findings(locked)
        if finding.level == "error"
    ]
    if errors:
        raise Invalid(f"{len(errors)} errors prevent submitting.", errors)
    if waiting := CarryItem.objects.filter(carry__assignment=locked, decision="").count():
        raise Invalid(
            f"{waiting} annotations of the older text have not been checked.",
            [{"code": "not-carried", "detail": "Decide on each under “Carry annotations” on the page of the article."}],
        )
    if locked.status == SUBMITTED:
        return locked
    if locked.role == Assignment.Role.ANNOTATION:
        keep_independent(locked)
    elif locked.role == Assignment.Role.ADJUDICATION:
        if adjudication:
            record_edits(adjudication, user or locked.annotator)
            notify_of_gold(locked, adjudication.deviations, user or locked.annotator)
        release_readings(locked)
    moved = move(locked, Transition.Kind.SUBMITTED, user or locked.annotator)
    notify_of_last_reading(moved, user or locked.annotator)
    if moved.role == Assignment.Role.ANNOTATION:
        score_reading(moved)
    return moved


@transaction.atomic
def reopen(assignment: Assignment) -> Assignment:
    """Open it for its annotator. Raises Released where they may see the gold, which lies open in a practice article from the beginning, or as
    a reviewer could see other readings since they skipped it; BeingAdjudicated while a gold is made of it; and NoPlace where others have
    taken the places of what was skipped or has lapsed."""
    locked = lock(assignment)
    if locked.status == OPEN:
        return locked
    require_first(locked)
    if is_being_adjudicated(locked):
        raise BeingAdjudicated("A gold is being made of your reading, so it is closed. Ask a reviewer to return it.")
    if not is_reopenable(locked):
        raise Released("You have access to the gold of this article, so your reading is closed. Ask a reviewer to return it.")
    if locked.status == Status.SKIPPED and locked.document.article.corpus.allows(locked.annotator, "reviewer"):
        raise Released("Since you skipped this article you can see the readings of others. Ask another reviewer to return it.")
    if locked.status not in LIVE:
        require_free_place(locked)
    return move(locked, Transition.Kind.REOPENED, locked.annotator)


@transaction.atomic
def skip(assignment: Assignment, user: User, reason: str, note: str = "") -> Assignment:
    """Give the place away, for a reason of `SkipReason`. Raises Closed for a submitted one, Invalid for a gold."""
    locked = lock(assignment)
    if locked.status == Status.SKIPPED:
        return locked
    if locked.status == SUBMITTED:
        raise Closed("The reading is submitted. Reopen it to skip it.")
    if locked.role == Assignment.Role.ADJUDICATION:
        raise Invalid("A gold cannot be skipped.", [{"code": "gold", "detail": "Submit it, or leave it open."}])
    if locked.role == Assignment.Role.REREADING:
        raise Invalid("A rereading cannot be skipped.", [{"code": "rereading", "detail": "Ask a manager to delete it."}])
    require_place(locked, "skip it")
    move(locked, Kind.SKIPPED, user, note, reason)
    notify_of_skips(locked, user)
    return locked


def require_free_place(assignment: Assignment) -> None:
    """Raises NoPlace. The places of its text are locked until the transaction ends, as for whoever takes one."""
    plans = [Plan.State.RUNNING, Plan.State.PAUSED]
    rows = PlanArticle.objects.select_for_update(of=("self",), no_key=True)
    if any(row.live >= row.needed for row in rows.filter(document=assignment.document_id, plan__state__in=plans)):
        raise NoPlace("Others have taken all places of this article. Ask a manager to return it to you.")


def require_place(assignment: Assignment, act: str) -> None:
    """Raises WithoutPlace for what was skipped or has lapsed."""
    if assignment.status not in LIVE:
        raise WithoutPlace(f"The reading is {assignment.status}. Take it up again, then {act}.")


def require_first(assignment: Assignment) -> None:
    """Raises Released for a submitted rereading: its annotator sees their first reading since."""
    if assignment.role == Assignment.Role.REREADING:
        raise Released("Your first reading of this article is open to you again, so this rereading stays closed.")


def is_reopenable(assignment: Assignment) -> bool:
    """Whether its annotator may write to it again, now or after reopening it."""
    if assignment.status == OPEN:
        return True
    if assignment.role == Assignment.Role.REREADING:
        return False
    return (not assignment.released or assignment.document.article.practice) and not is_being_adjudicated(assignment)


def is_being_adjudicated(reading: Assignment) -> bool:
    return AdjudicationInput.objects.filter(assignment=reading, adjudication__gold__status=OPEN).exists()


@transaction.atomic
def give_back(assignment: Assignment, user: User, reason: str) -> Assignment:
    """Open it for its annotator once more, as a reviewer. If they may see the gold, it is marked so for ever: whether they could counts,
    not whether they did, since it is shown on many pages and in lists and exports."""
    locked = lock(assignment)
    if locked.status == OPEN:
        return locked
    require_first(locked)
    if locked.released and not locked.saw_gold and not locked.document.article.practice:
        Assignment.objects.filter(pk=locked.pk).update(saw_gold=Now())
    move(locked, Transition.Kind.RETURNED, user, reason)
    notify_of_return(locked, user)
    return locked


def lock(assignment: Assignment) -> Assignment:
    """The assignment as it is. With its text locked, so that of a gold and a reading submitted at one moment each knows of the other."""
    Document.objects.select_for_update(no_key=True).only("pk").get(pk=assignment.document_id)
    rows = Assignment.objects.select_for_update(of=("self",)).select_related("document__article", "annotator")
    return rows.defer("document__text", "document__source_map").get(pk=assignment.pk)


def keep_independent(reading: Assignment) -> None:
    """The revision to be submitted, unless its annotator could look at what others wrote."""
    if not could_look(reading):
        reading.independent = reading.revision
    if not reading.released and submitted_gold().filter(document=reading.document_id).exists():
        reading.released = timezone.now()


def could_look(reading: Assignment) -> bool:
    """Whether its annotator could see a gold or, as a reviewer, readings of others of a text of the article: texts of one article have most
    words in common. What they saw by a reading counts also while that one is in the bin."""
    article = reading.document.article
    own = Assignment.objects.filter(document__article=article, annotator=reading.annotator_id, role=Assignment.Role.ANNOTATION)
    return (
        own.filter(released__isnull=False).exists()
        or (article.practice and submitted_gold().filter(document__article=article).exists())
        or Adjudication.objects.filter(gold__document__article=article, gold__annotator=reading.annotator_id).exists()
        or could_review(reading, own)
    )


def submitted_gold() -> QuerySet[Assignment]:
    return Assignment.objects.gold().without_drafts()


def finished_adjudication(gold: Assignment) -> AdjudicationState | None:
    """Its adjudication, if it has one. Raises Undecided while differences of its readings are open."""
    adjudication = Adjudication.objects.filter(gold=gold).first()
    state = AdjudicationState(adjudication) if adjudication else None
    if state and (count := len(state.undecided)):
        raise Undecided(f"Undecided differences of the readings: {count}. Decide on each, then submit.")
    if state and (count := len(state.unseen)):
        raise Undecided(f"Drawn of what all readers agree in, and not checked: {count}. Check each, then submit.")
    return state


def release_readings(gold: Assignment) -> None:
    """Their annotators can see the gold from now on."""
    readings = Assignment.objects.filter(document=gold.document_id, role=Assignment.Role.ANNOTATION, status=SUBMITTED)
    readings.filter(released=None).update(released=Now())


def move(assignment: Assignment, kind: str, user: User | None, note: str = "", reason: str = "") -> Assignment:
    now = timezone.now()
    assignment.status = CLOSING.get(Kind(kind), OPEN)
    assignment.submitted = now if assignment.status == SUBMITTED else None
    assignment.save(update_fields=["status", "submitted", "independent", "released"])
    fields = {"kind": kind, "user": user, "note": note, "reason": reason}
    Transition.objects.create(assignment=assignment, revision=assignment.revision, at=now, **fields)
    return assignment
