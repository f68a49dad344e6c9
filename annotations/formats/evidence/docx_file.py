"""An evidence table as a Word file: a heading with a footnote and a table of four columns for each article, pages numbered.

Pure. Streams; what people wrote is text, never a field or a link. Positions are not in it.
"""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from typing import IO

from annotations.derived.document_view import DocumentView
from annotations.formats.base import BASES, FACTS, FRAGMENTS, LINES, Losses, Options
from annotations.formats.evidence import docx_xml
from annotations.formats.evidence.evidence_lines import seal, sentence, source_lines, statement
from annotations.formats.evidence.origins import footnote, made_on
from annotations.formats.evidence.selection import reported
from annotations.formats.files.spooled import packed
from annotations.formats.files.zipped import DAY, Drain
from annotations.native.annotated import Annotated
from annotations.native.view import Object

TITLE = "Evidence table (Word)"
EXTENSION = ".docx"
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
OFFSETS = "None: sentences are quoted, and their paragraph is named"
TAKES = "native"
BASED = True  # says what lines rest on: wants `bases`
SEALED = True  # its rows can be looked at again: seals
DATED = True  # says on which day it was made
HOLDS = frozenset({FRAGMENTS, FACTS})
WRITING: Options = {"lines": LINES, "basis": BASES}

# Heading and width (twentieths of a point) of each column.
COLUMNS = (("No.", 640), ("Statement", 5500), ("Quotation", 5500), ("Source", 3498))
HEADINGS = [heading for heading, _ in COLUMNS]
WIDTHS = [width for _, width in COLUMNS]


def write(documents: Iterable[Annotated], losses: Losses, options: Mapping[str, str]) -> Iterator[bytes]:
    drain = Drain()
    with zipfile.ZipFile(drain, "w", zipfile.ZIP_DEFLATED) as archive, tempfile.TemporaryFile() as notes:
        for name, content in opening():
            archive.writestr(zipfile.ZipInfo(name, DAY), content, zipfile.ZIP_DEFLATED)
        yield drain.taken()
        notes.write(docx_xml.FOOTNOTES_BEGIN.encode())
        yield from body(archive, drain, pieces(documents, losses, options, notes))
        notes.write(docx_xml.FOOTNOTES_END.encode())
        for _ in packed(archive, "word/footnotes.xml", notes):
            if drain.pieces:
                yield drain.taken()
    yield drain.taken()


def opening() -> list[tuple[str, str]]:
    return [
        ("[Content_Types].xml", docx_xml.TYPES),
        ("_rels/.rels", docx_xml.RELATIONS),
        ("word/_rels/document.xml.rels", docx_xml.PARTS),
        ("word/styles.xml", docx_xml.STYLES),
        ("word/footer1.xml", docx_xml.FOOTER),
    ]


def body(archive: zipfile.ZipFile, drain: Drain, pieces: Iterable[str]) -> Iterator[bytes]:
    info = zipfile.ZipInfo("word/document.xml", DAY)
    info.compress_type = zipfile.ZIP_DEFLATED
    with archive.open(info, "w", force_zip64=True) as member:
        for piece in pieces:
            member.write(piece.encode())
            if drain.pieces:
                yield drain.taken()


def pieces(documents: Iterable[Annotated], losses: Losses, options: Mapping[str, str], notes: IO[bytes]) -> Iterator[str]:
    yield docx_xml.BODY_BEGIN + docx_xml.paragraph(docx_xml.run(options.get("heading") or "Evidence"), style="Title")
    if day := made_on(options):
        yield docx_xml.paragraph(docx_xml.run(day))
    line = 1
    for number, (view, records) in enumerate(reported(documents, losses, options), 1):
        notes.write(docx_xml.footnote(number, storable(footnote(view), view, losses)).encode())
        yield "".join(section(view, records, number, line, losses))
        line += len(records)
    if options.get("closing"):
        yield docx_xml.paragraph(docx_xml.run(options["closing"]))
    yield docx_xml.BODY_END


def section(view: DocumentView, records: list[Object], number: int, line: int, losses: Losses) -> Iterator[str]:
    """`number`: of the article, for its footnote. `line`: of its first line."""
    title = storable(str(view.facts.get("title") or view.key), view, losses)
    yield docx_xml.paragraph(docx_xml.run(title), docx_xml.reference(number), style="Heading1")
    yield docx_xml.table_begin(WIDTHS, HEADINGS)
    for index, record in enumerate(records, line):
        headline = docx_xml.paragraph(docx_xml.run(storable(statement(view, record), view, losses)))
        quoted = (docx_xml.run(storable(words, view, losses), bold=is_mark) for words, is_mark in sentence(view, record))
        # The seal goes along with a row that is copied; it is in the last paragraph, so that it takes no line of its own.
        *lines, last = [docx_xml.run(storable(words, view, losses)) for words in source_lines(view, record)]
        lines.append(last + docx_xml.run(f" {seal(view, record)}", hidden=True))
        cells = (
            docx_xml.paragraph(docx_xml.run(str(index))),
            headline,
            docx_xml.paragraph(*quoted),
            "".join(map(docx_xml.paragraph, lines)),
        )
        yield docx_xml.row(WIDTHS, cells)
    yield docx_xml.TABLE_END + docx_xml.paragraph()


def storable(words: str, view: DocumentView, losses: Losses) -> str:
    if docx_xml.ILLEGAL.search(words):
        losses.lose("control characters written as U+FFFD", view.key)
    return words
