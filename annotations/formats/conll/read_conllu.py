"""Reading CoNLL-U: the text from its words and white space, the marks from NER= or Entity= in the last column.

Pure. Entity= is as in GUM and CorefUD: (1-organization-new … 1), nested, crossing, and in pieces (1[1/2]). What its parts are
called stands in `# global.Entity`; the part `etype` is the label, others become attributes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

from annotations.formats.base import Unreadable
from annotations.formats.conll.tags import chunks
from annotations.formats.files.line_by_line import refused
from annotations.formats.middle.flat import Flat, Fragment, Mark, Object

NUMBER = re.compile(r"\d{1,9}")
RANGE = re.compile(r"(\d{1,9})-(\d{1,9})")
EMPTY = re.compile(r"\d+\.\d+")
SPACE = re.compile(r"\\(s|t|n|r|p|\\|u[0-9a-fA-F]{4})")
WHITE = {"s": " ", "t": "\t", "n": "\n", "r": "\r", "p": "|", "\\": "\\"}
BRACKET = re.compile(r"[()]|[^()]+")
PIECE = re.compile(r"(.+)\[(\d+)/(\d+)\]")
PIECE_NUMBER = re.compile(r"\[\d+/\d+\]")
PARTS = "GRP-etype"
FARTHEST = 1_000_000  # code points between two words


@dataclass
class ConlluWord:
    position: Fragment
    misc: dict[str, str]


@dataclass
class Cover:
    """A token of several words: don't = do + n't, au = à + le. `start` moves on behind the words that are seen in it."""

    last: int
    start: int
    end: int
    rest: str

    def part(self, form: str) -> Fragment:
        """Where a word lies in it; the rest of the token where it is not spelt out."""
        if not self.rest.startswith(form):
            return min(self.start, self.end - 1), self.end
        start, self.start, self.rest = self.start, self.start + len(form), self.rest[len(form) :]
        return start, self.start


@dataclass
class Mention:
    """An entity while it is read: its pieces, and of how many it consists."""

    bracketed: str
    pieces: list[Fragment] = field(default_factory=list)
    many: int = 1


def read(file: BinaryIO, name: str, options: Mapping[str, str]) -> Iterator[Flat | Unreadable]:
    document = ConlluDocument(name, 1)
    some = False
    for number, line in enumerate(file, 1):
        raw = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
        if raw.startswith(b"# newdoc") and (outcome := document.outcome()):
            some = True
            yield outcome
            document = ConlluDocument(name, document.number + 1)
        document.line(raw, number)
    outcome = document.outcome()
    if outcome or not some:
        yield outcome or Unreadable(f"{name}: contains no words")


class ConlluDocument:
    def __init__(self, name: str, number: int) -> None:
        self.name, self.number = name, number
        self.flat = Flat("", location=f"{name}, text {number}", key=f"{name}-{number}")
        self.pieces: list[str] = []
        self.length = 0
        self.sentence: list[ConlluWord] = []
        self.white: str | None = ""  # behind the last word; None: not said
        self.cover: Cover | None = None  # the token of several words that is being read
        self.open: dict[str, list[tuple[int, Mention]]] = {}
        self.mentions: list[Mention] = []
        self.unfinished: dict[str, Mention] = {}
        self.parts = PARTS.split("-")
        self.wrong: Unreadable | None = None
        self.some = False

    def line(self, raw: bytes, number: int) -> None:
        self.wrong = self.wrong or refused(raw, f"{self.name}, line {number}", self.add)

    def add(self, line: str) -> None:
        if not line.strip():
            self.end_sentence()
        elif line.startswith("#"):
            self.comment(line)
        else:
            self.token(line.split("\t"))

    def comment(self, line: str) -> None:
        name, _, value = (part.strip() for part in line.removeprefix("#").partition("="))
        if name == "newdoc id" and value:
            self.flat.key = value
        elif name == "meta::title":
            self.flat.title = value
        elif name == "global.Entity":
            self.parts = value.split("-")

    # Words

    def token(self, columns: list[str]) -> None:
        if len(columns) != 10:
            raise Unreadable(f"should have 10 columns, not {len(columns)}")
        name, form = columns[:2]
        misc = dict(entry.split("=", 1) for entry in columns[9].split("|") if "=" in entry)
        if EMPTY.fullmatch(name):
            return
        match = RANGE.fullmatch(name)
        if not match and not NUMBER.fullmatch(name):
            raise Unreadable(f"{name[:40]!r} is not a word number")
        if not form:
            raise Unreadable(f"the word {name} is empty")
        if match:
            start, end = self.position(form, misc)
            self.cover = Cover(int(match[2]), start, end, form)
            return
        if self.cover and int(name) <= self.cover.last:
            fragment = self.cover.part(form)
        else:
            self.cover, fragment = None, self.position(form, misc)
        self.sentence.append(ConlluWord(fragment, misc))
        self.entities(misc.get("Entity", ""))

    def position(self, form: str, misc: dict[str, str]) -> Fragment:
        """Puts the word at the end of the text, and keeps what stands behind it."""
        before = self.white if self.white is not None else " " if self.sentence else "\n"
        before += white(misc.get("SpacesBefore", ""))
        if NUMBER.fullmatch(misc.get("Start", "")):
            before = self.gap(int(misc["Start"]) - self.length, before)
        start = self.length + len(before)
        self.pieces += [before, form]
        self.length = start + len(form)
        if NUMBER.fullmatch(misc.get("End", "")) and int(misc["End"]) != self.length:
            raise Unreadable(f"{form[:40]!r} ends at {self.length}, not at {misc['End']}")
        after = misc.get("SpacesAfter")
        self.white = "" if misc.get("SpaceAfter") == "No" else white(after) if after is not None else None
        return start, self.length

    def gap(self, least: int, before: str) -> str:
        """White space of the length that the position asks for."""
        if not 0 <= least <= FARTHEST:
            raise Unreadable(f"Start={self.length + least} is not valid after {self.length} characters")
        return before if len(before) == least else (" " if self.sentence or not self.pieces else "\n") * least

    def end_sentence(self) -> None:
        if not self.sentence:
            return
        self.some = True
        column = [word.misc.get("NER", "O") for word in self.sentence]
        for first, last, label in chunks(column):
            self.mark(label, [(self.sentence[first].position[0], self.sentence[last].position[1])], {})
        self.sentence, self.cover = [], None

    def mark(self, label: str, pieces: list[Fragment], attributes: Object) -> None:
        self.flat.marks.append(Mark(f"M{len(self.flat.marks) + 1}", label, pieces, attributes))

    # Entities

    def entities(self, brackets: str) -> None:
        opened, bracketed = False, ""
        for piece in BRACKET.findall(brackets):
            if piece == ")":
                self.end(bracketed.split("-", 1)[0] if opened else bracketed)
            elif piece != "(" and opened:
                self.begin(piece)
            opened, bracketed = piece == "(" or (opened and piece != ")"), piece

    def begin(self, bracketed: str) -> None:
        group = bracketed.split("-", 1)[0]
        piece = PIECE.fullmatch(group)
        mention = self.unfinished.get(piece[1]) if piece and piece[2] != "1" else None
        if mention is None:
            mention = Mention(bracketed, many=int(piece[3]) if piece else 1)
            self.mentions.append(mention)
            if piece:
                self.unfinished[piece[1]] = mention
        self.open.setdefault(group, []).append((self.sentence[-1].position[0], mention))

    def end(self, group: str) -> None:
        if not self.open.get(group):
            raise Unreadable(f"the entity {group[:40]!r} ends but does not begin")
        start, mention = self.open[group].pop()
        mention.pieces.append((start, self.sentence[-1].position[1]))

    def entity(self, mention: Mention) -> None:
        values = dict(zip(self.parts, mention.bracketed.split("-", len(self.parts) - 1), strict=False))
        group = values.pop("GRP", values.pop("eid", ""))
        label = values.pop("etype", "") or "entity"
        others = {name: value for name, value in values.items() if value not in ("", "_")}
        self.mark(label, sorted(mention.pieces), {"group": PIECE_NUMBER.sub("", group)} | others)

    def outcome(self) -> Flat | Unreadable | None:
        """None: there was nothing in it."""
        if self.wrong:
            return self.wrong
        self.end_sentence()
        if not self.some:
            return None
        unclosed = [group for group, mentions in self.open.items() if mentions]
        if unclosed:
            return Unreadable(f"{self.flat.location}: the entity {unclosed[0][:40]!r} begins but does not end")
        for mention in self.mentions:
            self.entity(mention)
        self.flat.text = "".join([*self.pieces, self.white or ""])
        try:
            return self.flat.sound()
        except Unreadable as error:
            return error


def white(escaped: str) -> str:
    return SPACE.sub(lambda match: WHITE.get(match[1]) or chr(int(match[1][1:], 16)), escaped)
