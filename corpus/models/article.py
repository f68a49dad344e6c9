"""What was published: outlets and articles."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib.postgres.indexes import HashIndex
from django.db import models
from django.db.models import Q

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

    objects = OutletQuerySet.as_manager()
    evidence = Evidence("outlet")

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
        return self.filter(corpus__in=Corpus.objects.for_user(user, at_least))

    def matching(self, words: str) -> ArticleQuerySet:
        """Articles whose title or text holds all of these words, in the order asked of the web."""
        query = Q(title__icontains=words) | Q(documents__text__icontains=words)
        return self.filter(query).distinct() if words else self


class Article(Recorded):
    """What was published, whatever text of it we hold."""

    class DateBasis(models.TextChoices):
        STATED = "stated", "stated in the article"
        RESOLVED = "resolved", "worked out from another date"
        INFERRED = "inferred", "inferred"
        UNKNOWN = "", "not known"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    corpus = models.ForeignKey(Corpus, on_delete=models.PROTECT, related_name="articles")
    key = models.CharField(max_length=100, blank=True, help_text="The name by which files refer to it.")
    outlet = models.ForeignKey(Outlet, null=True, blank=True, on_delete=models.PROTECT, related_name="articles")
    title = models.CharField(max_length=1000)
    outlet_basis = models.CharField(max_length=200, blank=True, help_text="How the outlet is known.")
    url = models.CharField(
        max_length=2000, blank=True, help_text="Only what is known: its own site sent or stated it, or a person did."
    )
    url_basis = models.CharField(max_length=200, blank=True, help_text="How the address is known.")
    claimed_url = models.CharField(max_length=2000, blank=True, help_text="An address that nobody vouches for but the claimant.")
    claimed_outlet = models.CharField(max_length=200, blank=True, help_text="The name of an outlet, as the claimant gives it.")
    claimed_by = models.CharField(max_length=500, blank=True, help_text="The claimant: a feed, a file, a page of another site.")
    source_file = models.CharField(max_length=500, blank=True)
    language = models.CharField(max_length=35, blank=True, help_text="BCP 47: en, ko, zh-Hans.")
    published_edtf = models.CharField(max_length=100, blank=True, help_text="EDTF: 2017-09-04, 2017-09, 2017-09-04/2017-09-30.")
    published_earliest = models.DateField(null=True, blank=True)
    published_latest = models.DateField(null=True, blank=True)
    published_basis = models.CharField(max_length=10, blank=True, choices=DateBasis, default=DateBasis.UNKNOWN)
    practice = models.BooleanField(default=False, help_text="For learning: annotators may compare their marks with the gold.")
    cluster = models.ForeignKey(
        "corpus.Cluster",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="articles",
        help_text="Articles of one story.",
    )
    copy_of = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="copies",
        help_text="It says nothing of its own beside this one.",
    )
    similarity = models.FloatField(
        null=True, blank=True, help_text="To the article of which it is a copy: shared shingles, 0 to 1."
    )
    copy_decided = models.BooleanField(default=False, help_text="A person has said whether it is a copy.")
    created = models.DateTimeField(auto_now_add=True)

    objects = ArticleQuerySet.as_manager()
    evidence = Evidence("article")

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
            # By hash: an address may be longer than a row of a B-tree.
            HashIndex(fields=["claimed_url"], condition=~Q(claimed_url=""), name="article_claimed_url"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"/articles/{self.pk}/"

    @property
    def current(self) -> Any:
        """The newest text of it, or None."""
        return self.documents.order_by("-version").first()
