"""Entities with their names, identifiers and relations.

An entity belongs to a corpus, since the name of an unnamed source must not be seen outside it.
"""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from corpus.db.choices import TextChoices
from corpus.models import Corpus, Outlet
from corpus.models.evidence import Evidence, Recorded, RecordedQuerySet
from registry.models.base import BaseEntity, BaseName
from registry.models.withheld import not_withheld
from registry.naming import indexed, plain_column, plain_value, script_column

SHA256_OF_EXPLANATION = "encode(sha256(convert_to(r.explanation::text, 'UTF8')), 'hex')"


class EntityQuerySet(RecordedQuerySet["Entity"]):
    def for_user(self, user: Any, at_least: str = "viewer") -> EntityQuerySet:
        """Without those that only colleagues know, from a text that the person is annotating themselves."""
        rows: EntityQuerySet = not_withheld(self.filter(corpus__in=Corpus.objects.for_user(user, at_least)), user, "pk")
        return rows

    def matching_name(self, words: str) -> EntityQuerySet:
        """Those in whose name, or another name of theirs, the words stand; names of the shared register are theirs, too."""
        needle = plain_value(words)
        others = EntityName.objects.filter(plain__contains=needle).values("entity")
        shared = BaseName.objects.filter(plain__contains=needle).values("entity")
        return self.filter(Q(plain__contains=needle) | Q(pk__in=others) | Q(same_as__in=shared))

    def whole(self) -> EntityQuerySet:
        """With names, dates of birth, identifiers and list links: everything that the native format shows."""
        return self.prefetch_related("names", "births", "identifiers", "list_links__reviewer")


class Entity(Recorded):
    """A person, group, body, place or craft that marks in many articles may mean."""

    class Reference(TextChoices):
        SPECIFIC = "specific", "specific: an individual or a group"
        GENERIC = "generic", "generic: a class"

    class Screening(TextChoices):
        NOT_SCREENED = "not_screened", "not screened"
        NO_MATCH = "no_match", "screened, no match"
        CANDIDATES = "candidates", "candidates to decide"
        LINKED = "linked", "linked"
        NOT_APPLICABLE = "not_applicable", "not applicable (a class, a place, an unnamed party)"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    corpus = models.ForeignKey(Corpus, on_delete=models.PROTECT, related_name="entities")
    key = models.CharField("file key", max_length=100, blank=True, help_text="Id in the imported file.")
    type = models.CharField(max_length=40, help_text="Entity type: the code of an actor label.")
    name = models.CharField(max_length=500)
    plain = plain_column()
    countries = ArrayField(models.CharField(max_length=2), default=list, blank=True, help_text="ISO 3166-1 alpha-2.")
    reference = models.CharField(max_length=10, choices=Reference, blank=True, help_text="Empty: unanswered.")
    anonymous = models.BooleanField("unnamed", null=True, blank=True)
    screening = models.CharField(max_length=20, choices=Screening, default=Screening.NOT_SCREENED)
    outlet = models.ForeignKey(
        Outlet,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="entities",
        help_text="Outlet that this entity represents: it is the source of everything outside a claim.",
    )
    same_as = models.ForeignKey(
        BaseEntity,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="entities",
        help_text="Entry of the shared register that a person linked. Empty: nobody linked one.",
    )
    note = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=1, help_text="Number of changes.")

    objects: ClassVar = EntityQuerySet.as_manager()
    recorded_as = Evidence("entity", left_out={"plain": "generated from the name"})

    # Lists add what they show: links and open candidates of sanctions lists, passages, and entities with the same name.
    links: list[Any]
    open_candidates: list[Any]
    mentions: int
    has_more: bool
    same: list[Any]

    class Meta:
        ordering = ["name", "id"]
        verbose_name_plural = "entities"
        constraints = [
            models.UniqueConstraint(fields=["corpus", "outlet"], condition=Q(outlet__isnull=False), name="entity_outlet"),
            models.UniqueConstraint(fields=["corpus", "same_as"], condition=Q(same_as__isnull=False), name="entity_same_as"),
            models.CheckConstraint(condition=~Q(name=""), name="entity_has_name"),
        ]
        indexes = [
            models.Index(fields=["corpus", "name"], name="entity_by_name"),
            models.Index(fields=["corpus", "key"], name="entity_by_key"),
            models.Index("corpus", indexed("plain"), name="entity_by_plain"),
            GinIndex(fields=["plain"], name="entity_plain_trigrams", opclasses=["gin_trgm_ops"]),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/entities/{self.pk}/"


class EntityName(Recorded):
    """Another name of an entity, in the order in which people gave them."""

    class Kind(TextChoices):
        NAME = "name", "name"
        ALIAS = "alias", "alias"
        FORMER = "former", "former name"
        ADJECTIVE = "adjective", "adjective"
        DEMONYM = "demonym", "demonym"
        ABBREVIATION = "abbreviation", "abbreviation"
        TRANSLITERATION = "transliteration", "transliteration"
        ORIGINAL = "original", "name in its own language"

    entity = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="names")
    position = models.PositiveIntegerField()
    name = models.CharField(max_length=500)
    plain = plain_column()
    kind = models.CharField(max_length=15, choices=Kind, blank=True, default="", help_text="Empty: not stated.")
    script = script_column()

    recorded_as = Evidence(
        "name",
        chain="entity",
        owner="entity_id",
        left_out={"plain": "generated from the name", "script": "generated from the name"},
    )

    class Meta:
        ordering = ["entity", "position"]
        verbose_name = "alias"
        verbose_name_plural = "aliases"
        constraints = [
            models.UniqueConstraint(fields=["entity", "name"], name="entityname_once"),
        ]
        indexes = [
            models.Index(indexed("plain"), name="entityname_by_plain"),
            GinIndex(fields=["plain"], name="entityname_plain_trigrams", opclasses=["gin_trgm_ops"]),
        ]

    def __str__(self) -> str:
        return self.name


class EntityIdentifier(Recorded):
    """wikidata Q423, imo 9187629, iso3166-1 KP."""

    entity = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="identifiers")
    scheme = models.CharField(max_length=40)
    value = models.CharField(max_length=200)

    recorded_as = Evidence("identifier", chain="entity", owner="entity_id")

    class Meta:
        ordering = ["entity", "id"]
        verbose_name = "identifier"
        constraints = [
            models.UniqueConstraint(fields=["entity", "scheme", "value"], name="entityidentifier_once"),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.value}"


class ListLinkQuerySet(RecordedQuerySet["ListLink"]):
    def for_user(self, user: Any, at_least: str = "viewer") -> ListLinkQuerySet:
        rows = self.filter(entity__corpus__in=Corpus.objects.for_user(user, at_least))
        shown: ListLinkQuerySet = not_withheld(rows, user, "entity")
        return shown


class ListLink(Recorded):
    """A person's judgement that an entity is, or is not, an entry of a sanctions list."""

    class Match(TextChoices):
        CONFIRMED = "confirmed", "confirmed"
        PROBABLE = "probable", "probable"
        POSSIBLE = "possible", "possible"
        REJECTED = "rejected", "rejected"

    entity = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="list_links")
    list = models.CharField(max_length=100)
    entry = models.CharField(max_length=100)
    match = models.CharField(max_length=10, choices=Match)
    list_version = models.DateField(null=True, blank=True)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, help_text="Who decided or imported the file."
    )
    said_by = models.CharField(max_length=150, blank=True, default="", help_text="Name given in an imported file.")
    note = models.TextField(blank=True)

    objects: ClassVar = ListLinkQuerySet.as_manager()
    recorded_as = Evidence("list_link", chain="entity", owner="entity_id")

    # By `with_decisions` and `overtaken`: ids.
    decision: Any
    candidate: int | None

    class Meta:
        ordering = ["entity", "list", "entry"]
        verbose_name = "sanctions list link"
        constraints = [
            # A rejected match is kept, so that it is not proposed again.
            models.UniqueConstraint(fields=["entity", "list", "entry"], name="listlink_once"),
        ]

    def __str__(self) -> str:
        return f"{self.list} {self.entry}: {self.match}"


class DecisionQuerySet(RecordedQuerySet["Decision"]):
    def for_user(self, user: Any, at_least: str = "viewer") -> DecisionQuerySet:
        rows: DecisionQuerySet = not_withheld(self.filter(corpus__in=Corpus.objects.for_user(user, at_least)), user, "entity")
        return rows


class Decision(Recorded):
    """Somebody's judgement about an entity and an entry of a list, as it was made: signed, dated, never changed or deleted.

    Without an entry it is about the entity as a whole: no list is looked through for it. A `ListLink` is the last decision.
    """

    class Match(TextChoices):
        CONFIRMED = "confirmed", "confirmed"
        PROBABLE = "probable", "probable"
        POSSIBLE = "possible", "possible"
        REJECTED = "rejected", "rejected"
        WITHDRAWN = "withdrawn", "withdrawn"
        NOT_APPLICABLE = "not_applicable", "not applicable"
        PROPOSED = "proposed", "proposed: a second person has to confirm"

    class Source(TextChoices):
        PAGE = "page", "page"
        API = "api", "API"
        FILE = "file", "file"
        MERGE = "merge", "merge"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    corpus = models.ForeignKey(Corpus, on_delete=models.PROTECT, related_name="decisions")
    entity = models.UUIDField(
        db_index=True, help_text="Entity at the time of the decision; it may have been merged or deleted since."
    )
    list = models.CharField(max_length=100, blank=True)
    entry = models.CharField(max_length=100, blank=True)
    match = models.CharField(max_length=14, choices=Match)
    list_version = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(
        null=True, blank=True, help_text="Number of the list's version on the page. Empty: none."
    )
    entry_digest = models.CharField(
        max_length=64, blank=True, db_default="", help_text="Digest of the entry on the page. Empty: none."
    )
    explanation = models.JSONField(null=True, blank=True, help_text="Why the entry was a candidate. Empty: it was none.")
    note = models.TextField(blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="decisions")
    said_by = models.CharField(max_length=150, blank=True, default="")
    seconds = models.UUIDField(
        null=True, blank=True, help_text="Proposal of another person that this decision confirms. Empty: none."
    )
    source = models.CharField(max_length=5, choices=Source)
    at = models.DateTimeField(db_default=Now(), editable=False)

    objects: ClassVar = DecisionQuerySet.as_manager()
    recorded_as = Evidence("decision", chain="entity", owner="entity", digests={"explanation": SHA256_OF_EXPLANATION})

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["corpus", "list", "entry"], name="decision_by_entry")]
        constraints = [
            models.CheckConstraint(condition=Q(list="", entry="") | (~Q(list="") & ~Q(entry="")), name="decision_list_and_entry"),
            models.CheckConstraint(
                condition=(~Q(list="") & ~Q(match="not_applicable")) | Q(list="", match__in=["not_applicable", "withdrawn"]),
                name="decision_about_the_entity",
            ),
            models.CheckConstraint(condition=Q(seconds=None) | Q(match="confirmed"), name="decision_seconds_a_proposal"),
        ]

    def __str__(self) -> str:
        return f"{self.list} {self.entry}: {self.match}".strip(" :")


class RelationQuerySet(RecordedQuerySet["Relation"]):
    def for_user(self, user: Any, at_least: str = "viewer") -> RelationQuerySet:
        rows = self.filter(corpus__in=Corpus.objects.for_user(user, at_least))
        shown: RelationQuerySet = not_withheld(rows, user, "source", "target")
        return shown


class Relation(Recorded):
    """One entity is part of, located in, works for … another; stated in a text or inferred."""

    class Basis(TextChoices):
        STATED = "stated", "stated"
        INFERRED = "inferred", "inferred"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    corpus = models.ForeignKey(Corpus, on_delete=models.PROTECT, related_name="relations")
    source = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="relations_out")
    target = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="relations_in")
    type = models.CharField(max_length=40, help_text="Code of an entity relation in the scheme.")
    basis = models.CharField(max_length=10, choices=Basis, blank=True, help_text="Empty: unanswered.")
    note = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=1)

    objects: ClassVar = RelationQuerySet.as_manager()
    recorded_as = Evidence("relation")

    class Meta:
        ordering = ["source", "type", "target"]
        verbose_name = "entity relation"
        constraints = [
            models.UniqueConstraint(fields=["source", "type", "target"], name="relation_once"),
            models.CheckConstraint(condition=~Q(source=F("target")), name="relation_not_to_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.type} {self.target}"
