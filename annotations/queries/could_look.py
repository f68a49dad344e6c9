"""Who could look at readings of others. Whether they could counts, not whether they did: readings are on pages, in lists and in exports."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from annotations.models import Assignment, Change, Transition
from corpus.models import Corpus, Edit, Membership

Kind = Transition.Kind


def could_review(reading: Assignment, own: models.QuerySet[Assignment]) -> bool:
    """Whether its annotator could see a reading of another as a reviewer: of any text of the article that they have not begun, and of the
    others until they began, and from when they have submitted or skipped them. `own`: their readings of the article."""
    corpus, now = reading.document.article.corpus, timezone.now()
    begun = dict(own.order_by("-created").values_list("document", "created"))  # the first of each text
    closed = set(
        Transition.objects.filter(assignment__in=own, kind__in=[Kind.SUBMITTED, Kind.SKIPPED]).values_list(
            "assignment__document", flat=True
        )
    )
    texts = reading.document.article.documents.values_list("pk", flat=True)
    until = [(text, now if text in closed else begun.get(text, now)) for text in texts]
    moments = [moment for text, moment in until if is_written(text, reading.annotator_id, moment)]
    reviewing = set(Membership.Role.from_rank("reviewer"))
    return any(reviewing & roles_until(corpus, reading.annotator, moment) for moment in moments)


def is_written(text: Any, account: Any, until: datetime) -> bool:
    """Whether somebody else had annotated or submitted the text by then."""
    others = Assignment.objects.filter(document=text).exclude(annotator=account)
    own = {"assignment": OuterRef("pk"), "at__lt": until}
    submitted = Transition.objects.filter(**own, kind=Kind.SUBMITTED)
    return others.filter(Exists(Change.objects.filter(**own)) | Exists(submitted)).exists()


def roles_until(corpus: Corpus, account: User, until: datetime) -> set[str | None]:
    """Roles of an account in a corpus up to a moment, by the history of its members."""
    rows = Edit.objects.filter(corpus=corpus, kind=Edit.Kind.MEMBER, object=str(account.pk))
    edits = list(rows.filter(Q(before__has_key="role") | Q(after__has_key="role")).order_by("pk"))
    # The role before each step, and behind the last one the present role.
    roles = [(edit.before or {}).get("role") for edit in edits] + [corpus.role_of(account)]
    return set(roles[: 1 + sum(edit.at < until for edit in edits)])
