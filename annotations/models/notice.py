"""Notices: what happened to a person's work, in the app and in digests by mail, and how each wants them."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from annotations.models.assignment import Assignment
from annotations.models.guideline import Guideline
from annotations.models.plan import Plan
from annotations.models.team import AgreementTarget
from annotations.models.thread import Thread
from corpus.db.choices import TextChoices
from corpus.models import Article, Corpus

SUBJECTS = ("assignment", "thread", "guideline", "article", "plan", "target")
TRIES = 5  # of a digest
KEPT = timedelta(days=90)  # after it was read


class NoticeDigest(models.Model):
    """A mail with several notices. Its id is that of the mail, however often it is sent."""

    class State(TextChoices):
        WAITING = "waiting", "waiting"
        SENT = "sent", "sent"
        UNCONFIRMED = "unconfirmed", "sent, but the mail server broke the connection before it confirmed this"
        FAILED = "failed", "failed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=12, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    claimed = models.DateTimeField(null=True, blank=True, help_text="When a process began the present try.")
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ["-at", "id"]
        verbose_name = "digest"
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=Q(state="waiting"), name="noticedigest_one_waiting"),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "sent", "unconfirmed", "failed"]), name="noticedigest_state"
            ),
            models.CheckConstraint(condition=Q(tries__lte=TRIES), name="noticedigest_tries"),
        ]

    def __str__(self) -> str:
        return f"Digest of {self.user}"


class NoticeQuerySet(models.QuerySet["Notice"]):
    def for_user(self, user: User) -> NoticeQuerySet:
        """One's own of corpora that one still sees, without those that one wants by mail alone, and of what is in the bin."""
        rows = self.filter(user=user.pk, in_app=True, corpus__in=Corpus.objects.for_user(user).order_by().values("pk"))
        return rows.outside_bin()

    def outside_bin(self) -> NoticeQuerySet:
        deleted = {"assignment__status": Assignment.Status.DELETED, "thread__assignment__status": Assignment.Status.DELETED}
        rows = self.filter(corpus__deletion=None, article__deletion=None)
        return rows.exclude(Q(**deleted, _connector=Q.OR))

    def unread(self) -> NoticeQuerySet:
        return self.filter(read=None)


def of_kinds(kinds: list[str], *present: str) -> Q:
    """Whether a row is of one of these kinds, and has these subjects and no others."""
    return Q(kind__in=kinds, **{f"{name}__isnull": name not in present for name in SUBJECTS})


class Notice(models.Model):
    """Until it is read, there is one of a kind about a subject."""

    class Kind(TextChoices):
        ASSIGNED = "assigned", "Assigned to me"
        DUE = "due", "Due in two days"
        LATE = "late", "Late"
        RETURNED = "returned", "Returned to me"
        LAPSED = "lapsed", "Lapsed"
        QUESTION = "question", "Question"
        ANSWER = "answer", "Answer to my question"
        RESOLVED = "resolved", "Question resolved"
        APPROVED = "approved", "My annotations approved"
        ADJUDICATED = "adjudicated", "My annotations adjudicated"
        GUIDELINE = "guideline", "Guideline changed"
        TEXT = "text", "New text of an article"
        SKIPS = "skips", "Skipped by two annotators"
        PLAN = "plan", "Plan done"
        TESTS = "tests", "Tests passed"
        TARGET = "target", "Agreement under target"
        HANDED_OVER = "handed-over", "Gold handed over"
        JOINED = "joined", "Added to a plan"
        RESCHEDULED = "rescheduled", "Due date changed"
        PASSWORD_LINK = "password", "Password link for my account"
        PASSWORD_SET = "password-set", "My password set by a link"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices", db_index=False)
    corpus = models.ForeignKey(Corpus, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    assignment = models.ForeignKey(Assignment, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    thread = models.ForeignKey(Thread, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    guideline = models.ForeignKey(Guideline, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    article = models.ForeignKey(Article, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    plan = models.ForeignKey(Plan, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    target = models.ForeignKey(AgreementTarget, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField(null=True, blank=True, help_text="Articles that were assigned, differences, or links.")
    in_app = models.BooleanField(help_text="Off: for the mail alone.")
    read = models.DateTimeField(null=True, blank=True)
    digest = models.ForeignKey(NoticeDigest, null=True, blank=True, on_delete=models.SET_NULL, related_name="notices")
    at = models.DateTimeField(db_default=Now(), editable=False)

    objects = NoticeQuerySet.as_manager()

    guideline_title: str  # by `with_subjects`
    line: Any  # where a page shows it

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind", "corpus", *SUBJECTS],
                condition=Q(read__isnull=True),
                nulls_distinct=False,
                name="notice_once_until_read",
            ),
            models.CheckConstraint(
                condition=of_kinds(["assigned", "password", "password-set"])
                | of_kinds(
                    ["due", "late", "returned", "lapsed", "approved", "adjudicated", "tests", "handed-over", "rescheduled"],
                    "assignment",
                )
                | of_kinds(["question", "answer", "resolved"], "thread")
                | of_kinds(["guideline"], "guideline")
                | of_kinds(["text", "skips"], "article")
                | of_kinds(["plan", "joined", "rescheduled"], "plan")
                | of_kinds(["target"], "target"),
                name="notice_kind_has_its_subject",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["assigned", "password", "password-set"], number__isnull=False, number__gte=1)
                | Q(kind="adjudicated", number__isnull=False)
                | (~Q(kind__in=["assigned", "adjudicated", "password", "password-set"]) & Q(number__isnull=True)),
                name="notice_number",
            ),
        ]
        indexes = [
            models.Index(fields=["user", "-at", "-id"], name="notice_newest"),
            # The count in the bar on top of every page.
            models.Index(fields=["user", "corpus"], condition=Q(read__isnull=True, in_app=True), name="notice_unread"),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())


COUNTING = (Notice.Kind.ASSIGNED, Notice.Kind.PASSWORD_LINK, Notice.Kind.PASSWORD_SET)  # until it is read
# Nobody chooses these: who is signed in in another's place would choose not to tell them.
ALWAYS = (Notice.Kind.PASSWORD_LINK, Notice.Kind.PASSWORD_SET)
CHOSEN = [kind for kind in Notice.Kind.values if kind not in ALWAYS]


class NoticeChoice(models.Model):
    """How a person wants notices of a kind. Without a row: in the app, and by mail as `mail_default` says."""

    class Mail(TextChoices):
        OFF = "off", "off"
        DAILY = "daily", "daily"
        WEEKLY = "weekly", "weekly"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=Notice.Kind)
    in_app = models.BooleanField()
    mail = models.CharField(max_length=6, choices=Mail)

    class Meta:
        ordering = ["user", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["user", "kind"], name="noticechoice_once"),
            models.CheckConstraint(condition=Q(mail__in=["off", "daily", "weekly"]), name="noticechoice_mail"),
            models.CheckConstraint(condition=Q(kind__in=CHOSEN), name="noticechoice_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_kind_display()}"


def mail_default(kind: str) -> str:
    weekly = (Notice.Kind.APPROVED, Notice.Kind.ADJUDICATED, Notice.Kind.TESTS)
    return NoticeChoice.Mail.WEEKLY if kind in weekly else NoticeChoice.Mail.DAILY


class NoticeSettings(models.Model):
    """What holds for all mails to a person. Without a row both are on."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    mail = models.BooleanField(default=True, help_text="Off: no mail, whatever is chosen for a kind.")
    corpus_names = models.BooleanField(default=True, help_text="Names of corpora in mails.")

    class Meta:
        ordering = ["user"]
        verbose_name = "notice settings"
        verbose_name_plural = "notice settings"

    def __str__(self) -> str:
        return f"{self.user}: notice settings"

    @classmethod
    def of(cls, user: User) -> NoticeSettings:
        """Those of a person, stored or not."""
        return cls.objects.filter(user=user.pk).first() or cls(user=user)
