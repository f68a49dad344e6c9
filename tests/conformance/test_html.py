"""Real pages of the web with their article as people made it out, against trafilatura alone in the same run.

Counted is the main text: without the title and the credits, and with captions only where the gold has them. Printed are the shares of both; what must hold
is that ours is nowhere below.
"""

from __future__ import annotations

import gzip
import json
import logging
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import lxml.html
import pytest
import trafilatura

from corpus.cleaning.clean import clean
from corpus.readers import html
from corpus.readers.extracted import UnreadableError

DATA = Path(__file__).parents[3] / "shared" / "data"
pytestmark = pytest.mark.others("data", instead="tests/corpus/readers/test_html.py")

BLOCKS = {"p", "div", "h1", "h2", "h3", "h4", "li", "br", "td", "figcaption", "blockquote"}
# Sets whose gold has the captions of the pictures.
WITH_CAPTIONS = {"readability"}
# Titles that the page shows nowhere else than in its own window title, or that people shortened by hand.
LEAST_TITLES, LEAST_DATES = 31, 21


def test_main_text_titles_and_days_against_the_gold(capsys) -> None:
    ours, theirs = defaultdict(list), defaultdict(list)
    for case in cases():
        measure(case, *read_by_us(case), ours)
        measure(case, *read_by_them(case), theirs)
    with capsys.disabled():
        print("\nHTML: set, measure, pages, Attest, trafilatura alone")
        for key in sorted(ours):
            print(f"  {key[0]:12} {key[1]:8} {len(ours[key]):3}  {mean(ours[key]):.3f}  {mean(theirs[key]):.3f}")
    below = [key for key in ours if mean(ours[key]) < mean(theirs[key])]
    assert below == []
    assert sum(map(sum, (ours[key] for key in ours if key[1] == "title"))) >= LEAST_TITLES
    assert sum(map(sum, (ours[key] for key in ours if key[1] == "date"))) >= LEAST_DATES


def mean(values: list[float]) -> float:
    return round(sum(values) / len(values), 4)


def read_by_us(case: dict[str, Any]) -> tuple[str, str, str]:
    """The main text; title; day."""
    try:
        record = next(html.read(case["data"], case["name"], case["url"]))
    except UnreadableError:
        return "", "", ""
    cleaned = clean(record.raw_text, known=record.known)
    kinds = {"title"} if case["set"] in WITH_CAPTIONS else {"title", "caption"}
    apart = [zone for zone in cleaned.zones if "caption" not in kinds]
    apart += [part for part in cleaned.segments if part.kind in kinds]
    text = cleaned.text
    for zone in sorted(apart, key=lambda zone: zone.start, reverse=True):
        text = text[: zone.start] + text[zone.end :]
    return text, record.title, record.published


def read_by_them(case: dict[str, Any]) -> tuple[str, str, str]:
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    found = trafilatura.bare_extraction(case["data"], url=case["url"] or None, include_comments=False, with_metadata=True)
    known = found.as_dict() if found else {}
    return known.get("text") or "", known.get("title") or "", known.get("date") or ""


def measure(case: dict[str, Any], text: str, title: str, day: str, into: dict[Any, list[float]]) -> None:
    group = case["set"]
    if case.get("gold"):
        into[group, "F1"].append(token_f1(text, case["gold"]))
    for measured, wanted in (("with", True), ("without", False)):
        for words in case.get(measured, ()):
            into[group, measured].append(float((spaced(words) in spaced(text)) == wanted))
    if case.get("title"):
        into[group, "title"].append(float(letters(title) == letters(case["title"])))
    if case.get("day"):
        into[group, "date"].append(float(day == case["day"]))


def token_f1(text: str, gold: str) -> float:
    one, other = Counter(tokens(text)), Counter(tokens(gold))
    return 2 * (one & other).total() / (one.total() + other.total())


def tokens(text: str) -> list[str]:
    return re.findall(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|\w+", text.lower())


def spaced(text: str) -> str:
    return " ".join(text.split())


def letters(text: str) -> str:
    return re.sub(r"\W+", "", text).lower()


# The sets


def cases() -> Iterator[dict[str, Any]]:
    yield from extraction_benchmark()
    yield from readability()
    yield from newspaper4k()
    yield from trafilatura_pages()


def extraction_benchmark() -> Iterator[dict[str, Any]]:
    gold = json.loads((DATA / "html_aeb/ground-truth.json").read_text("utf-8"))
    for path in sorted((DATA / "html_aeb/html").glob("*.gz")):
        known = next(value for key, value in gold.items() if key.startswith(path.name.split(".")[0]))
        yield {
            "set": "aeb",
            "name": path.name,
            "data": gzip.decompress(path.read_bytes()),
            "gold": known["articleBody"],
            "url": known.get("url") or "",
        }


def readability() -> Iterator[dict[str, Any]]:
    for folder in sorted(path for path in (DATA / "html_readability").iterdir() if path.is_dir()):
        known = json.loads((folder / "expected-metadata.json").read_text("utf-8"))
        gold = shown((folder / "expected.html").read_text("utf-8"))
        stated = {"title": known.get("title"), "day": (known.get("publishedTime") or "")[:10]}
        yield {
            "set": "readability",
            "name": folder.name,
            "data": (folder / "source.html").read_bytes(),
            "gold": gold,
            "url": "",
            **stated,
        }


def newspaper4k() -> Iterator[dict[str, Any]]:
    for path in sorted((DATA / "html_newspaper4k").glob("*.html")):
        known = json.loads(path.with_suffix(".json").read_text("utf-8"))
        stated = {"title": known.get("title"), "day": (known.get("publish_date") or "")[:10], "url": known.get("url") or ""}
        yield {
            "set": "newspaper4k",
            "name": path.name,
            "data": path.read_bytes(),
            "gold": path.with_suffix(".txt").read_text("utf-8"),
            **stated,
        }


def trafilatura_pages() -> Iterator[dict[str, Any]]:
    for url, known in json.loads((DATA / "html_trafilatura/evaldata.json").read_text("utf-8")).items():
        stated = {
            "with": known.get("with", []),
            "without": known.get("without", []),
            "title": known.get("title"),
            "day": known.get("date"),
        }
        yield {
            "set": "trafilatura",
            "name": known["file"],
            "data": (DATA / "html_trafilatura/pages" / known["file"]).read_bytes(),
            "url": url,
            **stated,
        }


def shown(page: str) -> str:
    tree = lxml.html.fromstring(page)
    for node in tree.iter(*BLOCKS):
        node.tail = "\n" + (node.tail or "")
    return tree.text_content()
