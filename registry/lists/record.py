"""What a file of a sanctions list says, in one shape for all formats."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

EntryKind = Literal["person", "body", "craft", "any"]
NameKind = Literal["primary", "alias", "former", "weak", "original"]


class UnreadableList(Exception):
    """The file is not a list of its format; the message names the place and the reason."""


class NameRecord(NamedTuple):
    """A name as the file has it; `original` is one in the script of its bearer, `weak` one that the issuer calls weak or of low quality."""

    text: str
    kind: NameKind
    language: str = ""  # ISO 639, as the file says; empty: not stated


class EntryRecord(NamedTuple):
    """One entry of a list. Nothing is filled in that the file does not say: what is not stated is empty."""

    ref: str
    kind: EntryKind
    names: tuple[NameRecord, ...]
    programmes: tuple[str, ...] = ()
    listed_on: str = ""  # ISO date
    births: tuple[str, ...] = ()  # EDTF
    countries: tuple[str, ...] = ()  # ISO 3166-1 alpha-2
    identifiers: tuple[tuple[str, str], ...] = ()  # (scheme, value), as imo 9187629
    remarks: str = ""
    references: tuple[tuple[str, str], ...] = ()  # (list, ref) of the same person or body on another list


@dataclass
class ListContents:
    """The entries of a file, read as they are asked for; what is known of the whole is complete after the last one."""

    entries: Iterable[EntryRecord]
    published: str = ""  # ISO date, as the file says
    stated_count: int | None = None  # number of entries, as the file says
    losses: Counter[str] = field(default_factory=Counter)  # path of an element, attribute or column that was not read: how often
