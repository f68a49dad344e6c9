"""Feeds that are read again and again."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

from corpus.models.access import Corpus


class FeedQuerySet(models.QuerySet["Feed"]):
    def for_user(self, user: Any, at_least: str = "viewer") -> FeedQuerySet:
        return self.filter(corpus__in=Corpus.objects.for_user(user, at_least))


class Feed(models.Model):
    """A subscription: the worker asks for it when it is due, and only for what is new."""

    corpus = models.ForeignKey(Corpus, on_delete=models.CASCADE, related_name="feeds")
    url = models.CharField("URL", max_length=2000)
    title = models.CharField(max_length=300, blank=True)
    with_pages = models.BooleanField("fetch pages", default=True, help_text="Fetch the page of each new entry.")
    other_sites = models.BooleanField(
        "pages on other sites",
        default=False,
        help_text="Also fetch pages on other sites that entries link to.",
    )
    is_active = models.BooleanField("active", default=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="feeds")
    created = models.DateTimeField(auto_now_add=True)
    minutes = models.PositiveIntegerField("interval", default=60, help_text="Minutes between two refreshes.")
    due = models.DateTimeField("next refresh", help_text="Time of the next refresh.")
    asked = models.DateTimeField("last refreshed", null=True, blank=True, help_text="Time of the last refresh.")
    failures = models.PositiveIntegerField(
        default=0, help_text="Consecutive failures; each doubles the time until the next refresh."
    )
    problem = models.CharField("last error", max_length=500, blank=True, help_text="Error of the last refresh.")
    left_over = models.PositiveIntegerField(
        default=0, help_text="New entries of the last refresh that were left for the next one."
    )
    elsewhere = models.PositiveIntegerField(
        default=0, help_text="New entries of the last refresh that link to other sites and were not fetched."
    )
    etag = models.CharField(max_length=500, blank=True)
    last_modified = models.CharField(max_length=100, blank=True)

    objects = FeedQuerySet.as_manager()

    class Meta:
        ordering = ["title", "url"]
        constraints = [models.UniqueConstraint(fields=["corpus", "url"], name="feed_once")]
        indexes = [models.Index(fields=["due"], condition=models.Q(is_active=True), name="feed_due")]

    def __str__(self) -> str:
        return self.title or self.url
