"""Markdown: headings, paragraphs, list entries, tables and code as blocks of text; what marks them up is no text.

CommonMark as far as articles use it, line by line, in time that grows with the length. Of front matter only title, author, date,
language and publisher are read, each a hint. HTML inside loses its tags, scripts and styles go with what they hold.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from corpus.readers import text
from corpus.readers.charset import media_type
from corpus.readers.extracted import Known, Record, UnreadableError
from corpus.text.storable import storable

TITLE = "Markdown"
VERSION = "1"

_NAMES = (".md", ".markdown", ".mdown", ".mkd")
_FRONT_LINES = 200
_FRONT = {
    "title": "title",
    "author": "byline",
    "date": "published",
    "lang": "language",
    "language": "language",
    "publisher": "outlet",
    "outlet": "outlet",
}
_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]+|$)")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*+")
_RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*+){3,}|(?:_[ \t]*+){3,}|(?:-[ \t]*+){3,})")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_QUOTE = re.compile(r"(?: {0,3}> ?)+")
_BULLET = re.compile(r"[ \t]*+[-*+][ \t]+")
_NUMBERED = re.compile(r"[ \t]*+(?=\d{1,9}[.)][ \t])")
_DEFINITION = re.compile(r" {0,3}\[[^\[\]]{1,200}+\]:[ \t]*+\S+")
_FOOTNOTE = re.compile(r" {0,3}\[\^([^\[\]\s]{1,50}+)\]:[ \t]*+")
_DASHES = set("-:| \t")
_PICTURE = re.compile(r"!\[([^\[\]]{0,1000}+)\]\([^()\n]{0,2000}+\)")
_HIDDEN = re.compile(r"<(!--|script\b|style\b)", re.IGNORECASE)
_ENDS = {
    "!--": re.compile(r"-->"),
    "script": re.compile(r"</script[^<>]{0,100}+>", re.IGNORECASE),
    "style": re.compile(r"</style[^<>]{0,100}+>", re.IGNORECASE),
}
_TARGET = r"(?:\([^()\n]{0,2000}+(?:\([^()\n]{0,500}+\)[^()\n]{0,500}+)?\)|\[[^\[\]]{0,200}+\])"
_INLINE = re.compile(
    rf"""\\(?P<escaped>[!-/:-@\[-`{{-~])
|(?P<ticks>`{{1,3}}+)(?P<code>[^`\n]{{1,2000}}+)(?P=ticks)
|!\[(?P<alt>[^\[\]]{{0,1000}}+)\]{_TARGET}
|\[\^(?P<note>[^\[\]\s]{{1,50}}+)\]
|\[(?P<link>[^\[\]]{{1,1000}}+)\]{_TARGET}
|<(?P<address>(?:https?|mailto):[^<>\s]{{1,2000}}+)>
|(?P<tag></?[A-Za-z][^<>\n]{{0,1000}}+>)
|(?<![\w*])\*{{3}}(?=[^\s*])(?P<both>[^*]{{1,2000}}+)(?<=\S)\*{{3}}(?![\w*])
|(?<![\w*])\*\*(?=[^\s*])(?P<strong>(?:[^*]|\*(?!\*)){{1,2000}}+)(?<=\S)\*\*(?!\w)
|(?<![\w*])\*(?=[^\s*])(?P<stressed>[^*]{{1,2000}}+)(?<=\S)\*(?![\w*])
|(?<!\w)__(?=\S)(?P<bold>(?:[^_]|_(?!_)){{1,2000}}+)(?<=\S)__(?!\w)
|(?<!\w)_(?=[^\s_])(?P<slanted>(?:[^_]|(?<=\w)_(?=\w)){{1,2000}}+)(?<=\S)_(?!\w)
|~~(?=\S)(?P<struck>[^~]{{1,2000}}+)~~""",
    re.VERBOSE,
)
_NESTED = ("link", "both", "strong", "stressed", "bold", "slanted")
_LITERAL = ("escaped", "code", "address")
DEPTH = 4  # of emphasis in emphasis


@dataclass(slots=True)
class MarkdownBlocks:
    """Blocks as (kind, text); `lines` of the one that is being read."""

    blocks: list[tuple[str, str]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    def close(self) -> None:
        if self.lines:
            self.add(joined(self.lines))
            self.lines = []

    def add(self, words: str, kind: str = "") -> None:
        picture = _PICTURE.fullmatch(words.strip())
        plain = inline(picture[1] if picture else words).strip()
        if plain:
            self.blocks.append(("caption" if picture else kind, plain))

    def heading(self, words: str) -> None:
        """The first one is the title if nothing is before it."""
        self.close()
        self.add(words, "" if self.blocks else "title")

    def verbatim(self, lines: list[str]) -> None:
        code = "\n".join(line.rstrip() for line in lines).strip("\n")
        if code.strip():
            self.blocks.append(("", code))


def claims(data: bytes, name: str, kind: str = "") -> bool:
    """By its name or media type: any text is Markdown."""
    return name.lower().endswith(_NAMES) or media_type(kind) in {"text/markdown", "text/x-markdown"}


def read(data: bytes, name: str, url: str, kind: str = "") -> Iterator[Record]:
    """One record. Raises UnreadableError as for plain text, and for a file without text."""
    (record,) = text.read(data, name, url, kind)
    facts, body = front_matter(record.raw_text)
    blocks = blocks_of(without_hidden(body))
    if not blocks:
        raise UnreadableError("it contains no text")
    title = facts.pop("title", "") or next((words for mark, words in blocks[:1] if mark == "title"), "")
    yield replace(
        record,
        raw_text=storable("\n\n".join(words for _, words in blocks) + "\n"),
        known=known_spans(blocks),
        reader="markdown",
        reader_version=VERSION,
        title=title[:1000],
        **facts,
    )


def front_matter(words: str) -> tuple[dict[str, Any], str]:
    """What lines of `name: value` between --- say of the article, and the text behind them."""
    lines = words.removeprefix("\ufeff").splitlines()
    ends = [at for at, line in enumerate(lines[1:_FRONT_LINES], 1) if line.rstrip() in {"---", "..."}]
    if not lines or lines[0].rstrip() != "---" or not ends:
        return {}, words
    facts: dict[str, str] = {}
    for line in lines[1 : ends[0]]:
        name, _, value = line.partition(":")
        value = value.strip().strip("\"'").strip()[:1000]
        column = _FRONT.get(name.strip().lower())
        if column and value and (column != "published" or is_day(value)):
            facts.setdefault(column, value)
    return facts | ({"published_basis": "stated"} if "published" in facts else {}), "\n".join(lines[ends[0] + 1 :])


def without_hidden(words: str) -> str:
    """The text without comments, scripts and styles. An end that is missing is looked for once, so that the time stays linear."""
    pieces, at, endless = [], 0, set()
    while opening := _HIDDEN.search(words, at):
        kind = opening[1].lower()
        end = None if kind in endless else _ENDS[kind].search(words, opening.end())
        if end is None:
            endless.add(kind)
        pieces.append(words[at : opening.start() if end else opening.end()])
        at = end.end() if end else opening.end()
    return "".join([*pieces, words[at:]])


def is_day(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def blocks_of(words: str) -> list[tuple[str, str]]:
    into, lines = MarkdownBlocks(), iter(words.splitlines())
    for line in lines:
        fence = _FENCE.match(line)
        if fence:
            into.close()
            into.verbatim(list(until_fence(lines, fence[1])))
        else:
            add_line(into, line)
    into.close()
    return into.blocks


def until_fence(lines: Iterator[str], fence: str) -> Iterator[str]:
    for line in lines:
        if line.strip().startswith(fence) and not line.strip().strip(fence[0]):
            return
        yield line


def add_line(into: MarkdownBlocks, line: str) -> None:
    """One line that is no code: what it begins, ends or goes on with."""
    if quote := _QUOTE.match(line):
        line = line[quote.end() :]
    if into.lines and _UNDERLINE.fullmatch(line):
        words, into.lines = joined(into.lines), []
        into.heading(words)
    elif not line.strip() or _RULE.fullmatch(line):
        into.close()
    elif heading := _HEADING.match(line):
        into.heading(re.sub(r"[ \t]#+$", "", line[heading.end() :].rstrip()))
    elif footnote := _FOOTNOTE.match(line):
        into.close()
        into.lines = [f"[{footnote[1]}] {line[footnote.end() :]}"]
    elif _DEFINITION.match(line) and not into.lines:
        return
    elif entry := _BULLET.match(line) or _NUMBERED.match(line):
        into.close()
        into.lines = [line[entry.end() :]]
    elif line.lstrip().startswith("|"):
        add_row(into, line)
    else:
        into.lines.append(line)


def add_row(into: MarkdownBlocks, line: str) -> None:
    """A row of a table: its cells in one line; the line of dashes is none."""
    into.close()
    if not ("-" in line and set(line) <= _DASHES):
        into.add(" | ".join(cell.strip() for cell in line.strip().strip("|").split("|")))


def joined(lines: list[str]) -> str:
    """The lines of a paragraph as one, but for breaks that are marked: two spaces or a backslash at the end."""
    words = ""
    for line in lines:
        is_broken = line.endswith(("  ", "\\"))
        words += line.strip().removesuffix("\\" if is_broken else "").rstrip() + ("\n" if is_broken else " ")
    return words.strip()


def inline(words: str, depth: int = 0) -> str:
    """The text without the marks of emphasis, links, pictures, code and HTML. What is struck out is no text."""
    pieces, at = [], 0
    for match in _INLINE.finditer(words):
        pieces += [html.unescape(words[at : match.start()]), replacement(match, depth)]
        at = match.end()
    return "".join([*pieces, html.unescape(words[at:])])


def replacement(match: re.Match[str], depth: int) -> str:
    for name in _NESTED:
        if match[name] is not None:
            return inline(match[name], depth + 1) if depth < DEPTH else match[name]
    if match["note"] is not None:
        return f"[{match['note']}]"
    return next((match[name] for name in (*_LITERAL, "alt") if match[name] is not None), "")


def known_spans(blocks: list[tuple[str, str]]) -> tuple[Known, ...]:
    spans, at = [], 0
    for kind, words in blocks:
        if kind:
            spans.append(Known(kind, at, at + len(words)))
        at += len(words) + 2
    return tuple(spans)
