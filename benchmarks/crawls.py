"""Crawls that are made: web archives of pages in words of our own, with near-duplicates, listed names and damaged pages planted in them.

The same seed makes the same bytes. `python -m benchmarks.crawls FOLDER --pages 100000` writes files of 5,000 pages each.
"""

from __future__ import annotations

import argparse
import gzip
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.texts import ENGLISH

IN_A_FILE = 5_000
# Sound as names do, and none is one: planted, and listed by whoever screens.
PLANTED_NAMES = ("Parlimo Vandek Trading", "Ostrevin Kalubo", "Meradun Shipping Company", "Tavrel Jondaru")
SYLLABLES = "ba re mi so tu ka len dor vin pas ter gol hin mar zet lo qui fen sar dul".split()
PARAGRAPHS, WORDS = 6, 80  # of a page; of a paragraph
CHANGED = 12  # words of a page that a near-duplicate has otherwise


@dataclass(frozen=True)
class MadePage:
    """A page as it is planted. `copy_of`: the number of the page of which it is a near-duplicate; `names`: planted in its text."""

    number: int
    url: str
    html: bytes
    copy_of: int | None = None
    names: tuple[str, ...] = ()


@dataclass
class MadeCrawl:
    """What has been planted, by the numbers of pages."""

    copies: dict[int, int] = field(default_factory=dict)
    names: dict[int, tuple[str, ...]] = field(default_factory=dict)


def made_pages(count: int, seed: int = 7) -> Iterator[MadePage]:
    """One page in ten is a near-duplicate of an earlier one, one in twenty has a listed name in it."""
    dice = random.Random(seed)
    vocabulary = [*ENGLISH.split(), *("".join(dice.choices(SYLLABLES, k=dice.randint(2, 4))) for _ in range(3_000))]
    kept: list[tuple[int, list[str]]] = []
    for number in range(count):
        is_copy = bool(kept) and number % 10 == 9
        words, of = dice.choices(vocabulary, k=PARAGRAPHS * WORDS), None
        if is_copy:
            of, earlier = dice.choice(kept)
            words = [*earlier]
            start = dice.randrange(len(words) - CHANGED)
            words[start : start + CHANGED] = dice.choices(vocabulary, k=CHANGED)
        elif len(kept) < 1_000:
            kept.append((number, words))
        names = (dice.choice(PLANTED_NAMES),) if number % 20 == 5 else ()
        yield MadePage(number, f"https://site{number % 40}.example/{number}", page(number, words, names), of, names)


def page(number: int, words: list[str], names: tuple[str, ...]) -> bytes:
    paragraphs = [" ".join(words[at : at + WORDS]).capitalize() + "." for at in range(0, len(words), WORDS)]
    paragraphs[1] += "".join(f" Officials named {name} in the report." for name in names)
    day = f"2017-{number % 12 + 1:02}-{number % 28 + 1:02}"
    text = "".join(f"<p>{each}</p>" for each in paragraphs)
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Report {number} of {words[0]}</title>'
        f'<meta property="article:published_time" content="{day}T08:00:00Z"><meta property="og:site_name" content="Site {number % 40}">'
        f"</head><body><nav>{'<a href=/>Menu</a> ' * 30}</nav><article><h1>Report {number} of {words[0]}</h1>{text}</article>"
        f"<footer>{'<a href=/legal>Legal</a> ' * 20}</footer></body></html>"
    ).encode()


def warc_record(url: str, body: bytes, *, kind: str = "response", media_type: str = "text/html; charset=utf-8") -> bytes:
    """One record as crawlers write them. `kind`: response, or conversion for the text of a WET file."""
    head = b"" if kind == "conversion" else f"HTTP/1.1 200 OK\r\nContent-Type: {media_type}\r\n\r\n".encode()
    fields = [
        "WARC/1.0",
        f"WARC-Type: {kind}",
        f"WARC-Target-URI: {url}",
        "WARC-Date: 2020-05-01T00:00:00Z",
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{random.Random(url).randrange(16**12):012x}>",
        f"Content-Type: {'text/plain' if kind == 'conversion' else 'application/http; msgtype=response'}",
        f"Content-Length: {len(head) + len(body)}",
    ]
    return "\r\n".join(fields).encode() + b"\r\n\r\n" + head + body + b"\r\n\r\n"


def packed(record: bytes) -> bytes:
    """Each record is packed by itself, always to the same bytes."""
    return gzip.compress(record, 6, mtime=0)


def write_crawl(folder: Path, count: int, seed: int = 7, in_a_file: int = IN_A_FILE) -> MadeCrawl:
    """Files crawl-00000.warc.gz and on, with what is planted in them."""
    made = MadeCrawl()
    folder.mkdir(parents=True, exist_ok=True)
    pages = made_pages(count, seed)
    for number, _ in enumerate(range(0, count, in_a_file)):
        with (folder / f"crawl-{number:05}.warc.gz").open("wb") as file:
            for _, each in zip(range(min(in_a_file, count - number * in_a_file)), pages, strict=False):
                file.write(packed(warc_record(each.url, each.html)))
                if each.copy_of is not None:
                    made.copies[each.number] = each.copy_of
                if each.names:
                    made.names[each.number] = each.names
    return made


def write_hostile(folder: Path) -> int:
    """Beside a crawl: an archive that was cut, a file that is none, pages nested 200,000 deep, without text and of 80 MB, and a good one after them. How many cannot be read."""
    whole = next(iter(sorted(folder.glob("crawl-*.warc.gz")))).read_bytes()
    (folder / "hostile-cut.warc.gz").write_bytes(whole[: len(whole) // 200 + 7])
    (folder / "hostile-none.warc.gz").write_bytes(b"This is no archive. " * 50)
    bodies = [
        b"<html><body>" + b"<div>" * 200_000 + b"words in the deep" + b"</div>" * 200_000,
        b"<html><body></body></html>",
        b"<html><body><p>" + b"a " * 40_000_000,
        b"<p>An honest page that stands behind the others, with words enough to be an article.</p>",
    ]
    records = [packed(warc_record(f"https://hostile.example/{at}", body)) for at, body in enumerate(bodies)]
    (folder / "hostile-pages.warc.gz").write_bytes(b"".join(records))
    return len(bodies) + 1


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.crawls", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--hostile", action="store_true", help="with files and pages beside them that cannot be read")
    options = parser.parse_args()
    made = write_crawl(options.folder, options.pages, options.seed)
    print(f"{options.pages:,} pages, {len(made.copies):,} near-duplicates, {len(made.names):,} with a listed name")
    if options.hostile:
        print(f"{write_hostile(options.folder)} that cannot be read")


if __name__ == "__main__":
    main()
