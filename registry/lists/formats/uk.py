"""The UK Sanctions List: gov.uk, “UK Sanctions List”, as XML, CSV and ODS. Since 28 January 2026 the only list of the United Kingdom.

Countries of an entry are those of its nationalities, addresses and believed flag. The number of the group on OFSI's earlier list is kept as a reference.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from registry.lists import dates
from registry.lists.draft import EntryDraft, each_once
from registry.lists.files import THE_FILE, is_zip, lines, opened, rows
from registry.lists.formats.uk_table import KINDS, add_original, entries_of_table, kind_of_name
from registry.lists.markup import MarkupNode, MarkupShape, records
from registry.lists.record import EntryRecord, ListContents
from registry.lists.spreadsheet import rows as rows_of_spreadsheet

TITLE, NUMBER = "United Kingdom, XML, CSV or ODS", 1
ROOT = "Designations"
ENTRY = "Designations/Designation"
PERSON, BODY, SHIP = "IndividualDetails/Individual", "EntityDetails/Entity", "ShipDetails/Ship"
BIRTH, IMO = f"{PERSON}/DOBs/DOB", f"{SHIP}/IMONumbers/IMONumber"
COUNTRIES = (
    f"{PERSON}/Nationalities/Nationality",
    "Addresses/Address/AddressCountry",
    f"{SHIP}/CurrentBelievedFlagOfShips/CurrentBelievedFlagOfShip",
)
NUMBERS = {
    f"{PERSON}/PassportDetails/Passport/PassportNumber": "passport",
    f"{PERSON}/NationalIdentifierDetails/NationalIdentifier/NationalIdentifierNumber": "national id",
    f"{BODY}/BusinessRegistrationNumbers/BusinessRegistrationNumber": "registration",
}
REMARKS = ("OtherInformation", "UKStatementofReasons")
CONSUMED = [
    *"UniqueID OFSIGroupID UNReferenceNumber DateDesignated RegimeName IndividualEntityShip".split(),
    *(f"Names/Name/{name}" for name in "Name1 Name2 Name3 Name4 Name5 Name6 NameType AliasStrength".split()),
    *(f"NonLatinNames/NonLatinName/{name}" for name in ("NameNonLatinScript", "NonLatinScriptLanguage")),
    *(BIRTH, IMO, *COUNTRIES, *NUMBERS, *REMARKS),
]
SHAPE = MarkupShape(
    root=ROOT,
    records=frozenset({ENTRY, f"{ROOT}/DateGenerated"}),
    consumed=frozenset({f"{ROOT}/DateGenerated", *(f"{ENTRY}/{path}" for path in CONSUMED)}),
)


def read(file: Path) -> ListContents:
    contents = ListContents(entries=())
    contents.entries = each_once(entries(file, contents))
    return contents


def entries(file: Path, contents: ListContents) -> Iterator[EntryRecord]:
    with opened(file) as stream:
        head = stream.read(256)
        stream.seek(0)
        if is_zip(head):
            yield from entries_of_table(rows_of_spreadsheet(file), contents, is_whole=False)
        elif head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<"):
            for node in records(stream, THE_FILE, SHAPE, contents.losses):
                if node.path == ENTRY:
                    yield entry(node, contents)
                elif node.path == f"{ROOT}/DateGenerated":
                    contents.published = dates.day(node.text)
        else:
            yield from entries_of_table(rows(lines(stream, THE_FILE), THE_FILE), contents, is_whole=True)


def entry(node: MarkupNode, contents: ListContents) -> EntryRecord:
    draft = EntryDraft(KINDS.get(node.value("IndividualEntityShip").lower(), "any"), contents.losses)
    add_names(draft, node)
    draft.add_programme(node.value("RegimeName"))
    for birth in node.values(BIRTH):
        draft.add_birth(birth, dates.with_slashes(birth), f"{ENTRY}/{BIRTH}")
    for path in COUNTRIES:
        for country in node.values(path):
            draft.add_country(country, f"{ENTRY}/{path}")
    for path, scheme in NUMBERS.items():
        for number in node.values(path):
            draft.add_number(scheme, number, f"{ENTRY}/{path}")
    for number in node.values(IMO):
        draft.add_imo(number, f"{ENTRY}/{IMO}")
    for path in REMARKS:
        draft.add_remark(node.value(path))
    draft.add_reference("un", node.value("UNReferenceNumber"))
    draft.add_reference("ofsi", node.value("OFSIGroupID"))
    return draft.record(node.value("UniqueID"), dates.day(node.value("DateDesignated")))


def add_names(draft: EntryDraft, node: MarkupNode) -> None:
    for name in node.all("Names/Name"):
        text = " ".join(name.value(f"Name{number}") for number in range(1, 7))
        draft.add_name(text, kind_of_name(name.value("NameType"), name.value("AliasStrength")), f"{ENTRY}/Names/Name")
    path = "NonLatinNames/NonLatinName"
    for name in node.all(path):
        add_original(
            draft,
            name.value("NameNonLatinScript"),
            name.value("NonLatinScriptLanguage"),
            f"{ENTRY}/{path}/NonLatinScriptLanguage",
        )
