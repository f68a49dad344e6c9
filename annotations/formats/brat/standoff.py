r"""brat standoff: an archive with a .txt and a .ann for each text, and the annotation.conf that fits them.

Pure. T are marks, E events with numbered roles, R ties, * chains of ties, A attributes (a plain word as it is, anything else as
JSON), N the entity of a mark, # notes. Three of our own need no more than brat's notes:

    #1  Fragments T4    [[0, 10]]       a mark over a line end, which brat wants as a fragment for each line
    #2  NoteJSON T4     "two\nlines"    a note of several lines
    #3  Document T0     {"title": …}    title and facts of the article, its key where a file cannot be called so

Offset unit: code points, CR LF as one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote

from annotations.formats.base import CAPACITIES, TEXT, Losses, Options
from annotations.formats.brat.configuration import Configuration
from annotations.formats.brat.names import TRIGGER, Folded, WrittenNames, lines_of, numbered
from annotations.formats.brat.read import DATABASE, LABELS, read
from annotations.formats.files.zipped import zipped
from annotations.formats.middle.flat import Flat, Frame, Mark, Object
from annotations.formats.middle.values import encode

__all__ = ["EXTENSION", "HOLDS", "MEDIA_TYPE", "OFFSETS", "TITLE", "read", "write"]

TITLE = "brat standoff"
EXTENSION = ".zip"
MEDIA_TYPE = "application/zip"
OFFSETS = "Unicode code points, CR LF counted as one; the words of each mark are given too."
HOLDS = CAPACITIES
READING: Options = {"text": TEXT}
CONTROL = re.compile(r"[\t\r\n]")
REFERENCE = re.compile(r"[^\s:]+:\S+")


def write(documents: Iterable[Flat], losses: Losses, options: Mapping[str, str]) -> Iterator[bytes]:
    return zipped(members(documents, losses))


def members(documents: Iterable[Flat], losses: Losses) -> Iterator[tuple[str, bytes]]:
    names, files, conf = WrittenNames(), WrittenNames(), Configuration()
    for number, flat in enumerate(documents, 1):
        stem = file_name(flat, number, files)
        yield f"{stem}.txt", flat.text.encode()
        lines = StandoffWriter(flat, stem, names, conf, losses).lines()
        yield f"{stem}.ann", "".join(f"{line}\n" for line in lines).encode()
    yield "annotation.conf", conf.text().encode()
    if changed := names.changed():
        yield LABELS, json.dumps(changed, ensure_ascii=False, indent=1).encode()


def file_name(flat: Flat, number: int, files: WrittenNames) -> str:
    """Texts that two people read have the key in common, and a file each."""
    plain = re.sub(r"[^\w.\-]+", "_", flat.key).strip(".")[:80] or f"text-{number}"
    return files.free(plain, f"{number}")


class StandoffWriter:
    """One .ann file."""

    def __init__(self, flat: Flat, stem: str, names: WrittenNames, conf: Configuration, losses: Losses) -> None:
        self.flat, self.stem, self.names, self.conf, self.losses = flat, stem, names, conf, losses
        self.folded = Folded(flat.text)
        self.pieces = {mark.id: list(lines_of(flat.text, mark.fragments)) for mark in flat.marks}
        self.marks = [mark for mark in flat.marks if self.pieces[mark.id]]
        self.frames = [frame for frame in flat.frames if self.kept_triggers(frame)]
        self.ids = numbered((mark.id for mark in self.marks), "T") | numbered((frame.id for frame in self.frames), "E")
        self.triggers = {trigger for frame in self.frames for trigger in frame.triggers}
        self.ties = [tie for tie in flat.ties if {tie.source, tie.target} <= self.ids.keys()]
        self.counts: dict[str, int] = {}

    def kept_triggers(self, frame: Frame) -> list[str]:
        return [trigger for trigger in frame.triggers if self.pieces.get(trigger)]

    def lines(self) -> Iterator[str]:
        self.count_lost()
        for mark in self.marks:
            yield self.mark(mark)
        for frame in self.frames:
            yield self.frame(frame)
        yield from self.relations()
        annotations: list[Mark | Frame] = [*self.marks, *self.frames]
        for annotation in annotations:
            yield from self.attributes(self.ids[annotation.id], annotation.attributes)
        yield from self.notes()

    def count_lost(self) -> None:
        for mark in self.flat.marks:
            if mark.id not in self.ids:
                self.losses.lose("marks of line ends only", f"{self.flat.key} {mark.id}")
        for frame in self.flat.frames:
            if frame.id not in self.ids:
                self.losses.lose("events without a trigger", f"{self.flat.key} {frame.id}")
        if gone := len(self.flat.ties) - len(self.ties):
            self.losses.lose("relations to marks that are not in the file", self.flat.key, gone)

    def next(self, letter: str) -> str:
        self.counts[letter] = self.counts.get(letter, 0) + 1
        return f"{letter}{self.counts[letter]}"

    def mark(self, mark: Mark) -> str:
        name = self.names.name(mark.label)
        self.conf.mark(name, trigger=mark.id in self.triggers)
        pieces = self.pieces[mark.id]
        places = ";".join(f"{self.folded.fold(start)} {self.folded.fold(end)}" for start, end in pieces)
        words = " ".join(self.flat.text[start:end] for start, end in pieces)
        return f"{self.ids[mark.id]}\t{name} {places}\t{words}"

    def frame(self, frame: Frame) -> str:
        name = self.names.name(frame.label)
        first, *others = self.kept_triggers(frame)
        arguments = [(self.names.name(role, role=True), filler) for role, filler in frame.arguments]
        arguments += [(TRIGGER, other) for other in others]
        times: dict[str, int] = {}
        written = []
        for role, filler in arguments:
            if filler in self.ids:
                times[role] = times.get(role, 0) + 1
                written.append(f"{role}{times[role] if times[role] > 1 else ''}:{self.ids[filler]}")
        self.conf.event(name, times)
        return " ".join([f"{self.ids[frame.id]}\t{name}:{self.ids[first]}", *written])

    def relations(self) -> Iterator[str]:
        """Ties of one chain (their id begins with *) are one line."""
        chains: dict[str, list[str]] = {}
        kept = numbered((tie.id or f"#{index}" for index, tie in enumerate(self.ties)), "R")
        for index, tie in enumerate(self.ties):
            name = self.names.name(tie.type)
            self.conf.relation(name, symmetric=tie.id.startswith("*"))
            if tie.id.startswith("*"):
                chains.setdefault(tie.id, [f"*\t{name} {self.ids[tie.source]}"]).append(self.ids[tie.target])
                continue
            pk = kept[tie.id or f"#{index}"]
            self.ids.setdefault(tie.id, pk)
            yield f"{pk}\t{name} Arg1:{self.ids[tie.source]} Arg2:{self.ids[tie.target]}\t"
            yield from self.attributes(pk, tie.attributes)
        yield from (" ".join(parts) for parts in chains.values())

    # What is said of them

    def attributes(self, target: str, attributes: Object) -> Iterator[str]:
        left = dict(attributes)
        if (reference := referred(left)) and target.startswith("T"):
            yield f"{self.next('N')}\tReference {target} {reference}\t{left.pop('entity.name')}"
            del left["entity"]
        for word, value in left.items():
            name = self.names.name(word)
            text = one_line(value)
            self.conf.attribute(name, text)
            yield f"{self.next('A')}\t{name} {target}" + ("" if text is None else f" {text}")

    def notes(self) -> Iterator[str]:
        for mark in self.marks:
            if self.pieces[mark.id] != mark.fragments:
                yield self.comment("Fragments", self.ids[mark.id], json.dumps(mark.fragments))
        for note in self.flat.notes:
            target = "T0" if note.target is None else self.ids.get(note.target)
            if target is None:
                self.losses.lose("notes on objects that are not in the file", f"{self.flat.key} {note.target}")
            elif CONTROL.search(note.text):
                yield self.comment("NoteJSON", target, json.dumps(note.text, ensure_ascii=False))
            else:
                yield self.comment("AnnotatorNotes", target, note.text)
        facts = {"title": self.flat.title, "annotator": self.flat.annotator, "facts": self.flat.facts}
        known = facts | ({"key": self.flat.key} if self.flat.key != self.stem else {})
        if stated := {key: value for key, value in known.items() if value}:
            yield self.comment("Document", "T0", json.dumps(stated, ensure_ascii=False))

    def comment(self, kind: str, target: str, text: str) -> str:
        return f"{self.next('#')}\t{kind} {target}\t{text}"


def referred(attributes: Object) -> str | None:
    """The entity of a mark as brat refers to a database, if it has an id and a name on one line."""
    pk, name = attributes.get("entity"), attributes.get("entity.name")
    if not isinstance(pk, str) or not isinstance(name, str) or not pk or CONTROL.search(name):
        return None
    foreign = REFERENCE.fullmatch(pk) and not pk.startswith(f"{DATABASE}:")
    return pk if foreign else f"{DATABASE}:{quote(pk, safe='')}"


def one_line(value: Any) -> str | None:
    """An attribute's value; None stands for "true", which needs no words."""
    if value is True:
        return None
    text = encode(value)
    if isinstance(value, str) and (not text or text != text.strip() or CONTROL.search(text)):
        return json.dumps(value, ensure_ascii=False)
    return text
