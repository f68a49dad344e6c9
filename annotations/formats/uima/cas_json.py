"""UIMA CAS JSON (0.4), as INCEpTION and DKPro have it: an archive with one file for each text, its types in it.

Pure. Read are also single files, and lines of them.

Offset unit: UTF-16 units in the file, converted on the way out and in.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO
from urllib.parse import quote

from annotations.formats.base import CAPACITIES, LABEL, Losses, Options, Unreadable
from annotations.formats.files.strict_json import load, values
from annotations.formats.files.zipped import Archive, is_zip, read_each, zipped
from annotations.formats.middle.flat import Flat
from annotations.formats.uima.cas import cas_of
from annotations.formats.uima.load import documents as documents_of

TITLE = "UIMA CAS JSON"
EXTENSION = ".zip"
MEDIA_TYPE = "application/zip"
OFFSETS = "UTF-16 code units in the file, as in Java; converted both ways."
HOLDS = CAPACITIES
READING: Options = {"label": LABEL}


def write(documents: Iterable[Flat], losses: Losses, options: Mapping[str, str]) -> Iterator[bytes]:
    names = (
        (f"{number:06}-{quote(document.key or 'text', safe=' ')[:80]}.json", document)
        for number, document in enumerate(documents, 1)
    )
    yield from zipped((name, cas_of(document).to_json().encode()) for name, document in names)


def read(file: BinaryIO, name: str, options: Mapping[str, str]) -> Iterator[Flat | Unreadable]:
    """`options`: `label`, the feature that says the label in types of others."""
    label = options.get("label", "")
    try:
        if is_zip(file):
            archive = Archive(file, name)
            yield from read_each(archive, ".json", lambda member: of_member(archive, member, label))
        else:
            for location, value in values(file, name):
                yield from [value] if isinstance(value, Unreadable) else of_value(value, location, label)
    except Unreadable as error:
        yield error


def of_member(archive: Archive, member: str, label: str) -> Iterator[Flat | Unreadable]:
    location = archive.location(member)
    return of_value(load(archive.content(member), location), location, label)


def of_value(value: Any, location: str, label: str) -> Iterator[Flat | Unreadable]:
    if not isinstance(value, dict) or "%FEATURE_STRUCTURES" not in value:
        raise Unreadable(f"{location}: not a CAS: %FEATURE_STRUCTURES is missing")
    yield from documents_of(lambda: loaded(value), location, label)


def loaded(value: Any) -> Any:
    """The draft of the format has ^begin and ^end; what is in use has begin and end. An empty array may lack its elements."""
    from cassis import load_cas_from_json

    structures = value["%FEATURE_STRUCTURES"]
    for structure in structures.values() if isinstance(structures, dict) else structures:
        if str(structure.get("%TYPE")).endswith(("[]", "Array")):
            structure.setdefault("%ELEMENTS", [])
        for anchor in ("begin", "end"):
            if f"^{anchor}" in structure:
                structure[anchor] = structure.pop(f"^{anchor}")
    return load_cas_from_json(json.dumps({"%TYPES": {}, "%VIEWS": {}} | value))
