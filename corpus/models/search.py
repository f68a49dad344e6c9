"""What the words of articles are found by. All of it can be made again from texts and titles."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q

from corpus.models.access import Corpus
from corpus.models.article import Article
from corpus.models.document import Document


def to(model: type[models.Model], related: str, **further: Any) -> Any:
    """A key by which the database itself deletes the row along with what it is of (migration 0017): Django need not look for such rows."""
    return models.ForeignKey(model, on_delete=models.DO_NOTHING, db_constraint=False, related_name=related, **further)


class SearchPassageQuerySet(models.QuerySet["SearchPassage"]):
    def for_user(self, user: Any, at_least: str = "viewer") -> SearchPassageQuerySet:
        return self.filter(article__deletion=None, corpus__in=Corpus.objects.for_user(user, at_least))


class SearchPassage(models.Model):
    """The words of a segment, of a part of a long one, or of a title, with their positions. A text never changes, and neither do its passages."""

    corpus = models.ForeignKey(Corpus, on_delete=models.DB_CASCADE, related_name="+", db_index=False)
    article = to(Article, "passages", db_index=False)
    document = to(Document, "passages", null=True, help_text="Empty: the title of the article.")
    start = models.PositiveIntegerField(help_text="First code point of the text or title.")
    end = models.PositiveIntegerField()
    next = models.PositiveIntegerField(help_text="Start of the next passage of the segment, which overlaps; or the end.")
    words = SearchVectorField(help_text="Tokens with their positions; characters also two by two.")

    objects = SearchPassageQuerySet.as_manager()

    class Meta:
        verbose_name = "search passage"
        constraints = [
            models.UniqueConstraint(fields=["article", "document", "start"], name="passage_once", nulls_distinct=False),
            models.CheckConstraint(condition=Q(start__lt=F("next")) & Q(next__lte=F("end")), name="passage_order"),
        ]
        indexes = [GinIndex(fields=["words"], name="passage_words")]

    def __str__(self) -> str:
        return f"{self.start}–{self.end}"


class SearchWord(models.Model):
    """A word that some text or title of a corpus has: what a wildcard can stand for."""

    corpus = models.ForeignKey(Corpus, on_delete=models.DB_CASCADE, related_name="+", db_index=False)
    word = models.CharField(max_length=100, db_collation="C")

    class Meta:
        verbose_name = "search word"
        constraints = [models.UniqueConstraint(fields=["corpus", "word"], name="word_once")]
        indexes = [GinIndex(OpClass("word", "gin_trgm_ops"), name="word_letters")]

    def __str__(self) -> str:
        return self.word


class UnindexedArticle(models.Model):
    """An article with a text or title whose words are not indexed yet. Triggers add a row for each new text and title, the worker takes it.

    Rows of one article may be many: so nobody who stores something waits for the worker, or it for them.
    """

    corpus = models.ForeignKey(Corpus, on_delete=models.DB_CASCADE, related_name="+")
    article = to(Article, "+")

    class Meta:
        verbose_name = "article not indexed yet"
        verbose_name_plural = "articles not indexed yet"

    def __str__(self) -> str:
        return str(self.article_id)
