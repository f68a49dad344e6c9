"""XML of strangers, read record by record: no document type, no entities, no more memory than one record needs.

Expat is used as it is: with a document type refused before anything in it is read, it has nothing to expand and nowhere to look. What defusedxml
wraps around it is written in Python, and takes ten times as long for a list.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import BinaryIO, NamedTuple
from xml.parsers import expat

from registry.lists.record import UnreadableList

PIECE = 2**16  # bytes that are read at a time
LARGEST_RECORD = 4_000_000  # bytes from the end of one record to the end of the next
DEEPEST, MOST_PATHS = 24, 2_000
INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"  # attributes about the document, not about an entry
CUT_OFF = {
    expat.errors.XML_ERROR_NO_ELEMENTS,
    expat.errors.XML_ERROR_UNCLOSED_TOKEN,
    expat.errors.XML_ERROR_PARTIAL_CHAR,
    expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
}


class MarkupNode:
    """An element: its name without a namespace, and its path from the root on, as `export/sanctionEntity/remark`."""

    __slots__ = ("attributes", "children", "name", "path", "text")

    def __init__(self, name: str, path: str, attributes: dict[str, str]) -> None:
        self.name, self.path, self.attributes = name, path, attributes
        self.text = ""
        self.children: list[MarkupNode] = []

    def all(self, path: str) -> Iterator[MarkupNode]:
        """Elements below this one by their names, as `akaList/aka`."""
        name, _, rest = path.partition("/")
        for child in self.children:
            if child.name == name:
                if rest:
                    yield from child.all(rest)
                else:
                    yield child

    def value(self, path: str) -> str:
        """Text of the first such element that has one, with single spaces."""
        return next(self.values(path), "")

    def values(self, path: str) -> Iterator[str]:
        texts = (" ".join(node.text.split()) for node in self.all(path))
        return (text for text in texts if text)


class MarkupShape(NamedTuple):
    """What is read of a file: its root element, the elements that are records, and the paths that a loader consumes, attributes as `path@name`."""

    root: str
    records: frozenset[str]
    consumed: frozenset[str]


class MarkupBuilder:
    """Makes nodes of what expat reads, and counts under its path what the loader does not consume."""

    def __init__(self, shape: MarkupShape, losses: Counter[str], name: str) -> None:
        self.shape, self.losses, self.name = shape, losses, name
        self.open: list[MarkupNode] = []
        self.texts: list[list[str]] = []  # of each open element
        self.done: list[MarkupNode] = []
        self.depth_of_record = 0
        self.paths: dict[tuple[str, str], tuple[str, str]] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name, path = self.located(f"{self.open[-1].path}/" if self.open else "", tag)
        node = MarkupNode(name, path, self.counted(path, attributes) if attributes else attributes)
        if not self.open:
            self.check_root(node)
        elif self.depth_of_record:
            self.open[-1].children.append(node)
        elif path in self.shape.records:
            self.depth_of_record = len(self.open)
        self.open.append(node)
        self.texts.append([])
        if len(self.open) > DEEPEST:
            raise UnreadableList(f"{self.name}: elements are nested more than {DEEPEST} levels deep")

    def data(self, text: str) -> None:
        self.texts[-1].append(text)

    def end(self, tag: str) -> None:
        node = self.open.pop()
        node.text = "".join(self.texts.pop())
        if node.path not in self.shape.consumed and node.text.strip():
            self.losses[node.path] += 1
        if self.depth_of_record and len(self.open) == self.depth_of_record:
            self.depth_of_record = 0
            self.done.append(node)

    def check_root(self, node: MarkupNode) -> None:
        if node.name != self.shape.root:
            raise UnreadableList(f"{self.name}: the root element is {node.name}, and not {self.shape.root}")
        self.done.append(node)

    def located(self, before: str, tag: str) -> tuple[str, str]:
        """Name and path; each path is made once. `before`: what stands in front of the name in its path."""
        known = self.paths.get((before, tag))
        if known is None:
            name = tag.rpartition(" ")[2]
            known = self.paths[before, tag] = (name, before + name)
            if len(self.paths) > MOST_PATHS:
                raise UnreadableList(f"{self.name}: more than {MOST_PATHS:,} kinds of elements and attributes")
        return known

    def counted(self, path: str, attributes: dict[str, str]) -> dict[str, str]:
        """Attributes by their names without a namespace."""
        kept = {}
        for tag, value in attributes.items():
            name, located = self.located(f"{path}@", tag)
            kept[name] = value
            if value.strip() and located not in self.shape.consumed and not tag.startswith(INSTANCE):
                self.losses[located] += 1
        return kept


def records(file: BinaryIO, name: str, shape: MarkupShape, losses: Counter[str]) -> Iterator[MarkupNode]:
    """The root element with its attributes, and then each record. Raises UnreadableList with the line and the reason."""
    builder = MarkupBuilder(shape, losses, name)
    parser = parser_of(builder)
    size = 0
    while piece := file.read(PIECE):
        parse(parser, piece, name)
        size = 0 if builder.done else size + len(piece)
        if size > LARGEST_RECORD:
            raise UnreadableList(f"{name}, line {parser.CurrentLineNumber}: one entry has more than {LARGEST_RECORD // 10**6} MB")
        yield from builder.done
        builder.done.clear()
    parse(parser, None, name)
    yield from builder.done


def parser_of(builder: MarkupBuilder) -> expat.XMLParserType:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text, parser.buffer_size = True, PIECE
    parser.StartElementHandler, parser.EndElementHandler = builder.start, builder.end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = refuse_type(builder.name)
    return parser


def refuse_type(name: str) -> Callable[..., None]:
    def refuse(*declaration: object) -> None:
        raise UnreadableList(f"{name}: has a document type (DOCTYPE), which is not allowed")

    return refuse


def parse(parser: expat.XMLParserType, piece: bytes | None, name: str) -> None:
    """Reads a piece; None: the end."""
    try:
        parser.Parse(piece or b"", piece is None)
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code)
        message = f"is cut off ({reason})" if piece is None and reason in CUT_OFF else f"not well-formed XML: {reason}"
        raise UnreadableList(f"{name}, line {error.lineno}: {message}") from None
    except (ValueError, LookupError) as error:
        raise UnreadableList(f"{name}: not XML in a known encoding: {error}") from None


def root_of(head: bytes, name: str) -> str:
    """Name of the root element, of the beginning of a file."""
    roots: list[str] = []
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = lambda tag, attributes: roots.append(tag.rpartition(" ")[2])
    parser.StartDoctypeDeclHandler = refuse_type(name)
    try:
        parse(parser, head, name)
    except UnreadableList:
        if not roots:
            raise
    if not roots:
        raise UnreadableList(f"{name}: is cut off, or begins with no XML element in {len(head):,} bytes")
    return roots[0]
