"""CoNLL-2003: a token and its tag a line, a blank line between sentences, -DOCSTART- before each text.

Pure. Only words and marks over them: what stands between words is lost, and with it every position. Read are columns parted by
spaces or a tab, the token in the first one and the tag in the last one, in any of the schemes of `annotations.formats.conll.tags`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import BinaryIO

from annotations.formats.base import Losses, Option, Options, Unreadable
from annotations.formats.conll.tags import BARE, PREFIXES, check, chunks, rows, scheme_of, tags
from annotations.formats.files.line_by_line import refused
from annotations.formats.middle.flat import Flat, Mark

TITLE = "CoNLL-2003"
EXTENSION = ".conll"
MEDIA_TYPE = "text/plain; charset=utf-8"
OFFSETS = "None: words and sentences in order; an imported text has one space between words and one line per sentence."
HOLDS: frozenset[str] = frozenset()
READING: Options = {"scheme": Option("Tagging scheme; tags of other schemes are errors.", (*PREFIXES, BARE))}
DOCSTART = "-DOCSTART-"
SEPARATORS = {"space": " ", "tab": "\t"}
WRITING: Options = {
    "scheme": Option("Tagging scheme. Default: iob2.", tuple(PREFIXES)),
    "separator": Option("Column separator. Default: space.", tuple(SEPARATORS)),
}


def write(documents: Iterable[Flat], losses: Losses, options: Mapping[str, str]) -> Iterator[bytes]:
    """`options`: `scheme` (iob2, or another), `separator` (space, tab)."""
    scheme = scheme_of(options.get("scheme", "iob2"))
    if scheme == BARE:
        raise Unreadable("without prefixes, adjacent marks would become one")
    joint = SEPARATORS.get(options.get("separator", "space"), " ")
    for flat in documents:
        yield joint.join([DOCSTART, "-X-", "-X-", "O\n\n"]).encode()
        for tokens, tagged in rows(flat, losses):
            column = tags(len(tokens), tagged, scheme)
            lines = [
                joint.join([flat.text[start:end], "-X-", "_", tag]) for (start, end), tag in zip(tokens, column, strict=True)
            ]
            yield ("\n".join(lines) + "\n\n").encode()


class Conll2003Document:
    """What is known of a text while it is read."""

    def __init__(self, name: str, number: int, scheme: str | None) -> None:
        self.name, self.number, self.scheme = name, number, scheme
        self.sentences: list[list[tuple[str, str]]] = [[]]
        self.wrong: Unreadable | None = None

    def line(self, raw: bytes, number: int) -> None:
        self.wrong = self.wrong or refused(raw, f"{self.name}, line {number}", self.add)

    def add(self, line: str) -> None:
        if not line.strip():
            self.sentences.append([])
            return
        columns = line.split("\t") if "\t" in line else line.split(" ")
        columns = [column for column in columns if column]
        if len(columns) < 2:
            if not line.startswith("#"):
                raise Unreadable(f"should be a token and its tag, not {line[:60]!r}")
            return
        check(columns[-1], self.scheme)
        self.sentences[-1].append((columns[0], columns[-1]))

    def outcome(self) -> Flat | Unreadable | None:
        """None: there was nothing in it."""
        sentences = [sentence for sentence in self.sentences if sentence]
        if self.wrong or not sentences:
            return self.wrong
        pieces: list[str] = []
        flat = Flat("", location=f"{self.name}, text {self.number}", key=f"{self.name}-{self.number}")
        length = 0
        for sentence in sentences:
            places = []
            for word, _ in sentence:
                places.append((length, length + len(word)))
                length += len(word) + 1
            for first, last, label in chunks([tag for _, tag in sentence]):
                flat.marks.append(Mark(f"M{len(flat.marks) + 1}", label, [(places[first][0], places[last][1])]))
            pieces.append(" ".join(word for word, _ in sentence))
        flat.text = "\n".join(pieces)
        return flat


def read(file: BinaryIO, name: str, options: Mapping[str, str]) -> Iterator[Flat | Unreadable]:
    """`options`: `scheme`, to refuse what is not in it; `io` for labels without a prefix."""
    try:
        scheme = scheme_of(options["scheme"]) if options.get("scheme") else None
    except Unreadable as error:
        yield Unreadable(f"{name}: {error}")
        return
    document = Conll2003Document(name, 1, scheme)
    some = False
    for number, line in enumerate(file, 1):
        if line.removeprefix(b"\xef\xbb\xbf").startswith(DOCSTART.encode()):
            outcome = document.outcome()
            some = some or outcome is not None
            yield from [outcome] if outcome else []
            document = Conll2003Document(name, document.number + (outcome is not None), scheme)
        else:
            document.line(line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line, number)
    outcome = document.outcome()
    if outcome or not some:
        yield outcome or Unreadable(f"{name}: contains no words")
