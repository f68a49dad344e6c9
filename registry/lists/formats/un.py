"""The consolidated list of the United Nations Security Council, in its XML.

The four parts of a name are one name. Issuer's habits that are undone here: references with a space behind them, dates with a time zone,
several aliases in one element with semicolons between them, and empty elements where there is no alias.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from registry.lists.countries import country_code
from registry.lists.record import EntryRecord, ListContents, NameKind, NameRecord, UnreadableList

TITLE, NUMBER = "United Nations, XML", 1
ROOT = "CONSOLIDATED_LIST"
KINDS = {"INDIVIDUAL": "person", "ENTITY": "body"}
NAME_PARTS = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
QUALITIES: dict[str, NameKind] = {"Good": "alias", "Low": "weak", "a.k.a.": "alias", "f.k.a.": "former"}
FORMERLY = {"formerly listed as", "previously listed as"}
DAY, YEAR = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), re.compile(r"[0-9]{4}")
# Keys of the issuer's own tables, and what says nothing: nobody misses them.
OF_NO_INTEREST = {"DATAID", "VERSIONNUM", "SORT_KEY", "SORT_KEY_LAST_MOD", "LIST_TYPE"}
DOCUMENTS = {
    "passport": "passport",
    "numéro de passeport": "passport",
    "número de pasaporte": "passport",
    "national identification number": "national id",
    "national identification no.": "national id",
}


def claims(beginning: bytes) -> bool:
    return b"<CONSOLIDATED_LIST" in beginning


def read(file: Path) -> ListContents:
    contents = ListContents(())
    events = elements(file)
    root = next(events)[1]
    if root.tag != ROOT:
        raise UnreadableList(f"the root element is {root.tag[:60]}, a list of the United Nations has {ROOT}")
    contents.published = day(root.get("dateGenerated", ""))
    contents.entries = entries_of(events, root, contents.losses)
    return contents


def elements(file: Path) -> Iterator[tuple[str, Element]]:
    """Starts and ends of elements, as the file is read. Raises UnreadableList."""
    try:
        yield from iterparse(file, events=("start", "end"), forbid_dtd=True)
    except DefusedXmlException as error:
        raise UnreadableList(
            "the file has a document type (DOCTYPE) or entities, which no list needs: it may be malicious"
        ) from error
    except (ParseError, ValueError, LookupError) as error:
        raise UnreadableList(f"the file is not well-formed XML, or was cut off: {error}") from error


def entries_of(events: Iterator[tuple[str, Element]], root: Element, losses: Counter[str]) -> Iterator[EntryRecord]:
    number, path = 0, [root.tag]
    for event, element in events:
        if event == "start":
            path.append(element.tag)
            continue
        path.pop()
        if element.tag in KINDS and len(path) == 2:
            number += 1
            yield UnEntry(element, "/".join(path), losses).entry(number)
            element.clear()
        elif len(path) == 1:
            element.clear()  # INDIVIDUALS, ENTITIES


class UnEntry:
    """One entry while it is read: every element that was not read is counted under its path."""

    def __init__(self, element: Element, path: str, losses: Counter[str]) -> None:
        self.element, self.path, self.losses = element, path, losses
        self.read: set[Element] = set()

    def entry(self, number: int) -> EntryRecord:
        ref = self.text("REFERENCE_NUMBER")
        location = f"{self.element.tag} {number}" + (f" ({ref})" if ref else "")
        names = tuple(self.names())
        if not ref or not names:
            raise UnreadableList(f"{location}: has no {'name' if ref else 'reference number'}")
        record = EntryRecord(
            ref=ref,
            kind="person" if self.element.tag == "INDIVIDUAL" else "body",
            names=names,
            programmes=tuple(filter(None, [self.text("UN_LIST_TYPE")])),
            listed_on=day(self.text("LISTED_ON")),
            births=tuple(dict.fromkeys(self.births())),
            countries=tuple(dict.fromkeys(self.countries())),
            identifiers=tuple(dict.fromkeys(self.documents())),
            remarks="\n".join(self.remarks()),
        )
        self.count_losses(self.element, f"{self.path}/{self.element.tag}")
        return record

    def text(self, tag: str, parent: Element | None = None) -> str:
        """The text of an element, in one line, which is read with that."""
        element = (self.element if parent is None else parent).find(tag)
        if element is None:
            return ""
        self.read.add(element)
        return line(element.text)

    def names(self) -> Iterator[NameRecord]:
        if name := " ".join(filter(None, map(self.text, NAME_PARTS))):
            yield NameRecord(name, "primary")
        for alias in self.element.findall(f"{self.element.tag}_ALIAS"):
            quality, note = self.text("QUALITY", alias), line(alias.findtext("NOTE"))
            if note in FORMERLY:
                self.text("NOTE", alias)
            kind: NameKind = "former" if note in FORMERLY else QUALITIES.get(quality, "alias")
            for name in filter(None, map(str.strip, self.text("ALIAS_NAME", alias).split(";"))):
                yield NameRecord(name, kind)
        if original := self.text("NAME_ORIGINAL_SCRIPT"):
            yield NameRecord(original, "original")

    def births(self) -> Iterator[str]:
        for birth in self.element.findall("INDIVIDUAL_DATE_OF_BIRTH"):
            about = "~" if self.text("TYPE_OF_DATE", birth) == "APPROXIMATELY" else ""
            first, last = self.text("FROM_YEAR", birth), self.text("TO_YEAR", birth)
            if YEAR.fullmatch(first) and YEAR.fullmatch(last) and first <= last:
                yield f"{first}/{last}"
            elif exact := day(self.text("DATE", birth)):
                yield exact + about
            elif YEAR.fullmatch(year := self.text("YEAR", birth)):
                yield year + about

    def countries(self) -> Iterator[str]:
        for value in self.element.findall("NATIONALITY/VALUE"):
            if code := country_code(value.text or ""):
                self.read.add(value)
                yield code

    def documents(self) -> Iterator[tuple[str, str]]:
        for document in self.element.findall("INDIVIDUAL_DOCUMENT"):
            if number := self.text("NUMBER", document):
                kind = self.text("TYPE_OF_DOCUMENT", document).casefold()
                yield DOCUMENTS.get(kind, kind or "document"), number

    def remarks(self) -> Iterator[str]:
        """Titles and offices, then the issuer's comment."""
        for tag, word in (("TITLE", "Title"), ("DESIGNATION", "Designation")):
            for value in self.element.findall(f"{tag}/VALUE"):
                self.read.add(value)
                yield f"{word}: {line(value.text)}"
        if comment := self.text("COMMENTS1"):
            yield comment

    def count_losses(self, element: Element, path: str) -> None:
        for child in element:
            if child.tag in OF_NO_INTEREST:
                continue
            if child not in self.read and line(child.text):
                self.losses[f"{path}/{child.tag}"] += 1
            self.count_losses(child, f"{path}/{child.tag}")


def line(text: Any) -> str:
    return " ".join((text or "").split())


def day(text: str) -> str:
    """The day of a date with or without a time; empty for no date."""
    match = DAY.match(text)
    try:
        return date.fromisoformat(match[0]).isoformat() if match else ""
    except ValueError:
        return ""
