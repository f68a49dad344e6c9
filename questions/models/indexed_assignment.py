"""An assignment that the index has taken up, with what it is among those of its article: a row of the index of questions."""

from __future__ import annotations

from django.db import models

from annotations.models import Assignment
from annotations.models.assignment import OwnedQuerySet
from corpus.models import Corpus
from questions.models.entry import to


class IndexedAssignment(models.Model):
    """Articles are counted by the one of their assignments that is the first, or the best, since each of them has one at most
    (`questions.index.article_counts`).

    Made with the entries and never edited; an assignment without marks has a row, too.
    """

    assignment = models.OneToOneField(
        Assignment, on_delete=models.DO_NOTHING, primary_key=True, related_name="+", db_constraint=False
    )
    corpus = to(Corpus)
    is_copy = models.BooleanField(help_text="Whether its article is a copy of another.")
    is_first = models.BooleanField(help_text="Of the assignments of its article the one with the smallest id.")
    is_best = models.BooleanField(help_text="The one that is evidence before the others; a draft never is.")
    is_best_gold = models.BooleanField(help_text="The same among gold alone.")

    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering = ["corpus", "assignment"]
        verbose_name = "assignment of the index"
        verbose_name_plural = "assignments of the index"
        indexes = [models.Index(fields=["corpus", "assignment"], name="indexedassignment_of_corpus")]

    def __str__(self) -> str:
        return str(self.assignment_id)
