"""Adjudications: which readings a gold was made of, and each decision by which it came about."""

from __future__ import annotations

import uuid
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from annotations.models.assignment import PEOPLE, Assignment
from corpus.db.choices import TextChoices
from corpus.db.compiled_queries import Repeated, Slot
from corpus.models import Membership
from corpus.models.evidence import Evidence, Recorded


class AdjudicationQuerySet(models.QuerySet["Adjudication"]):
    def for_user(self, user: User) -> AdjudicationQuerySet:
        """Those of the corpora in which `user` marks: an annotator knows that there is one, and may not look into it."""
        return self.of_members(user, Membership.Role.ANNOTATOR)

    def of_members(self, user: User, role: str) -> AdjudicationQuerySet:
        if not user.is_active:
            return self.none()
        if user.is_superuser:
            return self.outside_bin()
        roles = Membership.Role.from_rank(role)
        members = Membership.objects.filter(user=user.pk, role__in=roles).order_by().values("corpus")
        return self.outside_bin().filter(gold__document__corpus__in=members)

    def outside_bin(self) -> AdjudicationQuerySet:
        return self.exclude(gold__status=Assignment.Status.DELETED).filter(gold__document__corpus__deletion=None)


class Adjudication(models.Model):
    """`gold` is made of the readings in `inputs`, each at the revision that it had at the start."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gold = models.OneToOneField(Assignment, on_delete=models.PROTECT, related_name="adjudication")
    material = models.JSONField(default=list, help_text="Names of the differences on which a statement rests that differs.")
    seed = models.PositiveIntegerField(null=True, blank=True, help_text="Of the draw of `look`. Empty: nothing was drawn.")
    look = models.JSONField(default=list, blank=True, help_text="Names of agreed groups that were drawn for a look.")
    apart = models.JSONField(
        default=list, blank=True, help_text="Pairs of entities that are not one: entities, user, at; undone: user and at."
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", help_text="Who began it.")
    at = models.DateTimeField(auto_now_add=True)
    reason = models.TextField(blank=True, help_text="Why it began with fewer readings than planned.")

    objects = AdjudicationQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "id"]
        constraints = [models.CheckConstraint(condition=Q(seed__isnull=False) | Q(look=[]), name="adjudication_look_by_seed")]

    def __str__(self) -> str:
        return f"Adjudication of {self.gold.document}"

    def get_absolute_url(self) -> str:
        return f"/adjudicate/{self.gold_id}/"

    @property
    def kept_apart(self) -> frozenset[frozenset[str]]:
        return frozenset(frozenset(each["entities"]) for each in self.apart if "undone" not in each)

    @staticmethod
    def readable(user: User, pk: uuid.UUID) -> Adjudication | None:
        """The one of `for_user` with this key, with its gold and corpus. Its SQL is built once."""
        return READABLE[user.is_superuser].first(user=user.pk, pk=pk) if user.is_active else None


def once(somebody: Any) -> Repeated:
    rows = partial(Adjudication.objects.for_user, somebody)
    return Repeated(
        lambda: (
            rows()
            .select_related("gold__document__corpus")
            .defer("gold__document__text", "gold__document__source_map")
            .filter(pk=Slot("pk"))
            .order_by()
        )
    )


READABLE = {flag: once(somebody) for flag, somebody in PEOPLE.items()}


class AdjudicationInput(Recorded):
    """A reading as it was when its adjudication began, or when it was included later."""

    adjudication = models.ForeignKey(Adjudication, on_delete=models.PROTECT, related_name="inputs")
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="adjudicated_in")
    revision = models.PositiveIntegerField(help_text="Of the reading at that time.")
    position = models.PositiveSmallIntegerField(help_text="0: reader A, 1: reader B …")
    at = models.DateTimeField(null=True, blank=True, help_text="When it was included. Empty: at the start.")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="Who included it."
    )

    recorded_as = Evidence("adjudication_input", chain="assignment", owner="assignment_id")

    class Meta:
        ordering = ["adjudication", "position"]
        constraints = [
            models.UniqueConstraint(fields=["adjudication", "position"], name="adjudication_input_position"),
            models.UniqueConstraint(fields=["adjudication", "assignment"], name="adjudication_input_once"),
            models.CheckConstraint(
                condition=Q(at=None, user=None) | Q(at__isnull=False, user__isnull=False), name="adjudication_input_later"
            ),
        ]

    def __str__(self) -> str:
        return f"Reader {self.letter} at revision {self.revision}"

    @property
    def letter(self) -> str:
        return chr(ord("A") + self.position)


class AdjudicationDecision(models.Model):
    """What was done with a difference. The last one about a location holds; the row itself never changes."""

    class Outcome(TextChoices):
        AUTO = "auto", "all agree"
        ACCEPTED = "accepted", "accepted"
        CHANGED = "changed", "changed"
        DROPPED = "dropped", "dropped"
        ADDED = "added", "added"
        UNDONE = "undone", "undone"
        LOOKED = "looked", "checked"

    class Reason(TextChoices):
        AMBIGUOUS = "ambiguous", "ambiguous text"
        GUIDELINE = "guideline", "guideline gap"
        SLIP = "slip", "slip"
        SCHEME = "scheme", "scheme gap"
        EDGE = "edge", "edge case"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    adjudication = models.ForeignKey(Adjudication, on_delete=models.PROTECT, related_name="decisions")
    position = models.PositiveIntegerField(help_text="In the order of the decisions.")
    kind = models.CharField(max_length=10, help_text="mark, entity, event, argument, claim, citation or link")
    layer = models.CharField(max_length=40, blank=True, help_text="Of a mark, or of the mark that means an entity.")
    role = models.CharField(max_length=40, blank=True, help_text="Of an argument; the type of a link.")
    start = models.PositiveIntegerField(help_text="First character of all versions, in code points.")
    end = models.PositiveIntegerField()
    number = models.PositiveSmallIntegerField(default=0, help_text="Tells differences of the same words apart.")
    outcome = models.CharField(max_length=10, choices=Outcome)
    taken = models.ForeignKey(
        AdjudicationInput, null=True, on_delete=models.PROTECT, related_name="+", help_text="The reading whose version was taken."
    )
    undoes = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="undone_by")
    together = models.UUIDField(null=True, blank=True, help_text="Of an act of several decisions: the first of them.")
    reason = models.CharField(max_length=10, choices=Reason, blank=True)
    note = models.TextField(blank=True)
    against = models.ForeignKey(
        "annotations.Ruling",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="decisions_against",
        help_text="Ruling that says otherwise of the same words.",
    )
    changes = ArrayField(models.UUIDField(), default=list, help_text="Ids of its changes in the log of the gold.")
    revision = models.PositiveIntegerField(help_text="Of the gold after it.")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "decision of an adjudication"
        verbose_name_plural = "decisions of adjudications"
        ordering = ["adjudication", "position"]
        constraints = [
            models.UniqueConstraint(fields=["adjudication", "position"], name="adjudication_decision_position"),
            models.CheckConstraint(
                condition=Q(outcome__in=["auto", "accepted", "looked"], taken__isnull=False)
                | Q(outcome__in=["dropped", "added", "undone"], taken__isnull=True)
                | Q(outcome="changed"),
                name="adjudication_decision_taken",
            ),
            models.CheckConstraint(
                condition=Q(outcome="undone", undoes__isnull=False) | ~Q(outcome="undone") & Q(undoes__isnull=True),
                name="adjudication_decision_undoes",
            ),
            models.CheckConstraint(condition=Q(start__lte=models.F("end")), name="adjudication_decision_order"),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}: {self.kind} at {self.start}–{self.end}"
