"""Invitations and password links: made and revoked by managers, used once by whoever has the link.

Both count only as long as their maker manages the corpus: who is no longer a manager has no way in left behind.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils.crypto import constant_time_compare, salted_hmac

from corpus.edits.history import EditError, lock_corpus, record
from corpus.edits.members import enter
from corpus.models import Corpus, Edit, Invitation, Membership, PasswordLink

PASSWORD_LINK_LIFE = timedelta(days=1)
MOST_OPEN = 200
# A person is notified of password links of their account by the app of annotations, which puts functions here: (the link, whether it was used).
to_notify: list[Callable[[PasswordLink, bool], None]] = []
ENDED = "This link has expired, was revoked, or has been used. Ask a manager of the corpus for a new one."


# Invitations


@transaction.atomic
def invite(corpus: Corpus, by: Any, role: str, days: int, note: str = "") -> tuple[Invitation, str]:
    """An invitation and its secret. Raises EditError where too many are open."""
    locked = lock_corpus(corpus, by)
    if Invitation.objects.usable().filter(corpus=locked).count() >= MOST_OPEN:
        raise EditError(f"{MOST_OPEN} invitations are open. Revoke some of them first.")
    invitation, secret = Invitation.issue(timedelta(days=days), corpus=locked, created_by=by, role=role, note=note)
    record(locked, Edit.Kind.INVITATION, invitation, None, {"state": "open", "role": role}, by)
    return invitation, secret


@transaction.atomic
def revoke_invitation(invitation: Invitation, by: Any) -> bool:
    """False if it has ended already."""
    locked = lock_corpus(invitation.corpus, by)
    if not Invitation.objects.usable().filter(pk=invitation.pk).update(revoked=Now()):
        return False
    record(locked, Edit.Kind.INVITATION, invitation, {"state": "open"}, {"state": "revoked"}, by)
    return True


def usable_invitation(secret: str) -> Invitation | None:
    rows = Invitation.objects.usable().with_secret(secret).select_related("corpus", "created_by")
    invitation = rows.first()
    return invitation if invitation and invitation.corpus.allows(invitation.created_by, Membership.Role.MANAGER) else None


@transaction.atomic
def accept(secret: str, account: Callable[[], Any]) -> tuple[Invitation, Any]:
    """Make a member of `account()`, which is only called once nobody else can use the link. Raises EditError."""
    Invitation.objects.select_for_update(of=("self",)).with_secret(secret).first()
    invitation = usable_invitation(secret)
    if invitation is None:
        raise EditError(ENDED)
    locked = Corpus.objects.select_for_update(no_key=True).get(pk=invitation.corpus_id)
    user = account()
    enter(locked, user, invitation.role, user)
    Invitation.objects.filter(pk=invitation.pk).update(used=Now(), accepted_by=user)
    record(locked, Edit.Kind.INVITATION, invitation, {"state": "open"}, {"state": "accepted"}, user)
    return invitation, user


# Passwords


def resettable(corpus: Corpus, by: Any) -> QuerySet[Any]:
    """Members of a corpus whose password its manager may have set anew.

    Whoever sets a password can sign in as that person. So they must not get anything by it that they cannot open themselves: no
    account that runs the installation, none that belongs to a corpus they do not manage. And they must not make anyone theirs by
    adding them: the person has accepted an invitation to a corpus that they manage.
    """
    managed = Corpus.objects.for_user(by, Membership.Role.MANAGER).order_by().values("pk")
    elsewhere = Membership.objects.exclude(corpus__in=managed).values("user")
    accepted = Invitation.objects.filter(corpus__in=managed, used__isnull=False).values("accepted_by")
    accounts = get_user_model().objects.filter(is_active=True, is_staff=False, is_superuser=False)
    members = Membership.objects.filter(corpus=corpus).filter(corpus__in=managed).values("user")
    return accounts.filter(pk__in=members).filter(pk__in=accepted).exclude(pk__in=elsewhere).exclude(pk=by.pk)


@transaction.atomic
def make_password_link(corpus: Corpus, account: Any, by: Any) -> tuple[PasswordLink, str]:
    """A link and its secret; an open one of the account ends. Raises EditError for an account that `resettable` leaves out."""
    locked = lock_corpus(corpus, by)
    if not resettable(locked, by).filter(pk=account.pk).exists():
        raise EditError(f"Only an administrator can set the password of “{account}”.")
    PasswordLink.objects.filter(user=account, used=None, revoked=None).update(revoked=Now())
    link, secret = PasswordLink.issue(PASSWORD_LINK_LIFE, corpus=locked, created_by=by, user=account)
    record(locked, Edit.Kind.PASSWORD, account, None, {"link": "made"}, by)
    for notify in to_notify:
        notify(link, False)
    return link, secret


def usable_password_link(secret: str) -> PasswordLink | None:
    """What has changed since it was made counts: roles, memberships and staff status of both."""
    rows = PasswordLink.objects.usable().with_secret(secret).select_related("corpus", "created_by", "user")
    link: PasswordLink | None = rows.first()
    if link is None or not resettable(link.corpus, link.created_by).filter(pk=link.user_id).exists():
        return None
    return link


@transaction.atomic
def set_password(secret: str, save: Callable[[], Any]) -> PasswordLink:
    """Have `save` store the new password, which ends every session and token of the account. Raises EditError."""
    PasswordLink.objects.select_for_update(of=("self",)).with_secret(secret).first()
    link = usable_password_link(secret)
    if link is None:
        raise EditError(ENDED)
    save()
    PasswordLink.objects.filter(pk=link.pk).update(used=Now())
    record(link.corpus, Edit.Kind.PASSWORD, link.user, {"link": "made"}, {"link": "used"}, link.user)
    for notify in to_notify:
        notify(link, True)
    return link


def confirming_secret(link: PasswordLink) -> str:
    """What a mail to the member holds, and no page: who signed in by the link in their place cannot confirm it."""
    return salted_hmac("corpus.password_link", str(link.pk), algorithm="sha256").hexdigest()


def confirmable(secret: str, user: Any) -> PasswordLink | None:
    """The used link of their account that the secret confirms."""
    rows = PasswordLink.objects.filter(user=user, used__isnull=False, confirmed=None).select_related("created_by")
    return next((link for link in rows if constant_time_compare(confirming_secret(link), secret)), None)


@transaction.atomic
def confirm(link: PasswordLink, by: Any) -> bool:
    """Store that the member set the password by the link. False if it is not used, or confirmed already."""
    if not PasswordLink.objects.filter(pk=link.pk, used__isnull=False, confirmed=None).update(confirmed=Now()):
        return False
    record(link.corpus, Edit.Kind.PASSWORD, link.user, {"link": "used"}, {"link": "confirmed"}, by)
    return True
