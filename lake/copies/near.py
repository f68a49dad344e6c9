"""Near-duplicates in a lake: by bands, by sketches, and those that are left by their words, as the corpus compares."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from corpus.near_duplicates.shingles import similarity
from lake.copies.sketches import COLUMNS, Sketches, split
from lake.extras import needed
from lake.files.addresses import LakeFiles
from lake.files.folder import LakeFolder
from lake.files.parts import LakePart, Manifest, PartSource, digest, files_of, finish_run, live_parts, write_part
from lake.files.progress import Progress
from lake.queries.database import COPIES, MEMORY, READ, database, is_doubled

VERSION = "1"  # changes when the same texts would have other copies
COPY, MARGIN = 0.5, 0.1  # as in a corpus: shared shingles of copies, and what an estimate may be wrong by
AT_ONCE = 10_000  # pairs
SHOWN = 1_000  # pairs between two steps of the progress

LIKELY_COLUMNS = ("of_text", "text")
SKETCHES = f"SELECT {', '.join(COLUMNS)} FROM pages"  # noqa: S608 - names of our own columns
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


def find_copies(lake: LakeFiles, memory: str = MEMORY, progress: Progress | None = None) -> Manifest:
    """Compare all texts of the lake, and write who is a copy of whom. Raises LakeBusy, LakeUnreadable, MissingExtra."""
    with lake.writer():
        read = live_parts(lake, READ)
        state = digest(*sorted(part["part"] for part in read))
        part = write_part(
            lake,
            COPIES,
            digest(COPIES, VERSION, state),
            PartSource("all pages", state, COPIES),
            rows(lake, memory, progress),
            ["copies"],
        )
        return finish_run(lake, COPIES, VERSION, [part])


def is_current(lake: LakeFiles, part: LakePart) -> bool:
    """Whether no page has come since the copies were looked for."""
    return part["sha256"] == digest(*sorted(each["part"] for each in live_parts(lake, READ)))


def rows(lake: LakeFiles, memory: str, progress: Progress | None) -> Iterator[tuple[str, CopyRow]]:
    """In the order of the texts. A copy of a copy is one of the first."""
    nearest: dict[str, CopyRow] = {}
    for row in likenesses(lake, memory, progress):
        best = nearest.get(row.text_sha256)
        if best is None or (-row.likeness, row.of) < (-best.likeness, best.of):
            nearest[row.text_sha256] = row
    for text in sorted(nearest):
        row = nearest[text]
        # What a text is held against comes before it, so that its own first is known.
        nearest[text] = CopyRow(text, nearest[row.of].of, row.likeness) if row.of in nearest else row
        yield "copies", nearest[text]


def likenesses(lake: LakeFiles, memory: str, progress: Progress | None) -> Iterator[CopyRow]:
    """`progress`: pairs whose words are compared."""
    with database(lake, memory) as connection:
        likely = likely_pairs(lake, connection, progress)
        connection.register("likely", likely)
        for number, (of, text, words_of, words) in enumerate(rows_of(connection.sql(WORDS)), 1):
            if progress and number % SHOWN == 0:
                progress("compared", number, likely.num_rows)
            likeness = similarity(words_of, words)
            if likeness >= COPY:
                yield CopyRow(text, of, likeness)


def rows_of(answer: Any) -> Iterator[tuple[Any, ...]]:
    for batch in answer.to_arrow_reader(AT_ONCE):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def likely_pairs(lake: LakeFiles, connection: Any, progress: Progress | None) -> Any:
    """A table of the texts that share a band and whose sketches are alike, each with the first of them."""
    arrow = needed("pyarrow")
    with lake.spill() as spill, TemporaryDirectory(dir=scratch(spill)) as folder:
        sketches = Sketches(sketch_files(lake, connection, Path(folder)), Path(folder))
        alike = split(sketches.alike(*sketches.pairs(progress), COPY - MARGIN))
        return arrow.table([sketches.names(ranks) for ranks in alike], names=LIKELY_COLUMNS)


def sketch_files(lake: LakeFiles, connection: Any, folder: Path) -> list[Path]:
    """Those of the lake; a copy of the columns where they lie in a bucket, or where pages stand in several."""
    parts = live_parts(lake, READ) if isinstance(lake, LakeFolder) else []
    if parts and not is_doubled(parts):
        return [Path(name) for name in files_of(lake, parts, "pages")]
    copy = folder / "sketches.parquet"
    connection.sql(SKETCHES).write_parquet(str(copy))
    return [copy]


def scratch(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder
