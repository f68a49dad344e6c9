"""A gold in progress passes from its holder to another adjudicator. What was decided keeps its author."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from annotations.models import Assignment, Transition
from annotations.notices.events import notify_of_hand_over
from annotations.write.adjudicate import ROLE, STATUS
from annotations.write.errors import Closed, Invalid
from corpus.models import Document, Membership


@transaction.atomic
def hand_over(gold: Assignment, account: User, by: User, note: str = "") -> Assignment:
    """To `account`, who holds it from then on. Raises PermissionDenied for who does not manage the corpus, Closed for a submitted gold, and
    Invalid for who cannot adjudicate the text."""
    document = Document.objects.select_for_update(no_key=True, of=("self",)).select_related("corpus").only("corpus")
    text = document.get(pk=gold.document_id)
    text.corpus.require(by, Membership.Role.MANAGER)
    locked = Assignment.objects.outside_bin().select_for_update(of=("self",)).select_related("annotator").get(pk=gold.pk)
    if locked.role != ROLE.ADJUDICATION:
        raise Invalid("Only a gold is handed over. Assign the article to another annotator instead.")
    if locked.status == STATUS.SUBMITTED:
        raise Closed("The gold is submitted: nothing to hand over.")
    previous = locked.annotator
    if previous.pk == account.pk:
        return locked
    if not adjudicators(text).filter(user=account).exists():
        raise Invalid(f"“{account}” cannot adjudicate this article. Choose a reviewer or manager without a reading of it.")
    locked.annotator = account
    locked.save(update_fields=["annotator"])
    holders = {"previous_holder": previous, "holder": account}
    step = {"kind": Transition.Kind.HANDED_OVER, "user": by, "note": note, "at": timezone.now()}
    Transition.objects.create(assignment=locked, revision=locked.revision, **step, **holders)
    notify_of_hand_over(locked, previous, by)
    return locked


def adjudicators(document: Document) -> QuerySet[Membership]:
    """Members who may adjudicate a text: those who review and have no reading of it, not even one in the bin."""
    rows = Membership.objects.filter(corpus=document.corpus_id, role__in=Membership.Role.from_rank(Membership.Role.REVIEWER))
    own = Assignment.objects.filter(document=document, role=ROLE.ANNOTATION).order_by().values("annotator")
    return rows.filter(user__is_active=True).exclude(user__in=own)


def hand_overs(gold: Assignment) -> QuerySet[Transition]:
    """Of a gold, the newest first."""
    rows = Transition.objects.filter(assignment=gold, kind=Transition.Kind.HANDED_OVER)
    return rows.select_related("user", "previous_holder", "holder").order_by("-at", "-id")
