"""What the index has not taken up yet."""

from __future__ import annotations

from django.db import models


class Stale(models.Model):
    """An assignment whose entries are behind. Triggers add rows (migration 0001); whoever has indexed them deletes them.

    No key keeps an assignment from standing here twice: a save would wait for the one that indexes.
    """

    number = models.BigAutoField(primary_key=True)
    assignment = models.UUIDField()

    class Meta:
        ordering = ["number"]
        verbose_name = "assignment to index"
        verbose_name_plural = "assignments to index"

    def __str__(self) -> str:
        return str(self.assignment)
