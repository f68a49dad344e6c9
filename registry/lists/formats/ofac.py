"""OFAC's SDN and consolidated lists as XML: sanctionslistservice.ofac.treas.gov, SDN.XML and CONSOLIDATED.XML.

Countries of an entry are those of its nationalities, citizenships, addresses and flag.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from registry.lists import dates
from registry.lists.draft import EntryDraft, each_once
from registry.lists.files import THE_FILE, opened
from registry.lists.markup import MarkupNode, MarkupShape, records
from registry.lists.record import EntryKind, EntryRecord, ListContents, NameKind

TITLE, NUMBER = "OFAC, XML", 1
ROOT = "sdnList"
ENTRY, ABOUT = "sdnList/sdnEntry", "sdnList/publshInformation"
KINDS: dict[str, EntryKind] = {"Individual": "person", "Entity": "body", "Vessel": "craft", "Aircraft": "craft"}
# Kinds of numbers that are one scheme, whoever issued them.
SCHEMES = {
    "Passport": "passport",
    "Diplomatic Passport": "passport",
    "National ID No.": "national id",
    "Tax ID No.": "tax",
    "Registration Number": "registration",
    "Registration ID": "registration",
    "Business Registration Number": "registration",
    "Company Number": "registration",
    "Unified Social Credit Code (USCC)": "uscc",
    "SWIFT/BIC": "swift",
}
SHIPS = "Vessel Registration Identification"
BIRTH, NUMBERS, FLAG = "dateOfBirthList/dateOfBirthItem", "idList/id", "vesselInfo/vesselFlag"
COUNTRIES = ("nationalityList/nationality/country", "citizenshipList/citizenship/country", "addressList/address/country", FLAG)
CONSUMED = [
    *"uid firstName lastName sdnType remarks programList/program".split(),
    *(f"akaList/aka/{name}" for name in "type category firstName lastName".split()),
    *COUNTRIES,
    f"{BIRTH}/dateOfBirth",
    f"{NUMBERS}/idType",
    f"{NUMBERS}/idNumber",
]
SHAPE = MarkupShape(
    root=ROOT,
    records=frozenset({ENTRY, ABOUT}),
    consumed=frozenset({f"{ABOUT}/Publish_Date", f"{ABOUT}/Record_Count", *(f"{ENTRY}/{path}" for path in CONSUMED)}),
)


def read(file: Path) -> ListContents:
    contents = ListContents(entries=())
    contents.entries = each_once(entries(file, contents))
    return contents


def entries(file: Path, contents: ListContents) -> Iterator[EntryRecord]:
    with opened(file) as stream:
        for node in records(stream, THE_FILE, SHAPE, contents.losses):
            if node.path == ABOUT:
                contents.published = dates.american_day(node.value("Publish_Date"))
                count = node.value("Record_Count")
                contents.stated_count = int(count) if count.isascii() and count.isdigit() else None
            elif node.path == ENTRY:
                yield entry(node, EntryDraft(KINDS.get(node.value("sdnType"), "any"), contents.losses))


def entry(node: MarkupNode, draft: EntryDraft) -> EntryRecord:
    draft.add_name(whole_name(node), "primary", f"{ENTRY}/lastName")
    for alias in node.all("akaList/aka"):
        draft.add_name(whole_name(alias), kind_of_name(alias.value("type"), alias.value("category")), f"{ENTRY}/akaList/aka")
    for programme in node.values("programList/program"):
        draft.add_programme(programme)
    for birth in node.values(f"{BIRTH}/dateOfBirth"):
        draft.add_birth(birth, dates.in_words(birth), f"{ENTRY}/{BIRTH}/dateOfBirth")
    for path in COUNTRIES:
        for country in node.values(path):
            draft.add_country(country, f"{ENTRY}/{path}")
    for number in node.all(NUMBERS):
        add_number(draft, number.value("idType"), number.value("idNumber"))
    draft.add_remark(node.value("remarks"))
    return draft.record(node.value("uid"))


def whole_name(node: MarkupNode) -> str:
    return f"{node.value('firstName')} {node.value('lastName')}"


def kind_of_name(form: str, category: str) -> NameKind:
    """`n.k.a.` is a name of today, as `a.k.a.`."""
    if category == "weak":
        return "weak"
    return "former" if form == "f.k.a." else "alias"


def add_number(draft: EntryDraft, form: str, value: str) -> None:
    path = f"{ENTRY}/{NUMBERS}/idNumber"
    if value.startswith("IMO") or (form == SHIPS and value.isdigit()):
        draft.add_imo(value, path)
    elif form == "MMSI":
        draft.add_mmsi(value, path)
    elif form in SCHEMES:
        draft.add_number(SCHEMES[form], value, path)
    elif value:
        draft.losses[f"{path}: other kinds"] += 1
