"""The consolidated list of the European Union as XML: webgate.ec.europa.eu, xmlFullSanctionsList_1_1.

The file is ordered by entity. An entity that two programmes list is in it twice, one after the other, with the same numbers: one entry here.
No name is marked as the first one: it is the first in Latin letters without a language, else the first in English, else the first. Names in
the languages of the Union are translations, so that only a name in another language and another script is one in the script of its bearer.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from registry.lists import dates
from registry.lists.draft import EntryDraft, each_once
from registry.lists.files import THE_FILE, opened
from registry.lists.markup import MarkupNode, MarkupShape, records
from registry.lists.record import EntryKind, EntryRecord, ListContents, NameKind, UnreadableList

TITLE, NUMBER = "European Union, XML", 1
ROOT = "export"
ENTRY = "export/sanctionEntity"
KINDS: dict[str, EntryKind] = {"P": "person", "E": "body"}
OF_THE_UNION = set("bg cs da de el en es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv".split())
SCHEMES = {"passport": "passport", "id": "national id", "regnumber": "registration", "fiscalcode": "tax", "swiftbic": "swift"}
UNKNOWN_COUNTRY = "00"
PARTS_OF_BIRTH = "birthdate dayOfMonth monthOfYear year yearRangeFrom yearRangeTo circa calendarType".split()
CONSUMED = [
    *"@euReferenceNumber @logicalId @designationDate @unitedNationId /remark /regulation@programme /subjectType@classificationCode".split(),
    *"/nameAlias@wholeName /nameAlias@nameLanguage /nameAlias@strong".split(),
    *"/citizenship@countryIso2Code /address@countryIso2Code".split(),
    *(f"/birthdate@{name}" for name in PARTS_OF_BIRTH),
    *"/identification@number /identification@identificationTypeCode /identification@knownFalse".split(),
]
SHAPE = MarkupShape(
    root=ROOT,
    records=frozenset({ENTRY}),
    consumed=frozenset({"export@generationDate", *(ENTRY + path for path in CONSUMED)}),
)


def read(file: Path) -> ListContents:
    contents = ListContents(entries=())
    contents.entries = each_once(entries(file, contents))
    return contents


def entries(file: Path, contents: ListContents) -> Iterator[EntryRecord]:
    for _, nodes in groupby(entities(file, contents), key=numbers):
        yield entry(list(nodes), contents)


def entities(file: Path, contents: ListContents) -> Iterator[MarkupNode]:
    with opened(file) as stream:
        for node in records(stream, THE_FILE, SHAPE, contents.losses):
            if node.path == ENTRY:
                yield node
            else:
                contents.published = dates.day(node.attributes.get("generationDate", ""))


def numbers(node: MarkupNode) -> tuple[str, str]:
    return node.attributes.get("euReferenceNumber", "").strip(), node.attributes.get("logicalId", "").strip()


def programmes(node: MarkupNode) -> list[str]:
    return [each.attributes.get("programme", "") for each in node.all("regulation")]


def entry(nodes: list[MarkupNode], contents: ListContents) -> EntryRecord:
    """One entity, of all programmes that list it."""
    reference, number = numbers(nodes[0])
    listing = [tuple(programmes(node)) for node in nodes]
    if len(set(listing)) < len(listing):
        raise UnreadableList(f"two entries have the reference {reference or number} in one programme")
    subject = next((each.attributes.get("classificationCode", "") for each in nodes[0].all("subjectType")), "")
    draft = EntryDraft(KINDS.get(subject, "any"), contents.losses)
    add_names(draft, [alias for node in nodes for alias in node.all("nameAlias")])
    for node in nodes:
        add_facts(draft, node)
    listed = sorted(filter(None, (dates.day(node.attributes.get("designationDate", "")) for node in nodes)))
    return draft.record(reference or number, listed[0] if listed else "")


def add_names(draft: EntryDraft, aliases: list[MarkupNode]) -> None:
    names = [
        (each.get("wholeName", ""), each.get("nameLanguage", "").strip().lower())
        for each in (node.attributes for node in aliases)
    ]
    plain = [number for number, (text, language) in enumerate(names) if not language and is_latin(text)]
    english = [number for number, (_, language) in enumerate(names) if language == "en"]
    primary = next(iter([*plain, *english, 0]))
    for number, (text, language) in enumerate(names):
        strong = aliases[number].attributes.get("strong", "")
        kind: NameKind = "primary" if number == primary else kind_of_name(text, language, strong)
        draft.add_name(text, kind, f"{ENTRY}/nameAlias@wholeName", language)


def kind_of_name(text: str, language: str, strong: str) -> NameKind:
    if strong == "false":
        return "weak"
    return "original" if language and language not in OF_THE_UNION and not is_latin(text) else "alias"


def is_latin(text: str) -> bool:
    return all(unicodedata.name(char, "").startswith("LATIN") for char in text if char.isalpha())


def add_facts(draft: EntryDraft, node: MarkupNode) -> None:
    for programme in programmes(node):
        draft.add_programme(programme)
    for element in ("citizenship", "address"):
        for each in node.all(element):
            country = each.attributes.get("countryIso2Code", "")
            draft.add_country("" if country == UNKNOWN_COUNTRY else country, f"{ENTRY}/{element}@countryIso2Code")
    for birth in node.all("birthdate"):
        text = stated_birth(birth.attributes)
        draft.add_birth(text, birth_of(birth.attributes), f"{ENTRY}/birthdate")
    for each in node.all("identification"):
        add_number(draft, each.attributes)
    for remark in node.values("remark"):
        draft.add_remark(remark)
    draft.add_reference("un", node.attributes.get("unitedNationId", ""))


def birth_of(attributes: dict[str, str]) -> str:
    """EDTF. A year of another calendar is not read, but the day of ours that the file works out for it is."""
    circa = "~" if attributes.get("circa") == "true" else ""
    if whole := dates.iso(attributes.get("birthdate", "")):
        return whole + circa
    if attributes.get("calendarType", "GREGORIAN") != "GREGORIAN":
        return ""
    if attributes.get("yearRangeFrom") or attributes.get("yearRangeTo"):
        return years(attributes.get("yearRangeFrom", ""), attributes.get("yearRangeTo", ""), circa)
    parts = [attributes.get(name, "") for name in ("year", "monthOfYear", "dayOfMonth")]
    if not all(part.isascii() and part.isdigit() for part in parts if part):
        return ""
    year, month, day = (int(part or 0) for part in parts)
    read = dates.partial(f"{year:04}", month or None, day or None) if year else ""
    return read and read + circa


def years(lower: str, upper: str, circa: str) -> str:
    """`1953/1958`; `/1980` where only the end is stated."""
    read = [dates.iso(each) for each in (lower, upper)]
    if read == ["", ""] or (lower and upper):
        return dates.interval(read[0], read[1], circa)
    return "/".join(each and each + circa for each in read)


def stated_birth(attributes: dict[str, str]) -> str:
    """The parts of a date as the file has them; empty for the birth of whom it states the place alone."""
    parts = [attributes[name] for name in PARTS_OF_BIRTH[:-2] if attributes.get(name)]
    return " ".join([*parts, attributes.get("calendarType", "")]) if parts else ""


def add_number(draft: EntryDraft, attributes: dict[str, str]) -> None:
    path, number = f"{ENTRY}/identification@number", attributes.get("number", "")
    scheme = attributes.get("identificationTypeCode", "")
    if attributes.get("knownFalse") == "true":
        draft.losses[f"{path}: known to be false"] += 1
    elif scheme == "imo":
        draft.add_imo(number, path)
    elif scheme in SCHEMES:
        draft.add_number(SCHEMES[scheme], number, path)
    elif number.strip():
        draft.losses[f"{path}: other kinds"] += 1
