"""Word documents: paragraphs and tables in their order. Comments, headers and text that was struck out are no text."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import defusedxml.ElementTree
from defusedxml.common import DefusedXmlException
from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table
from docx.text.paragraph import Paragraph

from corpus.readers.archive import unpacked
from corpus.readers.extracted import Known, Record, UnreadableError
from corpus.text.storable import storable

TITLE = "Word document"
VERSION = "1"

_MAIN = "word/document.xml"
_TITLES = re.compile(r"Title|Heading 1")
_CAPTION = re.compile(r"Caption")


def claims(data: bytes, name: str, kind: str = "") -> bool:
    """A ZIP archive that has a Word document's main part."""
    return data.startswith(b"PK\x03\x04") and _MAIN.encode() in data


def read(data: bytes, name: str, url: str, kind: str = "") -> Iterator[Record]:
    """One record. Raises UnreadableError for a damaged or dangerous file, and for one without text."""
    check(data)
    try:
        document = Document(io.BytesIO(data))
        text_blocks = list(blocks(document))
    except (PackageNotFoundError, KeyError, ValueError, AttributeError, SyntaxError) as error:
        raise UnreadableError(f"the Word document is damaged: {error}") from error
    if not text_blocks:
        raise UnreadableError("it contains no text")
    properties = document.core_properties
    texts = [text for _, text in text_blocks]
    yield Record(
        raw=data,
        raw_text=storable("\n\n".join(texts) + "\n"),
        known=known_spans(text_blocks),
        encoding="docx",
        encoding_basis="the main part of the document",
        reader="docx",
        reader_version=VERSION,
        name=name,
        url=url,
        byline=(properties.author or "")[:300] if properties.author != "python-docx" else "",
        language=properties.language or "",
    )


def check(data: bytes) -> None:
    """Every XML part without entities and within its size, before a parser sees it. Raises UnreadableError."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for member in package.infolist():
                with package.open(member) as stream:
                    content = unpacked(stream, member.compress_size)
                if member.filename.endswith((".xml", ".rels")):
                    defusedxml.ElementTree.fromstring(content, forbid_dtd=True)
    except UnreadableError:
        raise
    except DefusedXmlException as error:
        raise UnreadableError("its XML declares entities, which Word never does: it may be malicious") from error
    except (zipfile.BadZipFile, OSError, ValueError, SyntaxError, RuntimeError, NotImplementedError, EOFError) as error:
        raise UnreadableError(f"the Word document is damaged: {error}") from error


def blocks(document: Any) -> Iterator[tuple[str, str]]:
    """Kind ("", "title", "caption") and text of each paragraph and table that has text."""
    first = True
    for part in document.iter_inner_content():
        style = part.style.name if isinstance(part, Paragraph) and part.style is not None else ""
        text = paragraph(part) if isinstance(part, Paragraph) else table(part)
        if not text.strip():
            continue
        kind = "title" if first and _TITLES.match(style or "") else "caption" if _CAPTION.match(style or "") else ""
        first = False
        yield kind, text


def paragraph(part: Paragraph) -> str:
    lines = [" ".join(line.split()) for line in part.text.split("\n")]
    return "\n".join(filter(None, lines))


def table(part: Table) -> str:
    rows = [" | ".join(" ".join(cell.text.split()) for cell in row.cells) for row in part.rows]
    return "\n".join(row for row in rows if row.strip(" |"))


def known_spans(text_blocks: list[tuple[str, str]]) -> tuple[Known, ...]:
    marks, at = [], 0
    for kind, text in text_blocks:
        if kind:
            marks.append(Known(kind, at, at + len(text)))
        at += len(text) + 2
    return tuple(marks)
