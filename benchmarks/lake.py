"""Read a made crawl into a lake, find its near-duplicates and the names of a list, and promote it: processor time of a page.
Then the filter page of a lake of 1,000,000 pages.

ARTICLES in the environment, or --articles, is the number of pages.
"""

from __future__ import annotations

import os
import random
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.copied import copied, copied_to_stay, keeping_rows
from benchmarks.crawls import PLANTED_NAMES, SYLLABLES, made_pages, write_crawl
from benchmarks.filtered import filtering
from benchmarks.host import Host
from benchmarks.processor import milliseconds
from benchmarks.report import Row, single

PAGES = int(os.environ.get("ARTICLES", "2000"))
RATE, SHARE = 1_000, 0.4  # that promotion must reach: articles a second, and of COPY
BATCHES = 10  # of a thousand articles, which COPY takes too
ALONE = 200  # pages that the yardstick reads
LISTED = 26_000
BANDS = "SELECT count(*) FROM (SELECT DISTINCT id, h, i FROM (SELECT text_sha256 AS id, unnest(bands) AS h, unnest(range(32)) AS i FROM pages))"


def measure(host: Host, rounds: int) -> Iterator[Row]:
    from lake.files.folder import LakeFolder

    with tempfile.TemporaryDirectory(prefix="attest-lake-") as name:
        folder = Path(name)
        write_crawl(folder / "crawls", PAGES, in_a_file=max(1, PAGES // 4))
        lake = LakeFolder(folder / "lake")
        yield from reading(lake, folder)
        yield from joining(lake)
        yield from naming(lake)
        yield from promoting(lake, folder)
        yield from filtering(LakeFolder(folder / "many"))


def reading(lake: Any, folder: Path) -> Iterator[Row]:
    from lake.engines.reading import read

    alone = milliseconds(read_alone) / ALONE
    yield single(f"one of {ALONE} pages read in this process", alone, "ms")
    yield single(
        f"one of {PAGES:,} pages read into the lake",
        milliseconds(lambda: read(lake, [folder / "crawls"])) / PAGES,
        "ms",
        yardstick=alone,
    )
    for label, path in (("crawl", folder / "crawls"), ("lake", lake.root)):
        size = sum(each.stat().st_size for each in path.rglob("*") if each.is_file())
        yield single(f"  its bytes in the {label}", size / PAGES, "bytes")


def read_alone() -> None:
    """What the readers and the cleaning take, without a sandbox, processes or files."""
    from corpus.readers.extracted import Record
    from corpus.readers.records import records
    from lake.read.page import page_fields

    for page in made_pages(ALONE):
        for record in records(page.html, page.url, page.url, "text/html"):
            if isinstance(record, Record):
                page_fields(record)


def joining(lake: Any) -> Iterator[Row]:
    from lake.copies.near import find_copies
    from lake.queries.database import database

    def count() -> None:
        with database(lake) as connection:
            connection.execute(BANDS).fetchall()

    bands = milliseconds(count) / PAGES
    yield single("its bands counted", bands, "ms")
    yield single("its near-duplicates found", milliseconds(lambda: find_copies(lake)) / PAGES, "ms", yardstick=bands)


def naming(lake: Any) -> Iterator[Row]:
    from lake.engines.screening import screen
    from lake.names.listed import ListName

    dice = random.Random(11)
    words = ["".join(dice.choices(SYLLABLES, k=3)).capitalize() for _ in range(2 * LISTED)]
    names = [ListName(str(at), f"{words[2 * at]} {words[2 * at + 1]}") for at in range(LISTED)]
    names += [ListName(f"planted {name}", name) for name in PLANTED_NAMES]
    yield single(f"{LISTED:,} listed names looked for in it", milliseconds(lambda: screen(lake, "MADE 1", names)) / PAGES, "ms")


def promoting(lake: Any, folder: Path) -> Iterator[Row]:
    from annotations.imports.tuning import tuned
    from corpus.models import Corpus
    from lake.promotion.promote import promote

    corpus = Corpus.objects.create(slug="promoted", name="Promoted")
    with keeping_rows(BATCHES) as rows, tuned():  # as the command
        began = time.perf_counter()
        outcomes = promote(lake, corpus, "SELECT page FROM pages", [folder / "crawls"])
        took = time.perf_counter() - began
    yield single("COPY of the rows of these articles into temporary tables", copied(rows), "a second")
    bare = copied_to_stay(rows)
    yield single("  into tables that stay, with keys to others, a thousand at a time", bare, "a second")
    limit = max(RATE, SHARE * bare)
    yield single(
        "pages promoted into a corpus", outcomes.total() / took, "a second", yardstick=bare, limit=limit, more_is_better=True
    )
