"""The history of what is no mark: members, invitations, passwords, corpora, metadata of articles."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from corpus.db.choices import TextChoices
from corpus.models.access import Corpus
from corpus.models.article import Article
from corpus.models.evidence import Evidence, Recorded, RecordedQuerySet

# Columns of articles by the names that pages give them; the days follow from the date.
NAMES = {field.name: str(field.verbose_name) for field in Article._meta.concrete_fields}
WORKED_OUT = {"published_earliest", "published_latest"}
# What an empty list says, where that is not that nothing is left.
EMPTY = {("plan", "people"): "all annotators"}


class EditQuerySet(RecordedQuerySet["Edit"]):
    def for_user(self, user: Any, at_least: str = "viewer") -> EditQuerySet:
        return self.filter(corpus__in=Corpus.objects.for_user(user, at_least))


class Edit(Recorded):
    """One change that a person made: what it was before and after, as {field: value}; null where there was or is nothing.

    Rows are only added: the database refuses everything else.
    """

    class Kind(TextChoices):
        CORPUS = "corpus", "corpus"
        MEMBER = "member", "member"
        INVITATION = "invitation", "invitation"
        PASSWORD = "password", "password link"
        ARTICLE = "article", "article"
        OUTLET = "outlet", "outlet"
        ENCODING = "encoding", "encoding of a text"
        PLAN = "plan", "plan"
        READING = "reading", "reading"
        SCHEME = "scheme", "scheme"

    # Without a constraint: the history of a corpus outlives it.
    corpus = models.ForeignKey(Corpus, on_delete=models.DO_NOTHING, db_constraint=False, related_name="edits")
    kind = models.CharField(max_length=10, choices=Kind)
    object = models.CharField(max_length=40, help_text="Id of the changed object.")
    label = models.CharField(max_length=200, help_text="Name of the object at that time.")
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    batch = models.UUIDField(null=True, blank=True, help_text="Shared by edits that one press made.")
    undoes = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="undone_by")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="edits")
    at = models.DateTimeField(db_default=Now(), editable=False)

    objects: ClassVar = EditQuerySet.as_manager()
    recorded_as = Evidence("edit", left_out=dict.fromkeys(("label", "before", "after"), "names in it are erased on demand"))

    put_back: str  # address, where a page offers it

    class Meta:
        ordering = ["-id"]
        verbose_name = "edit"
        indexes = [
            models.Index(fields=["corpus", "kind", "object", "-id"], name="edit_of_an_object"),
            models.Index(fields=["batch"], condition=Q(batch__isnull=False), name="edit_batch"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(before__isnull=False) | Q(after__isnull=False), name="edit_says_something"),
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        "corpus",
                        "member",
                        "invitation",
                        "password",
                        "article",
                        "outlet",
                        "encoding",
                        "plan",
                        "reading",
                        "scheme",
                    ]
                ),
                name="edit_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.label}"

    @property
    def lines(self) -> list[tuple[str, Any, Any]]:
        """(field, value before, value after) of each field that changed."""
        before, after = self.before or {}, self.after or {}
        changed = [name for name in before | after if before.get(name) != after.get(name) and name not in WORKED_OUT]
        return [(NAMES.get(name, name), self.shown(name, before), self.shown(name, after)) for name in changed]

    def shown(self, name: str, values: dict[str, Any]) -> Any:
        """A list as its words."""
        value = values.get(name)
        if not isinstance(value, list):
            return value
        return ", ".join(map(str, value)) if value else EMPTY.get((self.kind, name), "")
