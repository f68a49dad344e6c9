"""Counts of a corpus as they are kept: by differences, which only triggers write (`corpus.db.running_counts`)."""

from __future__ import annotations

from django.db import models

from corpus.models.access import Corpus


class RunningCount(models.Model):
    """A difference by which a count of a corpus changed. The count is the sum of them."""

    corpus = models.ForeignKey(Corpus, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+")
    name = models.CharField(max_length=20, help_text="What is counted.")
    number = models.BigIntegerField(help_text="How many more there are, or fewer.")

    class Meta:
        verbose_name = "running count"
        indexes = [models.Index(fields=["corpus", "name"], include=["number"], name="runningcount_of_corpus")]

    def __str__(self) -> str:
        return f"{self.name}: {self.number:+}"
