"""OFAC's list as four files of CSV without headers, SDN, ADD, ALT and SDN_COMMENTS, in one archive or folder; CONS_PRIM and so on are the same.

`-0-` is a field without a value, and 0x1A ends a file. What has no column of its own stands in the remarks, which are kept whole and read for dates of
birth, nationalities, weak aliases (`a.k.a. 'X'`), and numbers of IMO and MMSI. Remarks are cut after 1,000 characters; the comments have the rest.
"""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

from registry.lists import dates
from registry.lists.draft import EntryDraft, each_once
from registry.lists.files import THE_FILE, archive, lines, member, opened, rows
from registry.lists.record import EntryKind, EntryRecord, ListContents, NameKind, UnreadableList

TITLE, NUMBER = "OFAC, CSV", 1
NULL = "-0-"
CUT_AFTER = 1_000
KINDS: dict[str, EntryKind] = {"individual": "person", "vessel": "craft", "aircraft": "craft", "": "body"}
# Each file by its columns as OFAC's specification names them; the names of the files have changed.
FILES = {
    "SDN": "ent_num SDN_Name SDN_Type Program Title Call_Sign Vess_type Tonnage GRT Vess_flag Vess_owner Remarks".split(),
    "ADD": "ent_num Add_num Address City Country Add_Remarks".split(),
    "ALT": "ent_num alt_num alt_type alt_name alt_remarks".split(),
    "COMMENTS": "ent_num Remarks".split(),
}
ROLES = {"prim": "SDN", "sdn": "SDN", "add": "ADD", "alt": "ALT", "comments": "COMMENTS"}
CONSUMED = {"ent_num", "SDN_Name", "SDN_Type", "Program", "Vess_flag", "Remarks", "Country", "alt_type", "alt_name"}
BIRTH = re.compile(r"(?:alt\. )?DOB (.+)")
COUNTRY = re.compile(r"(?:alt\. )?(?:nationality|citizen) (.+)")
ALIAS = re.compile(r"(?:alt\. )?[afn]\.k\.a\. '(.+)'")
IMO = re.compile(r"(?:alt\. )?(?:Vessel Registration Identification|Company Number|Identification Number) (IMO\b.*)")
MMSI = re.compile(r"(?:alt\. )?MMSI (.+)")

CsvRow = dict[str, str]


def read(file: Path) -> ListContents:
    contents = ListContents(entries=())
    contents.entries = each_once(entries(file, contents))
    return contents


def role(name: str) -> str:
    """SDN, ADD, ALT or COMMENTS, of the name of a file; empty for another one."""
    stem, _, ending = name.lower().replace("\\", "/").rpartition("/")[2].rpartition(".")
    return ROLES.get(stem.rpartition("_")[2], "") if ending == "csv" else ""


@contextmanager
def sources(file: Path) -> Iterator[dict[str, Callable[[], BinaryIO]]]:
    """What opens each of the files, by its role."""
    with ExitStack() as stack:
        openers: dict[str, Callable[[], BinaryIO]] = {}
        if file.is_dir():
            paths = [path for path in sorted(file.iterdir()) if path.is_file()]
            members = [(path.name, lambda path=path: stack.enter_context(opened(path))) for path in paths]
        else:
            content = stack.enter_context(archive(file))
            infos = [info for info in content.infolist() if not info.is_dir()]
            members = [(info.filename, lambda info=info: member(content, info, THE_FILE)) for info in infos]
        for name, opener in members:
            if role(name) in openers:
                raise UnreadableList(f"{THE_FILE}: contains {role(name)} twice")
            if role(name):
                openers[role(name)] = opener
        if missing := [each for each in ("SDN", "ADD", "ALT") if each not in openers]:
            raise UnreadableList(f"{THE_FILE}: contains no {', '.join(f'{each}.CSV' for each in missing)}")
        yield openers


def table(opener: Callable[[], BinaryIO], part: str, contents: ListContents) -> Iterator[CsvRow]:
    """Rows by their columns, null as the empty string; counts what is not consumed."""
    location = f"{THE_FILE}, {part}.CSV"
    for number, cells in rows(lines(opener(), location), location):
        if len(cells) != len(FILES[part]):
            raise UnreadableList(f"{location}, line {number:,}: has {len(cells)} columns, and not {len(FILES[part])}")
        if not (cells[0].strip().isascii() and cells[0].strip().isdigit()):
            raise UnreadableList(f"{location}, line {number:,}: does not begin with the number of an entry: {cells[0][:40]!r}")
        values = ("" if cell.strip() == NULL else cell.strip() for cell in cells)
        row = dict(zip(FILES[part], values, strict=True))
        contents.losses.update(f"{part}.CSV/{column}" for column, value in row.items() if value and column not in CONSUMED)
        yield row


def entries(file: Path, contents: ListContents) -> Iterator[EntryRecord]:
    """Joins the files. Raises UnreadableList for rows of an entry that is not there: files of different days."""
    with sources(file) as openers:
        beside = {part: rows_by_entry(openers, part, contents) for part in ("ADD", "ALT", "COMMENTS")}
        for row in table(openers["SDN"], "SDN", contents):
            addresses, aliases, comments = (beside[part].pop(row["ent_num"], []) for part in ("ADD", "ALT", "COMMENTS"))
            row["Remarks"] = whole_remarks(row["Remarks"], comments, contents)
            yield entry(row, addresses, aliases, contents)
        for orphans in beside.pop("COMMENTS").values():
            contents.losses["COMMENTS.CSV/Remarks: entry not in SDN.CSV"] += len(orphans)
        for part, rest in beside.items():
            if rest:
                raise UnreadableList(f"{THE_FILE}, {part}.CSV: entry {next(iter(rest))} is not in SDN.CSV")


def rows_by_entry(openers: dict[str, Callable[[], BinaryIO]], part: str, contents: ListContents) -> dict[str, list[CsvRow]]:
    by_entry: dict[str, list[CsvRow]] = defaultdict(list)
    for row in table(openers.get(part, io.BytesIO), part, contents):
        by_entry[row["ent_num"]].append(row)
    return by_entry


def whole_remarks(remarks: str, comments: list[CsvRow], contents: ListContents) -> str:
    """Remarks that were cut, with their rest. Those that end by themselves have none: the comments are of another day."""
    if comments and len(remarks) != CUT_AFTER:
        contents.losses["COMMENTS.CSV/Remarks: remarks that are not cut"] += len(comments)
        return remarks
    return remarks + "".join(each["Remarks"] for each in comments)


def entry(row: CsvRow, addresses: list[CsvRow], aliases: list[CsvRow], contents: ListContents) -> EntryRecord:
    draft = EntryDraft(KINDS.get(row["SDN_Type"].lower(), "any"), contents.losses, keeps=False)
    draft.add_name(in_order(row["SDN_Name"], draft.kind), "primary", "SDN.CSV/SDN_Name")
    for alias in aliases:
        kind: NameKind = "former" if alias["alt_type"].lower() == "fka" else "alias"
        draft.add_name(in_order(alias["alt_name"], draft.kind), kind, "ALT.CSV/alt_name")
    for programme in row["Program"].strip("[]").split("] ["):
        draft.add_programme(programme)
    for address in addresses:
        draft.add_country(address["Country"], "ADD.CSV/Country")
    draft.add_country(row["Vess_flag"], "SDN.CSV/Vess_flag")
    draft.add_remark(row["Remarks"])
    for remark in row["Remarks"].removesuffix(".").split("; "):
        add_remark(draft, remark.strip())
    return draft.record(row["ent_num"])


def in_order(name: str, kind: EntryKind) -> str:
    """A person's `DOE, John` as John DOE, the way the XML of the same list has it."""
    family, comma, first = name.partition(", ")
    return f"{first} {family}" if kind == "person" and comma and "," not in first else name


def add_remark(draft: EntryDraft, remark: str) -> None:
    """What one remark says in words that OFAC always uses. What cannot be read is in the remarks anyway."""
    path = "SDN.CSV/Remarks"
    if match := BIRTH.fullmatch(remark):
        draft.add_birth(match[1], dates.in_words(match[1]), path)
    elif match := COUNTRY.fullmatch(remark):
        draft.add_country(match[1], path)
    elif match := ALIAS.fullmatch(remark):
        draft.add_name(in_order(match[1], draft.kind), "weak", path)
    elif match := IMO.fullmatch(remark):
        draft.add_imo(match[1], path)
    elif match := MMSI.fullmatch(remark):
        draft.add_mmsi(match[1], path)
