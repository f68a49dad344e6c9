"""Which assignments of a corpus are not as they were at a cut, and what their status was."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from annotations.models import Assignment, Change, Transition
from annotations.scoring.at_revision import OWN
from corpus.models import Corpus
from questions.address.question import AddressError
from questions.past.cut import AT, LogCut

KINDS = [*OWN, Change.DOCUMENT[0]]
Kind, Status = Transition.Kind, Assignment.Status
MOST = 3_000  # assignments
BECOMES = {Kind.SUBMITTED: Status.SUBMITTED, Kind.SKIPPED: Status.SKIPPED, Kind.LAPSED: Status.LAPSED}
# What goes into the bin or comes out of it, is approved or moved, is what it was otherwise.
STEPS = (*BECOMES, Kind.REOPENED, Kind.RETURNED)
MOVED_ON = """SELECT a.id FROM annotations_assignment a JOIN corpus_document d ON d.id = a.document_id
    WHERE d.corpus_id = %(corpus)s AND a.id IN (
        SELECT assignment_id FROM annotations_change WHERE number > %(number)s AND kind = ANY(%(kinds)s)
        UNION SELECT assignment_id FROM annotations_transition WHERE at > %(moment)s
        UNION SELECT id FROM annotations_assignment WHERE created > %(moment)s) LIMIT %(most)s"""
# What is younger than the cut is left out, and need not be made anew.
OLDER = "SELECT id FROM annotations_assignment WHERE id = ANY(%(ids)s::uuid[]) AND created <= %(moment)s ORDER BY id"
MARKS = """SELECT count(*) FROM (SELECT FROM annotations_span WHERE assignment_id = ANY(%(ids)s::uuid[]) LIMIT %(most)s) there"""


class EarlierStatus(NamedTuple):
    """`submitted`: when, where it was submitted."""

    assignment: UUID
    status: str
    submitted: datetime | None


def moved_on(corpus: Corpus, cut: LogCut) -> list[UUID]:
    """Raises AddressError where they are too many, or under another version of their scheme since."""
    values: dict[str, Any] = {"corpus": corpus.pk, "number": cut.number, "moment": cut.moment, "kinds": KINDS, "most": MOST + 1}
    with connection.cursor() as cursor:
        cursor.execute(MOVED_ON, values)
        ids = [pk for (pk,) in cursor.fetchall()]
    if len(ids) > MOST:
        raise AddressError(
            AT,
            f"lies too far back: more than {MOST} readings have changed since. Choose a later change, or open today's answer",
        )
    moves = Transition.objects.filter(assignment__in=ids, at__gt=cut.moment, kind__in=(Kind.MOVED, Kind.MOVED_BACK))
    if moves.exists():
        raise AddressError(AT, "lies before a scheme change of the corpus: the annotations were under another version")
    return ids


def older(ids: Iterable[UUID], cut: LogCut, most_marks: int) -> list[UUID]:
    """Those that there were. Raises AddressError where they have more marks today than can be put back while somebody waits."""
    with connection.cursor() as cursor:
        cursor.execute(OLDER, {"ids": list(ids), "moment": cut.moment})
        there = [pk for (pk,) in cursor.fetchall()]
        cursor.execute(MARKS, {"ids": there, "most": most_marks + 1})
        ((marks,),) = cursor.fetchall()
    if marks > most_marks:
        raise AddressError(
            AT,
            f"lies too far back: the readings that have changed since have more than {most_marks:,} marks. Ask as of a later change, "
            "or open today's answer",
        )
    return there


def earlier_statuses(ids: Iterable[UUID], moment: datetime) -> list[EarlierStatus]:
    """By the steps before the moment, and where there is none before by the first one after it: only what is submitted is reopened."""
    rows = Transition.objects.filter(assignment__in=list(ids), kind__in=STEPS).order_by("at", "pk")
    known: dict[UUID, EarlierStatus] = {}
    has_step: set[UUID] = set()
    readings = Assignment.objects.filter(pk__in=list(ids)).in_bulk()
    for pk, kind, at in rows.values_list("assignment", "kind", "at"):
        if at <= moment:
            status = BECOMES.get(Kind(kind), Status.OPEN)
            known[pk] = EarlierStatus(pk, status, at if status == Status.SUBMITTED else None)
        elif pk not in has_step and pk not in known:
            is_open = kind in BECOMES
            known[pk] = (
                EarlierStatus(pk, Status.OPEN, None) if is_open else EarlierStatus(pk, Status.SUBMITTED, readings[pk].created)
            )
        has_step.add(pk)
    return list(known.values())
