"""Rows of an OpenDocument spreadsheet, those of all its tables one after the other, streamed out of its archive."""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from registry.lists.files import THE_FILE, archive, member
from registry.lists.markup import MarkupNode, MarkupShape, records
from registry.lists.record import UnreadableList

KIND = b"application/vnd.oasis.opendocument.spreadsheet"
CONTENT = "content.xml"
TABLE = "document-content/body/spreadsheet/table"
SHAPE = MarkupShape(root="document-content", records=frozenset({f"{TABLE}/table-row"}), consumed=frozenset())
MOST_CELLS = 1_000  # of one row; what is repeated beyond is empty to the edge of the sheet


def is_spreadsheet(opened_archive: zipfile.ZipFile) -> bool:
    return CONTENT in opened_archive.namelist()


def rows(file: Path) -> Iterator[tuple[int, list[str]]]:
    """(number, texts of its cells) of each row that is not empty; rows that are repeated count once."""
    with archive(file) as opened_archive:
        if not is_spreadsheet(opened_archive):
            raise UnreadableList(f"{THE_FILE}: contains no {CONTENT}: not an OpenDocument spreadsheet")
        stream = member(opened_archive, opened_archive.getinfo(CONTENT), THE_FILE)
        number = 0
        for node in records(stream, f"{THE_FILE}, {CONTENT}", SHAPE, Counter()):
            if node.name == "table-row":
                number += repeats(node, "number-rows-repeated")
                if cells := cells_of(node):
                    yield number, cells


def cells_of(row: MarkupNode) -> list[str]:
    """Without the empty cells at the end."""
    cells: list[str] = []
    for cell in row.children:
        cells += [text_of(cell)] * min(repeats(cell, "number-columns-repeated"), MOST_CELLS - len(cells))
    while cells and not cells[-1]:
        cells.pop()
    return cells


def text_of(cell: MarkupNode) -> str:
    """Its paragraphs; of a date the day that it means, in whatever way it is shown."""
    if cell.attributes.get("value-type") == "date":
        return cell.attributes.get("date-value", "").partition("T")[0]
    return "\n".join(inner_text(paragraph) for paragraph in cell.all("p"))


def inner_text(node: MarkupNode) -> str:
    """With the text of what is inside, as links and styled words. Where in a paragraph that stood is lost with the markup."""
    return " ".join(filter(None, [" ".join(node.text.split()), *map(inner_text, node.children)]))


def repeats(node: MarkupNode, name: str) -> int:
    text = node.attributes.get(name, "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 1
