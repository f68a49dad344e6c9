"""Who reads what: opening, submitting and reopening assignments."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from annotations.models import Assignment, CarryItem
from annotations.queries.findings import findings
from annotations.schemes.of_corpus import scheme_for
from annotations.write.errors import Invalid
from corpus.models import Document


def open_for(user: Any, source: Document, role: str = Assignment.Role.ANNOTATION) -> tuple[Assignment, bool]:
    """The assignment of `user` on this text, and whether it is new."""
    scheme = scheme_for(source.corpus)
    return Assignment.objects.get_or_create(document=source, annotator=user, role=role, defaults={"scheme": scheme})


def gold_beside(assignment: Assignment, user: Any) -> Assignment | None:
    """The gold with which somebody who learns may compare an assignment: that of a practice article."""
    gold = Assignment.objects.gold().for_user(user).exclude(pk=assignment.pk)
    return gold.filter(document=assignment.document_id, document__article__practice=True).first()


@transaction.atomic
def submit(assignment: Assignment) -> Assignment:
    """Close the assignment. Raises Invalid with every rule of level error that is broken."""
    locked = Assignment.objects.select_for_update().get(pk=assignment.pk)
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
    return set_status(locked, Assignment.Status.SUBMITTED)


@transaction.atomic
def reopen(assignment: Assignment) -> Assignment:
    """Open it for changes. Where its annotator could read the gold while it was submitted, it is marked so for ever.

    They may have read it on any page, in any list or export: so whether they could counts, not whether they did. In a practice
    article the gold lies open from the beginning.
    """
    locked = Assignment.objects.select_for_update(of=("self",)).select_related("document__article").get(pk=assignment.pk)
    if locked.status == Assignment.Status.SUBMITTED and locked.saw_gold is None and gold_was_open(locked):
        Assignment.objects.filter(pk=locked.pk).update(saw_gold=Now())
    return set_status(locked, Assignment.Status.OPEN)


def gold_was_open(assignment: Assignment) -> bool:
    if assignment.role != Assignment.Role.ANNOTATION or assignment.document.article.practice:
        return False
    return Assignment.objects.gold().filter(document=assignment.document_id).exists()


def set_status(assignment: Assignment, status: str) -> Assignment:
    closing = status == Assignment.Status.SUBMITTED
    assignment.status = status
    assignment.submitted = timezone.now() if closing else None
    assignment.save(update_fields=["status", "submitted"])
    return assignment
