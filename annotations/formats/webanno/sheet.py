"""A WebAnno TSV 3 file as what it says: layers, sentences of tokens and pieces of tokens, and items over them.

Pure; reads and writes the syntax, and knows nothing of what layers mean. Positions are UTF-16 units, as in the file.

    unit    a line: a token (1-2) or a piece of one (1-2.1)
    item    an annotation of a layer: its cells as they stand, without the number; the units that it lies over
    number  the [n] that tells stacked items apart and joins those over several units; 0 where there is none
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from annotations.formats.base import Unreadable

NONE, NULL = "_", "*"
SPAN, RELATION, CHAIN = "SP", "RL", "CH"
VERSION = re.compile(r"#FORMAT=WebAnno TSV 3(\.\d)?\s*")
LAYER = re.compile(r"#T_(SP|RL|CH)=([^|]+)(?:\|(.*))?")
UNIT = re.compile(r"(\d+)-(\d+)(?:\.(\d+))?")
PLACE = re.compile(r"(\d{1,9})-(\d{1,9})")
NUMBERED = re.compile(r"((?:\\.|[^\\\[])*)\[(\d{1,9})\]", re.DOTALL)
LINK = re.compile(r"(.*)(?<!\\)->(\d+)-(\d+)", re.DOTALL)  # of a chain: label, chain, place in it
ENTRY = re.compile(r"(?:\\.|[^\\|])*", re.DOTALL)
SLOT = re.compile(r"(?:\\.|[^\\;])*", re.DOTALL)
ESCAPED = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "b": "\b"}
CONTROLS = {char: f"\\{letter}" for letter, char in ESCAPED.items()} | {"\\": "\\\\"}
RESERVED = CONTROLS | {char: f"\\{char}" for char in "[]|_;*"}


@dataclass
class SheetLayer:
    """`columns`: (name of the feature, whether it is a reference, whether the number stands in it)."""

    kind: str
    name: str
    features: list[str]
    columns: list[tuple[str, bool, bool]] = field(init=False)

    def __post_init__(self) -> None:
        self.columns = columns_of(self.kind, self.features)

    @property
    def target(self) -> str:
        """The type of what a relation joins."""
        return next((name[3:] for name in self.features if name.startswith("BT_")), "")

    def line(self) -> str:
        return f"#T_{self.kind}={self.name}|{'|'.join(self.features)}"


def columns_of(kind: str, features: list[str]) -> list[tuple[str, bool, bool]]:
    """A slot feature takes two columns, roles and targets, as its two names in the header do; no feature of a span takes one."""
    if kind == RELATION:
        # One without features has the reference alone; an empty name before it is a column of its own.
        return [*((name, False, False) for name in features if not name.startswith("BT_")), ("BT", True, False)]
    columns: list[tuple[str, bool, bool]] = []
    for before, name in zip(["", *features], features, strict=False):
        if before.startswith("ROLE_"):
            columns.append((name, True, False))
        elif name:
            columns.append((name, False, True))
    return columns or [("", False, True)]


@dataclass
class SheetAnnotation:
    layer: int
    number: int
    cells: list[str | None]
    units: list[int] = field(default_factory=list)


@dataclass
class Unit:
    name: str
    begin: int
    end: int
    text: str
    line: int = 0
    items: list[list[SheetAnnotation]] = field(default_factory=list)  # by layer, in the order of the cells


@dataclass
class Sentence:
    comments: list[str]
    text: str
    units: list[int] = field(default_factory=list)


@dataclass
class Sheet:
    layers: list[SheetLayer]
    sentences: list[Sentence] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)
    items: list[SheetAnnotation] = field(default_factory=list)
    header: list[str] = field(default_factory=list)  # its lines, where it was read


# Escapes


def escape_text(text: str) -> str:
    return "".join(CONTROLS.get(char, char) for char in text)


def escape(value: str) -> str:
    return "".join(RESERVED.get(char, char) for char in value).replace("->", "\\->")


def unescape(value: str) -> str:
    return re.sub(r"\\(->|.)", lambda match: ESCAPED.get(match[1], match[1]), value, flags=re.DOTALL)


def unescape_text(text: str) -> str:
    """A backslash before anything else stands for itself: older files do not escape it."""
    return re.sub(r"\\([tnrfb\\])", lambda match: ESCAPED.get(match[1], "\\"), text)


def split(cell: str, pattern: re.Pattern[str]) -> list[str]:
    """At the separators that are not escaped."""
    if "|" not in cell and ";" not in cell:
        return [cell]
    pieces, position = [], 0
    while position <= len(cell):
        piece = pattern.match(cell, position)
        end = piece.end() if piece else position
        pieces.append(cell[position:end])
        position = end + 1
    return pieces


# Reading


def parse(text: str, location: str) -> Sheet:
    """Raises Unreadable with the line."""
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    if not VERSION.fullmatch(lines[0]):
        raise Unreadable(f"{location}, line 1: should be #FORMAT=WebAnno TSV 3.3, not {lines[0][:60]!r}")
    first = next((number for number, line in enumerate(lines) if not line or line.startswith("#Text=")), len(lines))
    matches = [LAYER.fullmatch(line) for line in lines[:first]]
    layers = [SheetLayer(line[1], line[2], (line[3] or "").split("|")) for line in matches if line]
    sheet = Sheet(layers, header=lines[:first])
    SheetReader(sheet, location).body(lines, first)
    return sheet


class SheetReader:
    def __init__(self, sheet: Sheet, location: str) -> None:
        self.sheet, self.location = sheet, location
        self.known: dict[tuple[int, str], SheetAnnotation] = {}
        self.names: set[str] = set()
        self.width = sum(len(layer.columns) for layer in sheet.layers)

    def body(self, lines: list[str], first: int) -> None:
        comments: list[str] = []
        texts: list[str] = []
        for number, line in enumerate(lines[first:], first + 1):
            if line.startswith("#Text="):
                texts.append(unescape_text(line.removeprefix("#Text=")))
            elif line.startswith("#"):
                comments.append(line)
            elif line:
                if texts:
                    self.sheet.sentences.append(Sentence(comments, "\n".join(texts)))
                    comments, texts = [], []
                self.unit(line, number)

    def wrong(self, number: int, reason: str) -> Unreadable:
        return Unreadable(f"{self.location}, line {number}: {reason}")

    def unit(self, line: str, number: int) -> None:
        fields = line.split("\t")
        if not self.sheet.sentences:
            raise self.wrong(number, "no #Text= before it")
        extent = PLACE.fullmatch(fields[1]) if len(fields) > 2 and UNIT.fullmatch(fields[0]) else None
        if extent is None or int(extent[1]) > int(extent[2]):
            raise self.wrong(number, f"not a token: {line[:60]!r}")
        cells = fields[3:]
        if len(cells) == self.width + 1 and not cells[-1]:
            cells.pop()
        if len(cells) != self.width:
            raise self.wrong(number, f"has {len(cells)} columns after the token, but the header has {self.width}")
        if fields[0] in self.names:
            raise self.wrong(number, f"{fields[0]} occurs twice")
        self.names.add(fields[0])
        unit = Unit(fields[0], int(extent[1]), int(extent[2]), fields[2], number)
        self.sheet.sentences[-1].units.append(len(self.sheet.units))
        self.sheet.units.append(unit)
        at = 0
        for order, layer in enumerate(self.sheet.layers):
            unit.items.append(list(self.items(order, cells[at : at + len(layer.columns)])))
            at += len(layer.columns)

    def items(self, order: int, cells: list[str]) -> Iterator[SheetAnnotation]:
        if all(cell == NONE for cell in cells):
            return
        layer = self.sheet.layers[order]
        columns = [entries(cell, numbers) for cell, (_, _, numbers) in zip(cells, layer.columns, strict=True)]
        numbered = [any(key > 0 for key in column) for column in columns]
        keys = next((list(column) for column, has in zip(columns, numbered, strict=True) if has), [])
        keys += [-index for index in range(len(keys), max(len(column) for column in columns))]
        for index, key in enumerate(keys):
            values = [column.get(key if has else -index) for column, has in zip(columns, numbered, strict=True)]
            yield self.annotation(order, max(key, 0), values)

    def annotation(self, order: int, number: int, values: list[str | None]) -> SheetAnnotation:
        """A new one, or the one that began at an earlier unit."""
        chain = self.sheet.layers[order].kind == CHAIN
        link = next((value.rpartition("->")[2] for value in values if value and LINK.fullmatch(value)), "") if chain else ""
        key = (order, link or str(number))
        annotation = self.known.get(key) if number else None
        if annotation is None:
            annotation = SheetAnnotation(order, number, values)
            self.sheet.items.append(annotation)
            if number:
                self.known[key] = annotation
        annotation.units.append(len(self.sheet.units) - 1)
        return annotation


def entries(cell: str, numbers: bool) -> dict[int, str]:
    """The stacked items in a cell by their numbers, or where they have none by their places: 0, -1, -2 …"""
    if cell == NONE:
        return {}
    pieces = split(cell, ENTRY)
    matches = [NUMBERED.fullmatch(piece) if numbers else None for piece in pieces]
    return {
        int(match[2]) if match else -index: match[1] if match else piece
        for index, (match, piece) in enumerate(zip(matches, pieces, strict=True))
    }


# Writing


def render(sheet: Sheet) -> str:
    header = sheet.header or ["#FORMAT=WebAnno TSV 3.3", *(layer.line() for layer in sheet.layers)]
    blocks = [
        "\n".join(
            [*sentence.comments, f"#Text={escape_text(sentence.text)}", *(line_of(sheet, number) for number in sentence.units)]
        )
        for sentence in sheet.sentences
    ]
    return "\n".join([*header, "", "", "\n\n".join(blocks), ""])


def is_link(layer: SheetLayer, value: str) -> bool:
    """Links of chains say by themselves to which chain they belong."""
    return layer.kind == CHAIN and bool(LINK.fullmatch(value))


def line_of(sheet: Sheet, number: int) -> str:
    unit = sheet.units[number]
    cells = [cell for layer, annotations in zip(sheet.layers, unit.items, strict=True) for cell in cells_of(layer, annotations)]
    return "\t".join([unit.name, f"{unit.begin}-{unit.end}", unit.text, *cells, ""])


def cells_of(layer: SheetLayer, annotations: list[SheetAnnotation]) -> Iterator[str]:
    for index, (_, _, numbers) in enumerate(layer.columns):
        values = [(annotation, annotation.cells[index]) for annotation in annotations]
        written = [
            f"{value}[{annotation.number}]" if numbers and annotation.number and not is_link(layer, value) else value
            for annotation, value in values
            if value is not None
        ]
        yield "|".join(written) if written else NONE
