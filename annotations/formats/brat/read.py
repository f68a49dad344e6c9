"""Reading brat standoff: archives of .txt with .ann (or .a1 and .a2), and a single .ann with its text in the option `text`. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any, BinaryIO
from urllib.parse import unquote

from annotations.formats.base import Unreadable
from annotations.formats.brat.names import TRIGGER, Folded, lines_of
from annotations.formats.files import strict_json
from annotations.formats.files.zipped import Archive, is_zip
from annotations.formats.middle.flat import Flat, FlatNote, Fragment, Frame, Mark, Object, Tie
from annotations.formats.middle.values import decode

LABELS = "labels.json"
DATABASE = "Attest"
ENDINGS = (".ann", ".a1", ".a2")
DIGITS = "0123456789"
PLACES = re.compile(r"(\S+) ([0-9]{1,9} [0-9]{1,9}(?:;[0-9]{1,9} [0-9]{1,9})*)")
LONGEST = 60  # of a quotation in a message


def read(file: BinaryIO, name: str, options: Mapping[str, str]) -> Iterator[Flat | Unreadable]:
    if is_zip(file):
        yield from unzipped(file, name)
        return
    text = options.get("text")
    if text is None:
        yield Unreadable(f"{name}: the text is missing: upload a ZIP with the .txt and the .ann, or give the option `text`")
        return
    yield page(file.read(), text, name, name, {})


def unzipped(file: BinaryIO, name: str) -> Iterator[Flat | Unreadable]:
    try:
        archive = Archive(file, name)
        meant = labels(archive)
    except Unreadable as error:
        yield error
        return
    for stem, endings in sorted(texts(archive.names).items()):
        try:
            yield document(archive, stem, endings, meant)
        except Unreadable as error:
            yield error


def texts(names: Iterable[str]) -> dict[str, list[str]]:
    """Path without its ending → the endings that there are."""
    by_stem: dict[str, list[str]] = {}
    for name in names:
        stem, dot, ending = name.rpartition(".")
        if dot and f".{ending}" in (".txt", *ENDINGS) and not stem.startswith("__MACOSX/"):
            by_stem.setdefault(stem, []).append(f".{ending}")
    return {stem: endings for stem, endings in by_stem.items() if set(endings) & set(ENDINGS)}


def labels(archive: Archive) -> dict[str, str]:
    if LABELS not in archive.names:
        return {}
    names = strict_json.load(archive.content(LABELS), archive.location(LABELS))
    if not isinstance(names, dict) or not all(isinstance(word, str) for word in names.values()):
        raise Unreadable(f"{archive.location(LABELS)}: should be an object of strings")
    return names


def document(archive: Archive, stem: str, endings: list[str], meant: Mapping[str, str]) -> Flat:
    if ".txt" not in endings:
        raise Unreadable(f"{archive.location(stem + endings[0])}: {stem}.txt is missing")
    location = archive.location(stem + ".txt")
    text = utf8(archive.content(stem + ".txt"), location)
    lines = b"\n".join(archive.content(stem + ending) for ending in ENDINGS if ending in endings)
    first = next(ending for ending in ENDINGS if ending in endings)
    read_page = page(lines, text, archive.location(stem + first), stem.rpartition("/")[2], meant)
    if isinstance(read_page, Unreadable):
        raise read_page
    return read_page


def utf8(content: bytes, location: str) -> str:
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        raise Unreadable(f"{location}: byte {error.start} is not UTF-8") from None
    strict_json.inspect(text, location)
    return text


def page(content: bytes, text: str, location: str, key: str, meant: Mapping[str, str]) -> Flat | Unreadable:
    try:
        return StandoffReader(text, location, key, meant).read(utf8(content, location))
    except Unreadable as error:
        return error


class StandoffReader:
    """One .ann file over its text."""

    def __init__(self, text: str, location: str, key: str, meant: Mapping[str, str]) -> None:
        self.flat = Flat(text, location=location, key=key)
        self.location, self.meant, self.length = location, meant, len(text)
        self.quotes: dict[str, tuple[str, str]] = {}  # id of a mark → where it stands in the file, and its words
        self.attributes: dict[str, Object] = {}
        self.whole: dict[str, list[Fragment]] = {}
        self.readers = {"T": self.mark, "E": self.event, "R": self.relation, "*": self.chain, "A": self.attribute,
                        "M": self.attribute, "N": self.reference, "#": self.comment}  # fmt: skip

    def read(self, content: str) -> Flat:
        for number, line in enumerate(re.split("\r\n|[\r\n]", content), 1):
            if line.strip():
                self.line(line, f"{self.location}, line {number}")
        self.settle()
        self.say()
        for problem in self.flat.check():
            raise Unreadable(f"{self.location}: {problem}")
        return self.flat

    def line(self, line: str, location: str) -> None:
        pk, *rest = line.split("\t", 2)
        reader = self.readers.get(pk[:1])
        if reader is None or not rest:
            raise Unreadable(f"{location}: not a brat annotation: {line[:LONGEST]!r}")
        try:
            reader(pk, rest[0].strip(), rest[1] if len(rest) > 1 else "", location)
        except (TypeError, ValueError) as error:
            reason = str(error) if isinstance(error, Unreadable) else f"{location}: {pk} is not valid in brat: {line[:LONGEST]!r}"
            raise Unreadable(reason) from None

    def word(self, name: str) -> str:
        return self.meant.get(name, name)

    # Lines; a ValueError says that one is misshapen

    def mark(self, pk: str, data: str, tail: str, location: str) -> None:
        match = PLACES.fullmatch(data)
        if not match:
            raise ValueError
        pairs = [part.split() for part in match[2].split(";")]
        fragments = sorted((int(start), int(end)) for start, end in pairs)
        self.quotes[pk] = (location, tail)
        self.flat.marks.append(Mark(pk, self.word(match[1]), fragments))

    def event(self, pk: str, data: str, tail: str, location: str) -> None:
        (name, trigger), *arguments = (part.split(":") for part in data.split())
        frame = Frame(pk, self.word(name), [trigger])
        for role, filler in arguments:
            stem = role.rstrip(DIGITS) or role
            if stem == TRIGGER:
                frame.triggers.append(filler)
            else:
                frame.arguments.append((self.word(stem), filler))
        self.flat.frames.append(frame)

    def relation(self, pk: str, data: str, tail: str, location: str) -> None:
        name, *ends = data.split()
        (_, source), (_, target) = (end.split(":") for end in ends)
        self.flat.ties.append(Tie(self.word(name), source, target, id=pk))

    def chain(self, pk: str, data: str, tail: str, location: str) -> None:
        name, *members = data.split()
        chains = {tie.id for tie in self.flat.ties if tie.id.startswith("*")}
        pairs = pairwise(members)
        self.flat.ties += [Tie(self.word(name), a, b, id=f"*{len(chains) + 1}") for a, b in pairs]

    def attribute(self, pk: str, data: str, tail: str, location: str) -> None:
        name, target, *value = data.split(" ", 2)
        self.put(target, self.word(name), decode(value[0]) if value else True)

    def put(self, target: str, name: str, value: Any) -> None:
        known = self.attributes.setdefault(target, {})
        if name in known:
            earlier = known[name] if isinstance(known[name], list) else [known[name]]
            value = [*earlier, value]
        known[name] = value

    def reference(self, pk: str, data: str, tail: str, location: str) -> None:
        """The first entity that a mark refers to is its entity; others are kept beside it."""
        _, target, reference = data.split(" ", 2)
        database, _, name = reference.partition(":")
        entity = unquote(name) if database == DATABASE else reference
        if "entity" in self.attributes.get(target, {}):
            self.put(target, "reference", [entity, tail])
        else:
            self.put(target, "entity", entity)
            self.put(target, "entity.name", tail)

    def comment(self, pk: str, data: str, tail: str, location: str) -> None:
        kind, target = data.split()
        about = None if target == "T0" else target
        if kind == "Fragments":
            pairs = strict_json.load(tail, location)
            self.whole[target] = [(min(int(start), self.length), min(int(end), self.length)) for start, end in pairs]
        elif kind == "Document" and about is None:
            self.facts(strict_json.load(tail, location), location)
        elif kind == "NoteJSON":
            self.flat.notes.append(FlatNote(str(strict_json.load(tail, location)), about))
        else:
            self.flat.notes.append(FlatNote(tail, about))

    def facts(self, stated: Any, location: str) -> None:
        if not isinstance(stated, dict) or not isinstance(stated.get("facts", {}), dict):
            raise Unreadable(f"{location}: Document should be an object")
        self.flat.title, self.flat.annotator = str(stated.get("title", "")), str(stated.get("annotator", ""))
        self.flat.facts = stated.get("facts", {})
        self.flat.key = str(stated.get("key", self.flat.key))

    # When all lines are read

    def settle(self) -> None:
        """Offsets as the quotations say: CR LF as one character, as brat counts, or as two."""
        folded = Folded(self.flat.text)
        for way in (folded.unfold, int):
            moved = {mark.id: [(way(start), way(end)) for start, end in mark.fragments] for mark in self.flat.marks}
            wrong = next((mark for mark in self.flat.marks if not self.quoted(mark.id, moved[mark.id])), None)
            if wrong is None:
                break
        if wrong is not None:
            location, words = self.quotes[wrong.id]
            actual = self.flat.quote(wrong)
            raise Unreadable(f"{location}: {wrong.id} quotes {words[:LONGEST]!r}; the text has {actual[:LONGEST]!r} there")
        for mark in self.flat.marks:
            own = self.whole.get(mark.id)
            same = own and list(lines_of(self.flat.text, own)) == moved[mark.id]
            mark.fragments = own if own and same else moved[mark.id]

    def quoted(self, pk: str, fragments: list[Fragment]) -> bool:
        """Whether these are the words that stand in the line. Some programs fold white space."""
        words = " ".join(self.flat.text[start:end] for start, end in fragments)
        quote = self.quotes[pk][1]
        return not quote or words == quote or words.split() == quote.split()

    def say(self) -> None:
        targets: dict[str, Mark | Frame | Tie] = {tie.id: tie for tie in self.flat.ties}
        targets |= {mark.id: mark for mark in self.flat.marks}
        targets |= {frame.id: frame for frame in self.flat.frames}
        for target, attributes in self.attributes.items():
            if target not in targets:
                raise Unreadable(f"{self.location}: an attribute of {target}, which does not exist")
            targets[target].attributes = attributes
