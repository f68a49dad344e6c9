"""What a WebAnno sheet says, as marks, frames and ties: our layers by what they are, those of others by what they have.

Pure. Of other tools' layers: a span is a mark, with its `label` or `value` (or else the name of its layer) as the label; one with
filled slots is the trigger of a frame; a relation is a tie from its source to where it stands; the links of a chain are marks, each
tied to the next. What lies over no words, and what joins tokens instead of marks, is counted in `Flat.losses`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from annotations.formats.base import Unreadable
from annotations.formats.middle.feature_names import attribute
from annotations.formats.middle.flat import Flat, Frame, Mark, Object, Tie
from annotations.formats.middle.values import decode
from annotations.formats.webanno.sheet import (
    CHAIN,
    LINK,
    NONE,
    NULL,
    RELATION,
    SLOT,
    SPAN,
    Sheet,
    SheetAnnotation,
    SheetLayer,
    is_link,
    split,
    unescape,
)
from corpus.text.offsets import Offsets

OWN = "attest."
LABELS = ("label", "value")
REFERENCE = re.compile(r"(\d+-\d+(?:\.\d+)?)(?:\[(\d+)(?:_(\d+))?\])?")


def flat_of(sheet: Sheet, location: str, label: str = "") -> Flat:
    """`label`: the feature that says the label in layers of others, before those that usually do."""
    return WebAnnoReader(sheet, location, label).flat.sound()


def text_of(sheet: Sheet, location: str) -> str:
    """The sentences at their positions. What stood between them is not in the file: a line end stands for each unit of it."""
    pieces: list[str] = []
    length = 0
    for sentence in sheet.sentences:
        first = sheet.units[sentence.units[0]]
        begin = first.begin - units(sentence.text[: max(0, sentence.text.find(unescape(first.text)))])
        gap = begin - length
        if gap < 0 or gap > 1_000_000:
            raise Unreadable(
                f"{location}, line {first.line}: {first.begin} is not a valid sentence start after {length} units of text"
            )
        pieces += [(" " if not pieces else "\n") * gap, sentence.text]
        length = begin + units(sentence.text)
    return "".join(pieces)


def units(text: str) -> int:
    return Offsets(text).utf16_length


class WebAnnoReader:
    def __init__(self, sheet: Sheet, location: str, label: str) -> None:
        self.sheet, self.location, self.saying = sheet, location, (label, *LABELS)
        self.flat = Flat(text_of(sheet, location), location=location)
        self.offsets = Offsets(self.flat.text)
        self.positions = [self.position(number) for number in range(len(sheet.units))]
        self.names: dict[int, str] = {}  # id() of an item → of a mark or frame
        self.frames: dict[str, Frame] = {}  # by their own name, or that of the mark that they are made of
        self.labels: dict[str, str] = {}
        self.units = {unit.name: number for number, unit in enumerate(sheet.units)}
        self.spans()
        for annotation in sheet.items:
            layer = sheet.layers[annotation.layer]
            if layer.kind == RELATION:
                self.tie(annotation, layer)
            elif layer.kind == SPAN:
                self.arguments(annotation, layer)
        self.chains()

    def position(self, number: int) -> tuple[int, int]:
        """Code points of a unit, with the words that the file says stand there."""
        unit = self.sheet.units[number]
        try:
            start, end = self.offsets.to_codepoints(unit.begin), self.offsets.to_codepoints(unit.end)
        except ValueError as error:
            raise Unreadable(f"{self.location}, line {unit.line}: {error}") from None
        if self.flat.text[start:end] not in (unit.text, unescape(unit.text)):
            raise Unreadable(
                f"{self.location}, line {unit.line}: {unit.text[:40]!r} does not match the text at {unit.begin}–{unit.end}"
            )
        return start, end

    def bounds(self, annotation: SheetAnnotation) -> tuple[int, int]:
        return min(self.positions[unit][0] for unit in annotation.units), max(
            self.positions[unit][1] for unit in annotation.units
        )

    def spans(self) -> None:
        for annotation in self.sheet.items:
            layer = self.sheet.layers[annotation.layer]
            if layer.name == f"{OWN}Frame":
                self.own_frame(annotation, layer)
            elif layer.kind != RELATION:
                self.mark(annotation, layer)

    def mark(self, annotation: SheetAnnotation, layer: SheetLayer) -> None:
        short, values = layer.name.rpartition(".")[2], self.values(annotation, layer)
        name = f"{short}-{self.sheet.units[annotation.units[0]].name}-{annotation.number}-{len(self.names)}"
        start, end = self.bounds(annotation)
        if start == end:
            self.flat.losses.lose("annotations without words", name)
            return
        if layer.name.startswith(OWN):
            name, label = values.pop("identifier", name), values.pop("label", "")
            values = {attribute(key): decode(value) for key, value in values.items()}
        else:
            label, values = labelled(short, values, self.saying)
        self.names[id(annotation)], self.labels[name] = name, label
        self.flat.marks.append(Mark(name, label, [(start, end)], values))

    def values(self, annotation: SheetAnnotation, layer: SheetLayer) -> dict[str, str]:
        """The plain features that have a value."""
        values = {}
        slots = {index for index, (name, *_) in enumerate(layer.columns) if name.startswith("ROLE_")}
        for index, ((name, reference, _), cell) in enumerate(zip(layer.columns, annotation.cells, strict=True)):
            if (
                name
                and cell not in (None, NONE, NULL)
                and not reference
                and index not in slots
                and not is_link(layer, cell or "")
            ):
                values[name] = unescape(cell or "")
        return values

    # Frames

    def own_frame(self, annotation: SheetAnnotation, layer: SheetLayer) -> None:
        """There is an item for each trigger."""
        values = self.values(annotation, layer)
        name, label, trigger = (values.pop(word, "") for word in ("identifier", "label", "trigger"))
        self.names[id(annotation)] = name
        if name not in self.frames:
            attributes = {attribute(key): decode(value) for key, value in values.items()}
            self.frames[name] = Frame(name, label, [], attributes=attributes)
            self.flat.frames.append(self.frames[name])
        self.frames[name].triggers.append(trigger)

    def arguments(self, annotation: SheetAnnotation, layer: SheetLayer) -> None:
        slots = list(self.slots(annotation, layer)) if id(annotation) in self.names else []
        if not slots:
            return
        name = self.names[id(annotation)]
        if name not in self.frames:
            self.frames[name] = Frame(f"frame-{name}", self.labels[name], [name])
            self.flat.frames.append(self.frames[name])
        self.frames[name].arguments += slots

    def slots(self, annotation: SheetAnnotation, layer: SheetLayer) -> Iterator[tuple[str, str]]:
        for index, (name, *_) in enumerate(layer.columns):
            roles, targets = annotation.cells[index], annotation.cells[index + 1] if index + 1 < len(annotation.cells) else None
            if not name.startswith("ROLE_") or roles in (None, NONE) or targets in (None, NULL, NONE):
                continue
            slot = name.rpartition(":")[2].partition("_")[0]
            for role, target in zip(split(roles or "", SLOT), split(targets or "", SLOT), strict=False):
                end = self.pointed(target, layer.columns[index + 1][0])
                if end is None:
                    self.flat.losses.lose("roles without a mark", f"{self.names.get(id(annotation))} {slot} {target}"[:200])
                else:
                    yield (unescape(role) if role != NULL else slot), end

    # Ties

    def tie(self, annotation: SheetAnnotation, layer: SheetLayer) -> None:
        reference = annotation.cells[-1] or ""
        match = REFERENCE.fullmatch(reference)
        if match is None:
            raise self.wrong(annotation, f"{reference[:40]!r} is not a reference")
        here = self.sheet.units[annotation.units[0]].name
        source, target = (
            self.pointed(f"{match[1]}[{match[2] or 0}]", layer.target),
            self.pointed(f"{here}[{match[3] or 0}]", layer.target),
        )
        short, values = layer.name.rpartition(".")[2], self.values(annotation, layer)
        if source is None or target is None:
            self.flat.losses.lose("relations between objects that are not marks", f"{short} {here} {reference}"[:200])
            return
        if layer.name.startswith(OWN):
            name, label = values.pop("identifier", ""), values.pop("label", "")
            self.flat.ties.append(
                Tie(label, source, target, {attribute(key): decode(value) for key, value in values.items()}, name)
            )
        else:
            label, attributes = labelled(short, values, self.saying)
            self.flat.ties.append(Tie(label, source, target, attributes, f"{short}-{len(self.flat.ties)}"))

    def wrong(self, annotation: SheetAnnotation, reason: str) -> Unreadable:
        return Unreadable(f"{self.location}, line {self.sheet.units[annotation.units[0]].line}: {reason}")

    def pointed(self, reference: str, kind: str) -> str | None:
        """The mark or frame at a unit, by its number; of its type, unless that is any annotation."""
        match = REFERENCE.fullmatch(reference)
        if match is None or match[1] not in self.units:
            return None
        unit, number = self.sheet.units[self.units[match[1]]], int(match[2] or 0)
        layers = [order for order, layer in enumerate(self.sheet.layers) if layer.name == kind and layer.kind == SPAN]
        orders = layers or [order for order, layer in enumerate(self.sheet.layers) if layer.kind == SPAN and "Annotation" in kind]
        annotations = [annotation for order in orders for annotation in unit.items[order]]
        exact = [annotation for annotation in annotations if annotation.number == number]
        return next(
            (
                self.names[id(annotation)]
                for annotation in exact or (annotations if not number else [])
                if id(annotation) in self.names
            ),
            None,
        )

    def chains(self) -> None:
        for order, layer in enumerate(self.sheet.layers):
            if layer.kind != CHAIN:
                continue
            links: dict[str, list[tuple[int, str, str]]] = {}
            for annotation in self.sheet.items:
                cells = [LINK.fullmatch(cell or "") for cell in annotation.cells] if annotation.layer == order else []
                for cell in cells:
                    if cell and id(annotation) in self.names:
                        links.setdefault(cell[2], []).append((int(cell[3]), cell[1], self.names[id(annotation)]))
            for chain in links.values():
                chain.sort()
                for (index, label, source), (following, _, target) in pairwise(chain):
                    if following != index + 1:  # a link without words lies between them
                        self.flat.losses.lose("relations between objects that are not marks", f"{source} {target}")
                        continue
                    self.flat.ties.append(Tie("next" if label in (NULL, NONE) else unescape(label), source, target))


def labelled(short: str, values: dict[str, str], saying: tuple[str, ...]) -> tuple[str, Object]:
    """The label, and what else is said; the layer too, which the label may not say."""
    labelled_by = next((name for name in saying if values.get(name)), None)
    others: Object = {"layer": short} | {name: value for name, value in values.items() if name != labelled_by}
    return (values[labelled_by] if labelled_by else short), others
