"""Guessed encodings: which articles have one, until a person has read the text and confirmed it."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Case, CharField, Exists, F, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast

from corpus.edits.history import lock_corpus, record
from corpus.models import Article, Document, Edit

GUESSED = "guessed"  # the bases of the reader of plain text begin so


def with_guess(articles: QuerySet[Article]) -> QuerySet[Any]:
    """Each with `guessed_encoding`: that of its newest text, if it is guessed and not confirmed; else "" or null."""
    newest = Document.objects.filter(article=OuterRef("pk")).order_by("-version")
    return articles.annotate(guessed_encoding=Subquery(flagged(newest).values("guess")[:1]))


def flagged(documents: QuerySet[Document]) -> QuerySet[Any]:
    """Each with `guess`: its encoding, if it is guessed and not confirmed, else ""."""
    key = Cast(OuterRef("pk"), CharField())
    confirmed = Exists(Edit.objects.filter(corpus=OuterRef("corpus"), kind=Edit.Kind.ENCODING, object=key))
    guess = When(~confirmed, encoding_basis__startswith=GUESSED, then=F("encoding"))
    return documents.annotate(guess=Case(guess, default=Value(""), output_field=CharField()))


def guess_of(document: Document) -> str:
    if not document.encoding_basis.startswith(GUESSED):
        return ""
    return str(flagged(Document.objects.filter(pk=document.pk)).values_list("guess", flat=True).get())


@transaction.atomic
def confirm_encoding(document: Document, by: Any) -> bool:
    """False if there is nothing to confirm (any longer)."""
    corpus = lock_corpus(document.corpus, by)
    if not guess_of(document):
        return False
    before = {"encoding": f"{document.encoding} ({document.encoding_basis})"}
    after = {"encoding": f"{document.encoding} (confirmed)"}
    record(corpus, Edit.Kind.ENCODING, document, before, after, by, label=document.article.title[:200])
    return True
