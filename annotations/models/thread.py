"""Threads: a question about a mark, and what colleagues answer."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import Case, Q, When
from django.db.models.functions import Now

from annotations.models.assignment import Assignment, being_annotated_by
from annotations.models.guideline import GuidelineVersion
from annotations.models.span import FragmentsField
from corpus.db.choices import TextChoices
from corpus.models import Corpus
from corpus.models.evidence import Evidence, Recorded, RecordedQuerySet


class ThreadQuerySet(models.QuerySet["Thread"]):
    def for_user(self, user: User) -> ThreadQuerySet:
        """One's own, and those about readings that one may see as annotator or more."""
        corpora = Corpus.objects.for_user(user, "annotator").values("pk")
        seen = Assignment.objects.for_user(user).order_by().values("pk")
        rows = self.exclude(assignment__status=Assignment.Status.DELETED)
        return rows.filter(Q(assignment__in=seen) | Q(opened_by=user.pk), corpus__in=corpora)

    def readable_by(self, user: User) -> ThreadQuerySet:
        """Those, and public ones without `is_seen`: of these somebody reads the posts alone, and of a text that they are annotating nothing."""
        seen = Q(pk__in=Thread.objects.for_user(user).order_by().values("pk"))
        corpora = Corpus.objects.for_user(user, "annotator").values("pk")
        public = Thread.objects.filter(public=True, corpus__in=corpora).exclude(assignment__status=Assignment.Status.DELETED)
        public = public.exclude(assignment__document__in=being_annotated_by(user))
        rows = self.filter(seen | Q(pk__in=public.order_by().values("pk")))
        return rows.annotate(is_seen=Case(When(seen, then=True), default=False))


class Thread(models.Model):
    """About a mark, or about the reading as a whole. It keeps words and place, so that it outlives its mark."""

    is_seen: bool  # by `readable_by`

    class State(TextChoices):
        OPEN = "open", "open"
        ANSWERED = "answered", "answered"
        RESOLVED = "resolved", "resolved"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    corpus = models.ForeignKey(Corpus, on_delete=models.PROTECT, related_name="threads")
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="threads")
    mark = models.UUIDField(null=True, blank=True, help_text="Id of the mark; empty: about the reading as a whole.")
    label = models.CharField(max_length=81, blank=True, help_text="LAYER.LABEL of the mark when the thread was opened.")
    fragments = FragmentsField(default=list, blank=True)
    quote = models.TextField(blank=True, help_text="Words of the mark when the thread was opened.")
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Who is to answer it.",
    )
    at = models.DateTimeField(db_default=Now(), editable=False)
    public = models.BooleanField(
        default=False, help_text="All annotators of the corpus read its posts, without words, article and names."
    )
    resolved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    resolved_at = models.DateTimeField(null=True, blank=True)
    guideline = models.ForeignKey(
        GuidelineVersion,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="threads",
        help_text="Version of a guideline that settles it.",
    )

    objects = ThreadQuerySet.as_manager()

    # The page of discussion adds the mark in words, whether the person may resolve it, and where it leads then.
    subject: str
    resolves: bool
    after: str

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["corpus", "state", "-at"], name="thread_of_a_corpus"),
            models.Index(fields=["assignment", "mark"], name="thread_of_a_mark"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["open", "answered", "resolved"]), name="thread_state"),
            models.CheckConstraint(
                condition=Q(state="resolved", resolved_by__isnull=False, resolved_at__isnull=False)
                | (~Q(state="resolved") & Q(resolved_by__isnull=True, resolved_at__isnull=True, guideline__isnull=True)),
                name="thread_resolved_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(mark__isnull=True, quote="", label="") | (Q(mark__isnull=False) & ~Q(quote="") & ~Q(label="")),
                name="thread_mark_with_its_words",
            ),
        ]

    def __str__(self) -> str:
        return f"“{self.quote[:80]}”" if self.quote else "the reading as a whole"

    def get_absolute_url(self) -> str:
        return f"/threads/{self.pk}/"


class ThreadPostQuerySet(RecordedQuerySet["ThreadPost"]):
    def for_user(self, user: User) -> ThreadPostQuerySet:
        return self.filter(thread__in=Thread.objects.for_user(user).order_by().values("pk"))


class ThreadPost(Recorded):
    """Rows are only added: the database refuses everything else."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="posts")
    text = models.TextField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now(), editable=False)

    objects: ClassVar = ThreadPostQuerySet.as_manager()
    recorded_as = Evidence("post")

    class Meta:
        ordering = ["thread", "at", "id"]
        verbose_name = "post"
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="threadpost_says_something")]

    def __str__(self) -> str:
        return self.text[:80]
