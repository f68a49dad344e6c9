"""Sanctions lists as versions of files: what an issuer listed, when, and under which names.

A public list is the same for everybody who is signed in; an own list belongs to a corpus and is seen only there. An entry has one
row for all versions in which it stood unchanged. A past version can therefore be shown and compared like the current one.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, IntegerRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Now

from corpus.db.choices import TextChoices
from corpus.models import Corpus
from registry.naming import letters_of

CODE = RegexValidator(r"\A[A-Za-z0-9][A-Za-z0-9._-]*\Z", "Use letters, digits, dots, underscores and hyphens.")
SHA256_OF_CONTENT = Func(Func(F("content"), function="sha256"), Value("hex"), function="encode")


def texts(help_text: str = "") -> Any:
    return ArrayField(models.TextField(), default=list, blank=True, help_text=help_text)


def countries() -> Any:
    return ArrayField(models.CharField(max_length=2), default=list, blank=True, help_text="ISO 3166-1 alpha-2.")


def pairs(help_text: str) -> Any:
    return models.JSONField(default=list, blank=True, help_text=help_text)


class SanctionsListQuerySet(models.QuerySet["SanctionsList"]):
    def for_user(self, user: Any, at_least: str = "viewer") -> SanctionsListQuerySet:
        """Public lists and those of corpora in which `user` has the role. Only a superuser manages public ones."""
        if not user.is_active or not user.is_authenticated:
            return self.none()
        own = Q(corpus__in=Corpus.objects.for_user(user, at_least))
        return self.filter(own | Q(corpus=None) if at_least == "viewer" or user.is_superuser else own)


class SanctionsList(models.Model):
    """A list of an issuer that is loaded again and again, or a corpus's own list."""

    code = models.CharField(max_length=60, unique=True, validators=[CODE], help_text="Short name used in URLs and links: UN, EU.")
    name = models.CharField(max_length=200)
    issuer = models.CharField(max_length=200, blank=True)
    corpus = models.ForeignKey(
        Corpus, null=True, blank=True, on_delete=models.PROTECT, related_name="sanctions_lists", help_text="Empty: public."
    )
    format = models.CharField(max_length=20, blank=True, help_text="Format of its files. Empty: recognised by content.")
    programmes = texts("Load only entries of these programmes. Empty: all.")
    licence = models.CharField(max_length=300, blank=True)
    attribution = models.CharField(max_length=500, blank=True)
    address = models.CharField(max_length=2000, blank=True, help_text="Address of the file. Empty: files are uploaded.")
    minutes = models.PositiveIntegerField(
        "interval", null=True, blank=True, help_text="Minutes between two refreshes. Empty: off."
    )
    is_active = models.BooleanField("active", default=True)
    due = models.DateTimeField("next refresh", null=True, blank=True)
    asked = models.DateTimeField("last refreshed", null=True, blank=True)
    failures = models.PositiveIntegerField(
        default=0, help_text="Consecutive failures; each doubles the time until the next refresh."
    )
    problem = models.CharField("last error", max_length=500, blank=True, help_text="Error of the last refresh.")
    etag = models.CharField(max_length=500, blank=True)
    last_modified = models.CharField(max_length=100, blank=True)
    created = models.DateTimeField(db_default=Now(), editable=False)

    objects = SanctionsListQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name = "sanctions list"
        constraints = [
            models.CheckConstraint(condition=Q(due=None) | (~Q(address="") & Q(minutes__gt=0)), name="sanctionslist_due"),
        ]
        indexes = [models.Index(fields=["due"], condition=Q(is_active=True), name="sanctionslist_due")]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return f"/lists/{quote(self.code, safe='')}/"

    def may_manage(self, user: Any) -> bool:
        return SanctionsList.objects.for_user(user, "manager").filter(pk=self.pk).exists()

    def current(self) -> ListVersion | None:
        return self.versions.filter(state=ListVersion.State.CURRENT).first()


class OfVisibleList(models.QuerySet[Any]):
    """Rows of a list that the person may see."""

    def for_user(self, user: Any, at_least: str = "viewer") -> OfVisibleList:
        return self.filter(list__in=SanctionsList.objects.for_user(user, at_least))


class ListFile(models.Model):
    """Bytes as they came, kept once per list; of a file that could not be loaded only the hash. A trigger holds the hash."""

    list = models.ForeignKey(SanctionsList, on_delete=models.PROTECT, related_name="files")
    sha256 = models.CharField("SHA-256", max_length=64)
    content = models.BinaryField(null=True)
    size = models.BigIntegerField(help_text="Bytes.")
    name = models.CharField(max_length=300, blank=True)
    address = models.CharField(max_length=2000, blank=True, help_text="Where it was fetched. Empty: it was uploaded.")
    retrieved = models.DateTimeField(db_default=Now(), editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="list_files",
        help_text="Empty: fetched by the worker, or loaded by a command.",
    )

    objects = OfVisibleList.as_manager()

    class Meta:
        ordering = ["-retrieved", "-id"]
        verbose_name = "list file"
        constraints = [
            models.UniqueConstraint(fields=["list", "sha256"], name="listfile_once"),
            models.CheckConstraint(condition=Q(content=None) | Q(sha256=SHA256_OF_CONTENT), name="listfile_sha256_is_of_content"),
        ]

    def __str__(self) -> str:
        return self.name or self.sha256


class ListVersion(models.Model):
    """One file as it was read. The current one serves until the next is complete; a suspicious one is held for a person."""

    class State(TextChoices):
        LOADING = "loading", "loading"
        HELD = "held", "held: to be confirmed or refused"
        CURRENT = "current", "current"
        PAST = "past", "past"
        REFUSED = "refused", "refused"

    list = models.ForeignKey(SanctionsList, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    file = models.ForeignKey(ListFile, on_delete=models.PROTECT, related_name="versions")
    format = models.CharField(max_length=20, blank=True, help_text="Format in which the file was read.")
    loader = models.PositiveIntegerField(default=0, help_text="Number of the loader of that format.")
    published = models.DateField(null=True, blank=True, help_text="As the file says. Empty: not stated.")
    loaded = models.DateTimeField(db_default=Now(), editable=False)
    state = models.CharField(max_length=7, choices=State, default=State.LOADING)
    based_on = models.PositiveIntegerField(null=True, blank=True, help_text="Number of the version that it was compared with.")
    entry_count = models.PositiveIntegerField("entries", default=0)
    name_count = models.PositiveIntegerField("names", default=0)
    added = models.PositiveIntegerField(default=0)
    removed = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0, help_text="Entries with other names or facts.")
    respelled = models.PositiveIntegerField(default=0, help_text="Entries of which only the spelling of names changed.")
    reasons = texts("Why it is held or refused.")
    losses = models.JSONField(default=dict, blank=True, help_text="What of the file was not read: path and how often.")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="decided_list_versions",
        help_text="Who confirmed or refused it.",
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = OfVisibleList.as_manager()

    class Meta:
        ordering = ["list", "-number"]
        verbose_name = "list version"
        constraints = [
            models.UniqueConstraint(fields=["list", "number"], name="listversion_once"),
            models.UniqueConstraint(fields=["list"], condition=Q(state="current"), name="listversion_one_current"),
            models.UniqueConstraint(fields=["list"], condition=Q(state="held"), name="listversion_one_held"),
            models.CheckConstraint(condition=Q(decided_at=None) | ~Q(decided_by=None), name="listversion_decided_by"),
            models.CheckConstraint(condition=~Q(state__in=["held", "refused"]) | ~Q(reasons=[]), name="listversion_reasons"),
        ]

    def __str__(self) -> str:
        return f"{self.list} {self.number}"

    def get_absolute_url(self) -> str:
        return f"{self.list.get_absolute_url()}versions/{self.number}/"


class ListEntryQuerySet(OfVisibleList):
    def in_version(self, number: int | F) -> ListEntryQuerySet:
        return self.filter(versions__contains=number)

    def current(self) -> ListEntryQuerySet:
        """Entries of the current version of each list."""
        return self.filter(list__versions__state="current", versions__contains=F("list__versions__number"))


class ListEntry(models.Model):
    """An entry as it stood, unchanged, in a range of versions. What the file does not say is empty."""

    class Kind(TextChoices):
        PERSON = "person", "person"
        BODY = "body", "body"
        CRAFT = "craft", "craft"
        ANY = "any", "not stated"

    list = models.ForeignKey(SanctionsList, on_delete=models.PROTECT, related_name="entries")
    ref = models.CharField("reference", max_length=100)
    kind = models.CharField(max_length=6, choices=Kind)
    versions = IntegerRangeField(help_text="Numbers of the versions in which it stood, end-exclusive.")
    digest = models.CharField(max_length=64, editable=False, help_text="SHA-256 of names and facts.")
    programmes = texts()
    listed_on = models.DateField(null=True, blank=True, help_text="Empty: not stated.")
    births = texts("EDTF")
    countries = countries()
    identifiers = pairs("List of [scheme, value].")
    remarks = models.TextField(blank=True)
    references = pairs("List of [list, reference]: the same on other lists.")

    objects = ListEntryQuerySet.as_manager()

    class Meta:
        ordering = ["list", "ref", "id"]
        verbose_name = "list entry"
        verbose_name_plural = "list entries"
        constraints = [
            ExclusionConstraint(
                name="listentry_versions_apart",
                expressions=[
                    ("list", RangeOperators.EQUAL),
                    ("ref", RangeOperators.EQUAL),
                    ("versions", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(condition=Q(versions__isempty=False), name="listentry_in_a_version"),
            models.CheckConstraint(condition=~Q(ref=""), name="listentry_has_ref"),
        ]
        indexes = [GinIndex(fields=["identifiers"], name="listentry_identifiers", opclasses=["jsonb_path_ops"])]

    def __str__(self) -> str:
        return f"{self.list} {self.ref}"

    def get_absolute_url(self) -> str:
        return f"{self.list.get_absolute_url()}entries/{quote(self.ref, safe='')}/"


class ListedNameQuerySet(models.QuerySet["ListedName"]):
    def for_user(self, user: Any) -> ListedNameQuerySet:
        return self.filter(entry__list__in=SanctionsList.objects.for_user(user))


class ListedName(models.Model):
    """A name of an entry, as the file has it, in the order of the file."""

    class Kind(TextChoices):
        PRIMARY = "primary", "primary name"
        ALIAS = "alias", "alias"
        FORMER = "former", "former name"
        WEAK = "weak", "weak alias"
        ORIGINAL = "original", "original script"

    entry = models.ForeignKey(ListEntry, on_delete=models.CASCADE, related_name="names")
    position = models.PositiveIntegerField()
    text = models.TextField()
    kind = models.CharField(max_length=8, choices=Kind)
    language = models.CharField(max_length=20, blank=True, help_text="ISO 639. Empty: not stated.")
    matcher = models.CharField(max_length=20, help_text="Matcher that made its keys.")

    objects = ListedNameQuerySet.as_manager()

    class Meta:
        ordering = ["entry", "position"]
        verbose_name = "listed name"
        constraints = [
            models.UniqueConstraint(fields=["entry", "position"], name="listedname_once"),
            models.CheckConstraint(condition=~Q(text=""), name="listedname_has_text"),
        ]
        indexes = [models.Index(fields=["matcher"], name="listedname_by_matcher")]

    def __str__(self) -> str:
        return self.text

    @property
    def script(self) -> str:
        return letters_of(self.text)


class ListedNameKey(models.Model):
    """What the names of a list are looked up by: names that match have a key in common, nearly always.

    One row for each key of a list, which takes a third of the room of a row for each name that has it. A trigger takes deleted names out
    (migration 0021).
    """

    pk = models.CompositePrimaryKey("key", "of_list", "weight")
    key = models.BigIntegerField()
    of_list = models.IntegerField(help_text="Id of the list of the names.")
    weight = models.PositiveSmallIntegerField(help_text="Of 100: how much two names with this key have in common.")
    names = ArrayField(models.IntegerField(), help_text="Ids of the names that have it, oldest first.")

    class Meta:
        verbose_name = "key of listed names"
        verbose_name_plural = "keys of listed names"
        constraints = [models.CheckConstraint(condition=Q(names__len__gt=0), name="listednamekey_has_names")]

    def __str__(self) -> str:
        return str(self.key)
