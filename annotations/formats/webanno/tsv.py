"""WebAnno TSV 3.3: an archive with one file of tokens and cells for each text.

Pure. A mark lies over tokens or, where it begins or ends inside of one, over pieces of it; a mark of white space alone, and
white space at the ends of one, cannot be said. A sentence goes on to where the next one begins, so that the text returns exactly.

    attest.Mark    layer of spans: identifier, label, attributes
    attest.Frame   layer of spans over the triggers: identifier, label, arguments (slots), attributes
    attest.Tie     relations between marks; attest.FrameTie where an end is a frame

Offset unit: UTF-16 units in the file, converted on the way out and in.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO
from urllib.parse import quote

from annotations.formats.base import ATTRIBUTES, CROSSING, FRAMES, LABEL, NESTING, TIES, Losses, Options, Unreadable
from annotations.formats.files.zipped import Archive, is_zip, read_each, zipped
from annotations.formats.middle.feature_names import feature
from annotations.formats.middle.flat import Flat, Frame, Mark, Object, Tie
from annotations.formats.middle.tokens import Token, sentences
from annotations.formats.middle.values import encode
from annotations.formats.webanno.read import flat_of
from annotations.formats.webanno.sheet import (
    NONE,
    NULL,
    RELATION,
    SPAN,
    Sentence,
    Sheet,
    SheetAnnotation,
    SheetLayer,
    Unit,
    escape,
    escape_text,
    parse,
    render,
)
from corpus.text.offsets import Offsets

TITLE = "WebAnno TSV 3"
EXTENSION = ".zip"
MEDIA_TYPE = "application/zip"
OFFSETS = "UTF-16 code units in the file, as in Java; converted both ways."
SLOTS = slice(3, 5)  # the columns of roles and targets in the layer of frames
HOLDS = frozenset({NESTING, CROSSING, ATTRIBUTES, FRAMES, TIES})
READING: Options = {"label": LABEL}


def write(documents: Iterable[Flat], losses: Losses, options: Mapping[str, str]) -> Iterator[bytes]:
    names = (
        (f"{number:06}-{quote(document.key or 'text', safe=' ')[:80]}.tsv", document)
        for number, document in enumerate(documents, 1)
    )
    yield from zipped((name, render(SheetBuilder(document, losses).sheet).encode()) for name, document in names)


class SheetBuilder:
    """The sheet of a text. Every item has a number of its own, so that references need no layer."""

    def __init__(self, flat: Flat, losses: Losses) -> None:
        self.flat, self.losses, self.offsets = flat, losses, Offsets(flat.text)
        self.tokens: list[Token] = []
        self.sentences = list(self.whole_sentences())
        if not self.tokens:
            losses.lose("texts of white space only", flat.key)
        self.pieces: list[set[Token]] = [set() for _ in self.tokens]
        self.names = {"Mark": names_of(flat.marks), "Frame": names_of(flat.frames), "Tie": names_of(flat.ties)}
        self.over = {mark.id: self.places(mark) for mark in flat.marks}
        self.sheet = Sheet(self.layers())
        self.units()
        self.count = 0
        self.by_id: dict[str, SheetAnnotation] = {}
        self.fill()

    def whole_sentences(self) -> Iterator[tuple[int, int]]:
        """(first token, behind the last one) of each; fills `tokens`."""
        for sentence in sentences(self.flat.text):
            yield len(self.tokens), len(self.tokens) + len(sentence)
            self.tokens += sentence

    def places(self, mark: Mark) -> list[Token]:
        """The tokens, and pieces of tokens, that it lies over."""
        first = max(0, bisect_right(self.tokens, (mark.start, mark.start)) - 1)
        covered = []
        for number in range(first, len(self.tokens)):
            start, end = max(mark.start, self.tokens[number][0]), min(mark.end, self.tokens[number][1])
            if self.tokens[number][0] >= mark.end:
                break
            if start < end:
                covered.append((start, end))
                if (start, end) != self.tokens[number]:
                    self.pieces[number].add((start, end))
        self.report(mark, covered)
        return covered

    def report(self, mark: Mark, covered: list[Token]) -> None:
        name = f"{self.flat.key} {mark.id}"
        if not covered:
            self.losses.lose("marks of white space only", name)
        elif (covered[0][0], covered[-1][1]) != (mark.start, mark.end):
            self.losses.lose("marks trimmed of white space at their ends", name)

    def layers(self) -> list[SheetLayer]:
        slots = ["ROLE_attest.Frame:arguments_attest.Argument", "uima.tcas.Annotation"]
        marks = SheetLayer(SPAN, "attest.Mark", ["identifier", "label", *self.names["Mark"]])
        ties = ["identifier", "label", *self.names["Tie"]]
        return [
            marks,
            SheetLayer(SPAN, "attest.Frame", ["identifier", "label", "trigger", *slots, *self.names["Frame"]]),
            SheetLayer(RELATION, "attest.Tie", [*ties, "BT_attest.Mark"]),
            SheetLayer(RELATION, "attest.FrameTie", [*ties, "BT_uima.tcas.Annotation"]),
        ]

    # Units

    def units(self) -> None:
        self.at: dict[Token, int] = {}
        text = self.flat.text
        for order, (first, behind) in enumerate(self.sentences):
            start = self.tokens[first][0] if order else 0
            end = self.tokens[behind][0] if behind < len(self.tokens) else len(text)
            sentence = Sentence([], text[start:end])
            for number in range(first, behind):
                name = f"{order + 1}-{number - first + 1}"
                self.unit(sentence, name, self.tokens[number])
                for count, piece in enumerate(sorted(self.pieces[number]), 1):
                    self.unit(sentence, f"{name}.{count}", piece)
            self.sheet.sentences.append(sentence)

    def unit(self, sentence: Sentence, name: str, token: Token) -> None:
        begin, end = (self.offsets.to_utf16(position) for position in token)
        self.at[token] = len(self.sheet.units)
        sentence.units.append(len(self.sheet.units))
        self.sheet.units.append(
            Unit(name, begin, end, escape_text(self.flat.text[slice(*token)]), items=[[] for _ in self.sheet.layers])
        )

    # Items

    def fill(self) -> None:
        for mark in self.flat.marks:
            if self.over[mark.id]:
                self.by_id[mark.id] = self.add(0, [mark.id, mark.label, *self.cells("Mark", mark.attributes)], self.over[mark.id])
        for frame in self.flat.frames:
            self.frame(frame)
        for frame in self.flat.frames:
            if frame.id in self.by_id:
                self.by_id[frame.id].cells[SLOTS] = self.slots(frame)
        for tie in self.flat.ties:
            self.tie(tie)

    def add(self, layer: int, cells: list[str | None], over: list[Token]) -> SheetAnnotation:
        self.count += 1
        units = [self.at[token] for token in over]
        annotation = SheetAnnotation(layer, self.count, [NULL if cell is None else escape(cell) for cell in cells], units)
        for unit in units:
            self.sheet.units[unit].items[layer].append(annotation)
        return annotation

    def cells(self, kind: str, attributes: Object) -> list[str | None]:
        values = {feature(name): encode(value) for name, value in attributes.items()}
        return [values.get(name) for name in self.names[kind]]

    def frame(self, frame: Frame) -> None:
        """One item for each trigger; the first one has the slots."""
        triggers = [name for name in frame.triggers if name in self.by_id]
        if not triggers:
            self.losses.lose("events without words", f"{self.flat.key} {frame.id}")
        for name in triggers:
            annotation = self.add(
                1, [frame.id, frame.label, name, None, None, *self.cells("Frame", frame.attributes)], self.over[name]
            )
            annotation.cells[SLOTS] = [NONE, NULL]
            self.by_id.setdefault(frame.id, annotation)

    def slots(self, frame: Frame) -> list[str | None]:
        known = [(role, self.by_id[name]) for role, name in frame.arguments if name in self.by_id]
        if len(known) < len(frame.arguments):
            self.losses.lose(
                "arguments of events without words", f"{self.flat.key} {frame.id}", len(frame.arguments) - len(known)
            )
        if not known:
            return [NONE, NULL]
        return [";".join(escape(role) for role, _ in known), ";".join(self.reference(annotation) for _, annotation in known)]

    def reference(self, annotation: SheetAnnotation) -> str:
        return f"{self.sheet.units[annotation.units[0]].name}[{annotation.number}]"

    def tie(self, tie: Tie) -> None:
        """At its target; it says where its source is, and the numbers of both."""
        if tie.source not in self.by_id or tie.target not in self.by_id:
            self.losses.lose("relations between objects without words", f"{self.flat.key} {tie.id or tie.type}")
            return
        source, target = self.by_id[tie.source], self.by_id[tie.target]
        layer = 3 if source.layer or target.layer else 2
        annotation = self.add(layer, [tie.id, tie.type, *self.cells("Tie", tie.attributes), None], [])
        annotation.cells[-1] = f"{self.sheet.units[source.units[0]].name}[{source.number}_{target.number}]"
        annotation.units = target.units[:1]
        self.sheet.units[annotation.units[0]].items[layer].append(annotation)


def names_of(annotations: Iterable[Any]) -> list[str]:
    return sorted({feature(name) for annotated in annotations for name in annotated.attributes})


# Reading


def read(file: BinaryIO, name: str, options: Mapping[str, str]) -> Iterator[Flat | Unreadable]:
    """A file, or an archive of them. `options`: `label`, the feature that says the label in layers of others."""
    label = options.get("label", "")
    try:
        if is_zip(file):
            archive = Archive(file, name)
            yield from read_each(
                archive, ".tsv", lambda member: [of_file(archive.content(member), archive.location(member), label)]
            )
        else:
            yield of_file(file.read(), name, label)
    except Unreadable as error:
        yield error


def of_file(raw: bytes, location: str, label: str) -> Flat:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(f"{location}: byte {error.start} is not UTF-8") from None
    return flat_of(parse(text, location), location, label)
