"""A made crawl from reading to promotion, which checks itself: `python -m benchmarks.planted --pages 20000`.

Near-duplicates, names of a list, and pages and files that cannot be read are planted in it. It ends with 1 where one of them is missed,
or where anything else is found or promoted; the lines say which.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import hashlib
import io
import os
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.crawls import IN_A_FILE, PLANTED_NAMES, MadeCrawl, write_crawl, write_hostile
from benchmarks.host import ENVIRONMENT, installation

LIST = "MADE"
HONEST = "https://hostile.example/3"  # stands behind the hostile pages
PAGES = "SELECT crawl, url FROM pages"
UNREAD = "SELECT crawl, why FROM unread"
COPIES = (
    "SELECT p.url AS copy, o.url AS original FROM copies c JOIN pages p USING (text_sha256) JOIN pages o ON o.text_sha256 = c.of"
)
NAMED = "SELECT DISTINCT url, names.name FROM pages JOIN names USING (text_sha256)"
CHOSEN = "SELECT page FROM pages JOIN names USING (text_sha256)"
PLACE = re.compile(r"(.+)#offset=(\d+)&length=(\d+)&sha256=[0-9a-f]{64}")


class Planted(NamedTuple):
    """A crawl in a folder: what is in it by the numbers of pages, and how many things cannot be read."""

    folder: Path
    pages: int
    made: MadeCrawl
    unread: int


class Run(NamedTuple):
    """What the lake says after a run, and what the corpus has of it."""

    pages: list[tuple[str, str]]
    unread: list[tuple[str, str]]
    copies: list[tuple[str, str]]
    named: list[tuple[str, str]]
    promoted: list[tuple[str, str, str]]
    """Claimed URL, source, SHA-256 of the bytes."""
    again: int
    """Articles that a second promotion stored."""


def plant(folder: Path, pages: int, in_a_file: int = IN_A_FILE) -> Planted:
    made = write_crawl(folder / "crawls", pages, in_a_file=in_a_file)
    return Planted(folder, pages, made, write_hostile(folder / "crawls"))


def lake_run(planted: Planted, slug: str, tell: Callable[[str], None] = print) -> Run:
    """`lake read`, `copies`, `screen`, `select` and `promote`, this one twice, into a new corpus."""
    from corpus.models import Article, Corpus

    folder, crawls = planted.folder, planted.folder / "crawls"
    listed = folder / "names.txt"
    listed.write_text("".join(f"{number}; {name}; type: body\n" for number, name in enumerate(PLANTED_NAMES)))
    corpus = Corpus.objects.create(slug=slug, name="Planted")
    command("load_list", listed, "--list", LIST)

    def lake(act: str, *arguments: object) -> str:
        began = time.perf_counter()
        text = command("lake", act, *arguments, "--lake", folder / "lake")
        if act != "select":
            tell(f"{act:<8} {time.perf_counter() - began:8.1f} s  {text.splitlines()[0]}")
        return text

    def rows(sql: str) -> list[Any]:
        return [tuple(row) for row in csv.reader(io.StringIO(lake("select", sql)))][1:]

    lake("read", crawls)
    lake("copies")
    lake("screen", "--list", LIST)
    pages, unread, copies, named = map(rows, (PAGES, UNREAD, COPIES, NAMED))
    lake("promote", CHOSEN, "--corpus", slug, "--from", crawls)
    articles = Article.objects.filter(corpus=corpus)
    promoted = list(articles.values_list("claimed_url", "documents__retrieved_from", "documents__raw__sha256"))
    lake("promote", CHOSEN, "--corpus", slug, "--from", crawls)
    return Run(pages, unread, copies, named, promoted, articles.count() - len(promoted))


def command(*arguments: object) -> str:
    from django.core.management import call_command

    out = io.StringIO()
    call_command(*map(str, arguments), stdout=out)
    return out.getvalue()


def faults(planted: Planted, run: Run) -> Iterator[str]:
    """A line for each thing that is not as it was planted."""
    made, urls = planted.made, [url for crawl, url in run.pages if "/crawl-" in crawl]
    yield from unlike("pages", range(planted.pages), map(number_of, urls))
    hostile = {url for crawl, url in run.pages if "/hostile-" in crawl}
    yield from unlike("pages beside hostile ones", [HONEST], hostile - set(urls))
    yield from (f"unread: {crawl}: {why}" for crawl, why in run.unread if "/hostile-" not in crawl or not why)
    if len(run.unread) != planted.unread:
        yield f"unread: {len(run.unread):,} things, where {planted.unread:,} cannot be read"
    first = {number: made.copies.get(number, number) for number in range(planted.pages)}  # of what is nearly the same
    pairs = [(number_of(copy), number_of(original)) for copy, original in run.copies]
    yield from (f"near-duplicates: {copy} is none of {other}" for copy, other in pairs if first[copy] != first[other])
    yield from (f"near-duplicates: {each} is not found" for each in sorted(made.copies.keys() - {n for p in pairs for n in p}))
    named = [(number, name) for number, names in made.names.items() for name in names]
    yield from unlike("names", named, ((number_of(url), name) for url, name in run.named))
    yield from unlike("promoted", made.names, (number_of(url) for url, _, _ in run.promoted))
    yield from (
        f"promoted: {url} does not lie at {source}"
        for url, source, sha256 in run.promoted
        if not lies_at(planted, source, sha256)
    )
    if run.again:
        yield f"promoted: {run.again:,} articles more by the second promotion"


def unlike(what: str, asked: Iterable[Any], there: Iterable[Any]) -> Iterator[str]:
    """What is missing, too much, or there twice."""
    planted, listed = set(asked), list(there)
    yield from (f"{what}: {each} is missing" for each in sorted(planted.difference(listed)))
    yield from (f"{what}: {each} was never planted" for each in sorted(set(listed) - planted))
    if len(listed) > len(set(listed)):
        yield f"{what}: {len(listed) - len(set(listed)):,} are there twice"


def lies_at(planted: Planted, source: str, sha256: str) -> bool:
    """Whether the record at the place has these bytes as its page."""
    place = PLACE.fullmatch(source)
    if not place:
        return False
    with (planted.folder / place[1]).open("rb") as file:
        file.seek(int(place[2]))
        record = gzip.decompress(file.read(int(place[3])))
    body = record.split(b"\r\n\r\n", 2)[2].removesuffix(b"\r\n\r\n")
    return hashlib.sha256(body).hexdigest() == sha256


def number_of(url: str) -> int:
    return int(url.rpartition("/")[2])


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.planted", description=__doc__)
    parser.add_argument("--pages", type=int, default=20_000)
    options = parser.parse_args()
    os.environ.update(ENVIRONMENT)
    with tempfile.TemporaryDirectory(prefix="attest-planted-") as name, installation(Path(name), {"lake"}):
        planted = plant(Path(name) / "lake", options.pages)
        made = planted.made
        print(
            f"planted: {options.pages:,} pages, {len(made.copies):,} near-duplicates, {len(made.names):,} with a listed name, "
            f"{planted.unread} that cannot be read",
            flush=True,
        )
        lines = list(faults(planted, lake_run(planted, "planted", lambda line: print(line, flush=True))))
    print(*lines or ["everything planted is found, and nothing else is promoted"], sep="\n")
    sys.exit(bool(lines))


if __name__ == "__main__":
    main()
