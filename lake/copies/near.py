"""Near-duplicates in a lake: by bands in the database, by sketches, and those that are left by their words, as the corpus compares.

The bands are independent of each other, and each is joined by itself: there must be memory for one of them only.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from corpus.near_duplicates.shingles import BANDS, SIZE, similarity
from lake.extras import needed
from lake.files.addresses import LakeFiles
from lake.files.parts import LakePart, Manifest, PartSource, digest, finish_run, live_parts, write_part
from lake.queries.database import COPIES, MEMORY, READ, database

VERSION = "1"  # changes when the same texts would have other copies
COPY, MARGIN = 0.5, 0.1  # as in a corpus: shared shingles of copies, and what an estimate may be wrong by
AT_ONCE = 1_000  # pairs

# One row for each text, whichever pages have it.
TEXTS = "CREATE TEMP TABLE texts AS SELECT text_sha256 AS id, any_value(minima) AS minima, any_value(bands) AS bands FROM pages GROUP BY 1"
CANDIDATES = "CREATE TEMP TABLE candidates (of_text VARCHAR, text VARCHAR)"
# The texts of a band are held against the first of them, not each against each: a text with 10,000 copies makes 10,000 pairs.
OF_BAND = """
INSERT INTO candidates WITH band AS (SELECT id, bands[?] AS h FROM texts),
first AS (SELECT h, min(id) AS of_text FROM band GROUP BY h HAVING count(*) > 1)
SELECT DISTINCT first.of_text, band.id FROM first JOIN band USING (h) WHERE band.id <> first.of_text
"""
PAIRS = """
SELECT c.of_text, c.text, a.minima, b.minima FROM (SELECT DISTINCT of_text, text FROM candidates) c
JOIN texts a ON a.id = c.of_text JOIN texts b ON b.id = c.text
"""
LIKELY_COLUMNS = ("of_text", "text")
WORDS = """
WITH words AS (SELECT text_sha256 AS id, any_value(text) AS words FROM pages
    WHERE text_sha256 IN (SELECT of_text FROM likely UNION SELECT text FROM likely) GROUP BY 1)
SELECT l.of_text, l.text, a.words, b.words FROM likely l JOIN words a ON a.id = l.of_text JOIN words b ON b.id = l.text
"""


class CopyRow(NamedTuple):
    """A text that is a near-duplicate of another one; likeness: the share of words in common, 0 to 1."""

    text_sha256: str
    of: str
    likeness: float


def find_copies(lake: LakeFiles, memory: str = MEMORY) -> Manifest:
    """Compare all texts of the lake, and write who is a copy of whom. Raises LakeBusy, MissingExtra."""
    with lake.writer():
        read = live_parts(lake, READ)
        state = digest(*sorted(part["part"] for part in read))
        part = write_part(
            lake, COPIES, digest(COPIES, VERSION, state), PartSource("all pages", state, COPIES), rows(lake, memory), ["copies"]
        )
        return finish_run(lake, COPIES, VERSION, [part])


def is_current(lake: LakeFiles, part: LakePart) -> bool:
    """Whether no page has come since the copies were looked for."""
    return part["sha256"] == digest(*sorted(each["part"] for each in live_parts(lake, READ)))


def rows(lake: LakeFiles, memory: str) -> Iterator[tuple[str, CopyRow]]:
    """In the order of the texts. A copy of a copy is one of the first."""
    nearest: dict[str, CopyRow] = {}
    for row in likenesses(lake, memory):
        best = nearest.get(row.text_sha256)
        if best is None or (-row.likeness, row.of) < (-best.likeness, best.of):
            nearest[row.text_sha256] = row
    for text in sorted(nearest):
        row = nearest[text]
        # What a text is held against comes before it, so that its own first is known.
        nearest[text] = CopyRow(text, nearest[row.of].of, row.likeness) if row.of in nearest else row
        yield "copies", nearest[text]


def likenesses(lake: LakeFiles, memory: str) -> Iterator[CopyRow]:
    with database(lake, memory) as connection:
        connection.execute(TEXTS)
        connection.execute(CANDIDATES)
        for band in range(1, BANDS + 1):
            connection.execute(OF_BAND, [band])
        likely = [pair for batch in batches(connection.execute(PAIRS)) for pair in likely_pairs(batch)]
        arrow = needed("pyarrow")
        columns = [arrow.array([pair[at] for pair in likely], arrow.string()) for at in range(len(LIKELY_COLUMNS))]
        connection.register("likely", arrow.table(columns, names=LIKELY_COLUMNS))
        for batch in batches(connection.execute(WORDS)):
            for of, text, words_of, words in batch:
                likeness = similarity(words_of, words)
                if likeness >= COPY:
                    yield CopyRow(text, of, likeness)


def batches(result: Any) -> Iterator[list[tuple[Any, ...]]]:
    while batch := result.fetchmany(AT_ONCE):
        yield batch


def likely_pairs(batch: list[tuple[Any, ...]]) -> list[tuple[str, str]]:
    """Those of (first, text, its minima, minima of the text) whose sketches are alike."""
    tables = [np.frombuffer(b"".join(row[column] for row in batch), dtype="<u4").reshape(len(batch), SIZE) for column in (2, 3)]
    shares = (tables[0] == tables[1]).mean(axis=1)
    return [(row[0], row[1]) for row, share in zip(batch, shares, strict=True) if share >= COPY - MARGIN]
