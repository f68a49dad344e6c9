"""PDF with a text layer. One without (a scan) is told of: text is not guessed from pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from statistics import median
from typing import Any

import pypdfium2
from pypdfium2 import PdfiumError

from corpus.record import Record, UnreadableError
from corpus.text import storable

TITLE = "PDF"
VERSION = "1"

MOST_PAGES = 3_000
# Paragraphs stand apart by this times the usual distance of lines, or more.
WIDER = 1.25
# Hyphens that the file itself marks as put in at the end of a line.
_SOFT = re.compile("[\x02\xad\ufffe]\r?\n?")


def claims(data: bytes, name: str) -> bool:
    return b"%PDF-" in data[:1024]


def read(data: bytes, name: str, url: str) -> Iterator[Record]:
    """One record. Raises UnreadableError for a locked or damaged file, and for one without text."""
    try:
        document = pypdfium2.PdfDocument(data)
    except PdfiumError as error:
        reason = "it is locked with a password" if "password" in str(error).lower() else f"the PDF is damaged: {error}"
        raise UnreadableError(reason) from error
    try:
        pages = len(document)
        if pages > MOST_PAGES:
            raise UnreadableError(f"it has {pages:,} pages; {MOST_PAGES:,} are read at most")
        texts = [page_text(document, number) for number in range(pages)]
        stated = document.get_metadata_dict(skip_empty=True)
    except PdfiumError as error:
        raise UnreadableError(f"the PDF is damaged: {error}") from error
    finally:
        document.close()
    yield record_of(data, without_running_heads(texts), stated, name=name, url=url)


def page_text(document: Any, number: int) -> str:
    """The text of a page, with a blank line where the space between two lines is wider than elsewhere."""
    page = document[number]
    layer = page.get_textpage()
    try:
        text = layer.get_text_range() if layer.count_chars() else ""
        lines = text.split("\r\n")
        breaks = wide_gaps(layer, lines) if len(text) == layer.count_chars() else set()
    finally:
        layer.close()
        page.close()
    spaced = "".join(("\n\n" if n in breaks else "\n" if n else "") + line.rstrip() for n, line in enumerate(lines))
    return _SOFT.sub("", spaced).replace("\x00", "")


def wide_gaps(layer: Any, lines: list[str]) -> set[int]:
    """Numbers of the lines that stand farther from the line before than lines on this page do."""
    tops, at = {}, 0
    for n, line in enumerate(lines):
        inked = next((k for k, char in enumerate(line) if not char.isspace()), None)
        if inked is not None:
            tops[n] = layer.get_charbox(at + inked, loose=True)[3]
        at += len(line) + 2
    steps = {n: tops[n - 1] - tops[n] for n in tops if n - 1 in tops and tops[n - 1] - tops[n] > 1}
    usual = median(steps.values()) if steps else 0.0
    return {n for n, step in steps.items() if step > WIDER * usual}


def record_of(data: bytes, texts: list[str], stated: dict[str, str], *, name: str, url: str) -> Record:
    raw_text = "\n\n".join(text.strip("\n") for text in texts if text.strip())
    if not raw_text:
        raise UnreadableError(f"it has {len(texts)} pages and no text: a scan, which must be read by a text recognition first")
    return Record(
        raw=data,
        raw_text=storable(raw_text + "\n"),
        encoding="pdf",
        encoding_basis=f"the text layer of {len(texts)} {'page' if len(texts) == 1 else 'pages'}",
        reader="pdf",
        reader_version=f"{VERSION} (pdfium {pypdfium2.PDFIUM_INFO.build})",
        name=name,
        url=url,
        byline=stated.get("Author", "")[:300],
    )


def without_running_heads(texts: list[str]) -> list[str]:
    """Lines that stand, but for a number, at the head or foot of most pages belong to no page."""
    if len(texts) < 3:
        return texts
    lines = [[line for line in text.split("\n") if line.strip()] for text in texts]
    counts: dict[str, int] = {}
    for page in lines:
        for line in {shape(line) for line in (page[:2] + page[-2:])}:
            counts[line] = counts.get(line, 0) + 1
    running = {line for line, count in counts.items() if count > len(texts) / 2}
    return ["\n".join(kept(text.split("\n"), running)) for text in texts]


def kept(lines: list[str], running: set[str]) -> Iterator[str]:
    full = [n for n, line in enumerate(lines) if line.strip()]
    edge = {*full[:2], *full[-2:]}
    return (line for n, line in enumerate(lines) if n not in edge or shape(line) not in running)


def shape(line: str) -> str:
    return re.sub(r"\d+", "#", " ".join(line.split()))
