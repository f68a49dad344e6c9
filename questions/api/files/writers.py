"""The formats of an answer as a file: each takes the question, what it rests on and its pages, and gives pieces of the file."""

from __future__ import annotations

import codecs
import json
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, NamedTuple

from rest_framework.utils.encoders import JSONEncoder

from annotations.documents.export import Export
from annotations.formats.base import Losses
from annotations.formats.files.spooled import Files, archived
from annotations.formats.tables.xlsx import PIECE, Sheets
from annotations.models import Assignment
from corpus.text.cells import cell, csv_lines
from questions.api.evidence import evidence_of, lines_of
from questions.api.files.records import columns, flat, records
from questions.api.files.rows import AnswerRows
from questions.api.row_shapes import ROW_SHAPES
from questions.asking.asker import Asker
from questions.asking.bases import add_bases
from questions.wording.code_names import CodeNames
from questions.wording.part_words import part_words

Object = dict[str, Any]


class AnswerFacts(NamedTuple):
    """What an answer says of itself: the question, where it can be asked again, and what it rests on."""

    text: str
    address: str
    rests_on: Object

    def pairs(self) -> list[tuple[str, Any]]:
        return [("question", self.text), ("address", self.address), *self.rests_on.items()]


def as_csv(asker: Asker, facts: AnswerFacts) -> Iterator[bytes]:
    """A zip of columns.csv, the rows, and question.csv: that says whether they are all."""
    ledger = asker.question.ledger.name
    known = columns(ledger)
    names, rows = [column.name for column in known], AnswerRows(asker)

    def fill(files: Files) -> None:
        file = files[f"{ledger}.csv"]
        file.write(codecs.BOM_UTF8)
        file.writelines(line.encode() for line in csv_lines(names, table(rows, names)))
        files["question.csv"].write(sheet(("fact", "value"), [*facts.pairs(), *flat(rows.facts()).items()]))

    opening = [("columns.csv", sheet(("column", "meaning"), known))]
    yield from archived(opening, [f"{ledger}.csv", "question.csv"], fill)


def sheet(header: tuple[str, ...], rows: Any) -> bytes:
    return codecs.BOM_UTF8 + "".join(csv_lines(header, rows)).encode()


def table(rows: AnswerRows, names: list[str]) -> Iterator[list[Any]]:
    ledger = rows.asker.question.ledger.name
    for page in rows.pages():
        evidence = evidence_of(rows.asker.user, page)
        for row in page:
            for record in records(ledger, row, evidence):
                yield [record.get(name) for name in names]


def as_xlsx(asker: Asker, facts: AnswerFacts) -> Iterator[bytes]:
    """A workbook that opens on the question; the rows and what the columns mean are behind it."""
    from xlsxwriter import Workbook  # a server that writes none need not hold it

    known = columns(asker.question.ledger.name)
    names = [column.name for column in known]
    with tempfile.TemporaryFile() as file:
        book = Workbook(
            file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "use_zip64": True}
        )
        losses = Losses()
        question = Sheets(book, "question", ("fact", "value"), losses)
        rows, records = AnswerRows(asker), Sheets(book, asker.question.ledger.name, names, losses)
        for cells in table(rows, names):
            records.append(map(plain, cells))
        for fact, value in [*facts.pairs(), *flat(rows.facts()).items()]:
            question.append([fact, plain(value)])
        meanings = Sheets(book, "columns", ("column", "meaning"), losses)
        for column in known:
            meanings.append(column)
        book.close()
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece


def plain(value: Any) -> Any:
    """Numbers stay numbers; a Decimal is one, and anything else that is none is text."""
    if value is None or value in ("", []):
        return None
    if isinstance(value, bool | int | float | str):
        return value
    if hasattr(value, "normalize"):
        return float(value)
    if isinstance(value, list):
        return "; ".join(str(part) for part in value if part is not None) or None
    return cell(value)


def as_lines(asker: Asker, facts: AnswerFacts) -> Iterator[bytes]:
    """JSON Lines: the rows as the API has them, and an end by which a cut file is noticed."""
    shape, rows = ROW_SHAPES[asker.question.ledger.name](), AnswerRows(asker)
    for page in rows.pages():
        add_bases(asker, page)
        yield b"".join(written(shape.to_representation(row)) for row in page)
    yield written({"end": {**dict(facts.pairs()), **rows.facts()}})


def written(value: Any) -> bytes:
    return json.dumps(value, cls=JSONEncoder, ensure_ascii=False).encode() + b"\n"


def as_evidence(format_name: str) -> Callable[[Asker, AnswerFacts], Iterator[bytes]]:
    """The lines of evidence of all rows, in their order, as the evidence table is written."""

    def write(asker: Asker, facts: AnswerFacts) -> Iterator[bytes]:
        rows = AnswerRows(asker)
        names = [name for page in rows.pages() for name in lines_of(page)]
        moment: datetime = facts.rests_on["moment"]
        options = {
            "lines": ",".join(dict.fromkeys(names)),
            "heading": facts.text,
            "closing": closing(facts, rows, apart(asker, rows)),
        }
        seen = Assignment.objects.for_user(asker.user) if names else Assignment.objects.none()
        export = Export(seen, format_name, options=options, at=moment)
        yield from export.written()

    return write


def apart(asker: Asker, rows: AnswerRows) -> list[str]:
    """What is not in the rows, each with its number."""
    facts, names = rows.facts(), CodeNames(asker.scheme)
    parts = sorted((facts["parts"] or {}).items(), key=lambda pair: (-pair[1], pair[0]))
    others = [(part_words(part, names), number) for part, number in parts if part != asker.question["part"]]
    numbers = [*others, ("place not stated", facts["unplaced"]), ("undated", facts.get("undated"))]
    return [f"{words}: {number:,}" for words, number in numbers if number]


def closing(facts: AnswerFacts, rows: AnswerRows, others: list[str]) -> str:
    """What the answer rests on, in one sentence; before it, whether there are further rows, and what is not in them."""
    rests = facts.rests_on
    further = "" if rows.is_whole else f"The first {rows.number:,} rows of more. "
    return (further + (f"Not in these rows: {', '.join(others)}. " if others else "")) + (
        f"From {rests['marked']} of {rests['articles']} articles; {rests['not_marked']} not annotated; {rests['copies']} copies; "
        f"{rests['moment']:%Y-%m-%d %H:%M} UTC, change {rests['number']}. {facts.address}"
    )


class FileFormat(NamedTuple):
    title: str
    extension: str
    media_type: str
    write: Callable[[Asker, AnswerFacts], Iterator[bytes]]
    only: tuple[str, ...] = ()  # ledgers that can be written so; empty: all


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WITH_LINES = ("events", "figures", "causes", "law")
FORMATS = {
    "csv": FileFormat("CSV tables", "csv.zip", "application/zip", as_csv),
    "xlsx": FileFormat("Excel workbook", "xlsx", EXCEL, as_xlsx),
    "jsonl": FileFormat("JSON Lines", "jsonl", "application/x-ndjson", as_lines),
    "markdown": FileFormat(
        "Evidence table (Markdown)", "md", "text/markdown; charset=utf-8", as_evidence("evidence"), WITH_LINES
    ),
    "docx": FileFormat("Evidence table (Word)", "docx", WORD, as_evidence("docx"), WITH_LINES),
}
