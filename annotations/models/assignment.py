"""One person's reading of one document; all their marks hang on it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import partial
from types import SimpleNamespace
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import Exists, OuterRef, Q

from annotations.models.plan import Plan
from annotations.models.scheme import Scheme
from corpus.db.choices import TextChoices
from corpus.db.compiled_queries import Repeated, Slot
from corpus.models import Corpus, Document, Membership
from corpus.models.evidence import Evidence, Recorded, RecordedQuerySet


class CorpusScheme(models.Model):
    """The scheme under which new assignments of a corpus are marked."""

    corpus = models.OneToOneField(Corpus, on_delete=models.CASCADE, related_name="+")
    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "corpus scheme"
        verbose_name_plural = "corpus schemes"

    def __str__(self) -> str:
        return f"{self.corpus}: {self.scheme}"


class AssignmentQuerySet(RecordedQuerySet["Assignment"]):
    def for_user(self, user: User) -> AssignmentQuerySet:
        """What `user` may read: their own; as reviewer everybody's, but none of a text that they are annotating themselves; the gold
        that is submitted, but as annotator only of practice articles and where their own marks are submitted: none copies from it."""
        if user.is_superuser and user.is_active:
            return self.outside_bin()
        if not user.is_active:
            return self.none()
        # A first reading is hidden from its annotator while they read the text again.
        # One filter, so that all of it speaks of the same membership.
        return self.outside_bin().filter(
            Q(annotator_id=user.pk) & ~Q(role=Assignment.Role.ANNOTATION, document__in=being_reread_by(user))
            | Q(document__corpus__memberships__role__in=Membership.Role.from_rank("reviewer"))
            & (
                Q(role=Assignment.Role.ADJUDICATION) & ~Q(document__in=being_reread_by(user))
                | ~Q(document__in=being_annotated_by(user))
            )
            | Q(role=Assignment.Role.ADJUDICATION, status=Assignment.Status.SUBMITTED)
            & (
                Q(document__corpus__memberships__role=Membership.Role.VIEWER)
                | Q(document__article__practice=True)
                | Exists(submitted_by(user)) & ~Q(document__in=being_reread_by(user))
            ),
            document__corpus__memberships__user=user.pk,
        )

    def writable_by(self, user: User) -> AssignmentQuerySet:
        """Their own, while they may still mark in the corpus; a gold while they may still adjudicate there."""
        own = self.outside_bin().filter(annotator_id=user.pk) if user.is_active else self.none()
        if user.is_superuser:
            return own
        return own.filter(
            Q(document__corpus__memberships__role__in=Membership.Role.from_rank("reviewer"))
            | Q(
                document__corpus__memberships__role__in=Membership.Role.from_rank("annotator"),
                role__in=READING,
            ),
            document__corpus__memberships__user=user.pk,
        )

    def whole(self) -> AssignmentQuerySet:
        """With what a native document says of text, article and scheme, but not the text and the raw bytes.

        Find the row first and read it then: to plan these joins and those of `for_user` together takes
        PostgreSQL longer than to carry out both.
        """
        joined = self.select_related("document__article__outlet", "document__raw", "scheme", "annotator")
        return joined.defer("document__text", "document__raw__content", "scheme__body")

    def outside_bin(self) -> AssignmentQuerySet:
        """A reading of an article in the bin is in the bin itself; of a corpus in the bin it is hidden with the corpus."""
        return self.exclude(status=Assignment.Status.DELETED).filter(document__corpus__deletion=None)

    def read_by(self, user: User) -> AssignmentQuerySet:
        """Their readings, without mistakes: one in the bin counts only if they could see the gold by it."""
        own = self.filter(annotator=user, role=Assignment.Role.ANNOTATION)
        return own.exclude(status=Assignment.Status.DELETED, released=None)

    def gold(self) -> AssignmentQuerySet:
        return self.filter(role=Assignment.Role.ADJUDICATION)

    def gold_else_submitted(self) -> AssignmentQuerySet:
        """What evidence starts from: of each text the gold, and where there is none, what is submitted."""
        gold = Assignment.objects.gold().without_drafts().filter(document=OuterRef("document"))
        return self.without_drafts().filter(Q(role=Assignment.Role.ADJUDICATION) | ~Exists(gold))

    def without_drafts(self) -> AssignmentQuerySet:
        return self.filter(of_no_draft())

    def without_rereadings(self) -> AssignmentQuerySet:
        return self.exclude(role=Assignment.Role.REREADING)

    def live(self) -> AssignmentQuerySet:
        """Open or submitted: without what was skipped or has lapsed, and without rereadings, which have no place."""
        return self.filter(of_live())


def of_no_draft(path: str = "") -> Q:
    """The condition for rows whose assignment, at `path` (empty, or ending in "__"), is no draft: it is submitted, and
    no rereading, which says nothing that the first reading does not."""
    return Q(**{f"{path}status": Assignment.Status.SUBMITTED, f"{path}role__in": EVIDENCE})


def of_live(path: str = "") -> Q:
    """The condition for rows whose assignment, at `path` (as above), has a place: it is open or submitted."""
    return Q(**{f"{path}status__in": LIVE, f"{path}role__in": EVIDENCE})


def being_annotated_by(user: User) -> models.QuerySet[Assignment, Any]:
    """Texts of which `user` has an open reading, or one that has lapsed and may go on. Not correlated, so that PostgreSQL looks them up once for a list."""
    own = Assignment.objects.filter(annotator_id=user.pk, role__in=READING, status__in=UNFINISHED)
    return own.order_by().values("document")


def being_reread_by(user: User) -> models.QuerySet[Assignment, Any]:
    """Texts that `user` reads again at present."""
    own = Assignment.objects.filter(annotator_id=user.pk, role=Assignment.Role.REREADING, status=Assignment.Status.OPEN)
    return own.order_by().values("document")


def submitted_by(user: User) -> models.QuerySet[Assignment]:
    return Assignment.objects.filter(
        document=OuterRef("document"),
        annotator_id=user.pk,
        role=Assignment.Role.ANNOTATION,
        status=Assignment.Status.SUBMITTED,
    )


LEFT_OUT = {
    "revision": "compared with the change log",
    "due": "a date of the work, not of the annotations",
    "suggesting": "drawn by what is recorded, and never changed: a trigger holds it",
    "plan_id": "how the work came to a person, not what it says",
    "deletion_id": "compared with the deletions and with the status, which is kept",
}


class Assignment(Recorded):
    """A document given to a person to mark. Its revision counts the batches written to it."""

    class Role(TextChoices):
        ANNOTATION = "annotation", "annotation"
        ADJUDICATION = "adjudication", "adjudication (the gold)"
        REREADING = "rereading", "rereading (the same person again)"

    class Status(TextChoices):
        OPEN = "open", "open"
        SUBMITTED = "submitted", "submitted"
        SKIPPED = "skipped", "skipped by its annotator"
        LAPSED = "lapsed", "lapsed: nothing was written for some time"
        DELETED = "deleted", "deleted: in the bin"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="assignments")
    annotator = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="assignments")
    role = models.CharField(max_length=12, choices=Role, default=Role.ANNOTATION)
    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="assignments")
    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN)
    revision = models.PositiveIntegerField(default=0)
    created = models.DateTimeField(auto_now_add=True)
    submitted = models.DateTimeField(null=True, blank=True)
    saw_gold = models.DateTimeField(
        null=True, blank=True, help_text="When it was reopened although its annotator could have seen the gold."
    )
    independent = models.PositiveIntegerField(
        null=True,
        blank=True,
        help_text="Revision that agreement counts: the last one submitted before its annotator could see the gold or another reading.",
    )
    plan = models.ForeignKey(Plan, null=True, blank=True, on_delete=models.PROTECT, related_name="assignments")
    due = models.DateField(null=True, blank=True, help_text="Day by which it should be submitted.")
    deletion = models.ForeignKey(
        "corpus.Deletion",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="By which it is in the bin.",
    )
    released = models.DateTimeField(
        null=True,
        blank=True,
        help_text="Since when its annotator may see the gold of the text: then only a reviewer can return it.",
    )
    suggesting = models.BooleanField(
        default=True,
        editable=False,
        help_text="Suggestions are offered. Drawn when the reading begins, never changed: readings without any show what they do.",
    )

    objects: ClassVar = AssignmentQuerySet.as_manager()
    recorded_as = Evidence("assignment", left_out=LEFT_OUT)

    # The queue of a person adds what it shows.
    heading: str
    skip_reason: str
    skip_note: str
    skipped_why: str

    class Meta:
        ordering = ["-created", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "annotator", "role"], condition=~Q(status="deleted"), name="assignment_once"
            ),
            models.UniqueConstraint(
                fields=["document"],
                condition=Q(role="adjudication") & ~Q(status="deleted"),
                name="assignment_one_gold_per_document",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["open", "skipped", "lapsed"], submitted__isnull=True)
                | Q(status="submitted", submitted__isnull=False)
                | Q(status="deleted"),
                name="assignment_submitted_has_time",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["open", "submitted", "deleted"]) | Q(role="annotation"),
                name="assignment_gold_has_a_place",
            ),
            models.CheckConstraint(
                condition=~Q(role="rereading") | Q(plan=None, released=None),
                name="assignment_rereading_of_no_plan",
            ),
            models.CheckConstraint(
                condition=Q(status="deleted", deletion__isnull=False) | (~Q(status="deleted") & Q(deletion=None)),
                name="assignment_deleted_by_a_deletion",
            ),
            models.CheckConstraint(
                condition=Q(independent__isnull=True) | Q(role="annotation", independent__lte=models.F("revision")),
                name="assignment_independent_revision",
            ),
        ]
        indexes = [
            models.Index(fields=["annotator", "status"], name="assignment_queue"),
            models.Index(fields=["-created", "id"], name="assignment_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.document} by {self.annotator} ({self.role})"

    def get_absolute_url(self) -> str:
        return f"/annotate/{self.pk}/"

    @staticmethod
    def readable(user: User, pk: uuid.UUID) -> Assignment | None:
        """The one of `for_user` with this key, asked so often that its query is built once."""
        return READABLE[user.is_superuser].first(user=user.pk, pk=pk) if user.is_active else None

    @staticmethod
    def writable(user: User, pk: uuid.UUID) -> Assignment | None:
        """The one of `writable_by` with this key, in the same way."""
        return WRITABLE[user.is_superuser].first(user=user.pk, pk=pk) if user.is_active else None

    @staticmethod
    def whole(pk: uuid.UUID) -> Assignment:
        """The one of `AssignmentQuerySet.whole` with this key, in the same way."""
        assignment: Assignment | None = WHOLE.first(pk=pk)
        if assignment is None:
            raise Assignment.DoesNotExist
        return assignment


SHOWN = [(each.value, str(each.label)) for each in Assignment.Status if each != Assignment.Status.DELETED]
LIVE = (Assignment.Status.OPEN, Assignment.Status.SUBMITTED)
UNFINISHED = (Assignment.Status.OPEN, Assignment.Status.LAPSED)
# Roles in which somebody reads; and those of which the marks are evidence.
READING = (Assignment.Role.ANNOTATION, Assignment.Role.REREADING)
EVIDENCE = (Assignment.Role.ANNOTATION, Assignment.Role.ADJUDICATION)


def once(rows: Callable[[], AssignmentQuerySet]) -> Repeated:
    return Repeated(lambda: rows().filter(pk=Slot("pk")).only("revision").order_by())


WHOLE = Repeated(lambda: Assignment.objects.whole().filter(pk=Slot("pk")).order_by())
# By whether a superuser asks, since they are asked for nothing else.
PEOPLE: dict[bool, Any] = {
    flag: SimpleNamespace(pk=Slot("user"), is_active=True, is_authenticated=True, is_superuser=flag) for flag in (False, True)
}
READABLE = {flag: once(partial(Assignment.objects.for_user, somebody)) for flag, somebody in PEOPLE.items()}
WRITABLE = {flag: once(partial(Assignment.objects.writable_by, somebody)) for flag, somebody in PEOPLE.items()}


class OwnedQuerySet[Row: models.Model](models.QuerySet[Row]):
    """Rows of an assignment: seen by whoever sees the assignment."""

    def for_user(self, user: User) -> Self:
        if user.is_superuser and user.is_active:
            # To look each one's assignment up takes as long as there are rows: the few in the bin are looked up once.
            hidden = Assignment.objects.order_by().values("pk")
            rows = self.exclude(assignment__in=hidden.filter(deletion__isnull=False))
            return rows.exclude(assignment__in=hidden.filter(document__corpus__deletion__isnull=False))
        return self.filter(assignment__in=Assignment.objects.for_user(user).order_by())
