"""A reviewer's verdict on a submitted reading, and the readings that await one.

A verdict is a row of `Transition`, which only grows: approved leaves the reading submitted, returned opens it for its annotator. It is
about one revision, and ends when the reading is submitted again.
"""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, QuerySet
from django.db.models.functions import MD5, Cast, Left
from django.utils import timezone

from annotations.assign import lock
from annotations.models import Assignment, TeamSettings, Transition
from annotations.models.transition import VERDICTS, approvals
from annotations.notices.events import notify_of_approval
from annotations.write.errors import Invalid, OldRevision
from corpus.models import Corpus

DIGITS = 4  # of the hash of an id: enough for a share in per cent


@transaction.atomic
def approve(reading: Assignment, user: User, revision: int, note: str = "") -> Assignment:
    """Say that it is right as it is at this revision; once for each time that it is submitted. Who may is the caller's question.

    Raises OldRevision for another revision, Invalid for what is not submitted.
    """
    locked = lock(reading)
    if locked.revision != revision:
        raise OldRevision(f"The reading is at revision {locked.revision}: look at it again, then decide.")
    if locked.status != Assignment.Status.SUBMITTED:
        raise Invalid("Only a submitted reading is approved.", [{"code": "not-submitted", "detail": f"It is {locked.status}."}])
    if not approvals(locked).exists():
        kind, now = Transition.Kind.APPROVED, timezone.now()
        Transition.objects.create(assignment=locked, revision=revision, kind=kind, note=note, user=user, at=now)
        notify_of_approval(locked, user)
    return locked


def is_approvable(reading: Assignment, user: User) -> bool:
    """Whether it is a submitted reading of somebody else that is not approved; the role of `user` is another question."""
    is_submitted = reading.status == Assignment.Status.SUBMITTED and reading.role == Assignment.Role.ANNOTATION
    return is_submitted and reading.annotator_id != user.pk and not approvals(reading).exists()


def last_verdict(reading: Assignment) -> Transition | None:
    """The one that holds: approved since it was submitted, or returned and not submitted since."""
    moves = (Transition.Kind.MOVED, Transition.Kind.MOVED_BACK)
    last = Transition.objects.filter(assignment=reading).exclude(kind__in=moves).order_by("-at", "-id").first()
    return last if last and last.kind in VERDICTS else None


def submitted_by_others(corpus: Corpus, user: User) -> QuerySet[Assignment]:
    """Submitted readings that a reviewer sees, of texts without a gold; the one submitted first first."""
    gold = Assignment.objects.gold().filter(document=OuterRef("document"))
    rows = Assignment.objects.for_user(user).filter(document__corpus=corpus, role=Assignment.Role.ANNOTATION)
    rows = rows.filter(~Exists(gold), status=Assignment.Status.SUBMITTED).exclude(annotator=user)
    return rows.order_by("submitted", "pk")


def awaiting_verdict(corpus: Corpus, user: User) -> QuerySet[Assignment]:
    """Readings on which the corpus wants a verdict and that have none. Nobody picks: the share follows from the ids alone."""
    share = TeamSettings.of(corpus).approve
    rows = submitted_by_others(corpus, user).filter(~Exists(approvals()))
    if share == 100:
        return rows
    drawn = rows.annotate(draw=Left(MD5(Cast("pk", CharField())), DIGITS))
    return drawn.filter(draw__lt=f"{16**DIGITS * share // 100:0{DIGITS}x}")


def approved_readings(corpus: Corpus, user: User) -> QuerySet[Assignment]:
    """Approved readings of which a gold can be made: `user` has no reading of the text, and nobody else has one that counts."""
    others = Assignment.objects.live().filter(document=OuterRef("document"), role=Assignment.Role.ANNOTATION)
    own = Assignment.objects.read_by(user).filter(document=OuterRef("document"))
    rows = submitted_by_others(corpus, user).filter(Exists(approvals()))
    return rows.filter(~Exists(others.exclude(pk=OuterRef("pk"))), ~Exists(own))
