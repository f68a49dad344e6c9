"""A file of a list, read by a process in the sandbox: what a hostile file does to a parser, it does to that process alone."""

from __future__ import annotations

import os
import signal
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, get_args

from corpus.readers import sandboxed
from corpus.readers.sandboxed import Child, DeadError
from corpus.sandbox.layers import REMEDY
from registry.lists.__main__ import SECONDS
from registry.lists.limits import checked
from registry.lists.record import EntryKind, EntryRecord, ListContents, NameKind, NameRecord, UnreadableList

KINDS, NAME_KINDS = get_args(EntryKind), get_args(NameKind)


class ListReader(Child):
    """The process, with more time than those that read articles."""

    silence = SECONDS
    killed_by = sandboxed.KILLED_BY | {signal.SIGXCPU: f"reading it took more than {SECONDS} seconds"}


class SandboxedList(ListContents):
    """The contents of a file, with the format that it was read in, once its entries begin to come."""

    format = recognised = ""
    loader = 0


def read(content: Iterable[bytes], code: str = "") -> SandboxedList:
    """The contents of a file, which comes in pieces, in a format; an empty code has it recognised. Raises UnreadableList, also while entries are taken."""
    contents = SandboxedList(())
    frames = answers(content, code)
    head = next(frames)
    contents.format, contents.recognised, contents.loader = head["format"], head["recognised"], head["loader"]
    contents.entries = checked(entries_of(frames, contents))
    return contents


def entries_of(frames: Iterator[dict[str, Any]], contents: SandboxedList) -> Iterator[EntryRecord]:
    for frame in frames:
        if frame.get("end"):
            contents.published, contents.stated_count = str(frame["published"]), frame["stated_count"]
            contents.losses = Counter({str(path): int(count) for path, count in frame["losses"].items()})
            return
        yield from frame["entries"]


def answers(content: Iterable[bytes], code: str) -> Iterator[dict[str, Any]]:
    """What the process sends, in our terms. Raises UnreadableList."""
    with in_memory(content) as descriptor:
        child = ListReader("registry.lists", str(descriptor), code, files=[descriptor])
        try:
            if not child.layers().hold and sandboxed.strict:
                raise UnreadableList(f"files cannot be read, since the sandbox of the readers is not available: {REMEDY}")
            while True:
                frame = child.understood(understood, child.header())
                if "unreadable" in frame:
                    raise UnreadableList(str(frame["unreadable"])[:1_000])
                yield frame
                if frame.get("end"):
                    return
        except DeadError as error:
            raise UnreadableList(str(error)) from error
        finally:
            child.close()


@contextmanager
def in_memory(content: Iterable[bytes]) -> Iterator[int]:
    """A descriptor of a file that has no path: the process may open it though it may open none of ours."""
    descriptor = os.memfd_create("list")
    try:
        with os.fdopen(os.dup(descriptor), "wb") as stream:
            stream.writelines(content)
        yield descriptor
    finally:
        os.close(descriptor)


def understood(frame: dict[str, Any]) -> dict[str, Any]:
    """A frame with its entries as records. Raises ValueError, TypeError and the like for what no reader of ours sends."""
    if "entries" in frame:
        frame["entries"] = [entry_from(*fields) for fields in frame["entries"]]
    elif frame.get("end"):
        if not isinstance(frame["stated_count"], int | None):
            raise TypeError("the number of entries is no number")
        frame["losses"] = {str(path)[:500]: int(count) for path, count in frame["losses"].items()}
    elif "unreadable" not in frame:
        frame |= {"format": str(frame["format"]), "recognised": str(frame["recognised"]), "loader": int(frame["loader"])}
    return frame


def entry_from(
    ref: str,
    kind: EntryKind,
    names: list[list[Any]],
    programmes: list[str],
    listed_on: str,
    births: list[str],
    countries: list[str],
    identifiers: list[list[str]],
    remarks: str,
    references: list[list[str]],
) -> EntryRecord:
    if kind not in KINDS:
        raise ValueError(f"no kind of an entry: {kind}")
    records = tuple(name_from(*name) for name in names)
    lists = (tuple(map(text, values)) for values in (programmes, births, countries))
    of_programmes, of_births, of_countries = lists
    return EntryRecord(
        text(ref), kind, records, of_programmes, text(listed_on), of_births, of_countries, pairs(identifiers), text(remarks), pairs(references)
    )  # fmt: skip


def name_from(name: str, kind: NameKind, language: str) -> NameRecord:
    if kind not in NAME_KINDS:
        raise ValueError(f"no kind of a name: {kind}")
    return NameRecord(text(name), kind, text(language))


def pairs(values: list[list[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((text(one), text(other)) for one, other in values)


def text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("a text is none")
    return value
