"""Managers are notified of agreement under a target: once when it comes to be under it, and again only after it was not."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from annotations.models import AgreementTarget, Notice
from annotations.notices.events import managers_of
from annotations.notices.make import notify
from annotations.scoring.report import AgreementReport
from corpus.models import Corpus


def notify_of_targets() -> int:
    """How many targets agreement has come to be under, in all corpora."""
    corpora = Corpus.objects.filter(deletion=None, pk__in=AgreementTarget.objects.values("corpus"))
    return sum(notify_in(corpus) for corpus in corpora.order_by("pk"))


@transaction.atomic
def notify_in(corpus: Corpus) -> int:
    everyone = get_user_model()(is_superuser=True)  # the worker sees all pairs, as the managers do
    present = AgreementReport(corpus, everyone).worked_out.codes
    count = 0
    for target in AgreementTarget.objects.select_for_update().filter(corpus=corpus).order_by("pk"):
        agreement = present.get(target.code)
        # Too few articles say neither that it is under the target nor that it no longer is.
        if agreement is None or not agreement.is_enough or agreement.is_under(target.least) == (target.under is not None):
            continue
        target.under = None if target.under else timezone.now()
        target.save(update_fields=["under"])
        if target.under:
            notify(Notice.Kind.TARGET, corpus, managers_of(corpus), target=target.pk)
            count += 1
    return count
