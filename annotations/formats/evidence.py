"""An evidence table in Markdown: a heading, a table and a footnote for each article.

Pure. GitHub's tables and footnotes; what the article or people wrote is literal, never markup. Positions are not in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from annotations.formats.annotated import Annotated
from annotations.formats.columns import Column
from annotations.formats.documentview import DocumentView
from annotations.formats.evidencelines import COLUMNS, footnote, seal
from annotations.formats.flat import FACTS, FRAGMENTS
from annotations.formats.losses import Losses
from annotations.formats.reporting import reported
from annotations.nativeview import Object
from corpus.cells import cell

TITLE = "Evidence table (Markdown)"
EXTENSION = ".md"
MEDIA_TYPE = "text/markdown"
OFFSETS = "None: words are quoted, and their paragraph is named"
TAKES = "native"
SEALED = True  # its rows can be looked at again: seals
HOLDS = frozenset({FRAGMENTS, FACTS})

# An underscore inside a word and an ampersand before no name are none, and addresses are full of both.
MARKUP = re.compile(r"[\\`*\[\]<>|~$#{}!]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|&(?=#?[A-Za-z0-9]+;)")
LINE_END = re.compile("[\r\n]")
LATER = ("footnote", "start", "end", "id", "seal")  # columns for machines, and what stands below
SHOWN = tuple(column for column in COLUMNS if column.name not in LATER)


def write(documents: Iterable[Annotated], losses: Losses, options: Mapping[str, str]) -> Iterator[bytes]:
    yield b"# Evidence\n"
    for number, (view, items) in enumerate(reported(documents, losses, options), 1):
        yield "".join(section(view, items, number)).encode()


def section(view: DocumentView, items: list[Object], number: int) -> Iterator[str]:
    yield f"\n## {literal(str(view.facts.get('title') or view.key))}\n\n"
    yield f"| {' | '.join(['No.', *(heading(column) for column in SHOWN)])} |\n"
    yield f"|--:{'|---' * len(SHOWN)}|\n"
    for place, item in enumerate(items, 1):
        cells = [literal(shown(column, view, item)) for column in SHOWN]
        cells[0] += f"[^{number}]"
        # A comment: nobody reads it, but whoever copies the row takes it along.
        yield f"| {' | '.join([str(place), *cells])} <!-- {seal(view, item)} --> |\n"
    yield f"\n[^{number}]: {literal(footnote(view))}\n"


def heading(column: Column) -> str:
    return column.name.capitalize()


def shown(column: Column, view: DocumentView, item: Object) -> str:
    value = column.value(view, item)
    return value if isinstance(value, str) else cell(value)


def literal(text: str) -> str:
    """Text that no reader of Markdown takes for anything else; line ends as character references."""
    return LINE_END.sub(lambda found: f"&#{ord(found[0])};", MARKUP.sub(r"\\\g<0>", text))
