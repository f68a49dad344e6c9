"""When entities were born, so far as a person read it somewhere."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from corpus.models.evidence import Evidence, Recorded
from registry.birth_dates import HELP, PATTERN
from registry.models.entities import Entity


class EntityBirth(Recorded):
    """A date of birth as a source words it. Sources may disagree: an entity has as many as people stated."""

    entity = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="births")
    edtf = models.CharField("date (EDTF)", max_length=40, help_text=f"{HELP}.")
    words = models.CharField(max_length=500, help_text="Words of the source.")

    recorded_as = Evidence("birth", chain="entity", owner="entity_id")

    class Meta:
        ordering = ["entity", "id"]
        verbose_name = "date of birth"
        verbose_name_plural = "dates of birth"
        constraints = [
            models.UniqueConstraint(fields=["entity", "edtf", "words"], name="entitybirth_once"),
            models.CheckConstraint(condition=Q(edtf__regex=PATTERN), name="entitybirth_is_edtf"),
            models.CheckConstraint(condition=~Q(words=""), name="entitybirth_has_words"),
        ]

    def __str__(self) -> str:
        return f"{self.edtf}: “{self.words}”"
