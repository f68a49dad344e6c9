"""PDF with a text layer. One without (a scan) is told of: text is not guessed from pictures."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from statistics import median
from typing import Any

import pypdfium2
from pypdfium2 import PdfiumError
from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

from corpus.readers.budget import EACH, MEGABYTE
from corpus.readers.extracted import Record, UnreadableError
from corpus.text.rare import rare_letters
from corpus.text.storable import storable

TITLE = "PDF"
VERSION = "1"

MOST_PAGES = 3_000
# Pages, to say why there is no text.
MOST_LOOKED_AT = 100
DEFLATE = 1_032  # times its length a packed stream may have at most
ABOUT = 2_000  # bytes before a stream that say what it is
_STREAM = re.compile(rb"stream\r?\n")
# Paragraphs stand apart by this times the usual distance of lines, or more.
WIDER = 1.25
# Hyphens that the file itself marks as put in at the end of a line.
_SOFT = re.compile("[\x02\xad\ufffe]\r?\n?")


def claims(data: bytes, name: str, kind: str = "") -> bool:
    return b"%PDF-" in data[:1024]


def read(data: bytes, name: str, url: str, kind: str = "") -> Iterator[Record]:
    """One record. Raises UnreadableError for a locked or damaged file, and for one without text."""
    if any(unpacks_to_too_much(data, stream) for stream in _STREAM.finditer(data)):
        raise UnreadableError(f"the PDF is too large: a part of it expands to more than {EACH // MEGABYTE} MB")
    try:
        document = pypdfium2.PdfDocument(data)
    except PdfiumError as error:
        reason = "it is password-protected" if "password" in str(error).lower() else f"the PDF is damaged: {error}"
        raise UnreadableError(reason) from error
    try:
        pages = len(document)
        if pages > MOST_PAGES:
            raise UnreadableError(f"it has {pages:,} pages; the limit is {MOST_PAGES:,}")
        texts = [page_text(document, number) for number in range(pages)]
        if not any(text.strip() for text in texts):
            raise UnreadableError(why_no_text(document))
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


def why_no_text(document: Any) -> str:
    """A scan has pictures on its pages; what has nothing on them is empty or damaged."""
    many = f"{len(document)} {'page' if len(document) == 1 else 'pages'}"
    if any(has_picture(document, number) for number in range(min(len(document), MOST_LOOKED_AT))):
        return f"it has {many} and no text: a scan; run OCR on it first"
    return f"the PDF is empty or damaged: no text or images on its {many}"


def has_picture(document: Any, number: int) -> bool:
    try:
        page = document[number]
        try:
            return next(page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE]), None) is not None
        finally:
            page.close()
    except PdfiumError:
        return False


def unpacks_to_too_much(data: bytes, stream: re.Match[bytes]) -> bool:
    """A stream with words, or anything else that pdfium would unpack for them: it ends the process where memory does not suffice."""
    about = data[max(0, stream.start() - ABOUT) : stream.start()].rpartition(b"obj")[2]
    is_short = data.find(b"endstream", stream.end(), stream.end() + EACH // DEFLATE) > 0
    if is_short or b"Flate" not in about or b"/Image" in about:
        return False
    try:
        return len(zlib.decompressobj().decompress(memoryview(data)[stream.end() :], EACH + 1)) > EACH
    except zlib.error:
        return False


def record_of(data: bytes, texts: list[str], stated: dict[str, str], *, name: str, url: str) -> Record:
    raw_text = "\n\n".join(text.strip("\n") for text in texts if text.strip())
    return Record(
        raw=data,
        raw_text=storable(raw_text + "\n"),
        encoding="pdf",
        encoding_basis=basis_of(texts),
        reader="pdf",
        reader_version=f"{VERSION} (pdfium {pypdfium2.PDFIUM_INFO.build})",
        name=name,
        url=url,
        byline=stated.get("Author", "")[:300],
    )


def basis_of(texts: list[str]) -> str:
    """The file's own tables say which letters its glyphs are; what they make of them may be no text at all."""
    layer = f"the text layer of {len(texts)} {'page' if len(texts) == 1 else 'pages'}"
    rare = rare_letters("".join(texts))
    return f"guessed from {layer}, check it: {rare:,} letters hardly occur in any text" if rare else layer


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
    return ["\n".join(without_running_lines(text.split("\n"), running)) for text in texts]


def without_running_lines(lines: list[str], running: set[str]) -> Iterator[str]:
    full = [n for n, line in enumerate(lines) if line.strip()]
    edge = {*full[:2], *full[-2:]}
    return (line for n, line in enumerate(lines) if n not in edge or shape(line) not in running)


def shape(line: str) -> str:
    return re.sub(r"\d+", "#", " ".join(line.split()))
