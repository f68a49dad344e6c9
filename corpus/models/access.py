"""Who may see and do what: corpora, memberships, API tokens, log-ins."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models.functions import Now
from django.utils import timezone

from corpus.db.choices import TextChoices
from corpus.db.compiled_queries import Repeated, Slot
from corpus.models.evidence import Deletable, RecordedQuerySet

TOKEN_LIFE = timedelta(days=365)
# Asked by nearly every request, some of them several times.
MEMBER = Repeated(lambda: Membership.objects.filter(corpus=Slot("corpus"), user=Slot("user"), user__is_active=True).order_by())


class CorpusQuerySet(RecordedQuerySet["Corpus"]):
    def for_user(self, user: Any, at_least: str = "viewer") -> CorpusQuerySet:
        """Corpora in which `user` has the role `at_least` or a higher one; all of them for a superuser. None that is in the bin."""
        return self.with_deleted(user, at_least).filter(deletion=None)

    def with_deleted(self, user: Any, at_least: str = "viewer") -> CorpusQuerySet:
        """With those in the bin."""
        if not user.is_active or not user.is_authenticated:
            return self.none()
        if user.is_superuser:
            return self
        roles = Membership.Role.from_rank(at_least)
        return self.filter(pk__in=Membership.objects.filter(user=user.pk, role__in=roles).values("corpus"))


class Corpus(Deletable):
    """A collection of articles with its own members: the border of what a person can see."""

    slug = models.SlugField(max_length=60, unique=True, help_text="Short name used in URLs.")
    name = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    created = models.DateTimeField(auto_now_add=True)
    deletion = models.ForeignKey(
        "corpus.Deletion",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.DO_NOTHING,  # the database refuses it
        related_name="+",
        help_text="By which it is in the bin.",
    )

    objects: ClassVar = CorpusQuerySet.as_manager()
    last_role: tuple[Any, str | None] | None = None  # whose role was asked for last, and which it is

    # The first page adds the role of a person, how far articles are, what waits, what is new, and the first steps.
    role: str
    shares: list[Any]
    waiting: list[Any]
    news: Any
    steps: list[Any]

    class Meta:
        ordering = ["slug"]
        verbose_name_plural = "corpora"

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/corpora/{self.slug}/"

    def role_of(self, user: Any) -> str | None:
        """The role of `user` here, "manager" for a superuser, None for an outsider, and for everyone while it is in the bin."""
        if self.deletion_id:
            return None
        if user.is_superuser and user.is_active:
            return Membership.Role.MANAGER
        membership = MEMBER.first(corpus=self.pk, user=user.pk)
        self.last_role = (user.pk, membership.role if membership else None)
        return self.last_role[1]

    def shown_role(self, user: Any) -> str | None:
        """As `role_of` has told it last: for what a page shows, not for what somebody may do."""
        return self.last_role[1] if self.last_role and self.last_role[0] == user.pk else self.role_of(user)

    def allows(self, user: Any, at_least: str) -> bool:
        return self.role_of(user) in Membership.Role.from_rank(at_least)

    def require(self, user: Any, at_least: str) -> None:
        """Raises PermissionDenied, which names the missing role and the managers who can give it."""
        if self.allows(user, at_least):
            return
        managers = self.memberships.filter(role=Membership.Role.MANAGER, user__is_active=True)
        names = ", ".join(managers.order_by("user__username").values_list("user__username", flat=True))
        remedy = f"Managers of this corpus: {names}." if names else "Ask your administrator."
        raise PermissionDenied(f"You need the role “{Membership.Role(at_least).value}” for this. {remedy}")


class Membership(models.Model):
    """What one person may do in one corpus."""

    class Role(TextChoices):
        """From least to most: each may do what those before it may."""

        VIEWER = "viewer", "viewer: reads articles and the gold"
        ANNOTATOR = "annotator", "annotator: annotates articles"
        REVIEWER = "reviewer", "reviewer: sees all annotations and adjudicates"
        MANAGER = "manager", "manager: adds articles and members"

        @classmethod
        def from_rank(cls, least: str) -> list[str]:
            return cls.values[cls.values.index(least) :]

    corpus = models.ForeignKey(Corpus, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=12, choices=Role)
    languages = ArrayField(
        models.CharField(max_length=35),
        default=list,
        blank=True,
        help_text="Languages of articles that the member annotates, BCP 47.",
    )
    capacity = models.PositiveIntegerField(null=True, blank=True, help_text="Characters a week.")
    paused = models.BooleanField(default=False, help_text="The member is offered no articles.")
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["corpus", "user"]
        constraints = [
            models.UniqueConstraint(fields=["corpus", "user"], name="membership_once"),
            models.CheckConstraint(
                condition=models.Q(role__in=["viewer", "annotator", "reviewer", "manager"]),
                name="membership_role",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} in {self.corpus}: {self.role}"


class TokenQuerySet(models.QuerySet["Token"]):
    def for_user(self, user: Any) -> TokenQuerySet:
        return self if user.is_superuser else self.filter(user=user)

    def alive(self) -> TokenQuerySet:
        """Neither revoked nor expired by the clock of the database, of a person who may log in."""
        return self.filter(revoked__isnull=True, expires__gt=Now(), user__is_active=True)

    def find(self, secret: str) -> Token | None:
        """The living token whose secret this is; the secret itself is never stored."""
        token: Token | None = BY_DIGEST.first(digest=Token.digest_of(secret))
        return token


def a_year_from_now() -> Any:
    return timezone.now() + TOKEN_LIFE


class Token(models.Model):
    """A key for programs. Only its SHA-256 is kept: a stolen database gives no usable token."""

    class Scope(TextChoices):
        READ = "read", "read"
        ANNOTATE = "annotate", "annotate: read and write annotations"
        EXPORT = "export", "export: read and download whole corpora"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=100, help_text="Purpose, such as “nightly mirror”.")
    prefix = models.CharField(max_length=8, editable=False, help_text="First characters of the token.")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    scopes = ArrayField(models.CharField(max_length=10, choices=Scope), default=list)
    created = models.DateTimeField(auto_now_add=True)
    expires = models.DateTimeField(default=a_year_from_now, help_text="At most one year from now.")
    last_used = models.DateTimeField(null=True, blank=True, editable=False)
    revoked = models.DateTimeField(null=True, blank=True)

    objects = TokenQuerySet.as_manager()

    class Meta:
        ordering = ["-created"]
        verbose_name = "API token"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(scopes__contained_by=["read", "annotate", "export"]) & ~models.Q(scopes=[]),
                name="token_scopes",
            ),
            models.CheckConstraint(
                condition=models.Q(expires__lte=models.F("created") + timedelta(days=366)),
                name="token_expires_within_a_year",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"

    @staticmethod
    def digest_of(secret: str) -> str:
        return hashlib.sha256(secret.encode()).hexdigest()

    @classmethod
    def issue(cls, user: Any, name: str, scopes: list[str], **fields: Any) -> tuple[Token, str]:
        """A new token and its secret, which is shown this once and cannot be read again."""
        secret = secrets.token_urlsafe(32)
        token = cls.objects.create(
            user=user,
            name=name,
            scopes=scopes,
            prefix=secret[:8],
            digest=cls.digest_of(secret),
            **fields,
        )
        return token, secret


BY_DIGEST = Repeated(lambda: Token.objects.alive().select_related("user").filter(digest=Slot("digest")).order_by())


class LoginFailure(models.Model):
    """One wrong password, or a block that waits for its first try: counted to slow guessing down."""

    account = models.CharField(max_length=64, help_text="SHA-256 of the user name that was entered.")
    network = models.CharField(max_length=50, help_text="Network of the client: /24 for IPv4, /64 for IPv6.")
    block = models.CharField(max_length=50, help_text="The network; for IPv6 the /48 in which it lies.")
    browser = models.CharField(max_length=64, blank=True, default="", help_text="Digest of the known browser or session.")
    waiting = models.BooleanField(
        default=False, help_text="Rejected before the password was checked, because of the waiting time."
    )
    kept = models.BooleanField(default=False, help_text="A try of the turns that are kept for the network that asked first.")
    at = models.DateTimeField(db_default=Now(), editable=False)
    asked = models.DateTimeField(db_default=Now(), editable=False, help_text="When a network that waits asked last.")

    class Meta:
        ordering = ["-at"]
        verbose_name = "failed sign-in"
        indexes = [
            models.Index(fields=["account", "at"], name="loginfailure_account"),
            models.Index(fields=["network", "at"], name="loginfailure_network"),
            models.Index(fields=["block", "at"], name="loginfailure_block"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "block"], condition=models.Q(waiting=True), name="loginfailure_waits_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.network} at {self.at}"


class ExpiringQuerySet[Row: models.Model](models.QuerySet[Row]):
    def alive(self) -> Self:
        """Not expired by the clock of the database."""
        return self.filter(expires__gt=Now())


class KnownBrowser(models.Model):
    """A browser in which a person has logged in. It holds a secret in a cookie; here is only a digest of it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="known_browsers")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    mailed = models.BooleanField(default=False, help_text="Its secret was sent by mail, and nobody has signed in with it.")
    created = models.DateTimeField(db_default=Now(), editable=False)
    expires = models.DateTimeField()

    objects = ExpiringQuerySet.as_manager()

    class Meta:
        ordering = ["-created"]

    def __str__(self) -> str:
        return f"a browser of {self.user}"


class KnownNetwork(models.Model):
    """A network from which a person has logged in."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="known_networks")
    network = models.CharField(max_length=50, help_text="Network of the client: /24 for IPv4, /64 for IPv6.")
    expires = models.DateTimeField()

    objects = ExpiringQuerySet.as_manager()

    class Meta:
        ordering = ["-expires"]
        constraints = [models.UniqueConstraint(fields=["user", "network"], name="knownnetwork_once")]

    def __str__(self) -> str:
        return f"{self.network} of {self.user}"
