"""The annotation scheme as rows: what may be marked, with which attributes and roles.

The scheme is data. No label is named in a model, view or script; only the three kinds of layer
(actor, figure, event) are code, since each has its own meaning and its own table.
"""

from __future__ import annotations

import re
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from corpus.db.choices import TextChoices
from corpus.models import Corpus


class SchemeQuerySet(models.QuerySet["Scheme"]):
    def for_user(self, user: Any) -> SchemeQuerySet:
        """Those that belong to no corpus, and those of the corpora that `user` sees."""
        return self.filter(Q(corpus=None) | Q(corpus__in=Corpus.objects.for_user(user)))

    def of_corpus(self, corpus: Any) -> SchemeQuerySet:
        """Those that `corpus` may annotate under: that belong to no corpus, and its own."""
        return self.filter(Q(corpus=None) | Q(corpus=corpus))


class Scheme(models.Model):
    """One version of a scheme. A version in which something was marked is closed to change."""

    code = models.CharField(max_length=60)
    version = models.CharField(max_length=100)
    corpus = models.ForeignKey(
        Corpus,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Whose managers have published it; none: every corpus may have it.",
    )
    name = models.CharField(max_length=200)
    body = models.JSONField(default=dict, help_text="Parts of the scheme file without a table of their own: keys, sets, units …")
    loaded = models.DateTimeField(auto_now=True)

    objects = SchemeQuerySet.as_manager()

    class Meta:
        ordering = ["code", "-loaded"]
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="scheme_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"

    @property
    def in_use(self) -> bool:
        return self.assignments.exists()

    def takes(self, code: str, version: str) -> bool:
        """Whether a file of a version is read under this one: it is not newer, and its first number is the
        same, which changes when words take another meaning. Words that are not here are refused by themselves."""
        own, other = numbers(self.version), numbers(version)
        return self.code == code and own[:1] == other[:1] and own >= other


class SchemeDraft(models.Model):
    """The next version of a corpus's scheme, as its managers edit it: a whole scheme file that could be published at any time."""

    corpus = models.OneToOneField(Corpus, on_delete=models.PROTECT, related_name="+")
    base = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="+", help_text="The version that it changes.")
    body = models.JSONField()
    changed = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.corpus}: draft after {self.base}"


def numbers(version: str) -> tuple[int, ...]:
    """1.10.0 → (1, 10, 0), so that it comes after 1.9.0."""
    return tuple(int(part) for part in re.findall(r"\d+", version))


class Layer(models.Model):
    """Actors, figures or events."""

    class Kind(TextChoices):
        ACTOR = "actor", "actor"
        FIGURE = "figure", "figure"
        EVENT = "event", "event"

    scheme = models.ForeignKey(Scheme, on_delete=models.CASCADE, related_name="layers")
    code = models.CharField(max_length=40)
    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=100)
    key = models.CharField("shortcut key", max_length=1, blank=True, help_text="First key of the two-key shortcut.")
    order = models.PositiveIntegerField()
    description = models.TextField(blank=True)
    extra = models.JSONField(default=dict, blank=True, help_text="Lexicons, styles, overlap rule.")

    class Meta:
        ordering = ["scheme", "order"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "code"], name="layer_code_once"),
            models.UniqueConstraint(fields=["scheme", "kind"], name="layer_kind_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Label(models.Model):
    """What a mark of a layer can be: a person, a people count, a return home."""

    layer = models.ForeignKey(Layer, on_delete=models.CASCADE, related_name="labels")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=100)
    badge = models.CharField(max_length=6)
    key = models.CharField("shortcut key", max_length=1, blank=True, help_text="Second key of the two-key shortcut.")
    order = models.PositiveIntegerField()
    definition = models.TextField()
    examples = ArrayField(models.CharField(max_length=300), default=list, blank=True)
    not_examples = ArrayField(models.CharField(max_length=300), default=list, blank=True)
    color = models.JSONField(default=dict, blank=True)
    uses = ArrayField(
        models.CharField(max_length=40),
        default=list,
        blank=True,
        help_text="For a figure label: which attributes of the layer it uses.",
    )
    extra = models.JSONField(default=dict, blank=True, help_text="Mappings to other schemes.")

    class Meta:
        ordering = ["layer", "order"]
        constraints = [
            models.UniqueConstraint(fields=["layer", "code"], name="label_code_once"),
            models.UniqueConstraint(fields=["layer", "key"], condition=~Q(key=""), name="label_key_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Attribute(models.Model):
    """A field of a layer, a label, an overlay or an entity: exactly one of them owns it."""

    scheme = models.ForeignKey(Scheme, on_delete=models.CASCADE, related_name="attributes")
    layer = models.ForeignKey(Layer, null=True, blank=True, on_delete=models.CASCADE, related_name="attributes")
    label = models.ForeignKey(Label, null=True, blank=True, on_delete=models.CASCADE, related_name="attributes")
    section = models.CharField(max_length=40, blank=True, help_text="“entity”, or the code of an overlay.")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=100)
    type = models.CharField(max_length=20)
    required = models.BooleanField(default=False)
    default = models.JSONField(null=True, blank=True, help_text="Not applied: an unanswered attribute stays unanswered.")
    choices_path = models.CharField(
        max_length=100, blank=True, help_text="Path in the scheme file to the choices, if they are shared."
    )
    order = models.PositiveIntegerField()
    help = models.TextField(blank=True)
    extra = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["scheme", "order", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(layer__isnull=False, label__isnull=True, section="")
                | Q(layer__isnull=True, label__isnull=False, section="")
                | Q(layer__isnull=True, label__isnull=True) & ~Q(section=""),
                name="attribute_one_owner",
            ),
            models.UniqueConstraint(
                fields=["scheme", "layer", "label", "section", "code"],
                nulls_distinct=False,
                name="attribute_code_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label or self.layer or self.section}: {self.name}"


class Choice(models.Model):
    """One value of an enumerated attribute."""

    attribute = models.ForeignKey(Attribute, on_delete=models.CASCADE, related_name="choices")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=100)
    definition = models.TextField(blank=True)
    order = models.PositiveIntegerField()

    class Meta:
        ordering = ["attribute", "order"]
        constraints = [
            models.UniqueConstraint(fields=["attribute", "code"], name="choice_code_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Role(models.Model):
    """A place in the frame of an event type, or (layer) of every event."""

    layer = models.ForeignKey(Layer, null=True, blank=True, on_delete=models.CASCADE, related_name="roles")
    label = models.ForeignKey(Label, null=True, blank=True, on_delete=models.CASCADE, related_name="roles")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=100)
    fillers = models.JSONField(help_text="Allowed fillers: [{kind, labels, set}].")
    min = models.PositiveIntegerField(default=0)
    max = models.PositiveIntegerField(null=True, blank=True, help_text="Leave empty for any number.")
    order = models.PositiveIntegerField()
    help = models.TextField(blank=True)

    class Meta:
        ordering = ["layer", "label", "order"]
        constraints = [
            models.CheckConstraint(
                condition=Q(layer__isnull=False, label__isnull=True) | Q(layer__isnull=True, label__isnull=False),
                name="role_one_owner",
            ),
            models.CheckConstraint(condition=Q(max__isnull=True) | Q(max__gte=F("min")), name="role_min_max"),
            models.UniqueConstraint(fields=["layer", "label", "code"], nulls_distinct=False, name="role_code_once"),
        ]

    def __str__(self) -> str:
        return f"{self.label or self.layer}: {self.name}"


class Rule(models.Model):
    """A check of the scheme by its code. The code names the validator that carries it out."""

    class Level(TextChoices):
        ERROR = "error", "error (prevents submitting)"
        WARNING = "warning", "warning"

    scheme = models.ForeignKey(Scheme, on_delete=models.CASCADE, related_name="rules")
    code = models.CharField(max_length=20)
    level = models.CharField(max_length=10, choices=Level)
    applies_to = ArrayField(models.CharField(max_length=40), default=list)
    text = models.TextField()
    order = models.PositiveIntegerField()
    extra = models.JSONField(default=dict, blank=True, help_text="Parameters of the validator.")

    class Meta:
        ordering = ["scheme", "order"]
        verbose_name = "rule"
        constraints = [
            models.UniqueConstraint(fields=["scheme", "code"], name="rule_code_once"),
        ]

    def __str__(self) -> str:
        return self.code

    def applies(self, layer: Any) -> bool:
        return layer in self.applies_to
