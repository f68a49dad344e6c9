"""An evidence table as a Word file: a heading with a footnote and a table for each article.

Pure. Streams; what people wrote is text, never a field or a link. Positions are not in it.
"""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from typing import IO

from annotations.formats import wordxml
from annotations.formats.annotated import Annotated
from annotations.formats.documentview import DocumentView
from annotations.formats.evidence import shown
from annotations.formats.evidencelines import COLUMNS, footnote, seal
from annotations.formats.flat import FACTS, FRAGMENTS
from annotations.formats.losses import Losses
from annotations.formats.reporting import reported
from annotations.formats.spooled import packed
from annotations.formats.zipped import DAY, Drain
from annotations.nativeview import Object

TITLE = "Evidence table (Word)"
EXTENSION = ".docx"
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
OFFSETS = "None: words are quoted, and their paragraph is named"
TAKES = "native"
SEALED = True  # its rows can be looked at again: seals
HOLDS = frozenset({FRAGMENTS, FACTS})

# Heading and width (twentieths of a point) of a cell, and the columns of a line in it, one below the other.
CELLS = (
    ("Statement", 3600, ("statement",)),
    ("Value", 1500, ("low", "high", "comparator", "unit", "per")),
    ("Quotation", 2600, ("quotation",)),
    ("Article", 3000, ("article", "outlet", "date", "address", "paragraph")),
    ("Source", 1900, ("source", "modality", "rating")),
    ("Measure", 1400, ("measure",)),
    ("Annotated", 1000, ("annotated",)),
)
WIDTHS = [width for _, width, _ in CELLS]
HEADINGS = [heading for heading, _, _ in CELLS]
BY_NAME = {column.name: column for column in COLUMNS}
LABELLED = ("low", "high", "comparator", "unit", "per", "modality", "rating")  # these need their name to be understood


def write(documents: Iterable[Annotated], losses: Losses, options: Mapping[str, str]) -> Iterator[bytes]:
    drain = Drain()
    with zipfile.ZipFile(drain, "w", zipfile.ZIP_DEFLATED) as archive, tempfile.TemporaryFile() as notes:
        for name, content in opening():
            archive.writestr(zipfile.ZipInfo(name, DAY), content, zipfile.ZIP_DEFLATED)
        yield drain.taken()
        notes.write(wordxml.FOOTNOTES_BEGIN.encode())
        yield from body(archive, drain, pieces(documents, losses, options, notes))
        notes.write(wordxml.FOOTNOTES_END.encode())
        for _ in packed(archive, "word/footnotes.xml", notes):
            if drain.pieces:
                yield drain.taken()
    yield drain.taken()


def opening() -> list[tuple[str, str]]:
    return [
        ("[Content_Types].xml", wordxml.TYPES),
        ("_rels/.rels", wordxml.RELATIONS),
        ("word/_rels/document.xml.rels", wordxml.PARTS),
        ("word/styles.xml", wordxml.STYLES),
    ]


def body(archive: zipfile.ZipFile, drain: Drain, found: Iterable[str]) -> Iterator[bytes]:
    info = zipfile.ZipInfo("word/document.xml", DAY)
    info.compress_type = zipfile.ZIP_DEFLATED
    with archive.open(info, "w", force_zip64=True) as member:
        for piece in found:
            member.write(piece.encode())
            if drain.pieces:
                yield drain.taken()


def pieces(documents: Iterable[Annotated], losses: Losses, options: Mapping[str, str], notes: IO[bytes]) -> Iterator[str]:
    yield wordxml.BODY_BEGIN + wordxml.paragraph(wordxml.run("Evidence"), style="Title")
    for number, (view, items) in enumerate(reported(documents, losses, options), 1):
        notes.write(wordxml.footnote(number, told(footnote(view), view, losses)).encode())
        yield "".join(section(view, items, number, losses))
    yield wordxml.BODY_END


def section(view: DocumentView, items: list[Object], number: int, losses: Losses) -> Iterator[str]:
    title = told(str(view.facts.get("title") or view.key), view, losses)
    yield wordxml.paragraph(wordxml.run(title), wordxml.reference(number), style="Heading1")
    yield wordxml.table_begin(WIDTHS, HEADINGS)
    for item in items:
        cells = ["".join(paragraphs(view, item, names, losses)) for _, _, names in CELLS]
        cells[-1] += wordxml.paragraph(wordxml.run(str(seal(view, item)), hidden=True))
        yield wordxml.row(WIDTHS, cells)
    yield wordxml.TABLE_END + wordxml.paragraph()


def paragraphs(view: DocumentView, item: Object, names: Iterable[str], losses: Losses) -> Iterator[str]:
    """At least one: a cell without a paragraph is no cell."""
    values = [(name, told(shown(BY_NAME[name], view, item), view, losses)) for name in names]
    for name, value in values:
        if value:
            yield wordxml.paragraph(wordxml.run(f"{name}: {value}" if name in LABELLED else value))
    if not any(value for _, value in values):
        yield wordxml.paragraph()


def told(words: str, view: DocumentView, losses: Losses) -> str:
    if wordxml.ILLEGAL.search(words):
        losses.lose("control characters written as U+FFFD", view.key)
    return words
