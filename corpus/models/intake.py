"""One act of bringing things in: what was given, and a result for each thing that was found in it."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.postgres.indexes import HashIndex
from django.db import models, transaction
from django.db.models.functions import Coalesce
from django.utils import timezone

from corpus.db.choices import TextChoices
from corpus.models.access import Corpus
from corpus.models.article import Article
from corpus.models.document import Document


class IntakeQuerySet(models.QuerySet["Intake"]):
    def for_user(self, user: Any, at_least: str = "viewer") -> IntakeQuerySet:
        return self.filter(corpus__in=Corpus.objects.for_user(user, at_least))

    def counted(self) -> IntakeQuerySet:
        """Each with how many things had which outcome, how many deliveries it has, and how many of them wait."""
        counts = {outcome: number(IntakeItem.objects.filter(outcome=outcome)) for outcome in IntakeItem.Outcome.values}
        return self.annotate(
            **counts, given=number(Delivery.objects.all()), waiting=number(Delivery.objects.filter(state__in=Delivery.OPEN))
        )


def number(rows: Any) -> Any:
    """How many of the rows belong to the intake of the outer query."""
    counted = rows.filter(intake=models.OuterRef("pk")).order_by().values("intake").annotate(n=models.Count("pk")).values("n")
    return Coalesce(models.Subquery(counted), 0)


class Intake(models.Model):
    """Files, pasted text or addresses given at one time through one door."""

    class Door(TextChoices):
        COMMAND = "command", "command line"
        API = "api", "API"
        PAGE = "page", "web page"
        FEED = "feed", "feed"

    corpus = models.ForeignKey(Corpus, on_delete=models.PROTECT, related_name="intakes")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT)
    door = models.CharField("channel", max_length=10, choices=Door)
    started = models.DateTimeField(auto_now_add=True)
    finished = models.DateTimeField(null=True, blank=True)
    look_first = models.BooleanField(
        "review before storing", default=False, help_text="Articles are reviewed before they are stored."
    )

    # What its user states of all of its articles.
    outlet = models.CharField("outlet of all articles", max_length=200, blank=True)
    published = models.CharField("date of all articles", max_length=10, blank=True, help_text="2017-09-04, 2017-09 or 2017.")
    language = models.CharField("language of all articles", max_length=35, blank=True, help_text="BCP 47: en, ko, zh-Hans.")

    objects = IntakeQuerySet.as_manager()

    if TYPE_CHECKING:  # of `counted`; `read` is what a page makes of them
        given: int
        waiting: int
        held: int
        present: int
        read: int

    class Meta:
        ordering = ["-started", "-id"]
        verbose_name = "import"

    def __str__(self) -> str:
        return f"import {self.pk} into {self.corpus}"

    def get_absolute_url(self) -> str:
        return f"/intakes/{self.pk}/"

    @property
    def facts(self) -> dict[str, Any]:
        """What its user states of all articles, and who that is; how the date is known is not stated."""
        stated = {name: getattr(self, name) for name in ("outlet", "published", "language") if getattr(self, name)}
        return stated and stated | {"published_basis": Article.DateBasis.UNKNOWN, "person": self.user}

    @transaction.atomic
    def close(self) -> None:
        """It is over when nothing in it waits; before that nothing happens. Nothing is given meanwhile."""
        still = Intake.objects.select_for_update(no_key=True).filter(pk=self.pk, finished=None)
        if still and not self.deliveries.filter(state__in=Delivery.OPEN).exists():
            self.finished = timezone.now()
            self.save(update_fields=["finished"])


class Delivery(models.Model):
    """A file or an address as it was given, until a worker has read it.

    The bytes wait in the database, where every worker on every host finds them and a crash loses
    none. They go when nothing is left to be tried again.
    """

    class State(TextChoices):
        WAITING = "waiting", "queued"
        READING = "reading", "being read"
        DONE = "done", "done"
        FAILED = "failed", "failed"

    OPEN = (State.WAITING, State.READING)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    intake = models.ForeignKey(Intake, on_delete=models.CASCADE, related_name="deliveries")
    position = models.PositiveIntegerField()
    name = models.CharField(max_length=2000)
    url = models.CharField("URL", max_length=2000, blank=True, help_text="URL to fetch; empty for a file.")
    site = models.CharField(max_length=253, blank=True, help_text="Site to fetch from; empty once the content is here.")
    due = models.DateTimeField("fetch at", null=True, blank=True, help_text="Earliest time of the fetch.")
    fetched_from = models.CharField(max_length=2000, blank=True, help_text="URL of the response, after redirects.")
    media_type = models.CharField(max_length=200, blank=True, help_text="Content-Type of the response: text/html; charset=utf-8.")
    content = models.BinaryField(null=True)
    size = models.PositiveBigIntegerField(default=0, help_text="Size in bytes.")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField("attempts", default=0, help_text="Number of attempts.")
    job = models.BigIntegerField(null=True, blank=True, help_text="Id of the last job that read it.")
    with_pages = models.BooleanField("fetch pages", default=False, help_text="For a feed: fetch the page of each entry.")

    class Meta:
        ordering = ["intake", "position"]
        verbose_name = "import file or URL"
        verbose_name_plural = "import files and URLs"
        # However many have been read, and however many wait, the next one is found at once.
        indexes = [
            models.Index(
                fields=["intake", "position"], condition=models.Q(state__in=["waiting", "reading"]), name="delivery_open"
            ),
            models.Index(
                fields=["site", "intake", "position"],
                condition=models.Q(state__in=["waiting", "reading"]) & ~models.Q(site=""),
                name="delivery_to_fetch",
            ),
            HashIndex(fields=["url"], condition=~models.Q(url=""), name="delivery_url"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["intake", "position"], name="delivery_position_once"),
            models.CheckConstraint(
                condition=~models.Q(state__in=["waiting", "reading"], site="", content=None),
                name="delivery_has_something_to_read",
            ),
            models.CheckConstraint(condition=models.Q(site="") | ~models.Q(url=""), name="delivery_of_a_site_has_an_address"),
        ]

    def __str__(self) -> str:
        return self.name


class IntakeItem(models.Model):
    """What became of one thing of an intake."""

    class Outcome(TextChoices):
        STORED = "stored", "stored"
        COPY = "copy", "near-duplicate"
        PRESENT = "present", "already present"
        FAILED = "failed", "failed"
        HELD = "held", "awaiting review"
        LEFT = "left", "skipped"

    intake = models.ForeignKey(Intake, on_delete=models.CASCADE, related_name="items")
    delivery = models.ForeignKey(Delivery, null=True, blank=True, on_delete=models.CASCADE, related_name="items")
    name = models.CharField(max_length=2000)
    outcome = models.CharField(max_length=10, choices=Outcome)
    detail = models.TextField(blank=True, help_text="For an error: where and why.")
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="intake_items")

    class Meta:
        ordering = ["intake", "id"]
        verbose_name = "import result"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome__in=["failed", "held", "left"], document__isnull=True)
                | models.Q(outcome__in=["stored", "copy", "present"], document__isnull=False),
                name="intakeitem_has_document_unless_failed",
            ),
            models.UniqueConstraint(fields=["delivery", "name"], name="intakeitem_once_in_a_delivery"),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.outcome}"


class Held(models.Model):
    """What a reader took out of a thing, until a person has looked at what cleaning would do to it."""

    item = models.OneToOneField(IntakeItem, on_delete=models.CASCADE, primary_key=True, related_name="reading")
    raw = models.BinaryField()
    record = models.JSONField(help_text="Metadata extracted by the reader.")
    source = models.CharField(max_length=2000, blank=True, help_text="Source of the bytes: a URL or a file.")
    is_fetched = models.BooleanField(default=False, help_text="Whether the source is a URL.")
    claims = models.ForeignKey(
        Article,
        verbose_name="claimed article",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="claims_to_it",
        help_text="Article whose URL it claims: a manager decides whether it is a text of that article.",
    )

    class Meta:
        verbose_name = "article to review"
        verbose_name_plural = "review queue"

    def __str__(self) -> str:
        return self.item.name
