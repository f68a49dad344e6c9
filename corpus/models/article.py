"""What was published: outlets and articles."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.contrib.postgres.indexes import GinIndex, HashIndex, OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper

from corpus.db.choices import TextChoices
from corpus.models.access import Corpus
from corpus.models.evidence import Evidence, Recorded, RecordedQuerySet


class OutletQuerySet(RecordedQuerySet["Outlet"]):
    def for_user(self, user: Any, at_least: str = "viewer") -> OutletQuerySet:
        return self.filter(corpus__in=Corpus.objects.for_user(user, at_least))


class Outlet(Recorded):
    """Who publishes: a news outlet, an agency, a panel. Told by its domain where there is one."""

    corpus = models.ForeignKey(Corpus, on_delete=models.CASCADE, related_name="outlets")
    name = models.CharField(max_length=200)
    domain = models.CharField(max_length=253, blank=True, help_text="dailynk.com")

    objects: ClassVar = OutletQuerySet.as_manager()
    recorded_as = Evidence("outlet")

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["corpus", "name"], name="outlet_name_once"),
            models.UniqueConstraint(fields=["corpus", "domain"], condition=~Q(domain=""), name="outlet_domain_once"),
        ]

    def __str__(self) -> str:
        return self.name


class ArticleQuerySet(RecordedQuerySet["Article"]):
    def for_user(self, user: Any, at_least: str = "viewer") -> ArticleQuerySet:
        return self.outside_bin().filter(corpus__in=Corpus.objects.for_user(user, at_least))

    def outside_bin(self) -> ArticleQuerySet:
        return self.filter(deletion=None)


class Article(Recorded):
    """What was published, whatever text of it we hold."""

    class DateBasis(TextChoices):
        STATED = "stated", "stated in the article"
        RESOLVED = "resolved", "derived from another date"
        INFERRED = "inferred", "inferred"
        UNKNOWN = "", "unknown"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    corpus = models.ForeignKey(Corpus, on_delete=models.PROTECT, related_name="articles")
    key = models.CharField("file key", max_length=100, blank=True, help_text="Key of the article in files.")
    outlet = models.ForeignKey(Outlet, null=True, blank=True, on_delete=models.PROTECT, related_name="articles")
    title = models.CharField(max_length=1000)
    outlet_basis = models.CharField("basis of the outlet", max_length=200, blank=True, help_text="How the outlet is known.")
    url = models.CharField(
        "URL",
        max_length=2000,
        blank=True,
        help_text="Only if known: fetched from or stated by its own site, or entered by a person.",
    )
    url_basis = models.CharField("basis of the URL", max_length=200, blank=True, help_text="How the URL is known.")
    claimed_url = models.CharField("claimed URL", max_length=2000, blank=True, help_text="URL that only the claimant states.")
    claimed_outlet = models.CharField(max_length=200, blank=True, help_text="Outlet name as stated by the claimant.")
    claimed_by = models.CharField(
        max_length=500, blank=True, help_text="Who makes the claim: a feed, a file, a page of another site."
    )
    source_file = models.CharField(max_length=500, blank=True)
    language = models.CharField(max_length=35, blank=True, help_text="BCP 47: en, ko, zh-Hans.")
    published_edtf = models.CharField(
        "publication date", max_length=100, blank=True, help_text="EDTF: 2017-09-04, 2017-09, 2017-09-04/2017-09-30."
    )
    published_earliest = models.DateField("earliest date", null=True, blank=True)
    published_latest = models.DateField("latest date", null=True, blank=True)
    published_basis = models.CharField(
        "basis of the date", max_length=10, blank=True, choices=DateBasis, default=DateBasis.UNKNOWN
    )
    practice = models.BooleanField(
        "practice article", default=False, help_text="Annotators can compare their marks with the gold."
    )
    cluster = models.ForeignKey(
        "corpus.Cluster",
        verbose_name="story",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="articles",
        help_text="Group of articles on the same story.",
    )
    copy_of = models.ForeignKey(
        "self",
        verbose_name="duplicate of",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="copies",
        help_text="Article that this one duplicates.",
    )
    similarity = models.FloatField(null=True, blank=True, help_text="Similarity to that article: shared shingles, 0 to 1.")
    copy_decided = models.BooleanField(
        "duplicate reviewed", default=False, help_text="A person has decided whether it is a duplicate."
    )
    created = models.DateTimeField(auto_now_add=True)
    deletion = models.ForeignKey(
        "corpus.Deletion",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="By which it is in the bin.",
    )

    objects: ClassVar = ArticleQuerySet.as_manager()
    recorded_as = Evidence("article", left_out={"deletion_id": "compared with the deletions, which say who and why"})

    # Lists add what they show: the newest own assignment, all that one sees, how many copies there are, what a search found.
    mine: Any
    everyone: list[Any]
    copy_count: int
    snippet: Any

    class Meta:
        ordering = ["-created", "id"]
        constraints = [
            models.UniqueConstraint(fields=["corpus", "url"], condition=~Q(url=""), name="article_url_once"),
            models.UniqueConstraint(fields=["corpus", "key"], condition=~Q(key=""), name="article_key_once"),
            models.CheckConstraint(
                condition=Q(published_earliest__isnull=True, published_latest__isnull=True)
                | Q(published_earliest__lte=models.F("published_latest")),
                name="article_published_order",
            ),
            models.CheckConstraint(condition=~Q(copy_of=models.F("id")), name="article_is_no_copy_of_itself"),
            models.CheckConstraint(
                condition=Q(claimed_url="", claimed_outlet="") | ~Q(claimed_by=""), name="article_claim_has_a_claimant"
            ),
            models.CheckConstraint(condition=Q(similarity=None) | Q(similarity__range=(0, 1)), name="article_similarity_range"),
        ]
        indexes = [
            models.Index(fields=["corpus", "-created", "id"], name="article_list"),
            # Ten thousand articles are counted by outlet and year out of it alone: an article has 700 bytes.
            models.Index(
                fields=["corpus", "id"], include=["outlet", "published_earliest", "published_latest"], name="article_published"
            ),
            models.Index(fields=["corpus"], condition=Q(deletion__isnull=False), name="article_in_bin"),
            # By hash: an address may be longer than a row of a B-tree.
            HashIndex(fields=["claimed_url"], condition=~Q(claimed_url=""), name="article_claimed_url"),
            GinIndex(OpClass(Upper("title"), "gin_trgm_ops"), name="article_title_words"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"/articles/{self.pk}/"

    @property
    def current(self) -> Any:
        """The newest text of it, or None."""
        return self.documents.order_by("-version").first()
