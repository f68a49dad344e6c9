"""Near-copies among new texts that come together: each is compared with the corpus and with those before it, as if they came one by one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

import numpy as np

from corpus.db.round_trip import round_trip
from corpus.db.row_writer import braces
from corpus.models import Document
from corpus.near_duplicates.duplicates import LOOKED_AT, Rows, compared, likeliest, make_copy, nearest
from corpus.near_duplicates.shingles import Minima

NEAR_ALL = """SELECT own.number, near.document_id, near.minima
FROM unnest($1::text[]) WITH ORDINALITY AS own (bands, number), attest_near(own.bands::bigint[], NULL, $2::int) AS near"""

type NewTexts = Sequence[tuple[Document, Minima]]
type Bands = Sequence[list[int]]


def near_of_all(texts: NewTexts, own: Bands, stored: Mapping[int, Rows]) -> list[Rows]:
    """Of each text those that share a band with it: of the corpus, and of the texts before it. `own`: the bands of each; `stored`: what
    `stored_near` gives. The database is not asked."""
    sharing = defaultdict[int, list[int]](list)
    answers: list[Rows] = []
    for number, some in enumerate(shared_bands(own)):
        before = sorted({other for band in some for other in sharing[band]})
        answers.append(
            [*stored.get(number, ()), *((texts[other][0].pk, texts[other][1].tobytes()) for other in before)][:LOOKED_AT]
        )
        for band in some:
            sharing[band].append(number)
    return answers


def shared_bands(own: Bands) -> Iterator[set[int]]:
    """Of each text the bands that another one has too, which are few."""
    table = np.array(own, dtype=np.int64).reshape(len(own), -1)
    _, numbers, counts = np.unique(table, return_inverse=True, return_counts=True)
    is_shared = counts[numbers].reshape(table.shape) > 1
    return (set(table[row][is_shared[row]].tolist()) for row in range(len(table)))


def stored_near(own: Bands) -> Mapping[int, Rows]:
    """Of each text, by its number, those of the corpus that share a band with it."""
    rows: dict[int, list[tuple[UUID, bytes]]] = defaultdict(list)
    (answers,) = round_trip([(NEAR_ALL, [[braces(some) for some in own], LOOKED_AT])])
    for number, key, minima in answers:
        rows[number - 1].append((key, minima))
    return rows


def likely_originals(texts: NewTexts, near: Sequence[Rows]) -> list[list[Document]]:
    """Of each text those few whose words it is to be compared with. `near`: what `near_of_all` gives."""
    likely = [likeliest(minima, rows) for (_, minima), rows in zip(texts, near, strict=True)]
    together = {document.pk: document for document, _ in texts}
    stored = compared({key for keys in likely for key in keys} - together.keys())
    there = together | {document.pk: document for document in stored}
    return [[there[key] for key in keys if key in there] for keys in likely]


def make_copies(texts: NewTexts, likely: Sequence[list[Document]]) -> None:
    """Make near-copies of the articles of new texts, of which none is saved yet. `likely`: what `likely_originals` gives. The database is
    not asked."""
    for (document, _), others in zip(texts, likely, strict=True):
        likeness = nearest(document, others)
        if likeness:
            make_copy(document.article, likeness)
