"""Screening: what a corpus is looked for in, when it was, and the entries that may be its entities.

A candidate is an offer. Only a person makes a link of it: see `Decision` and docs/adr/0016.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from corpus.db.choices import TextChoices
from corpus.models import Corpus
from corpus.models.evidence import Evidence, Recorded, RecordedQuerySet
from registry.models.entities import Entity
from registry.models.lists import ListedName, ListVersion, SanctionsList, texts
from registry.models.withheld import not_withheld, of_whole_corpora

LOWEST, HIGHEST, USUAL = 60, 100, 72


class OfVisibleCorpus(models.QuerySet[Any]):
    """Rows of a corpus that the person may see."""

    def for_user(self, user: Any, at_least: str = "viewer") -> OfVisibleCorpus:
        return self.filter(corpus__in=Corpus.objects.for_user(user, at_least))


class RunQuerySet(OfVisibleCorpus):
    def for_user(self, user: Any, at_least: str = "viewer") -> RunQuerySet:
        """Each with `is_counted`: to whom entities of the corpus may be withheld, its numbers are not told, nor that entities changed."""
        rows = super().for_user(user, at_least).annotate(is_counted=of_whole_corpora(user))
        shown: RunQuerySet = rows.filter(Q(is_counted=True) | ~Q(trigger=ScreeningRun.Trigger.ENTITIES))
        return shown


FOLLOWING = ("version", "last_run_id", "since_run_id", "card_id")  # columns of a candidate


class OfVisibleEntity(RecordedQuerySet[Any]):
    """Rows of an entity that the person may see, and of a list that they may see."""

    def for_user(self, user: Any, at_least: str = "viewer") -> OfVisibleEntity:
        lists = SanctionsList.objects.for_user(user)
        rows = self.filter(entity__corpus__in=Corpus.objects.for_user(user, at_least), list__in=lists)
        shown: OfVisibleEntity = not_withheld(rows, user, "entity")
        return shown


class ScreenedBy(models.Model):
    """A list that a corpus is screened against, from which score on."""

    corpus = models.ForeignKey(Corpus, on_delete=models.PROTECT, related_name="screened_by")
    list = models.ForeignKey(SanctionsList, on_delete=models.PROTECT, related_name="screens")
    programmes = texts("Only entries of these programmes. Empty: all entries.")
    threshold = models.PositiveSmallIntegerField(
        default=USUAL,
        validators=[MinValueValidator(LOWEST), MaxValueValidator(HIGHEST)],
        help_text="Lowest score of a candidate, from 60 to 100.",
    )

    objects = OfVisibleCorpus.as_manager()

    class Meta:
        ordering = ["corpus", "list"]
        verbose_name = "list of a corpus"
        verbose_name_plural = "lists of corpora"
        constraints = [
            models.UniqueConstraint(fields=["corpus", "list"], name="screenedby_once"),
            models.CheckConstraint(
                condition=Q(threshold__gte=LOWEST, threshold__lte=HIGHEST), name="screenedby_threshold_60_to_100"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.corpus}: {self.list} from {self.threshold}"


class SecondPersonRule(models.Model):
    """That a corpus asks for two persons before a match is confirmed: there is a row, or there is no such rule."""

    corpus = models.OneToOneField(Corpus, on_delete=models.CASCADE, primary_key=True, related_name="second_person_rule")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="second_person_rules")
    since = models.DateTimeField(db_default=Now(), editable=False)

    objects = OfVisibleCorpus.as_manager()

    class Meta:
        ordering = ["corpus"]
        verbose_name = "second person"
        verbose_name_plural = "second persons"

    def __str__(self) -> str:
        return f"{self.corpus}: confirmed by two"


class ScreeningRun(models.Model):
    """One screening of what has changed in a corpus or its lists, with how far it is and what came of it."""

    class Trigger(TextChoices):
        PERSON = "person", "started by a person"
        LIST = "list", "a list changed"
        ENTITIES = "entities", "entities changed"

    corpus = models.ForeignKey(Corpus, on_delete=models.PROTECT, related_name="screening_runs")
    trigger = models.CharField(max_length=8, choices=Trigger)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="screening_runs"
    )
    versions = models.JSONField(default=dict, blank=True, help_text="Number of the version by code of the list.")
    matcher = models.CharField(max_length=20)
    data = models.CharField(max_length=100, blank=True, help_text="Versions of the data of the matcher.")
    components = models.JSONField(
        default=dict,
        blank=True,
        help_text="Versions of what the matcher is made with: Unicode, libraries, tables. Empty: not stated.",
    )
    started = models.DateTimeField(db_default=Now(), editable=False)
    finished = models.DateTimeField(null=True, blank=True)
    done = models.PositiveIntegerField(default=0, help_text="Entities compared so far.")
    total = models.PositiveIntegerField(default=0, help_text="Entities to compare.")
    counts = models.JSONField(default=dict, blank=True, help_text="Candidates: new, changed, gone; open, decided.")

    objects = RunQuerySet.as_manager()

    is_counted: bool  # by `for_user`

    class Meta:
        ordering = ["-started", "-id"]
        verbose_name = "screening run"
        constraints = [
            models.UniqueConstraint(fields=["corpus"], condition=Q(finished=None), name="screeningrun_one_unfinished"),
        ]

    def __str__(self) -> str:
        return f"{self.corpus}, run {self.pk}"

    @property
    def percent(self) -> int:
        return 100 if self.finished or not self.total else min(100, 100 * self.done // self.total)


class EntityKeys(models.Model):
    """What the names of an entity are looked up by, as they were when it was last screened."""

    entity = models.OneToOneField(Entity, on_delete=models.CASCADE, primary_key=True, related_name="name_keys")
    matcher = models.CharField(max_length=20)
    keys = ArrayField(models.BigIntegerField(), default=list, blank=True)

    class Meta:
        verbose_name = "keys of an entity"
        verbose_name_plural = "keys of entities"
        indexes = [GinIndex(fields=["keys"], name="entitykeys_keys")]

    def __str__(self) -> str:
        return str(self.entity)


class Screened(models.Model):
    """That an entity was looked for in a version of a list, and what of it was compared."""

    entity = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="screened")
    list = models.ForeignKey(SanctionsList, on_delete=models.PROTECT, related_name="screened")
    version = models.ForeignKey(ListVersion, on_delete=models.PROTECT, related_name="screened")
    matcher = models.CharField(max_length=20)
    digest = models.CharField(max_length=64, help_text="SHA-256 of names and facts of the entity, threshold and programmes.")
    threshold = models.PositiveSmallIntegerField()
    run = models.ForeignKey(ScreeningRun, on_delete=models.PROTECT, related_name="screened")
    at = models.DateTimeField(db_default=Now(), editable=False)

    objects = OfVisibleEntity.as_manager()

    class Meta:
        ordering = ["entity", "list"]
        verbose_name = "screened entity"
        verbose_name_plural = "screened entities"
        constraints = [models.UniqueConstraint(fields=["entity", "list"], name="screened_once")]

    def __str__(self) -> str:
        return f"{self.entity}: {self.version}"


class ListCandidate(Recorded):
    """An entry that may be an entity, with its best score and why: an offer, of which a person makes a link or none."""

    class State(TextChoices):
        OPEN = "open", "to decide"
        DECIDED = "decided", "decided"
        GONE = "gone", "no longer matches, or the entry was removed"

    entity = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="candidates")
    list = models.ForeignKey(SanctionsList, on_delete=models.PROTECT, related_name="candidates")
    ref = models.CharField("reference", max_length=100)
    version = models.PositiveIntegerField(help_text="Number of the version of the list in which the entry was compared.")
    entry_digest = models.CharField(max_length=64, help_text="Digest of the entry as it was compared.")
    score = models.PositiveSmallIntegerField()
    explanation = models.JSONField()
    first_run = models.ForeignKey(ScreeningRun, on_delete=models.PROTECT, related_name="new_candidates")
    last_run = models.ForeignKey(ScreeningRun, on_delete=models.PROTECT, related_name="candidates")
    since_run = models.ForeignKey(
        ScreeningRun,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="offered_candidates",
        help_text="Run since which it is a candidate without a gap.",
    )
    card = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="held_together",
        help_text="First of the candidates that are one person, body or craft on several lists. Empty: alone.",
    )
    state = models.CharField(max_length=7, choices=State, default=State.OPEN)

    objects: ClassVar = OfVisibleEntity.as_manager()
    recorded_as = Evidence("candidate", left_out=dict.fromkeys(FOLLOWING, "follows from each run, whatever it finds"))

    class Meta:
        ordering = ["-score", "id"]
        verbose_name = "candidate"
        constraints = [
            models.UniqueConstraint(fields=["entity", "list", "ref"], name="listcandidate_once"),
            models.CheckConstraint(condition=Q(score__lte=100), name="listcandidate_score_to_100"),
        ]
        indexes = [models.Index(fields=["list", "ref"], name="listcandidate_by_entry")]

    def __str__(self) -> str:
        return f"{self.entity}: {self.list} {self.ref}"

    def get_absolute_url(self) -> str:
        return f"/candidates/{self.pk}/"

    @property
    def listed_as(self) -> str:
        """The kind of the listed name that was compared, in words; empty where it was stored without one."""
        kinds = dict(ListedName.Kind.choices)
        return str(kinds.get(self.explanation.get("listed_kind"), ""))

    @property
    def band(self) -> str:
        return "same name" if self.score >= 95 else "strong" if self.score >= 85 else "possible"
