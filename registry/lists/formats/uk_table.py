"""The UK Sanctions List as a table: a line with the date of the report, the columns, and several rows for one entry, not always one after the other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from registry.lists import dates, languages
from registry.lists.draft import EntryDraft
from registry.lists.files import THE_FILE
from registry.lists.record import EntryKind, EntryRecord, ListContents, NameKind, UnreadableList

KINDS: dict[str, EntryKind] = {"individual": "person", "entity": "body", "ship": "craft"}
REPORT = re.compile(r"report date:?\s*(.*)", re.IGNORECASE)
# Columns by their letters and digits: versions of the list differ in the rest.
REF, NAME, FORM, STRENGTH = "uniqueid", "name6", "nametype", "aliasstrength"
KIND = ("designationtype", "individualentityship")
ORIGINAL, LANGUAGE = "namenonlatinscript", "nonlatinscriptlanguage"
BIRTHS, IMO = ("dob",), "imonumber"
COUNTRIES = ("nationalityies", "nationality", "addresscountry", "currentbelievedflagofship")
NUMBERS = {
    "passportnumber": "passport",
    "nationalidentifiernumber": "national id",
    "businessregistrationnumbers": "registration",
    "businessregistrationnumber": "registration",
}
REMARKS = ("otherinformation", "ukstatementofreasons")
FIRST_NAMES = tuple(f"name{number}" for number in range(1, 6))
CONSUMED = {
    *(REF, NAME, FORM, STRENGTH, ORIGINAL, LANGUAGE, IMO, "regimename", "datedesignated", "unreferencenumber", "ofsigroupid"),
    *(*KIND, *BIRTHS, *COUNTRIES, *NUMBERS, *REMARKS, *FIRST_NAMES),
}
NEEDED = {REF: "Unique ID", NAME: "Name 6"}


@dataclass
class TableRow:
    """A row by the letters of its columns; `titles` are these as the file has them."""

    cells: dict[str, str]
    titles: dict[str, str]

    def value(self, *columns: str) -> str:
        return next((self.cells[each] for each in columns if self.cells.get(each)), "")

    def values(self, column: str) -> list[str]:
        """Several values of one cell are divided by a bar."""
        return [each.strip() for each in self.cells.get(column, "").split("|") if each.strip()]


def letters(title: str) -> str:
    return "".join(filter(str.isalnum, title.lower()))


def entries_of_table(rows: Iterator[tuple[int, list[str]]], contents: ListContents, *, is_whole: bool) -> Iterator[EntryRecord]:
    """`is_whole`: whether a row has all its cells, as in CSV, where a shorter one was cut; a spreadsheet leaves out empty ones at the end."""
    titles = columns(rows, contents)
    drafts: dict[str, tuple[EntryDraft, TableRow]] = {}
    for number, cells in rows:
        if len(cells) > len(titles) or (is_whole and len(cells) < len(titles)):
            raise UnreadableList(f"{THE_FILE}, line {number:,}: has {len(cells)} columns, the header has {len(titles)}")
        row = TableRow(
            dict(zip(map(letters, titles), map(str.strip, cells), strict=False)), {letters(each): each for each in titles}
        )
        add_row(drafts, row, contents, f"{THE_FILE}, line {number:,}")
    for ref, (draft, first) in drafts.items():
        yield draft.record(ref, dates.day(first.value("datedesignated")))


def columns(rows: Iterator[tuple[int, list[str]]], contents: ListContents) -> list[str]:
    """The header; the line with the date of the report stands before it."""
    for _, cells in rows:
        if report := REPORT.match(" ".join(cells).strip()):
            contents.published = dates.day(report[1])
            continue
        missing = [title for column, title in NEEDED.items() if column not in map(letters, cells)]
        if missing:
            raise UnreadableList(f"{THE_FILE}: not the UK Sanctions List: the header has no column {', '.join(missing)}")
        return cells
    raise UnreadableList(f"{THE_FILE}: contains no header")


def add_row(drafts: dict[str, tuple[EntryDraft, TableRow]], row: TableRow, contents: ListContents, location: str) -> None:
    """Adds a row to its entry. Raises UnreadableList where it has none, or is of another kind than its entry."""
    ref, kind = row.value(REF), KINDS.get(row.value(*KIND).lower(), "any")
    if not ref:
        raise UnreadableList(f"{location}: has no Unique ID")
    draft, _ = drafts.setdefault(ref, (EntryDraft(kind, contents.losses), row))
    if draft.kind != kind:
        raise UnreadableList(f"{location}: {ref} has two types in the list")
    add_cells(draft, row)
    for column, cell in row.cells.items():
        if cell and column not in CONSUMED:
            contents.losses[row.titles[column]] += 1


def add_cells(draft: EntryDraft, row: TableRow) -> None:
    text = " ".join(row.value(each) for each in (*FIRST_NAMES, NAME))
    draft.add_name_once(text, kind_of_name(row.value(FORM), row.value(STRENGTH)))
    add_original(draft, row.value(ORIGINAL), row.value(LANGUAGE), row.titles.get(LANGUAGE, ""))
    draft.add_programme(row.value("regimename"))
    for column in BIRTHS:
        for birth in row.values(column):
            draft.add_birth(birth, dates.with_slashes(birth) or dates.iso(birth), row.titles[column])
    for column in COUNTRIES:
        for country in row.values(column):
            draft.add_country(country, row.titles[column])
    for column, scheme in NUMBERS.items():
        for number in row.values(column):
            draft.add_number(scheme, number, row.titles[column])
    for number in row.values(IMO):
        draft.add_imo(number, row.titles[IMO])
    for column in REMARKS:
        draft.add_remark(row.value(column))
    draft.add_reference("un", row.value("unreferencenumber"))
    draft.add_reference("ofsi", row.value("ofsigroupid"))


def add_original(draft: EntryDraft, text: str, stated: str, path: str) -> None:
    """A name in the script of its bearer; its language is written in English."""
    language = languages.code(stated)
    if stated and not language:
        draft.losses[f"{path}: not a language"] += 1
    draft.add_name_once(text, "original", language)


def kind_of_name(form: str, strength: str) -> NameKind:
    """Of a variation of the primary name as of an alias."""
    if strength.lower().startswith("low"):
        return "weak"
    return "primary" if form.lower() == "primary name" else "alias"


def is_table(start: str) -> bool:
    """Whether a text begins as the list does."""
    heads = [line.strip('"') for line in start.splitlines()[:2]]
    return any(REPORT.match(line) or {REF, NAME} <= set(map(letters, line.split(","))) for line in heads)
