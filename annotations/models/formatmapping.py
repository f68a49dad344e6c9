"""What a corpus calls its labels in files of other tools."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import models

from annotations.formats.middle import mapping
from corpus.models import Corpus


def mapping_of(pairs: Any) -> mapping.Mapping:
    """Part → [[word, meaning], …]: pairs, since of two words with one meaning the first goes out. Raises ValueError."""
    try:
        return mapping.Mapping.from_dict({part: dict(words) for part, words in pairs.items()})
    except (AttributeError, TypeError, ValueError) as error:
        raise ValueError(f"should be an object of lists of pairs: {error}") from None


def is_mapping(value: Any) -> None:
    """Raises ValidationError."""
    try:
        mapping_of(value)
    except ValueError as error:
        raise ValidationError(str(error)) from None


class FormatMappingQuerySet(models.QuerySet["FormatMapping"]):
    def for_user(self, user: User, at_least: str = "viewer") -> FormatMappingQuerySet:
        return self.filter(corpus__in=Corpus.objects.for_user(user, at_least))


class FormatMapping(models.Model):
    """Words of a format's files and what they mean in our scheme, used both ways: see annotations/formats/middle/mapping.py."""

    corpus = models.ForeignKey(Corpus, on_delete=models.CASCADE, related_name="+")
    format = models.CharField(max_length=40, help_text="Name of the format: brat, doccano.")
    words = models.JSONField(
        default=dict,
        blank=True,
        validators=[is_mapping],
        help_text="marks, ties, roles, attributes: pairs of a name in the file and a code of the scheme.",
    )
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    changed = models.DateTimeField(auto_now=True)

    objects = FormatMappingQuerySet.as_manager()

    class Meta:
        ordering = ["corpus", "format"]
        verbose_name = "format mapping"
        verbose_name_plural = "format mappings"
        constraints = [models.UniqueConstraint(fields=["corpus", "format"], name="formatmapping_once")]

    def __str__(self) -> str:
        return f"{self.corpus}: {self.format}"

    @staticmethod
    def of(corpus: Corpus, name: str) -> mapping.Mapping:
        """The words of a format in a corpus; nothing is said of those that nobody has changed."""
        saved = FormatMapping.objects.filter(corpus=corpus, format=name).values_list("words", flat=True).first()
        return mapping_of(saved or {})

    @staticmethod
    def keep(corpus: Corpus, name: str, words: mapping.Mapping, user: User) -> bool:
        """These are the words from now on. Whether there were none before."""
        pairs = {part: list(codes.items()) for part, codes in words.to_dict().items()}
        words_and_who = {"words": pairs, "changed_by": user}
        return FormatMapping.objects.update_or_create(corpus=corpus, format=name, defaults=words_and_who)[1]
