"""Who says so (claims), which law is meant (citations), and links between marks or claims."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from annotations.models.assignment import Assignment, OwnedQuerySet
from annotations.models.event import Event
from annotations.models.span import FragmentsField, FragmentsValid, Span
from corpus.db.pointers import pointers
from registry.models import Entity, Measure


class Claim(models.Model):
    """A source, the words that report it, and the words for which it is answerable.

    Figures and triggers inside the content inherit it; what no claim covers is the narrator's.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="claims")
    key = models.CharField("file key", max_length=100, blank=True, help_text="Id in the imported file.")
    source_span = models.ForeignKey(
        Span,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="claims",
        db_constraint=False,
    )
    source_entity = models.ForeignKey(Entity, null=True, blank=True, on_delete=models.PROTECT, related_name="claims")
    source_basis = models.CharField("basis of the source", max_length=20, blank=True, help_text="Empty: source not chosen.")
    cue = FragmentsField(default=list, blank=True)
    content = FragmentsField()
    quote = models.TextField(help_text="Words of the content.")
    mode = models.CharField(max_length=20, blank=True)
    modality = models.CharField(max_length=20, blank=True)
    evidence = models.CharField(max_length=20, blank=True)
    parent = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
        db_constraint=False,
    )
    reliability = models.CharField(max_length=1, blank=True, help_text="A–F; F: cannot be judged. Empty: not rated.")
    credibility = models.CharField(max_length=1, blank=True, help_text="1–6; 6: cannot be judged. Empty: not rated.")
    rating_note = models.TextField(blank=True)
    rated_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    rated_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(blank=True)
    read = models.JSONField(
        "read from the text",
        default=dict,
        blank=True,
        help_text="Values read from the text: each attribute with the words it was read from.",
    )
    revision = models.PositiveIntegerField()

    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering = ["assignment", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(source_basis="")
                | Q(source_basis="none", source_entity__isnull=True, source_span__isnull=True)
                | ~Q(source_basis="none") & Q(source_entity__isnull=False),
                name="att_02_source_unless_none",
            ),
            models.CheckConstraint(
                condition=FragmentsValid(F("content")) & (Q(cue=[]) | FragmentsValid(F("cue"))),
                name="claim_fragments",
            ),
            models.CheckConstraint(condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="claim_not_in_itself"),
            models.UniqueConstraint(fields=["assignment", "key"], condition=~Q(key=""), name="claim_key_once"),
            models.UniqueConstraint(fields=["id", "assignment"], name="claim_of_assignment"),
        ]

    def __str__(self) -> str:
        source = self.source_entity or ("no source" if self.source_basis else "source not chosen")
        return f"{source}, {self.modality or 'modality not chosen'}: {self.quote[:80]}"


class Citation(models.Model):
    """Words that name a legal measure, tied to the register."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="citations")
    key = models.CharField("file key", max_length=100, blank=True, help_text="Id in the imported file.")
    fragments = FragmentsField()
    quote = models.TextField()
    measure = models.ForeignKey(Measure, null=True, blank=True, on_delete=models.PROTECT, related_name="citations")
    paragraph = models.CharField(max_length=40, blank=True, help_text="11; 8(a); Annex II")
    paragraph_basis = models.CharField(max_length=20, blank=True)
    note = models.TextField(blank=True)
    revision = models.PositiveIntegerField()

    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering = ["assignment", "id"]
        constraints = [
            models.CheckConstraint(condition=FragmentsValid(F("fragments")), name="citation_fragments"),
            models.UniqueConstraint(fields=["assignment", "key"], condition=~Q(key=""), name="citation_key_once"),
            models.UniqueConstraint(fields=["id", "assignment"], name="citation_of_assignment"),
        ]

    def __str__(self) -> str:
        return self.quote


KINDS_OF_ENDS = ("span", "event", "claim")
ENDS = [f"{end}_{kind}" for kind in KINDS_OF_ENDS for end in ("source", "target")]


def between(kind: str) -> Q:
    """Two different objects of one kind, and none of another."""
    there = {f"{end}__isnull": not end.endswith(kind) for end in ENDS}
    return Q(**there) & ~Q(**{f"source_{kind}": F(f"target_{kind}")})


class Link(models.Model):
    """Between two figures, events or claims: equivalent to, part of, possibly the same as, denies, confirms."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="links", db_constraint=False)
    type = models.CharField(max_length=40, help_text="Code of a relation in the scheme.")
    source_span = models.ForeignKey(
        Span,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="links_out",
        db_index=False,
        db_constraint=False,
    )
    target_span = models.ForeignKey(
        Span,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="links_in",
        db_index=False,
        db_constraint=False,
    )
    source_event = models.ForeignKey(
        Event,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="links_out",
        db_index=False,
        db_constraint=False,
    )
    target_event = models.ForeignKey(
        Event,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="links_in",
        db_index=False,
        db_constraint=False,
    )
    source_claim = models.ForeignKey(
        Claim,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="links_out",
        db_index=False,
        db_constraint=False,
    )
    target_claim = models.ForeignKey(
        Claim,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="links_in",
        db_index=False,
        db_constraint=False,
    )
    revision = models.PositiveIntegerField()

    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering = ["assignment", "id"]
        verbose_name = "link"
        verbose_name_plural = "links"
        constraints = [
            models.CheckConstraint(condition=between("span") | between("event") | between("claim"), name="link_two_of_a_kind"),
            models.UniqueConstraint(
                fields=["type", *ENDS],
                nulls_distinct=False,
                name="link_once",
            ),
        ]
        indexes = pointers(*ENDS, prefix="link")

    def __str__(self) -> str:
        return f"{self.source} {self.type} {self.target}"

    @property
    def source(self) -> Span | Event | Claim | None:
        return self.source_span or self.source_event or self.source_claim

    @property
    def target(self) -> Span | Event | Claim | None:
        return self.target_span or self.target_event or self.target_claim
