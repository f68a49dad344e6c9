"""Links that end: an invitation to a corpus, and a new password. Only digests of their secrets are kept."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Case, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Now

from corpus.models.access import Corpus, ExpiringQuerySet, Membership, Token


class LinkQuerySet[Row: models.Model](ExpiringQuerySet[Row]):
    def usable(self) -> Self:
        """Neither used nor revoked nor expired."""
        return self.alive().filter(used=None, revoked=None)

    def with_secret(self, secret: str) -> Self:
        return self.filter(digest=Token.digest_of(secret))


class ExpiringLink(models.Model):
    """A link for one use, until it expires or is revoked."""

    corpus = models.ForeignKey(Corpus, on_delete=models.CASCADE, related_name="%(class)ss")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="created_%(class)ss")
    created = models.DateTimeField(db_default=Now(), editable=False)
    expires = models.DateTimeField()
    used = models.DateTimeField(null=True, blank=True)
    revoked = models.DateTimeField(null=True, blank=True)

    objects = LinkQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-created", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(used=None) | Q(revoked=None), name="%(class)s_ends_once"),
            models.CheckConstraint(
                condition=Q(expires__lte=F("created") + timedelta(days=31)), name="%(class)s_expires_within_a_month"
            ),
        ]

    @classmethod
    def issue(cls, life: timedelta, **fields: Any) -> tuple[Self, str]:
        """A new link and its secret, which is shown this once and cannot be read again."""
        secret = secrets.token_urlsafe(32)
        return cls.objects.create(digest=Token.digest_of(secret), expires=Now() + life, **fields), secret


class Invitation(ExpiringLink):
    """An invitation to a corpus in a fixed role: whoever accepts it becomes a member, with an account of theirs or a new one."""

    role = models.CharField(max_length=12, choices=Membership.Role)
    note = models.CharField(max_length=100, blank=True, help_text="Invited person, such as “Jun, desk 3”.")
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="accepted_invitations"
    )

    class Meta(ExpiringLink.Meta):
        constraints = [
            *ExpiringLink.Meta.constraints,
            models.CheckConstraint(
                condition=Q(used=None, accepted_by=None) | Q(used__isnull=False, accepted_by__isnull=False),
                name="invitation_is_accepted_by_someone",
            ),
            models.CheckConstraint(condition=Q(role__in=["viewer", "annotator", "reviewer", "manager"]), name="invitation_role"),
        ]

    def __str__(self) -> str:
        return f"{self.note or 'invitation'} ({self.role})"


class PasswordLink(ExpiringLink):
    """A link with which a member sets a new password."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="password_links")
    confirmed = models.DateTimeField(null=True, blank=True, help_text="When it was confirmed that the member set the password.")
    replaced = models.DateTimeField(null=True, blank=True, help_text="When an administrator set another password.")

    class Meta(ExpiringLink.Meta):
        constraints = [
            *ExpiringLink.Meta.constraints,
            models.UniqueConstraint(fields=["user"], condition=Q(used=None, revoked=None), name="passwordlink_open_once"),
            models.CheckConstraint(
                condition=Q(used__isnull=False) | Q(confirmed=None, replaced=None), name="passwordlink_used_before_confirmed"
            ),
        ]

    def __str__(self) -> str:
        return f"password link of {self.user}"


def with_password_links(rows: Any) -> Any:
    """The rows, each with the link by which the password of its `user` was set before its time `at`: `link_maker`, who could sign as
    that person, and `link_used`. Both are empty where that was confirmed, or an administrator had set another password."""
    last = PasswordLink.objects.filter(user=OuterRef("user"), used__lte=OuterRef("at")).order_by("-used")
    doubtful = Q(Q(replaced=None) | Q(replaced__gt=OuterRef("at")), confirmed=None)
    maker, used = (
        Subquery(last.values(shown=Case(When(doubtful, then=F(field))))[:1]) for field in ("created_by__username", "used")
    )
    return rows.annotate(link_maker=maker, link_used=used)
