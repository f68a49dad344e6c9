"""Find the near-duplicates of a lake of 3,000,000 made texts within 2 GB, beside counting its bands: processor time.

ARTICLES in the environment, or --articles, is the number of texts. Their sketches are drawn, not worked out: one text in twenty has that of
another, one a quarter of its bands and half of its minima.
"""

from __future__ import annotations

import os
import resource
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.host import Host
from benchmarks.processor import milliseconds
from benchmarks.report import Row, single

TEXTS = int(os.environ.get("ARTICLES", "3000000"))
AT_ONCE = 50_000  # rows
MOST = 6  # times the yardstick
WORDS = " ".join(f"word{number}" for number in range(30))
BARE = "SELECT count(*), bit_xor(h) FROM (SELECT unnest(bands) AS h FROM pages)"


def measure(host: Host, rounds: int) -> Iterator[Row]:
    from lake.copies.near import find_copies, likely_pairs
    from lake.files.folder import LakeFolder
    from lake.queries.database import database

    with tempfile.TemporaryDirectory(prefix="attest-near-") as name:
        lake = LakeFolder(Path(name))
        write_texts(lake)

        def count() -> None:
            with database(lake) as connection:
                connection.execute(BARE).fetchall()

        bare = milliseconds(count) / 1000
        yield single(f"bands of {TEXTS:,} texts counted", bare, "s")

        def pair() -> None:
            with database(lake) as connection:
                likely_pairs(lake, connection, None)

        yield single("pairs with alike sketches found", milliseconds(pair) / 1000, "s", yardstick=bare, limit=MOST * bare)
        copies: list[int] = []
        spent = milliseconds(lambda: copies.append(find_copies(lake)["counts"]["copies"])) / 1000
        yield single("near-duplicates found: these, and their words compared", spent, "s", yardstick=bare)
        yield single("  how many", copies[0], "texts", limit=float(TEXTS // 10), more_is_better=True)
        yield single("  memory at most", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000, "MB")


def write_texts(lake: Any) -> None:
    """As reading leaves them: one part, with the columns that near-duplicates are found by."""
    from lake.files.parts import LakePart, PartFile, finish_run
    from lake.queries.database import READ

    file = "pages/made.parquet"
    lake.path("pages").mkdir(parents=True)
    write_rows(lake.path(file))
    tables = {"pages": PartFile(file=file, rows=TEXTS, sha256=""), "unread": PartFile(file="", rows=0, sha256="")}
    finish_run(lake, READ, "made", [LakePart(part="made", source="made", sha256="", kind="warc", tables=tables)])


def write_rows(path: Path) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    from corpus.near_duplicates.shingles import BANDS, SIZE
    from lake.files.tables import schema

    dice, shape = np.random.default_rng(5), schema("pages")
    with parquet.ParquetWriter(path, shape, compression="zstd") as file:
        for start in range(0, TEXTS, AT_ONCE):
            count = min(AT_ONCE, TEXTS - start)
            minima = dice.integers(0, 1 << 32, (count, SIZE), np.uint32)
            bands = dice.integers(-(1 << 63), (1 << 63) - 1, (count, BANDS), np.int64)
            words = [f"{WORDS} {start + number}" for number in range(count)]
            for number in range(9, count, 10):
                each_band, each_minimum = (1, 1) if number % 20 == 9 else (4, 2)  # all of them, or a quarter and half
                bands[number, ::each_band] = bands[number - 9, ::each_band]
                minima[number, ::each_minimum] = minima[number - 9, ::each_minimum]
                words[number] = f"{words[number - 9]} copied"
            values = {
                "text_sha256": [f"{start + number:016x}".ljust(64, "0") for number in range(count)],
                "text": words,
                "minima": [row.tobytes() for row in minima],
                "bands": pa.ListArray.from_arrays(np.arange(0, count * BANDS + 1, BANDS, np.int32), bands.ravel()),
            }
            file.write_table(
                pa.table(
                    [pa.array(values[each.name], each.type) if each.name in values else nothing(each, count) for each in shape],
                    schema=shape,
                )
            )


def nothing(field: Any, count: int) -> Any:
    import pyarrow as pa

    return pa.nulls(count, field.type)
