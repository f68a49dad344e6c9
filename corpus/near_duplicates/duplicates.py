"""Near-copies: a text that was published elsewhere already, nearly word for word, says nothing of its own.

A new article is compared with all of its corpus by sketches, and the likest ones then by their words.
A copy is kept and counts once with the article of which it is one, until a person says otherwise.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple
from uuid import UUID

import numpy as np
from django.db import transaction

from corpus.db.round_trip import Statement, round_trip
from corpus.db.row_writer import Row
from corpus.jobs.heartbeat import got_on
from corpus.models import Article, Document, Sketch
from corpus.near_duplicates.shingles import SIZE, Minima, bands, estimate, signature, similarity

# Of all shingles of two texts, so many are shared by copies. Reports of one event in different words share far fewer.
COPY = 0.5
# What an estimate may be wrong by and still be looked at.
MARGIN = 0.1
LOOKED_AT, COMPARED = 500, 3


# A function of our own, in the migrations: it does not let the planner read the whole table.
NEAR = "SELECT document_id, minima FROM attest_near($1::bigint[], $2::uuid, $3::int)"

Rows = Sequence[tuple[Any, ...]]  # id of the document, minima


class Likeness(NamedTuple):
    document: Document
    similarity: float


def compare(document: Document, minima: Minima, near: Rows) -> bool:
    """Whether the article of a new text is new too and a near-copy of another one; then it is made one, and not saved yet."""
    article = document.article
    is_open = document.version == 1 and article.copy_of_id is None and not article.copy_decided
    likeness = likest(document, minima, near) if is_open else None
    if likeness:
        make_copy(article, likeness)
    return likeness is not None


def make_copy(article: Article, likeness: Likeness) -> None:
    """A copy of a copy is one of the first."""
    other = likeness.document.article
    article.copy_of_id = other.copy_of_id or other.pk
    article.similarity = likeness.similarity


def sketch_row(document: Document, minima: Minima) -> Row:
    return {"document_id": document.pk, "minima": minima.tobytes(), "bands": bands(minima, document.corpus_id)}


def set_apart(document: Document) -> None:
    """Sketch a stored text, and compare it."""
    minima = signature(document.text)
    if compare(document, minima, near(document, minima)):
        document.article.save(update_fields=["copy_of", "similarity"])
    Sketch.objects.create(**sketch_row(document, minima))


def set_all_apart(corpus: int) -> int:
    """The same for all texts of a corpus that have no sketch, in the order in which they came. How many they were."""
    waiting = Document.objects.filter(corpus=corpus, sketch__isnull=True).order_by("retrieved", "id")
    keys = list(waiting.values_list("pk", flat=True))
    for key in keys:
        got_on()
        with transaction.atomic():
            document = waiting.select_for_update(of=("self",)).select_related("article").filter(pk=key).first()
            if document:
                set_apart(document)
    return len(keys)


def likest(document: Document, minima: Minima, near: Rows) -> Likeness | None:
    """The text that is most like this one of those near it, if it is a near-copy."""
    return nearest(document, compared(likeliest(minima, near)))


def compared(keys: Collection[UUID]) -> list[Document]:
    """These texts, without those in the bin. They are asked for by their keys alone: of `deletion IS NULL` the planner expects one row in
    200 where the table was not analysed yet, and reads all articles to begin with these."""
    texts = Document.objects.filter(pk__in=keys).select_related("article") if keys else ()
    return [text for text in texts if text.article.deletion_id is None]


def likeliest(minima: Minima, near: Rows) -> list[UUID]:
    """Those few whose words are worth a comparison, by their sketches."""
    if not near:
        return []
    table = np.frombuffer(b"".join(bytes(row[1]) for row in near), dtype=np.uint32).reshape(len(near), SIZE)
    guesses = estimate(minima, table)
    return [near[at][0] for at in np.argsort(-guesses)[:COMPARED] if guesses[at] >= COPY - MARGIN]


def nearest(document: Document, others: Iterable[Document]) -> Likeness | None:
    """By the words themselves."""
    exact = [Likeness(other, similarity(document.text, other.text)) for other in others]
    best = max(exact, key=lambda one: one.similarity, default=None)
    return best if best and best.similarity >= COPY else None


def near(document: Document, minima: Minima) -> Rows:
    """Other texts that share a band with this one, and their minima."""
    (rows,) = round_trip([near_query(document.corpus_id, minima, document.pk)])
    return rows


def near_query(corpus: int, minima: Minima, but: UUID | None = None) -> Statement:
    """The same, to be sent with others."""
    return NEAR, [bands(minima, corpus), but, LOOKED_AT]


def likeness(one: Document, other: Document) -> float:
    """How much two texts share, by the words themselves."""
    return similarity(one.text, other.text)


@transaction.atomic
def decide(article: Article, *, is_copy: bool) -> None:
    """What a person says of a near-copy stays said."""
    article.copy_decided = True
    if not is_copy:
        article.copy_of = None
    article.save(update_fields=["copy_decided", "copy_of"])


@transaction.atomic
def declare(article: Article, of: Article) -> None:
    """A person says that an article is a copy of another. Raises ValueError where that would go in a circle or out of the corpus."""
    target = of.copy_of or of
    if target.pk == article.pk or target.corpus_id != article.corpus_id:
        raise ValueError("Choose another article of the same corpus.")
    texts = [one.text for one in (article.current, target.current) if one]
    if len(texts) < 2:
        raise ValueError("One of the two articles has no text yet.")
    Article.objects.filter(copy_of=article).update(copy_of=target)
    article.copy_of, article.copy_decided = target, True
    article.similarity = similarity(*texts)
    article.save(update_fields=["copy_of", "copy_decided", "similarity"])
