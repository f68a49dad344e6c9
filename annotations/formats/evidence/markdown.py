"""An evidence table in Markdown: a heading for each article, a block for each line, and the article in a footnote.

Pure. `heading` and `closing` among the options: the title of the table, and its last line. GitHub's footnotes; what the article or people wrote is literal, never markup. Positions are not in it.

    **1.** An unnamed manager told Daily NK that 170 workers had been forced to return to North Korea.

    > 170 were forced to return to the North in the middle of their contracts.  (with the marked words in bold)

    Source: “manager” · Daily NK, 4 September 2017 · Paragraph 1 · Rating C3
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from annotations.derived.document_view import DocumentView
from annotations.formats.base import BASES, FACTS, FRAGMENTS, LINES, Losses, Options
from annotations.formats.evidence.evidence_lines import seal, sentence, source_lines, statement
from annotations.formats.evidence.origins import footnote, made_on
from annotations.formats.evidence.selection import reported
from annotations.native.annotated import Annotated
from annotations.native.view import Object

TITLE = "Evidence table (Markdown)"
EXTENSION = ".md"
MEDIA_TYPE = "text/markdown"
OFFSETS = "None: sentences are quoted, and their paragraph is named"
TAKES = "native"
BASED = True  # says what lines rest on, and so do ledgers: wants `bases`
SEALED = True  # its rows can be looked at again: seals
DATED = True  # says on which day it was made
HOLDS = frozenset({FRAGMENTS, FACTS})
WRITING: Options = {"lines": LINES, "basis": BASES}

# An underscore inside a word and an ampersand before no name are none, and addresses are full of both.
MARKUP = re.compile(r"[\\`*\[\]<>|~$#{}!]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|&(?=#?[A-Za-z0-9]+;)")
# What would begin a list, a heading or a rule at the beginning of a line.
BEGINNING = re.compile(r"^(\s*)([-+=]|\d+(?=[.)]))")
LINE_END = re.compile("[\r\n]")


def write(documents: Iterable[Annotated], losses: Losses, options: Mapping[str, str]) -> Iterator[bytes]:
    day = made_on(options)
    yield f"# {literal(options.get('heading') or 'Evidence')}\n{f'{chr(10)}{day}{chr(10)}' if day else ''}".encode()
    line = 1
    for number, (view, records) in enumerate(reported(documents, losses, options), 1):
        yield "".join(section(view, records, number, line)).encode()
        line += len(records)
    if options.get("closing"):
        yield f"\n{literal(options['closing'])}\n".encode()


def section(view: DocumentView, records: list[Object], number: int, line: int) -> Iterator[str]:
    """`number`: of the article, for its footnote. `line`: of its first line."""
    yield f"\n## {literal(str(view.facts.get('title') or view.key))}[^{number}]\n"
    for index, record in enumerate(records, line):
        yield f"\n**{index}.** {literal(statement(view, record))}\n"
        yield f"\n> {quotation(view, record)}\n"
        # A comment: nobody reads it, but whoever copies the block takes it along.
        yield f"\n{' · '.join(map(literal, source_lines(view, record)))} <!-- {seal(view, record)} -->\n"
    yield f"\n[^{number}]: {literal(footnote(view))}\n"


def quotation(view: DocumentView, record: Object) -> str:
    """The sentence, its marked words in bold. A space at an edge of them would undo the bold; a mark has none there."""
    pieces = ((literal(words), is_mark) for words, is_mark in sentence(view, record))
    marked = "".join(f"**{words}**" if is_mark else words for words, is_mark in pieces)
    return BEGINNING.sub(r"\1\\\2", marked)


def literal(text: str) -> str:
    """Text that no reader of Markdown takes for anything else; line ends as character references."""
    return LINE_END.sub(lambda match: f"&#{ord(match[0])};", MARKUP.sub(r"\\\g<0>", text))
