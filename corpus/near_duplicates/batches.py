"""Near-copies among new texts that come together: each is compared with the corpus and with those before it, as if they came one by one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from corpus.db.round_trip import round_trip
from corpus.db.row_writer import braces
from corpus.models import Document
from corpus.near_duplicates.duplicates import LOOKED_AT, Rows, likeliest, make_copy, nearest
from corpus.near_duplicates.shingles import Minima, bands

NEAR_ALL = """SELECT own.number, near.document_id, near.minima
FROM unnest($1::text[]) WITH ORDINALITY AS own (bands, number), attest_near(own.bands::bigint[], NULL, $2::int) AS near"""

NewTexts = Sequence[tuple[Document, Minima]]


def compare_all(texts: NewTexts) -> list[list[int]]:
    """Make near-copies of the articles of new texts, of which none is saved yet. The bands of each text."""
    own = [bands(minima, document.corpus_id) for document, minima in texts]
    likely = [likeliest(texts[number][1], near) for number, near in enumerate(near_of_all(texts, own))]
    together = {document.pk: document for document, _ in texts}
    others = Document.objects.filter(article__deletion=None).select_related("article")
    there = together | others.in_bulk({key for keys in likely for key in keys} - together.keys())
    for (document, _), keys in zip(texts, likely, strict=True):
        likeness = nearest(document, [there[key] for key in keys if key in there])
        if likeness:
            make_copy(document.article, likeness)
    return own


def near_of_all(texts: NewTexts, own: Sequence[list[int]]) -> Iterator[Rows]:
    """Of each text those that share a band with it: of the corpus, and of the texts before it."""
    stored = stored_near(own)
    sharing: dict[int, list[int]] = defaultdict(list)
    for number, some in enumerate(own):
        before = sorted({other for band in some for other in sharing[band]})
        yield [*stored[number], *((texts[other][0].pk, texts[other][1].tobytes()) for other in before)][:LOOKED_AT]
        for band in set(some):
            sharing[band].append(number)


def stored_near(own: Sequence[list[int]]) -> Mapping[int, Rows]:
    rows: dict[int, list[tuple[UUID, bytes]]] = defaultdict(list)
    (answers,) = round_trip([(NEAR_ALL, [[braces(some) for some in own], LOOKED_AT])])
    for number, key, minima in answers:
        rows[number - 1].append((key, minima))
    return rows
