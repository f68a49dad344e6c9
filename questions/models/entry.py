"""What one assignment says in one event, one figure or one claim without either: a row of the index of questions."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib.postgres.fields import ArrayField, DateRangeField, DecimalRangeField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Case, F, Func, Q, When
from django.db.models.lookups import Exact, GreaterThan, LessThanOrEqual

from annotations.models import Assignment
from annotations.models.assignment import OwnedQuerySet
from corpus.db.choices import TextChoices
from corpus.models import Article, Corpus, Document

PLACES: dict[str, Any] = {"max_digits": 30, "decimal_places": 6}


def to(model: type[models.Model]) -> Any:
    """A key that nobody checks: the index follows what it was made from, and holds nobody up who deletes that."""
    return models.ForeignKey(model, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False)


def keys() -> Any:
    """Ids, each once, in their order."""
    return ArrayField(models.UUIDField(), default=list)


def codes() -> Any:
    return ArrayField(models.CharField(max_length=60), default=list)


def number_of(column: str) -> Func:
    return Func(F(column), function="cardinality", output_field=models.IntegerField())


COUNTED = "corpus linked copy_of story kind type earliest status polarity certainty label use currency".split()
OF_EDGES = "corpus actors acted type status polarity certainty linked copy_of story".split()
ONE_EDGE = Q(Exact(number_of("actors"), 1)) & Q(Exact(number_of("acted"), 1))
SEVERAL_EDGES = Q(GreaterThan(number_of("actors"), 1)) | Q(GreaterThan(number_of("acted"), 1))
BEST_EVENTS = Q(is_best=True, kind="event")
OF_VOICES = "corpus assignment created article claims is_narrated".split()
BESIDE_VOICES = "kind type status polarity copy_of story".split()
ONE_VOICE = Q(LessThanOrEqual(number_of("claims"), 1))
SEVERAL_CLAIMS = Q(GreaterThan(number_of("claims"), 1))
PASSED = "assignment possible entities".split()
ONE_SOURCE = Q(Exact(number_of("around"), 1))
SEVERAL_SOURCES = Q(GreaterThan(number_of("around"), 1))
MOST_ENTITIES = 60  # A line of an index has 2,700 bytes at the most.
RETOLD = Q(copy_of__isnull=False) | Q(story__isnull=False)


class Entry(models.Model):
    """An event, a figure, or a claim that is the innermost of neither, with all by which it is found: made by one statement from
    marks and never edited.

    No names and no words: they are read for the rows of a page. Of a figure, type, status, time and place are those of the event
    that it fills, of several the one that comes first in the text; of an event, claims are those around its triggers.
    """

    class Kind(TextChoices):
        EVENT = "event", "event"
        FIGURE = "figure", "figure"
        CLAIM = "claim", "claim"

    id = models.UUIDField(
        primary_key=True, default=uuid.uuid4, help_text="Id of the event, of the mark of the figure, or of the claim."
    )
    kind = models.CharField(max_length=6, choices=Kind)
    corpus = to(Corpus)
    assignment = to(Assignment)
    document = to(Document)
    article = to(Article)
    created = models.DateTimeField(help_text="When the article came.")
    story = models.BigIntegerField(null=True, help_text="Cluster of the article.")
    copy_of = models.UUIDField(null=True, help_text="Article that its article is a copy of.")
    is_best = models.BooleanField(help_text="Of the one assignment of its article that is evidence before the others.")
    is_best_gold = models.BooleanField(help_text="The same among gold alone.")
    start = models.IntegerField(null=True, help_text="Offset of its first word in code points; none: an event without a trigger.")
    quotes = models.CharField(
        max_length=32, help_text="MD5 of the words of its figures, or without any of its triggers; of a claim of its words."
    )

    event = models.UUIDField(null=True)
    linked = models.UUIDField(null=True, help_text="Of linked events the one that stands for them all; none: linked to no other.")
    type = models.CharField(max_length=40, blank=True, help_text="Code of the event type.")
    role = models.CharField(max_length=40, blank=True, help_text="Of a figure: which role of the event it fills.")
    status = models.CharField(max_length=20, blank=True)
    polarity = models.CharField(max_length=20, blank=True)
    certainty = models.CharField(max_length=20, blank=True)
    attributes = models.JSONField(default=dict)
    earliest = models.DateField(null=True)
    latest = models.DateField(null=True)
    possible = DateRangeField(help_text="Days on which it may have been: questions.values.days.")
    is_timed = models.BooleanField(help_text="Whether words or a date say when.")

    claims = keys()
    sources = keys()
    around = keys()
    is_narrated = models.BooleanField(help_text="Whether a word of it is outside every claim.")
    modalities = codes()
    evidences = codes()
    reliabilities = codes()
    credibilities = codes()

    is_placed = models.BooleanField(help_text="Whether a role that says where is filled, by whatever.")
    places = keys()
    place_roles = codes()
    people = keys()
    actors = keys()
    acted = keys()
    takes = keys()
    measures = ArrayField(models.BigIntegerField(), default=list)
    # `takes` has those of `places`, `people`, `actors` and `acted`.
    entities = models.GeneratedField(
        expression=Case(
            When(
                LessThanOrEqual(number_of("takes") + number_of("around"), MOST_ENTITIES),
                then=Func("takes", "around", function="array_cat"),
            )
        ),
        output_field=ArrayField(models.UUIDField()),
        db_persist=True,
        help_text="All that it takes and that is around it, for indexes; none: more of them than a line of an index has room for.",
    )

    figures = keys()
    figure_labels = codes()
    counted = keys()
    value_keys = ArrayField(models.TextField(), default=list, help_text="Value and who is counted, of each reported figure.")
    label = models.CharField(max_length=40, blank=True)
    use = models.CharField(max_length=20, blank=True)
    unit = models.CharField(max_length=20, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    dimension = models.TextField(blank=True, help_text="What values must share to be compared.")
    value = models.TextField(blank=True, help_text="Equal for equal values.")
    extent = DecimalRangeField(null=True, help_text="questions.values.extents")
    low = models.DecimalField(null=True, **PLACES)
    high = models.DecimalField(null=True, **PLACES)
    comparator = models.CharField(max_length=10, blank=True)
    is_approximate = models.BooleanField(null=True)
    is_vague = models.BooleanField(null=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering = ["corpus", "created", "document", "start", "id"]
        verbose_name = "entry of the index"
        verbose_name_plural = "entries of the index"
        indexes = [
            # Pages are read out of these three in their order; what else they have is passed over without a look at the entry.
            models.Index(
                fields=["corpus", "kind", "type", "earliest", "id"], include=PASSED, condition=BEST_EVENTS, name="entry_of_type"
            ),
            models.Index(fields=["corpus", "kind", "earliest", "id"], include=PASSED, condition=BEST_EVENTS, name="entry_by_day"),
            models.Index(fields=["corpus", "kind", "earliest", "id"], condition=Q(is_best_gold=True), name="entry_of_gold"),
            models.Index(
                fields=["corpus", "kind", "created", "document", "start", "id"],
                include=PASSED,
                condition=Q(is_best=True, kind="figure"),
                name="entry_in_order",
            ),
            # Of a source, so that only its own entries are walked along; those around which several are, by what they point at.
            models.Index(
                "corpus", "kind", F("around__0"), "earliest", "id", condition=BEST_EVENTS & ONE_SOURCE, name="entry_one_source"
            ),
            models.Index(
                fields=["corpus", "kind", "earliest", "id"],
                include=PASSED,
                condition=BEST_EVENTS & SEVERAL_SOURCES,
                name="entry_several_sources",
            ),
            models.Index(fields=["assignment"], name="entry_of_assignment"),
            models.Index(fields=["article"], name="entry_of_article"),
            models.Index(fields=["event"], name="entry_of_event"),
            models.Index(fields=["linked"], condition=Q(linked__isnull=False), name="entry_of_linked"),
            # Without it PostgreSQL expects so much of the look for an earlier telling that it goes through a whole index to be spared it.
            models.Index(fields=["story"], condition=Q(story__isnull=False), name="entry_of_story"),
            # Counts and networks are read out of these alone. Equal rows of the first are kept as one: ten bytes for each entry. It begins
            # with what nearly all entries have not: these are read one after the other, and so are linked events.
            models.Index(fields=COUNTED, condition=Q(is_best=True), name="entry_counted"),
            models.Index(fields=OF_EDGES, condition=Q(is_best=True, kind="event") & ONE_EDGE, name="entry_one_edge"),
            models.Index(fields=["corpus"], condition=Q(is_best=True, kind="event") & SEVERAL_EDGES, name="entry_several_edges"),
            models.Index(fields=["corpus"], condition=Q(is_best=True) & RETOLD, name="entry_retold"),
            # Sources with their claims are read out of this one, in whose order equal ones follow each other.
            models.Index(fields=OF_VOICES, include=BESIDE_VOICES, condition=Q(is_best=True) & ONE_VOICE, name="entry_one_voice"),
            models.Index(fields=["corpus"], condition=Q(is_best=True) & SEVERAL_CLAIMS, name="entry_several_claims"),
            models.Index(
                fields=["corpus", "kind", "type", "earliest"],
                include=["status", "polarity", "possible"],
                condition=Q(is_best=True, is_placed=False),
                name="entry_without_a_place",
            ),
            GinIndex(fields=["places"], name="entry_places"),
            GinIndex(fields=["takes"], name="entry_takes"),
            GinIndex(fields=["around"], name="entry_around"),
            GinIndex(fields=["people", "counted"], condition=Q(kind="event"), name="entry_who"),
        ]

    def __str__(self) -> str:
        return f"{self.type or self.label} in {self.article_id}"
