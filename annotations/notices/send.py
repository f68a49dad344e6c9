"""Digests on their way: made, sent, and tried again, each under one id."""

from __future__ import annotations

import logging
import smtplib
from contextlib import suppress
from datetime import timedelta

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from annotations.models import Notice, NoticeDigest, NoticeSettings
from annotations.models.notice import ALWAYS, TRIES
from annotations.notices.digest import due_notices, is_mail_on, mail_of
from annotations.notices.smtp import AnswerLost
from corpus.accounts.address import is_one_address

logger = logging.getLogger(__name__)

State = NoticeDigest.State
# Longer than a try takes: a process that was killed in one leaves its claim behind.
CLAIM = timedelta(minutes=5)


class NotSent(Exception):
    """The mail server did not take a digest; there are tries left."""


def recipients() -> list[int]:
    """Accounts for whom a digest is due, or waits. Nobody without a mail server."""
    if not is_mail_on():
        return []
    waiting = NoticeDigest.objects.filter(state=State.WAITING)
    # Of a process that was killed in the last try.
    waiting.filter(tries=TRIES, claimed__lt=timezone.now() - CLAIM).update(state=State.FAILED, claimed=None)
    return sorted({*waiting.values_list("user", flat=True), *due_notices().order_by().values_list("user", flat=True).distinct()})


def defer_digest(user: int) -> None:
    """A job that sends what is due to an account, unless one waits."""
    with suppress(AlreadyEnqueued), transaction.atomic():
        app.configure_task("mail_digest", queue="fetch", queueing_lock=f"mail_digest {user}").defer(user=user)


def send_digest(user: int) -> str:
    """The state of the digest of an account after one try; empty where none is due, or another process sends it. Raises NotSent."""
    if not is_mail_on():
        return ""
    digest = digest_of(user)
    if digest is None or not claim(digest):
        return ""
    if not wants_mail(digest):
        return end(digest, State.FAILED)
    try:
        mail_of(digest).send(using="default")
    except AnswerLost:
        return end(digest, State.UNCONFIRMED)
    except (OSError, ValueError) as error:  # ValueError: an address that is none
        if digest.tries >= TRIES or is_final(error):
            logger.warning("A digest was not sent, after %d tries: %s", digest.tries, type(error).__name__)
            return end(digest, State.FAILED)
        NoticeDigest.objects.filter(pk=digest.pk).update(claimed=None)
        # Without its cause, which names the address.
        raise NotSent(f"The mail server refused a digest ({type(error).__name__}).") from None
    return end(digest, State.SENT)


@transaction.atomic
def digest_of(user: int) -> NoticeDigest | None:
    """The one that waits, or a new one of all that is due."""
    list(get_user_model().objects.select_for_update(no_key=True).only("pk").filter(pk=user))
    waiting = NoticeDigest.objects.filter(user=user, state=State.WAITING).select_related("user").first()
    if waiting:
        return waiting
    keys = list(due_notices().filter(user=user).values_list("pk", flat=True))
    if not keys:
        return None
    made = NoticeDigest.objects.create(user_id=user)
    Notice.objects.filter(pk__in=keys).update(digest=made)
    return made


def claim(digest: NoticeDigest) -> bool:
    """Whether this process is the one that sends it now."""
    free = Q(claimed=None) | Q(claimed__lt=timezone.now() - CLAIM)
    rows = NoticeDigest.objects.filter(free, pk=digest.pk, state=State.WAITING, tries__lt=TRIES)
    is_ours = rows.update(claimed=timezone.now(), tries=F("tries") + 1) == 1
    digest.refresh_from_db(fields=["tries"])
    return is_ours


def wants_mail(digest: NoticeDigest) -> bool:
    """Whether they still do: a digest may have waited."""
    user = digest.user
    if not (user.is_active and is_one_address(user.email)):
        return False
    return NoticeSettings.of(user).mail or digest.notices.filter(kind__in=ALWAYS).exists()


def is_final(error: Exception) -> bool:
    """Whether the server, or the address itself, says that this recipient gets no mail."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    return isinstance(error, ValueError)


def end(digest: NoticeDigest, state: str) -> str:
    NoticeDigest.objects.filter(pk=digest.pk).update(state=state, claimed=None)
    # What is for the mail alone has been read with it.
    digest.notices.filter(in_app=False, read=None).update(read=timezone.now())
    return state
