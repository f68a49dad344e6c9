"""The shared register: what every corpus speaks of and nobody owns, such as countries, international bodies and outlets.

It comes with Attest and is loaded from its file alone (`manage.py load_base_register`): a trigger refuses everything else.
An entity of a corpus links to an entry by `same_as`, which a person chooses; what is private stays in the corpus.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import connection, models, transaction
from django.db.models import Q

from corpus.db.choices import TextChoices
from registry.naming import indexed, plain_column, plain_value, script_column

LOADING = "attest.loads_base_register"


@contextmanager
def loading() -> Iterator[None]:
    """Inside it, and in no other way, rows of the shared register can be written."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, 'yes', true)", [LOADING])
        yield
        cursor.execute("SELECT set_config(%s, '', true)", [LOADING])


class BaseEntityQuerySet(models.QuerySet["BaseEntity"]):
    def matching_name(self, words: str) -> BaseEntityQuerySet:
        """Entries with the words in one of their names."""
        return self.filter(pk__in=BaseName.objects.containing(words).values("entity"))


class BaseEntity(models.Model):
    """A country, body, outlet or state organ that entities of any corpus may be the same as."""

    code = models.CharField(primary_key=True, max_length=60, help_text="Never changes: iso-cn.")
    type = models.CharField(max_length=40, help_text="Entity type: the code of an actor label.")
    name = models.CharField(max_length=500)
    countries = ArrayField(models.CharField(max_length=2), default=list, blank=True, help_text="ISO 3166-1 alpha-2.")
    identifiers = models.JSONField(default=list, blank=True, help_text="Scheme and value of each.")
    source = models.CharField(max_length=500, help_text="Origin of the entry.")
    licence = models.CharField(max_length=500, help_text="Terms of each source.")

    objects = BaseEntityQuerySet.as_manager()

    class Meta:
        ordering = ["name", "code"]
        verbose_name = "entry of the shared register"
        verbose_name_plural = "shared register"
        constraints = [
            models.CheckConstraint(condition=~Q(name="") & ~Q(source="") & ~Q(licence=""), name="baseentity_is_sourced"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/shared-register/{quote(self.code)}/"

    @property
    def other_names(self) -> list[str]:
        """Each spelling once, whatever kinds of name it is."""
        return list(dict.fromkeys(name.name for name in self.names.all() if name.name != self.name))


class BaseNameQuerySet(models.QuerySet["BaseName"]):
    def containing(self, words: str) -> BaseNameQuerySet:
        return self.filter(plain__contains=plain_value(words))


class BaseName(models.Model):
    """A name of an entry, in the order of the file."""

    class Kind(TextChoices):
        NAME = "name", "name"
        ALIAS = "alias", "alias"
        ABBREVIATION = "abbreviation", "abbreviation"
        ADJECTIVE = "adjective", "adjective"
        DEMONYM = "demonym", "demonym"
        FORMER = "former", "former name"
        ORIGINAL = "original", "name in its own language"

    entity = models.ForeignKey(BaseEntity, on_delete=models.CASCADE, related_name="names")
    position = models.PositiveIntegerField()
    name = models.CharField(max_length=500)
    plain = plain_column()
    kind = models.CharField(max_length=12, choices=Kind)
    language = models.CharField(max_length=10, blank=True, help_text="ISO 639-1. Empty: not stated.")
    script = script_column()

    objects = BaseNameQuerySet.as_manager()

    class Meta:
        ordering = ["entity", "position"]
        verbose_name = "name in the shared register"
        verbose_name_plural = "names in the shared register"
        constraints = [
            models.UniqueConstraint(fields=["entity", "kind", "name"], name="basename_once"),
            models.CheckConstraint(condition=~Q(name=""), name="basename_not_empty"),
        ]
        indexes = [
            models.Index(indexed("plain"), name="basename_by_plain"),
            GinIndex(fields=["plain"], name="basename_plain_trigrams", opclasses=["gin_trgm_ops"]),
        ]

    def __str__(self) -> str:
        return self.name
