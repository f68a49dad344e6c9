"""Questions that people keep under a name, and which rows of them each person has seen."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import MD5, Concat, Now
from django.db.models.lookups import Exact, LessThanOrEqual

from corpus.models import Corpus
from corpus.models.evidence import Evidence, Recorded, RecordedQuerySet

LONGEST_NAME, LONGEST_QUERY, LONGEST_NOTE = 200, 4_000, 10_000
MOST_ROWS = 2_000
TYPE_OF_ROWS = Func(F("rows"), function="jsonb_typeof", output_field=models.TextField())
COUNT_OF_ROWS = Func(
    F("rows"),
    template="jsonb_array_length(jsonb_path_query_array(%(expressions)s, '$.keyvalue()'))",
    output_field=models.IntegerField(),
)


class SavedQuestionQuerySet(RecordedQuerySet["SavedQuestion"]):
    def for_user(self, user: Any) -> SavedQuestionQuerySet:
        """Their own and the shared ones, of corpora that they may see."""
        return self.filter(Q(owner=user.pk) | Q(is_shared=True), corpus__in=Corpus.objects.for_user(user))


class SavedQuestion(Recorded):
    """A question with a name. Shared: everyone who may see the corpus reads it, and gets the rows that they may see."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    corpus = models.ForeignKey(Corpus, on_delete=models.CASCADE, related_name="questions")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="questions")
    name = models.CharField(max_length=LONGEST_NAME)
    ledger = models.CharField(max_length=20)
    query = models.CharField(max_length=LONGEST_QUERY, blank=True, help_text="The one form of the question, without defaults.")
    note = models.TextField(blank=True)
    is_shared = models.BooleanField(default=False)
    digest = models.GeneratedField(
        expression=MD5(Concat("name", models.Value("\n"), "query", models.Value("\n"), "note", output_field=models.TextField())),
        output_field=models.CharField(max_length=32),
        db_persist=True,
        help_text="MD5 of its words, which the evidence log keeps in their place.",
    )
    created = models.DateTimeField(db_default=Now(), editable=False)
    changed = models.DateTimeField(db_default=Now(), help_text="When its name, note or filters were changed.")

    objects: ClassVar = SavedQuestionQuerySet.as_manager()
    recorded_as = Evidence(
        "question", left_out=dict.fromkeys(("name", "query", "note"), "they may name people: `digest` is of them")
    )

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["corpus", "owner", "name"], name="savedquestion_name_once"),
            models.CheckConstraint(condition=Q(name__regex=r"^\S(.*\S)?$"), name="savedquestion_has_a_name"),
            models.CheckConstraint(condition=Q(ledger__regex=r"^[a-z]+$"), name="savedquestion_has_a_ledger"),
        ]
        indexes = [models.Index(fields=["corpus"], condition=Q(is_shared=True), name="savedquestion_shared")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/questions/{self.pk}/"


class SeenStateQuerySet(models.QuerySet["SeenState"]):
    def for_user(self, user: Any) -> SeenStateQuerySet:
        """Their own, of questions that they may still read."""
        return self.filter(user=user.pk, question__in=SavedQuestion.objects.for_user(user).order_by().values("pk"))


class SeenState(models.Model):
    """The rows of a question as one person has seen them. The numbers of what is new since then are the worker's."""

    question = models.ForeignKey(SavedQuestion, on_delete=models.CASCADE, related_name="seen_states")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="seen_states")
    at = models.DateTimeField()
    rows = models.JSONField(default=dict, help_text="Key of a row → its seal.")
    is_whole = models.BooleanField(default=True, help_text="Whether these are all rows: an answer may have more.")
    new = models.PositiveIntegerField(null=True, help_text="None: not counted, or it cannot be told.")
    changed = models.PositiveIntegerField(null=True)
    gone = models.PositiveIntegerField(null=True)
    counted_at = models.DateTimeField(null=True)

    objects = SeenStateQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(fields=["question", "user"], name="seenstate_once"),
            models.CheckConstraint(condition=Exact(TYPE_OF_ROWS, models.Value("object")), name="seenstate_rows_by_key"),
            models.CheckConstraint(condition=LessThanOrEqual(COUNT_OF_ROWS, MOST_ROWS), name="seenstate_most_rows"),
            models.CheckConstraint(
                condition=Q(counted_at__isnull=False) | Q(new=None, changed=None, gone=None), name="seenstate_counted_once"
            ),
        ]
        indexes = [models.Index(fields=["counted_at"], name="seenstate_counted")]

    def __str__(self) -> str:
        return f"{self.question} as {self.user} has seen it"
