"""Articles that belong together: one story in several outlets or languages; and by what near-copies are found."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from corpus.models.access import Corpus
from corpus.models.document import Document
from corpus.models.evidence import Deletable, RecordedQuerySet


class ClusterQuerySet(RecordedQuerySet["Cluster"]):
    def for_user(self, user: Any, at_least: str = "viewer") -> ClusterQuerySet:
        return self.filter(corpus__in=Corpus.objects.for_user(user, at_least))


class Cluster(Deletable):
    """Same story, told by people: it counts once in a ledger unless every copy is asked for."""

    corpus = models.ForeignKey(Corpus, on_delete=models.CASCADE, related_name="clusters")
    name = models.CharField(max_length=300)

    objects: ClassVar = ClusterQuerySet.as_manager()

    class Meta:
        verbose_name = "story"
        verbose_name_plural = "stories"
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(fields=["corpus", "name"], name="cluster_name_once")]

    def __str__(self) -> str:
        return self.name


class Sketch(models.Model):
    """The MinHash sketch of a text, from which its likeness to every other one is told without reading both.

    `bands` are hashes of groups of minima, made different in each corpus: two texts that share one are looked at closer.
    """

    document = models.OneToOneField(Document, on_delete=models.CASCADE, primary_key=True, related_name="sketch")
    minima = models.BinaryField(help_text="128 unsigned 32-bit minima, little-endian.")
    bands = ArrayField(models.BigIntegerField(), help_text="32 hashes of 4 minima each.")

    class Meta:
        verbose_name = "MinHash signature"
        indexes = [GinIndex(fields=["bands"], name="sketch_bands", fastupdate=False)]

    def __str__(self) -> str:
        return f"MinHash signature of {self.document_id}"
