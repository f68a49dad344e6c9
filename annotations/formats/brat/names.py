"""Names and line ends as brat wants them. Pure.

A name in brat has no spaces: other characters become "_", and the archive's labels.json says what was meant. A mark ends
where its line does: one that goes over a line end is written as a fragment for each line.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from annotations.formats.middle.flat import Fragment

SAFE = re.compile(r"[\w.\-]*[A-Za-z_.\-]")  # what ends in a digit would be taken for a numbered role
UNSAFE = re.compile(r"[^\w.\-]+")
LINE_END = re.compile(r"[\r\n]+")
TRIGGER = "Trigger"  # the role of the second and further triggers of an event


class WrittenNames:
    """Words of ours → names in the archive, each name for one word."""

    def __init__(self) -> None:
        self.names: dict[tuple[str, bool], str] = {}
        self.taken = {TRIGGER: ""}

    def name(self, word: str, *, role: bool = False) -> str:
        key = (word, role)
        if key not in self.names:
            safe = SAFE.fullmatch(word) if role else word and not UNSAFE.search(word)
            self.names[key] = self.free(word if safe else UNSAFE.sub("_", word) + "_", word)
        return self.names[key]

    def free(self, name: str, word: str) -> str:
        while self.taken.get(name, word) != word:
            name += "_"
        self.taken[name] = word
        return name

    def changed(self) -> dict[str, str]:
        """Name → word, where they differ."""
        return {name: word for (word, _), name in self.names.items() if name != word}


def numbered(ids: Iterable[str], letter: str) -> dict[str, str]:
    """Id → id of brat: kept where it is one, like T12."""
    known = list(ids)
    shape = re.compile(rf"{letter}[1-9][0-9]{{0,8}}")
    kept = {pk for pk in known if shape.fullmatch(pk)}
    names, number = {}, 0
    for pk in known:
        if pk in kept:
            names[pk] = pk
            continue
        number += 1
        while f"{letter}{number}" in kept:
            number += 1
        names[pk] = f"{letter}{number}"
    return names


class Folded:
    """Offsets of brat, for which CR LF is one character, and those in the text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.pairs = [match.start() for match in re.finditer("\r\n", text)]
        self.folds = [position - order for order, position in enumerate(self.pairs)]

    def fold(self, index: int) -> int:
        return index - bisect_left(self.pairs, index)

    def unfold(self, index: int) -> int:
        return index + bisect_left(self.folds, index)


def lines_of(text: str, fragments: Iterable[Fragment]) -> Iterator[Fragment]:
    """The fragments, parted where a line ends; what holds nothing but line ends is left out."""
    for start, end in fragments:
        position = start
        for line_end in LINE_END.finditer(text, start, end):
            if line_end.start() > position:
                yield position, line_end.start()
            position = line_end.end()
        if position < end:
            yield position, end
