"""Markdown: what is text of it, what is not, and what its front matter says."""

from __future__ import annotations

import pytest

from corpus.cleaning.clean import clean
from corpus.readers.extracted import Unread
from corpus.readers.records import read, reader_of, records

ARTICLE = """---
title: "Workers sent home"
date: 2017-09-04
lang: en
publisher: Daily NK
mood: grim
---
# Executive Order 13810

<style>
p { color: red }
</style>
There used to be **300 _North Korean_ workers** here, a *manager* told
[Daily NK](https://dailynk.com/a_(b) "x"). It_is_one_word, 5 * 3 * 2 and \\*kept\\*.

![Workers at a gate](gate.jpg)

What followed
-------------

- first *entry*
  goes on
2. second

> quoted
> line

| a | b |
|---|:-:|
| 1 | 2 |

```
x = *kept*
```
~~struck out~~ A line\x20\x20
broken: [ref][1], <https://x.invalid/a>, AT&amp;T.[^1]

[1]: https://x.invalid
[^1]: A note.
"""
BLOCKS = [
    "Executive Order 13810",
    "There used to be 300 North Korean workers here, a manager told Daily NK. It_is_one_word, 5 * 3 * 2 and *kept*.",
    "Workers at a gate",
    "What followed",
    "first entry goes on",
    "2. second",
    "quoted line",
    "a | b",
    "1 | 2",
    "x = *kept*",
    "A line\nbroken: ref, https://x.invalid/a, AT&T.[1]",
    "[1] A note.",
]


def test_its_blocks_are_text_and_its_marks_are_not() -> None:
    record = read(ARTICLE.encode(), "order.md")
    assert record.raw_text.rstrip("\n").split("\n\n") == BLOCKS
    assert [(mark.kind, record.raw_text[mark.start : mark.end]) for mark in record.known] == [
        ("title", "Executive Order 13810"),
        ("caption", "Workers at a gate"),
    ]


def test_segments_and_source_map_come_from_its_blocks() -> None:
    record = read(ARTICLE.encode(), "order.md")
    cleaned = clean(record.raw_text, (), record.known)
    kinds = [(segment.kind, cleaned.text[segment.start : segment.end]) for segment in cleaned.segments]
    assert kinds[:3] == [("title", BLOCKS[0]), ("lead", BLOCKS[1]), ("caption", BLOCKS[2])]
    start = cleaned.text.index("North")
    first, end = cleaned.source_map.range_to_raw(start, start + 5)
    assert record.raw_text[first:end] == "North"


def test_front_matter_says_what_the_article_is() -> None:
    record = read(ARTICLE.encode("utf-16"), "order.markdown")
    assert (record.title, record.published, record.published_basis) == ("Workers sent home", "2017-09-04", "stated")
    assert (record.language, record.outlet, record.encoding) == ("en", "Daily NK", "utf-16")


@pytest.mark.parametrize("front", ["date: 4 September", "date: 2017-13-01", "date:", "no colon"])
def test_what_is_no_date_is_not_one(front: str) -> None:
    record = read(f"---\n{front}\n---\nWorkers left.".encode(), "a.md")
    assert (record.published, record.published_basis, record.raw_text) == ("", "", "Workers left.\n")


@pytest.mark.parametrize(("name", "kind", "reader"), [("A.MD", "", "markdown"), ("a", "text/markdown; charset=utf-8", "markdown"), ("a.txt", "", "text")])  # fmt: skip
def test_name_or_media_type_make_it_markdown(name: str, kind: str, reader: str) -> None:
    assert reader_of(b"From: our correspondent\n\n# Title", name, kind).__name__ == f"corpus.readers.{reader}"


def test_a_line_of_dashes_without_front_matter_is_a_rule() -> None:
    assert read(b"---\nWorkers left.\n\n***\n\nThey came back.", "a.md").raw_text == "Workers left.\n\nThey came back.\n"


@pytest.mark.parametrize("words", ["<!-- nothing -->", "---\ntitle: x\n---\n", "***"])
def test_a_file_without_text_is_refused(words: str) -> None:
    (unread,) = records(words.encode(), "a.md")
    assert isinstance(unread, Unread)
    assert unread.why == "it contains no text"
