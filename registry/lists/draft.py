"""An entry while it is put together: what cannot be a value stays in the remarks and counts as a loss."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from registry.lists.countries import country_code
from registry.lists.record import EntryKind, EntryRecord, NameKind, NameRecord, UnreadableList
from registry.names.identifiers import is_imo

IMO = re.compile(r"(?:IMO)?(?:\s*(?:number|no\.?|:|#))*\s*([0-9]{7})", re.IGNORECASE)
MMSI = re.compile(r"[0-9]{9}")
COMPANY_FACTORS = (8, 6, 4, 2, 9, 7)


class EntryDraft:
    """Collects each value once, in the order of the file; `losses` are those of the whole file.

    `keeps`: whether what cannot be a value is added to the remarks; not where these have it anyway.
    """

    def __init__(self, kind: EntryKind, losses: Counter[str], *, keeps: bool = True) -> None:
        self.kind, self.losses, self.keeps = kind, losses, keeps
        self.names: dict[NameRecord, None] = {}
        self.births: dict[str, None] = {}
        self.countries: dict[str, None] = {}
        self.identifiers: dict[tuple[str, str], None] = {}
        self.references: dict[tuple[str, str], None] = {}
        self.programmes: dict[str, None] = {}
        self.remarks: dict[str, None] = {}

    def add_name(self, text: str, kind: NameKind, path: str, language: str = "") -> None:
        count = len(self.names)
        self.add_name_once(text, kind, language)
        if text.strip() and len(self.names) == count:
            self.losses[f"{path}: repeated"] += 1

    def add_name_once(self, text: str, kind: NameKind, language: str = "") -> None:
        """A name of a table that repeats it in each row."""
        if text := " ".join(text.split()):
            self.names[NameRecord(text, kind, language)] = None

    def add_birth(self, text: str, edtf: str, path: str) -> None:
        """`text` as the file has it, `edtf` as it was read, empty if it was not."""
        if edtf:
            self.births[edtf] = None
        elif text.strip():
            self.keep(f"Born: {text.strip()}", f"{path}: not a date")

    def add_country(self, text: str, path: str) -> None:
        code = country_code(text)
        if code:
            self.countries[code] = None
        elif text.strip():
            self.losses[f"{path}: not a country"] += 1

    def add_number(self, scheme: str, value: str, path: str) -> None:
        value = " ".join(value.split())
        if value:
            self.identifiers[scheme, value] = None

    def add_imo(self, text: str, path: str) -> None:
        """A ship's number or that of a company; both have a check digit, each its own."""
        identifier = imo(text, self.kind)
        if identifier:
            self.identifiers[identifier] = None
        elif text.strip():
            self.keep(f"IMO: {text.strip()}", f"{path}: check digit")

    def add_mmsi(self, text: str, path: str) -> None:
        if MMSI.fullmatch(text.strip()):
            self.identifiers["mmsi", text.strip()] = None
        elif text.strip():
            self.keep(f"MMSI: {text.strip()}", f"{path}: not nine digits")

    def keep(self, remark: str, loss: str) -> None:
        """A value that is no value of its kind."""
        if self.keeps:
            self.add_remark(remark)
        self.losses[loss] += 1

    def add_remark(self, text: str) -> None:
        if text.strip():
            self.remarks[text.strip()] = None

    def add_reference(self, code: str, ref: str) -> None:
        """An entry of another list for the same person or body."""
        if ref.strip():
            self.references[code, ref.strip()] = None

    def add_programme(self, text: str) -> None:
        if text.strip():
            self.programmes[" ".join(text.split())] = None

    def record(self, ref: str, listed_on: str = "") -> EntryRecord:
        return EntryRecord(
            ref=ref,
            kind=self.kind,
            names=tuple(self.names),
            programmes=tuple(self.programmes),
            listed_on=listed_on,
            births=tuple(self.births),
            countries=tuple(self.countries),
            identifiers=tuple(self.identifiers),
            remarks="\n".join(self.remarks),
            references=tuple(self.references),
        )


def imo(text: str, kind: EntryKind) -> tuple[str, str] | None:
    """A number that passes its check digit. What is no craft may be a company, whose numbers are checked by other factors."""
    match = IMO.fullmatch(text.strip())
    if not match:
        return None
    digits = match[1]
    if kind != "craft" and is_imo_of_company(digits):
        return "imo company", digits
    return ("imo", digits) if is_imo(digits) else None


def is_imo_of_company(digits: str) -> bool:
    total = sum(int(digit) * factor for digit, factor in zip(digits, COMPANY_FACTORS, strict=False))
    return (11 - total % 11) % 10 == int(digits[-1])


def each_once(entries: Iterable[EntryRecord]) -> Iterator[EntryRecord]:
    """The entries. Raises UnreadableList for one without a reference, for two of one reference, and where there is none."""
    refs: set[str] = set()
    for entry in entries:
        if not entry.ref:
            names = ", ".join(each.text for each in entry.names[:1]) or "without a name"
            raise UnreadableList(f"entry {len(refs) + 1:,} ({names}) has no reference")
        if entry.ref in refs:
            raise UnreadableList(f"two entries have the reference {entry.ref}")
        refs.add(entry.ref)
        yield entry
    if not refs:
        raise UnreadableList("the file contains no entry")
