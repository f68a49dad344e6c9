r"""CoNLL-U: a word a line, with what is marked in its last column: NER=B-ORG|Start=0|End=4.

Pure. White space is in that column too (SpaceAfter=No, SpacesAfter=\n, SpacesBefore of the first word), so that the text returns
exactly. Read are also the entities of GUM and CorefUD (Entity=, nested and in pieces), and words of several tokens.

Offset unit: Start and End are code points; they are written for people and checked on the way in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from annotations.formats.base import Losses
from annotations.formats.conll.read_conllu import read
from annotations.formats.conll.tags import rows, tags
from annotations.formats.middle.flat import Flat

__all__ = ["EXTENSION", "HOLDS", "MEDIA_TYPE", "OFFSETS", "TITLE", "read", "write"]

TITLE = "CoNLL-U"
EXTENSION = ".conllu"
MEDIA_TYPE = "text/plain; charset=utf-8"
OFFSETS = "Code points, in Start and End of the last column."
HOLDS: frozenset[str] = frozenset()
LINE = re.compile(r"\s+")


def write(documents: Iterable[Flat], losses: Losses, options: Mapping[str, str]) -> Iterator[bytes]:
    for number, flat in enumerate(documents, 1):
        yield "".join(f"{line}\n" for line in head(flat, number)).encode()
        before = 0
        for order, (tokens, tagged) in enumerate(rows(flat, losses), 1):
            end = tokens[-1][1]
            behind = end + len(flat.text[end:]) - len(flat.text[end:].lstrip())
            lines = [f"# sent_id = {order}", f"# text = {LINE.sub(' ', flat.text[tokens[0][0] : end])}"]
            column = tags(len(tokens), tagged, "iob2")
            ends = [*(start for start, _ in tokens[1:]), behind]
            for index, (start, stop) in enumerate(tokens):
                misc = [f"NER={column[index]}"] if column[index] != "O" else []
                misc += [f"Start={start}", f"End={stop}"]
                misc += [f"SpacesBefore={spaces(flat.text[before:start])}"] if not index and start > before else []
                misc += after(flat.text[stop : ends[index]], last=index == len(tokens) - 1)
                lines.append("\t".join([str(index + 1), flat.text[start:stop], *"_" * 7, "|".join(misc)]))
            before = behind
            yield ("\n".join(lines) + "\n\n").encode()


def head(flat: Flat, number: int) -> Iterator[str]:
    yield f"# newdoc id = {LINE.sub(' ', flat.key) or number}"
    if flat.title:
        yield f"# meta::title = {LINE.sub(' ', flat.title)}"


def after(white: str, *, last: bool) -> list[str]:
    """What stands behind a word: nothing is said of one space, but at the end of a sentence everything is."""
    if not white:
        return ["SpaceAfter=No"]
    return [] if white == " " and not last else [f"SpacesAfter={spaces(white)}"]


NAMED = {" ": "\\s", "\t": "\\t", "\n": "\\n", "\r": "\\r"}


def spaces(white: str) -> str:
    return "".join(NAMED.get(char, f"\\u{ord(char):04x}") for char in white)
