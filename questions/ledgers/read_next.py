"""Where to read next: articles without annotations that have the words by which the rows of an answer were found."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from time import monotonic
from typing import Any
from uuid import UUID

from annotations.models import Assignment
from corpus.models import Article, Corpus
from corpus.passages.search import articles_with
from corpus.words.patterns import PatternError
from questions.address.question import Question
from questions.asking import time_limits
from questions.asking.asker import Asker
from questions.ledgers.answered import Answered, answered

Object = dict[str, Any]
ROWS_READ, MOST_WORDS, MOST_ARTICLES = 200, 20, 50
QUOTED = str.maketrans('*?|"', "    ")  # what a pattern of words would take for more than a letter


def articles_to_read(question: Question, corpus: Corpus, user: Any) -> tuple[Answered, list[Object]]:
    """The answer, of up to 200 rows, and the articles that have its words. Raises AddressError, NotThere and TooBroad."""
    answer = answered(question, corpus, user, ROWS_READ)
    return answer, read_next(answer.asker, answer.page.rows)


def read_next(asker: Asker, rows: Iterable[Object]) -> list[Object]:
    """Those with most of the words first, each with these; the newest of equal ones. Copies are left out.

    Words are those of triggers in the rows, the most frequent 20. An article is annotated if the asker may see that it is.
    Raises TooBroad where all searches together take longer than an answer may.
    """
    words = triggers_of_rows(rows)
    seen = Assignment.objects.live().for_user(asker.user).filter(document__corpus=asker.corpus).order_by()
    unread = (
        Article.objects.outside_bin().filter(corpus=asker.corpus, copy_of=None).exclude(pk__in=seen.values("document__article"))
    )
    hits: dict[UUID, list[str]] = defaultdict(list)
    ends = monotonic() + time_limits.SECONDS
    with time_limits.within_time(asker.corpus):
        for word in words:
            time_limits.allow_until(ends)
            try:
                matching = articles_with(asker.corpus, word)
            except PatternError:
                continue  # signs alone are no words
            for pk in unread.filter(pk__in=matching).order_by("-created", "pk").values_list("pk", flat=True)[:MOST_ARTICLES]:
                hits[pk].append(word)
        articles = Article.objects.filter(pk__in=hits).select_related("outlet").in_bulk()
    ranked = sorted(hits, key=lambda pk: (-len(hits[pk]), -articles[pk].created.timestamp(), pk))
    return [in_short(articles[pk], hits[pk]) for pk in ranked[:MOST_ARTICLES]]


def triggers_of_rows(rows: Iterable[Object]) -> list[str]:
    """Folded, each once."""
    counts: Counter[str] = Counter()
    for row in rows:
        for entry in row.get("entries", ()):
            quotes = (mark["quote"].translate(QUOTED).casefold() for mark in entry["triggers"])
            counts.update({" ".join(quote.split()) for quote in quotes} - {""})
    return [word for word, _ in counts.most_common(MOST_WORDS)]


def in_short(article: Article, words: list[str]) -> Object:
    return {
        "article": article.pk,
        "title": article.title,
        "outlet": article.outlet.name if article.outlet else "",
        "published": article.published_edtf,
        "words": words,
    }
