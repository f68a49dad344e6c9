"""How the annotators of a corpus get their articles, as its managers have set it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from corpus.db.compiled_queries import Repeated, Slot
from corpus.models import Corpus


class TeamSettings(models.Model):
    """A corpus without a row works by the defaults, as all did before there were settings."""

    corpus = models.OneToOneField(Corpus, on_delete=models.CASCADE, related_name="+")
    self_service = models.BooleanField(
        default=True, help_text="Annotators open any article. Off: those that they take from a plan or are assigned."
    )
    open_at_once = models.PositiveSmallIntegerField(
        default=3, help_text="Articles in progress, from which on a plan gives a person no further one."
    )
    lapse_days = models.PositiveSmallIntegerField(
        default=14,
        null=True,
        blank=True,
        help_text="Days without a change after which an article of a plan, or one past its due date, is free for others. Empty: never.",
    )
    approve = models.PositiveSmallIntegerField(
        default=0, help_text="Per cent of the submitted readings that a reviewer approves or returns. 0: none, 100: all."
    )
    practice_tests = models.PositiveSmallIntegerField(
        default=0, help_text="Test articles that an annotator passes before articles of a plan are offered. 0: none."
    )
    practice_least = models.PositiveSmallIntegerField(
        default=80, help_text="F1 in per cent, of overlapping marks with the same label, that a test needs in each layer."
    )

    show_people = models.BooleanField(
        default=False, help_text="Managers see the work of each reader by week, and the labels that each uses."
    )
    suggestions = models.BooleanField(default=True, help_text="Annotators are offered suggestions while they read.")
    control_share = models.PositiveSmallIntegerField(
        default=10, help_text="Per cent of the readings in which nothing is suggested, to compare the others with: 0 to 50."
    )

    class Meta:
        verbose_name = "team settings"
        verbose_name_plural = "team settings"
        constraints = [
            models.CheckConstraint(
                condition=Q(open_at_once__gte=1, open_at_once__lte=100)
                & (Q(lapse_days__isnull=True) | Q(lapse_days__gte=1, lapse_days__lte=365)),
                name="team_settings_bounds",
            ),
            models.CheckConstraint(condition=Q(approve__lte=100), name="team_settings_approve"),
            models.CheckConstraint(condition=Q(control_share__lte=50), name="team_settings_control_share"),
            models.CheckConstraint(
                condition=Q(practice_tests__lte=20, practice_least__gte=1, practice_least__lte=100), name="team_settings_practice"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.corpus}: team settings"

    @classmethod
    def of(cls, corpus: Any) -> TeamSettings:
        """Those of a corpus, which may be given by its key; stored or not."""
        own = {"corpus": corpus} if isinstance(corpus, Corpus) else {"corpus_id": corpus}
        return cls.objects.filter(corpus=corpus).first() or cls(**own)


class AgreementTarget(models.Model):
    """How much readers of a corpus are to agree: in marks of a layer, or of one of its labels. Without a row there is no target."""

    corpus = models.ForeignKey(Corpus, on_delete=models.CASCADE, related_name="+")
    layer = models.CharField(max_length=40)
    label = models.CharField(max_length=40, blank=True, help_text="Empty: all labels of the layer.")
    least = models.PositiveSmallIntegerField(help_text="F1 in per cent, of marks with the same words and the same label.")
    under = models.DateTimeField(
        null=True, blank=True, help_text="When managers were notified that agreement is under it. Empty: it is not."
    )

    class Meta:
        ordering = ["corpus", "layer", "label"]
        constraints = [
            models.UniqueConstraint(fields=["corpus", "layer", "label"], name="agreementtarget_once"),
            models.CheckConstraint(condition=Q(least__gte=1, least__lte=100), name="agreementtarget_per_cent"),
            models.CheckConstraint(condition=~Q(layer=""), name="agreementtarget_layer"),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.least} %"

    @property
    def code(self) -> str:
        return f"{self.layer}.{self.label}" if self.label else self.layer

    @classmethod
    def of(cls, corpus: Any) -> dict[str, int]:
        """LAYER or LAYER.LABEL → per cent."""
        return {target.code: target.least for target in OF_CORPUS.all(corpus=corpus.pk)}


OF_CORPUS = Repeated(lambda: AgreementTarget.objects.filter(corpus=Slot("corpus")).order_by("layer", "label"))
