"""Files of marks that wait for a yes."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q

from corpus.models import Corpus


class LoadQuerySet(models.QuerySet[Any]):
    def for_user(self, user: User, at_least: str = "manager") -> LoadQuerySet:
        return self.filter(corpus__in=Corpus.objects.for_user(user, at_least))


class Load(models.Model):
    """A file as it was given, until somebody has seen what would come of it; then what came."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    corpus = models.ForeignKey(Corpus, on_delete=models.CASCADE, related_name="loads")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200, help_text="File name.")
    format = models.CharField(max_length=20)
    content = models.BinaryField(null=True)
    mapping = models.JSONField(
        default=dict, blank=True, help_text="Mapping for this file, in addition to the mapping of the corpus."
    )
    options = models.JSONField(default=dict, blank=True, help_text="Options for this file.")
    begun = models.BooleanField(default=False, help_text="The import was confirmed.")
    done = models.PositiveIntegerField(default=0, help_text="Documents imported so far.")
    report = models.JSONField(null=True, blank=True, help_text="Result of the import.")
    at = models.DateTimeField(auto_now_add=True)

    objects = LoadQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "id"]
        verbose_name = "annotation import"
        verbose_name_plural = "annotation imports"
        constraints = [
            models.CheckConstraint(
                condition=Q(report__isnull=True, content__isnull=False)
                | Q(report__isnull=False, content__isnull=True, begun=True),
                name="load_has_a_file_or_a_report",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} into {self.corpus}"

    def get_absolute_url(self) -> str:
        return f"/loads/{self.pk}/"
