"""What the checks of one assignment say: a row of the index of questions."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from annotations.models import Assignment
from annotations.models.assignment import OwnedQuerySet
from corpus.models import Corpus
from questions.models.entry import keys, to


class IndexedFinding(models.Model):
    """A check of figures or events of one assignment, as `annotations.derived.checks` works it out: made with the entries and never edited.

    Where, when and whose it is, is said by the entry of its first mark. No names: who speaks is joined for the rows of a page.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, help_text="The same for a check of the same marks.")
    corpus = to(Corpus)
    assignment = to(Assignment)
    number = models.IntegerField(help_text="Which one of the checks of its assignment.")
    code = models.CharField(
        max_length=20, help_text="FIG-05, FIG-06, DERIVED, LEGAL, MEA-02, MEA-03, MEA-04, FALLS-UNDER or DEADLINE."
    )
    result = models.CharField(max_length=10, help_text="ok, warning, info or note.")
    text = models.TextField(help_text="In words, without the names of the speakers.")
    entry = models.UUIDField(help_text="The first figure or event that it is about.")
    figures = keys()
    events = keys()
    parts = keys()
    speakers = ArrayField(
        models.UUIDField(null=True), null=True, help_text="Who says the two figures that are compared; none: nobody is compared."
    )
    numbers = models.JSONField(default=dict, help_text="What programs read: rates, ratio, values.")

    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering = ["corpus", "code", "assignment", "number"]
        verbose_name = "finding of the index"
        verbose_name_plural = "findings of the index"
        constraints = [
            models.UniqueConstraint(fields=["assignment", "number"], name="indexedfinding_in_order"),
            models.CheckConstraint(
                condition=Q(
                    code__in=["FIG-05", "FIG-06", "DERIVED", "LEGAL", "MEA-02", "MEA-03", "DEADLINE", "MEA-04", "FALLS-UNDER"]
                ),
                name="indexedfinding_code_known",
            ),
            models.CheckConstraint(condition=Q(result__in=["ok", "warning", "info", "note"]), name="indexedfinding_result_known"),
        ]
        indexes = [
            models.Index(fields=["corpus", "code"], name="indexedfinding_of_code"),
            models.Index(fields=["entry"], name="indexedfinding_of_entry"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.result} in {self.assignment_id}"
