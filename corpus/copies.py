"""Near-copies: a text that was published elsewhere already, nearly word for word, says nothing of its own.

A new article is compared with all of its corpus by sketches, and the likest ones then by their words.
A copy is kept and counts once with the article of which it is one, until a person says otherwise.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from django.db import connection, transaction

from corpus.models import Article, Document, Sketch
from corpus.shingles import SIZE, Minima, bands, estimate, similarity, sketch

# Of all shingles of two texts, so many are shared by copies. Reports of one event in different words share far fewer.
COPY = 0.5
# What an estimate may be wrong by and still be looked at.
MARGIN = 0.1
LOOKED_AT, COMPARED = 500, 3


# One round trip: four answers that say nothing beside the one that does, the third.
NEAR = """
SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off;
SELECT document_id, minima FROM corpus_sketch WHERE bands && %s::bigint[] AND document_id <> %s LIMIT %s;
SET LOCAL enable_seqscan TO DEFAULT; SET LOCAL enable_indexscan TO DEFAULT
"""


class Likeness(NamedTuple):
    document: Document
    similarity: float


def set_apart(document: Document) -> None:
    """Sketch a new text; if its article is new too and a near-copy of another one, make it a copy of that."""
    minima = sketch(document.text)
    article = document.article
    is_open = document.version == 1 and article.copy_of_id is None and not article.copy_decided
    found = likest(document, minima) if is_open else None
    Sketch.objects.create(document=document, minima=minima.tobytes(), bands=bands(minima, document.corpus_id))
    if found:
        other = found.document.article
        article.copy_of_id = other.copy_of_id or other.pk
        article.similarity = found.similarity
        article.save(update_fields=["copy_of", "similarity"])


def set_all_apart(corpus: int) -> int:
    """The same for all texts of a corpus that have no sketch, in the order in which they came. How many they were."""
    waiting = Document.objects.filter(corpus=corpus, sketch__isnull=True).order_by("retrieved", "id")
    keys = list(waiting.values_list("pk", flat=True))
    for key in keys:
        with transaction.atomic():
            document = waiting.select_for_update(of=("self",)).select_related("article").filter(pk=key).first()
            if document:
                set_apart(document)
    return len(keys)


@transaction.atomic
def likest(document: Document, minima: Minima) -> Likeness | None:
    """The other text of the corpus that is most like this one, if it is a near-copy."""
    rows = near(document, bands(minima, document.corpus_id))
    if not rows:
        return None
    table = np.frombuffer(b"".join(bytes(row[1]) for row in rows), dtype=np.uint32).reshape(len(rows), SIZE)
    guesses = estimate(minima, table)
    best = [rows[at][0] for at in np.argsort(-guesses)[:COMPARED] if guesses[at] >= COPY - MARGIN]
    others = Document.objects.filter(pk__in=best).select_related("article") if best else ()
    exact = [Likeness(other, similarity(document.text, other.text)) for other in others]
    found = max(exact, key=lambda one: one.similarity, default=None)
    return found if found and found.similarity >= COPY else None


def near(document: Document, own: list[int]) -> list[tuple[Any, bytes]]:
    """Other texts that share a band with these, and their minima; in a transaction.

    The planner takes it that bands are shared by one text in seven and would rather read the whole table
    than its index, so that each text more would make every look slower. It is shown no other way.
    """
    with connection.cursor() as cursor:
        cursor.execute(NEAR, [own, document.pk, LOOKED_AT])
        cursor.nextset()
        cursor.nextset()
        found: list[tuple[Any, bytes]] = cursor.fetchall()
    return found


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
        raise ValueError("An article is a copy of another one in the same corpus.")
    texts = [one.text for one in (article.current, target.current) if one]
    if len(texts) < 2:
        raise ValueError("One of the two articles has no text yet.")
    Article.objects.filter(copy_of=article).update(copy_of=target)
    article.copy_of, article.copy_decided = target, True
    article.similarity = similarity(*texts)
    article.save(update_fields=["copy_of", "copy_decided", "similarity"])
