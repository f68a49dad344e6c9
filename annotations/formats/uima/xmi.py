"""UIMA CAS XMI, as INCEpTION and DKPro have it: an archive with an XMI and its type system for each text.

Pure. XML 1.0 has no control characters: where a text has them, U+FFFD goes out, counted.

Offset unit: UTF-16 units in the file, converted on the way out and in.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any, BinaryIO
from urllib.parse import quote

from annotations.formats.base import CAPACITIES, LABEL, Losses, Option, Options, Unreadable
from annotations.formats.files.strict_xml import ILLEGAL, refuse_types, sayable
from annotations.formats.files.zipped import Archive, is_zip, read_each, zipped
from annotations.formats.middle.flat import Flat, FlatNote
from annotations.formats.uima.cas import cas_of
from annotations.formats.uima.load import documents as documents_of

TITLE = "UIMA CAS XMI"
EXTENSION = ".zip"
MEDIA_TYPE = "application/zip"
OFFSETS = "UTF-16 code units in the file, as in Java; converted both ways."
HOLDS = CAPACITIES
READING: Options = {"label": LABEL, "typesystem": Option("Type system, if the XMI does not include one.", is_file=True)}
LOST = "control characters not allowed in XML 1.0, written as U+FFFD"


def write(documents: Iterable[Flat], losses: Losses, options: Mapping[str, str]) -> Iterator[bytes]:
    yield from zipped(members(documents, losses))


def members(documents: Iterable[Flat], losses: Losses) -> Iterator[tuple[str, bytes]]:
    """A folder for each text, numbered, since two keys may be one file name."""
    for number, document in enumerate(documents, 1):
        name = f"{number:06}-{quote(document.key or 'text', safe=' ')[:80]}"
        cas = cas_of(legal(document, losses))
        yield f"{name}/{name}.xmi", cas.to_xmi().encode()
        yield f"{name}/TypeSystem.xml", cas.typesystem.to_xml().encode()


def legal(flat: Flat, losses: Losses) -> Flat:
    """With nothing in it that XML cannot hold."""
    count = len(ILLEGAL.findall(repr_of(flat)))
    if not count:
        return flat
    losses.lose(LOST, flat.key or flat.title, count)
    return replace(
        flat,
        text=sayable(flat.text),
        title=sayable(flat.title),
        facts=storable(flat.facts),
        marks=[replace(mark, label=sayable(mark.label), attributes=storable(mark.attributes)) for mark in flat.marks],
        frames=[replace(frame, label=sayable(frame.label), attributes=storable(frame.attributes)) for frame in flat.frames],
        ties=[replace(tie, type=sayable(tie.type), attributes=storable(tie.attributes)) for tie in flat.ties],
        notes=[FlatNote(sayable(note.text), note.target) for note in flat.notes],
    )


def repr_of(flat: Flat) -> str:
    """All strings of it that a person may have written, one after the other."""
    attributes = (
        [mark.attributes for mark in flat.marks]
        + [frame.attributes for frame in flat.frames]
        + [tie.attributes for tie in flat.ties]
    )
    labels = [*(mark.label for mark in flat.marks), *(frame.label for frame in flat.frames), *(tie.type for tie in flat.ties)]
    return "".join([flat.text, flat.title, *labels, *(note.text for note in flat.notes), *strings([attributes, flat.facts])])


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for entry in value:
            yield from strings(entry)
    elif isinstance(value, dict):
        yield from strings(list(value.values()))


def storable(value: Any) -> Any:
    if isinstance(value, str):
        return sayable(value)
    if isinstance(value, list):
        return [storable(entry) for entry in value]
    return {name: storable(entry) for name, entry in value.items()} if isinstance(value, dict) else value


# Reading


def read(file: BinaryIO, name: str, options: Mapping[str, str]) -> Iterator[Flat | Unreadable]:
    """`options`: `typesystem`, the XML of the type system, for an XMI that comes alone; `label`, the feature that says the
    label in types of others."""
    try:
        if is_zip(file):
            archive = Archive(file, name)
            yield from read_each(archive, ".xmi", lambda member: of_member(archive, member, options))
        else:
            yield from of_xmi(file.read(), name, options.get("typesystem", "").encode(), options.get("label", ""))
    except Unreadable as error:
        yield error


def of_member(archive: Archive, member: str, options: Mapping[str, str]) -> Iterator[Flat | Unreadable]:
    beside = types_beside(member, archive.names)
    system = archive.content(beside) if beside else options.get("typesystem", "").encode()
    return of_xmi(archive.content(member), archive.location(member), system, options.get("label", ""))


def types_beside(member: str, names: list[str]) -> str | None:
    """The type system of an XMI: the one with its name, or else the one of its folder, or of a folder above."""
    path = PurePosixPath(member)
    for folder in path.parents:
        here = [name for name in names if PurePosixPath(name).parent == folder and name.lower().endswith(".xml")]
        own = [name for name in here if PurePosixPath(name).name.lower().startswith(f"{path.stem.lower()}-typesystem")]
        candidates = [name for name in here if "typesystem" in PurePosixPath(name).name.lower()]
        if own or candidates:
            return (own or candidates)[0]
    return None


def of_xmi(raw: bytes, location: str, system: bytes, label: str) -> Iterator[Flat | Unreadable]:
    refuse_types(raw, location)
    if not system:
        raise Unreadable(f"{location}: the type system is missing: upload a ZIP with TypeSystem.xml, or give the option `types`")
    refuse_types(system, f"{location}, its type system")
    yield from documents_of(lambda: loaded(raw, system), location, label)


def loaded(raw: bytes, system: bytes) -> Any:
    from cassis import load_cas_from_xmi, load_typesystem

    return load_cas_from_xmi(io.BytesIO(raw), typesystem=load_typesystem(io.BytesIO(system)))
