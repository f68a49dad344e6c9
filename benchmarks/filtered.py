"""The filter page of a lake of 1,000,000 made pages: the processor time of its questions, which must be answered in its seconds."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from typing import Any

from benchmarks.crawls import PLANTED_NAMES, SYLLABLES
from benchmarks.processor import milliseconds
from benchmarks.report import Row, single
from benchmarks.texts import ENGLISH

FILTERED = 1_000_000  # pages
IN_A_PART = 5_000
DRAWN, WORDS = 2_000, 300  # texts that the others are put together of; words of one
LIST = "MADE 1"
TEXTS = "SELECT sum(strlen(text)) FROM pages"
UNBOUNDED = 3_600.0  # seconds on the clock: other work of the machine is no fault of a question
QUESTIONS: dict[str, dict[str, Any]] = {
    "of all pages": {},
    "of all pages, near-duplicates too": {"fold": False},
    "by words": {"words": "report officials"},
    "by a phrase that no page has": {"words": '"of the and officials"'},
    "by a listed name": {"named": "vandek"},
    "by outlet": {"outlet": "site3.example"},
    "by date": {"since": "2017-03", "until": "2017-05"},
    "by language": {"language": "zh"},
}


def filtering(lake: Any) -> Iterator[Row]:
    from lake.queries.bounded import SECONDS, bounded
    from lake.queries.filters import PageFilter
    from lake.views.pages import matches

    write_lake(lake, FILTERED)
    with bounded(lake, UNBOUNDED) as connection:
        bare = milliseconds(lambda: connection.execute(TEXTS).fetchall())
        yield single(f"all texts of {FILTERED:,} pages looked at", bare, "ms")
        for name, values in QUESTIONS.items():
            asked = PageFilter(**values)
            spent = milliseconds(lambda asked=asked: matches(connection, asked, {}))
            yield single(f"  filtered {name}", spent, "ms", yardstick=bare, limit=SECONDS * 1000)


def write_lake(lake: Any, count: int) -> None:
    """As `lake read`, `copies` and `screen` leave it: one page in ten is a near-duplicate, one in twenty has a listed name."""
    from lake.copies.near import CopyRow
    from lake.engines.screening import NameRow
    from lake.files.parts import PartSource, digest, finish_run, write_part
    from lake.queries.database import COPIES, NAMES, READ

    texts, parts, screened = drawn_texts(), [], []
    for start in range(0, count, IN_A_PART):
        numbers, part = range(start, min(count, start + IN_A_PART)), key(start)
        pages = (("pages", made_page(number, texts)) for number in numbers)
        parts.append(write_part(lake, READ, part, PartSource(f"crawls/{start}", part, "warc"), pages, ["pages", "unread"]))
        names = ((NAMES, NameRow(key(at), LIST, *listed(at), 9, 20, "Vandek")) for at in numbers if at % 20 == 5)
        screened.append(write_part(lake, NAMES, part, PartSource(LIST, part, NAMES), names, [NAMES]))
    finish_run(lake, READ, "made", parts)
    finish_run(lake, NAMES, "made", screened)
    copies = ((COPIES, CopyRow(key(at), key(at - 9), 0.9)) for at in range(9, count, 10))
    state = digest(*sorted(part["part"] for part in parts))
    finish_run(lake, COPIES, "made", [write_part(lake, COPIES, state, PartSource("all pages", state, COPIES), copies, [COPIES])])


def key(number: int) -> str:
    return hashlib.sha256(str(number).encode()).hexdigest()


def listed(number: int) -> tuple[str, str]:
    """An entry and its name."""
    entry = number // 20 % len(PLANTED_NAMES)
    return str(entry), PLANTED_NAMES[entry]


def drawn_texts() -> list[str]:
    dice = random.Random(7)
    vocabulary = [*ENGLISH.split(), *("".join(dice.choices(SYLLABLES, k=dice.randint(2, 4))) for _ in range(3_000))]
    return [" ".join(dice.choices(vocabulary, k=WORDS)) for _ in range(DRAWN)]


def made_page(number: int, texts: list[str]) -> Any:
    """Its text begins as one of the drawn ones and ends as another."""
    from lake.read.page import LakePage

    digest, site, cut = key(number), number % 40, number % 1_500
    file = {
        "crawl": f"crawls/{number // IN_A_PART}",
        "crawl_sha256": digest,
        "offset": number,
        "length": 1,
        "number": 0,
        "name": "",
    }
    known = {"outlet": f"Site {site}", "published": f"2017-{number % 12 + 1:02}-{number % 28 + 1:02}", "published_basis": ""}
    read = {"encoding": "utf-8", "reader": "html", "reader_version": "1", "retrieved": "", "cleaning": "{}"}
    values: dict[str, Any] = file | known | read
    return LakePage(
        page=digest[:32],
        url=f"https://site{site}.example/{number}",
        domain=f"site{site}.example",
        claimed="",
        title=f"Report {number}",
        language=("en", "ko", "zh-Hans")[number % 3],
        text=f"{texts[number % DRAWN][:cut]} {number} {texts[number * 7 % DRAWN][cut:]}",
        text_sha256=digest,
        raw_sha256=digest,
        minima=b"",
        bands=[],
        **values,
    )
