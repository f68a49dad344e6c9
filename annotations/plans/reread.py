"""Rereadings: an article that a person reads again after some time shows how far they agree with themselves.

Which one is drawn, so that nobody picks what is measured; and only of those whose annotator could not see the gold or another reading.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now

from annotations.assign import could_look
from annotations.models import Assignment
from annotations.models.assignment import AssignmentQuerySet
from annotations.plans.take import NothingLeft, Paused, Taken
from corpus.models import Corpus, Membership

DAYS = 30  # after which hardly anybody knows by heart what they marked; the database holds it, too
MOST = 100  # readings looked at: of each it is asked whether its annotator could look

REREADING = Assignment.Role.REREADING


def rereadable(user: User, corpus: Corpus | None = None) -> AssignmentQuerySet:
    """Readings of `user` that are old enough and were not read again; some of their annotators could see the gold or another reading."""
    members = Membership.objects.filter(user=user, paused=False, role__in=Membership.Role.from_rank("annotator"))
    again = Assignment.objects.filter(document=OuterRef("document"), annotator=user, role=REREADING)
    rows = Assignment.objects.outside_bin().filter(annotator=user, role=Assignment.Role.ANNOTATION)
    rows = rows.filter(status=Assignment.Status.SUBMITTED, submitted__lte=Now() - timedelta(days=DAYS))
    rows = rows.filter(~Exists(again), independent__isnull=False, released=None, document__article__practice=False)
    rows = rows.filter(Q(document__corpus__in=members.values("corpus") if corpus is None else [corpus]))
    return rows.order_by()


def take_again(user: User, corpus: Corpus | None = None) -> Taken:
    """A new rereading, or the one in progress. Raises NothingLeft or Paused."""
    with transaction.atomic():
        members = Membership.objects.filter(user=user, role__in=Membership.Role.from_rank("annotator"))
        members = members.filter(corpus=corpus) if corpus else members
        locked = list(members.select_for_update(of=("self",), no_key=True).order_by("pk"))
        if locked and all(member.paused for member in locked):
            raise Paused("A manager has paused you: you are offered no articles.")
        begun = Assignment.objects.outside_bin().filter(annotator=user, role=REREADING, status=Assignment.Status.OPEN)
        begun = begun.filter(document__corpus__in=[member.corpus_id for member in locked])
        if present := begun.order_by("created", "pk").first():
            return Taken(present, False)
        first = next(unseen(user, corpus), None)
        if first is None:
            raise NothingLeft(
                [f"Articles are offered again {DAYS} days after you submitted them, unless you can see other readings."]
            )
        fields = {"document_id": first.document_id, "scheme_id": first.scheme_id, "suggesting": False}
        return Taken(Assignment.objects.create(annotator=user, role=REREADING, **fields), True)


def unseen(user: User, corpus: Corpus | None) -> Iterator[Assignment]:
    """In an order that is drawn."""
    rows = rereadable(user, corpus).select_related("document__article__corpus", "annotator").order_by("?")
    for reading in rows.defer("document__text", "document__source_map")[:MOST]:
        if not could_look(reading):
            yield reading
