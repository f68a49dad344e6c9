"""A list of one's own, in any spreadsheet: `reference; name; alias: …; KP; 2016-03-02; imo: …`, one entry in a line.

Fields after the name stand in any order: another name (`alias:`, `former:`, `weak:`, `original:`), a country (`KP`), the date of
listing (`2016-03-02`), `type:`, `programme:`, `born:`, `remarks:`, `on: UN KPe.001`, or an identifier (`imo: 9187629`). A first line
that begins with `id` names columns, which then need no such words. A field that means nothing is an error, not a loss: nobody else
will read the file.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import cast

from corpus.readers.extracted import UnreadableError
from corpus.readers.text import decode
from registry.lists.countries import country_code
from registry.lists.draft import IMO, MMSI, imo
from registry.lists.files import CsvRows
from registry.lists.record import EntryKind, EntryRecord, ListContents, NameKind, NameRecord, UnreadableList

TITLE, NUMBER = "List of one's own, CSV or text", 1
IMOS = {"imo", "imo company"}
DELIMITERS = "\t;,"
HEADER = {"id", "ref", "reference"}
NAMES = {"name": "primary", "alias": "alias", "aliases": "alias", "former": "former", "weak": "weak", "original": "original"}
KINDS = {
    "person": "person", "individual": "person",
    "body": "body", "company": "body", "entity": "body", "organisation": "body", "organization": "body",
    "craft": "craft", "vessel": "craft", "ship": "craft", "aircraft": "craft",
}  # fmt: skip
COUNTRY, DAY = re.compile(r"[A-Z]{2}"), re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
SHIP = re.compile(r"(imo(?: company)?|mmsi)[ _-]?(?:number|no\.?|nr\.?)?")
WORD = re.compile(r"\s*([^\W\d_][\w .-]{0,39}?)\s*:\s*(.+)", re.DOTALL)
SAME = {
    "ref": "id", "reference": "id", "countries": "country", "nationality": "country", "date": "listed on", "listed": "listed on",
    "listed_on": "listed on", "kind": "type", "programmes": "programme", "program": "programme", "birth": "born",
    "date of birth": "born", "remark": "remarks", "note": "remarks", "notes": "remarks", "also on": "on",
}  # fmt: skip


def claims(beginning: bytes) -> bool:
    """Whether the first line has fields, and no markup."""
    if beginning.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    if b"\0" in beginning or beginning.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"<", b"{", b"[", b"%"):
        return False
    first = next((line for line in beginning.splitlines() if line.strip()), b"")
    return any(sign.encode() in first for sign in DELIMITERS)


def read(file: Path) -> ListContents:
    try:
        text = decode(file.read_bytes())[0].removeprefix("\ufeff")
    except UnreadableError as error:
        raise UnreadableList(f"the file is no text: {error}") from error
    if "\0" in text:
        raise UnreadableList(f"character {text.index(chr(0)) + 1} is NUL: save the list as text in UTF-8")
    return ListContents(entries_of(text))


def entries_of(text: str) -> Iterator[EntryRecord]:
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = next((sign for sign in DELIMITERS if sign in first), ";")
    lines = CsvRows(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True)
    columns: list[str] | None = None
    try:
        for cells in lines:
            if not any(cell.strip() for cell in cells) or cells[0].lstrip().startswith("#"):
                continue
            if columns is None and cells[0].strip().casefold() in HEADER:
                columns = [meaning(cell) for cell in cells]
                continue
            columns = columns or []
            yield entry_of(lines.line_num, list(fields_of(lines.line_num, cells, columns)))
    except csv.Error as error:
        raise UnreadableList(f"line {lines.line_num}: {error}") from error


def meaning(word: str) -> str:
    """What a column or a word in front of a colon means, in one spelling."""
    plain = " ".join(word.casefold().split())
    if match := SHIP.fullmatch(plain):
        return match[1]
    return SAME.get(plain, plain)


def fields_of(line: int, cells: list[str], columns: list[str]) -> Iterator[tuple[str, str]]:
    """(what it means, value) of every field that is not empty."""
    names = columns or ["id", "name"]
    for position, cell in enumerate(cells):
        value = cell.strip()
        if not value:
            continue
        if position < len(names):
            yield names[position], value
        elif columns:
            raise UnreadableList(f"line {line}: has {len(cells)} fields, the header has {len(columns)}")
        else:
            yield worded(line, position + 1, value)


def worded(line: int, number: int, value: str) -> tuple[str, str]:
    if match := WORD.fullmatch(value):
        return meaning(match[1]), match[2].strip()
    if COUNTRY.fullmatch(value):
        return "country", value
    if DAY.fullmatch(value):
        return "listed on", value
    raise UnreadableList(
        f"line {line}, field {number}: “{value[:60]}” is no country (KP), date (2016-03-02) or word with a value (alias: …)"
    )


def entry_of(line: int, fields: list[tuple[str, str]]) -> EntryRecord:
    values: dict[str, list[str]] = defaultdict(list)
    for what, value in fields:
        values[what].append(value)
    ref = single(line, values, "id")
    names = tuple(NameRecord(value, cast(NameKind, NAMES[what])) for what, value in fields if what in NAMES)
    if not ref or not names:
        raise UnreadableList(f"line {line}: needs a reference and a name")
    kind = kind_of(line, single(line, values, "type"))
    facts = {"id", "country", "listed on", "type", "programme", "born", "remarks", "on", *NAMES}
    return EntryRecord(
        ref=ref,
        kind=kind,
        names=names,
        programmes=tuple(values["programme"]),
        listed_on=day_of(line, single(line, values, "listed on")),
        births=tuple(values["born"]),
        countries=tuple(country_of(line, value) for value in values["country"]),
        identifiers=tuple(identifier_of(line, kind, what, value) for what, value in fields if what not in facts),
        remarks="\n".join(values["remarks"]),
        references=tuple(reference_of(line, value) for value in values["on"]),
    )


def single(line: int, values: dict[str, list[str]], what: str) -> str:
    if len(values[what]) > 1:
        raise UnreadableList(f"line {line}: has more than one value for “{what}”")
    return next(iter(values[what]), "")


def kind_of(line: int, word: str) -> EntryKind:
    """`any` where the file says nothing."""
    if word and word.casefold() not in KINDS:
        raise UnreadableList(f"line {line}: type “{word[:60]}”: use person, body or craft")
    return cast(EntryKind, KINDS[word.casefold()] if word else "any")


def day_of(line: int, value: str) -> str:
    try:
        return date.fromisoformat(value).isoformat() if value else ""
    except ValueError:
        raise UnreadableList(f"line {line}: “{value[:60]}” is no date: use 2016-03-02") from None


def country_of(line: int, value: str) -> str:
    if not COUNTRY.fullmatch(value.upper()) or not country_code(value.upper()):
        raise UnreadableList(f"line {line}: country “{value[:60]}”: use the two letters of ISO 3166-1, as KP")
    return value.upper()


def identifier_of(line: int, kind: EntryKind, scheme: str, value: str) -> tuple[str, str]:
    """A number as it is written. Those of ships are tried by their check digit: a wrong one would never be met."""
    if scheme in IMOS and not IMO.fullmatch(value):
        raise UnreadableList(f"line {line}: {scheme} “{value[:60]}”: use seven digits")
    number = imo(value, kind if scheme == "imo" else "body")
    if scheme in IMOS and (number is None or scheme not in {"imo", number[0]}):
        raise UnreadableList(
            f"line {line}: {scheme} “{value[:60]}”: the check digit does not fit; compare the number with its source"
        )
    if scheme == "mmsi" and not MMSI.fullmatch(value):
        raise UnreadableList(f"line {line}: mmsi “{value[:60]}”: use nine digits")
    return scheme, value


def reference_of(line: int, value: str) -> tuple[str, str]:
    code, _, ref = value.partition(" ")
    if not ref.strip():
        raise UnreadableList(f"line {line}: “on: {value[:60]}”: use the list and its reference, as UN KPe.001")
    return code, ref.strip()
