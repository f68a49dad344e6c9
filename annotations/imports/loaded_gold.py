"""Gold out of files: it is submitted unless a rule of level error is broken, since nobody signs in as its annotator."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.contrib.auth.models import User
from django.db.models import Q

from annotations.assign import submit
from annotations.imports.annotators import IMPORTER
from annotations.models import Assignment
from annotations.write.errors import Invalid

PLACEHOLDER = Q(annotator__username=IMPORTER) | Q(annotator__username__startswith=f"{IMPORTER}.")


def submit_complete(pks: Iterable[UUID], user: User | None = None) -> int:
    """How many of these could not be submitted."""
    refused = 0
    for assignment in Assignment.objects.filter(pk__in=list(pks), role=Assignment.Role.ADJUDICATION).order_by("pk"):
        try:
            submit(assignment, user)
        except Invalid:
            refused += 1
    return refused


def submit_all() -> None:
    """What was loaded before gold was submitted on loading."""
    rows = Assignment.objects.gold().filter(PLACEHOLDER, status=Assignment.Status.OPEN)
    submit_complete(rows.values_list("pk", flat=True))
