"""A page of the web: the article in it, without what stands around it, and what it says of itself.

trafilatura finds the main text. We add what it leaves out and a report needs: the title as the first
block, captions of pictures at their places, the day of publication with how it is known. Nothing of
the page is ever shown as HTML: text is all that is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from typing import Any

import trafilatura
from lxml.etree import ParserError, strip_elements
from lxml.html import HTMLParser, document_fromstring
from trafilatura.settings import Document as Extracted

from corpus.readers import text as plain
from corpus.readers.charset import Decision, charset, declared, media_type
from corpus.readers.extracted import Known, Record, UnreadableError
from corpus.readers.pagefacts import Facts, facts_of
from corpus.text.storable import storable

TITLE = "Web page"
VERSION = "1"

# What may stand before the first element. Nothing in it is tried twice, so that many comments take no longer than one long one.
PROLOG = rb"(?:\s++|<\?xml[^>]*+>|<!--(?:[^-]++|-(?!->))*+-->)*+"
_ELEMENTS = """
html head body meta title link style script base article section main header footer nav aside div p h[1-6] hgroup address blockquote pre
center font span a b i em strong u s small big sub sup br hr img picture figure figcaption ul ol li dl dt dd menu table caption thead tbody tr td th
form input button select label fieldset noscript iframe object frameset frame noframes details summary template svg video audio
"""
_BEGIN = re.compile(PROLOG + rb"<(?:!doctype\s+html|" + "|".join(_ELEMENTS.split()).encode() + rb")(?=[\s/>])", re.IGNORECASE)
_TAG = re.compile(rb"<(?:[a-z][a-z0-9]*+[\s/>]|!doctype|!--)", re.IGNORECASE)
_TYPES = ("text/html", "application/xhtml+xml")
_NAMES = (".html", ".htm", ".xhtml", ".shtml")
_DECLARED = re.compile(rb"<meta[^>]{0,200}charset\s*+=\s*+[\"']?\s*+([A-Za-z0-9_.:-]{2,30})", re.IGNORECASE)
_FIRST = 4096
# A caption is longer than a name and shorter than a paragraph.
CAPTION_MAX = 600
MOST_ATTRIBUTES = 500
_MANY = re.compile(r"(<[a-zA-Z][^\s<>/]*+)([^<>]{2000,}+)")
FEW = 2
# Blocks that may stand before the article on a short page.
BEFORE = 50
# Elements of trafilatura's tree, and of HTML, that are blocks themselves.
BLOCKS = {
    *"p head list quote table div code h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre article section main header footer nav aside".split(),
    *"address center hr hgroup details summary fieldset caption item row cell tr td th tbody thead".split(),
}
UNSEEN = ("script", "style", "noscript", "template", "svg", "img", "iframe", "object", "video", "audio", "form", "figure")
# Where captions stand, and what they stand beside.
CAPTIONED = ("p", "h1", "h2", "h3", "h4", "li", "blockquote", "figcaption")
# Pictures in these, within an article, belong to something else.
ELSEWHERE = {"a", "aside", "li", "nav", "footer"}

Block = tuple[str, str]
"""Kind ("" for ordinary text, "title", "caption"), and its text without blank lines."""


def claims(data: bytes, name: str, kind: str = "") -> bool:
    """What begins with a tag; and what is declared or named to be a page, if there is any tag in it."""
    head = data[:_FIRST]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", "ignore").encode()
    if _BEGIN.match(head.removeprefix(b"\xef\xbb\xbf")):
        return True
    is_page = media_type(kind) in _TYPES or name.lower().endswith(_NAMES)
    return is_page and bool(_TAG.search(data.replace(b"\x00", b"")))


def read(data: bytes, name: str, url: str, kind: str = "") -> Iterator[Record]:
    """One record. Raises UnreadableError where no article can be made out."""
    html, encoding, basis = decode(data, charset(kind))
    yield record_of(data, html, name=name, url=url, encoding=encoding, basis=basis)


def record_of(raw: bytes, html: str, *, name: str, url: str, encoding: str, basis: str) -> Record:
    """The record of a page that is decoded already. Raises UnreadableError."""
    tree = tree_of(html)
    facts = facts_of(tree, url)
    extraction = trafilatura.bare_extraction(deepcopy(tree), url=url or None, include_comments=False, with_metadata=False)
    body = list(blocks(extraction.body)) if isinstance(extraction, Extracted) else []
    if len(body) < FEW:
        hidden = [words for node in tree.iter("noscript") if (words := same(line_of(node)))]
        body = [block for block in body if not any(words in same(block[1]) for words in hidden)]
        body = told_apart(body, list(all_blocks(tree)))
    if not body:
        raise UnreadableError(why_empty(tree))
    raw_text, known = joined(with_title(without_byline(with_captions(body, tree), facts), facts))
    return Record(
        raw=raw,
        raw_text=storable(raw_text),
        known=known,
        encoding=encoding,
        encoding_basis=basis,
        reader="html",
        reader_version=f"{VERSION} (trafilatura {trafilatura.__version__})",
        name=name,
        url=facts.url or url,
        claimed=facts.claimed,
        title=facts.title,
        byline=facts.byline,
        outlet=facts.outlet,
        language=facts.language,
        published=facts.published,
        published_basis=facts.published_basis,
    )


def tree_of(html: str) -> Any:
    """Of lxml. Raises UnreadableError for a page without any element, and for one that is nested deeper than is read."""
    parser = HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False, default_doctype=False, huge_tree=True
    )
    try:
        tree = document_fromstring(_MANY.sub(lean, html).encode(), parser=parser)
    except (ParserError, ValueError) as error:
        raise UnreadableError("the page is empty") from error
    if any("depth" in one.message for one in parser.error_log.filter_from_fatals()):
        raise UnreadableError("its elements are nested too deeply")
    return tree


def lean(tag: re.Match[str]) -> str:
    """A tag without its attributes where it has more of them than any page has: the parser compares each with all others."""
    return tag[1] if tag[2].count("=") > MOST_ATTRIBUTES else tag[0]


def told_apart(body: list[Block], everything: list[Block]) -> list[Block]:
    """Of a short page trafilatura gives several blocks as one: these, as they stand among all that the page shows."""
    if not body or not everything:
        return body or everything
    opening, plain = same(body[0][1]), [same(content) for _, content in everything]
    for first in range(min(len(plain), BEFORE)):
        at, behind = 0, first
        while behind < len(plain) and opening.startswith(plain[behind], at):
            at, behind = at + len(plain[behind]), behind + 1
        if at == len(opening):
            return everything[first:behind]
    return body


def why_empty(tree: Any) -> str:
    if next(tree.iter("frameset", "frame", "iframe"), None) is not None:
        return "no text: the page consists of frames; import the framed pages"
    if next(tree.iter("script"), None) is not None:
        return "no text: the page is built by a script; save it in a browser and import that file"
    return "no article found on the page"


def all_blocks(tree: Any) -> Iterator[Block]:
    """All that a page shows: it is too short for its article to be told from the rest."""
    body = deepcopy(tree.find("body"))
    if body is None:
        return
    strip_elements(body, *UNSEEN, with_tail=False)
    for node in body.iter("br"):
        node.tag = "lb"
    yield from blocks(body)


def decode(data: bytes, label: str = "", who: str = "the header") -> Decision:
    """Bytes → (text, codec, why): a byte order mark, the `label` that `who` gives, what the page declares, where that fits; else as
    any text. Raises UnreadableError.
    """
    match = _DECLARED.search(data[:_FIRST])
    own = match[1].decode().lower() if match else ""
    return (
        declared(data, label, who)
        or declared(data, own, "the page")
        or plain.decode(data.replace(b"\x00", b"") if not _wide(data) else data)
    )


def _wide(data: bytes) -> bool:
    """UTF-16, where zeros belong to the text; elsewhere they are noise that browsers pass over."""
    return data.startswith((b"\xff\xfe", b"\xfe\xff")) or data[1:200:2].count(0) > 80 or data[0:200:2].count(0) > 80


# The main text


def blocks(body: Any) -> Iterator[Block]:
    """The blocks of a tree that trafilatura made, in order; text between its elements is a block too."""
    words = [body.text or ""]
    for child in body:
        if child.tag not in BLOCKS and not any(inner.tag in BLOCKS for inner in child.iterdescendants()):
            words += ["\n" if child.tag == "lb" else lines_of(child), flat(child.tail)]
            continue
        yield from text_block("".join(words))
        yield from block(child)
        words = [child.tail or ""]
    yield from text_block("".join(words))


def block(child: Any) -> Iterator[Block]:
    if child.tag == "list":
        lines = [line for item in child.iter("item") if (line := line_of(item))]
        yield from text_block("\n".join(f"- {item}" for item in lines))
    elif child.tag == "table" and not any(inner.tag in BLOCKS for cell in child.iter("td", "th") for inner in cell):
        rows = [" | ".join(line_of(cell) for cell in row.iter("cell", "td", "th")) for row in child.iter("row", "tr")]
        yield from text_block("\n".join(row for row in rows if row.strip(" |")))
    elif any(inner.tag in BLOCKS for inner in child.iterdescendants()):
        yield from blocks(child)
    else:
        yield from text_block(lines_of(child))


def text_block(content: str | None) -> Iterator[Block]:
    lines = [" ".join(line.split()) for line in (content or "").split("\n")]
    if tidy := "\n".join(filter(None, lines)):
        yield "", tidy


def lines_of(node: Any) -> str:
    """The text of a node; a `lb` in it is a line end, other line ends are spaces."""
    parts = [flat(node.text)]
    for child in node.iterdescendants():
        parts += ["\n" if child.tag == "lb" else flat(child.text), flat(child.tail)]
    return "".join(parts)


def flat(content: str | None) -> str:
    return (content or "").replace("\n", " ")


def line_of(node: Any) -> str:
    return " ".join("".join(node.itertext()).split())


# What is added to it, and taken away


def without_byline(text_blocks: list[Block], facts: Facts) -> list[Block]:
    """The line that says who wrote it is kept as a fact of the page."""
    byline = same(facts.byline)
    bylines = {byline, f"by{byline}"} if byline else set()
    rest = [block for n, block in enumerate(text_blocks) if n > 2 or same(block[1]) not in bylines]
    return rest or text_blocks


def with_title(text_blocks: list[Block], facts: Facts) -> list[Block]:
    """The title as the first block, once."""
    if not facts.title:
        return text_blocks
    rest = [block for n, block in enumerate(text_blocks) if n > 1 or same(block[1]) != same(facts.title)]
    return [("title", facts.title), *rest]


def with_captions(text_blocks: list[Block], tree: Any) -> list[Block]:
    """Captions of the pictures within the article, each after the block that stands before it on the page."""
    if tree.find(".//figcaption") is None:
        return text_blocks
    known = [same(content) for _, content in text_blocks]
    places = {content[:60]: n for n, content in reversed(list(enumerate(known)))}
    nodes = [(node, content, places.get(same(content)[:60])) for node in tree.iter(*CAPTIONED) if (content := line_of(node))]
    whole = shared(node for node, _, here in nodes if here is not None)
    after: dict[int, list[str]] = {}
    kinds: dict[int, str] = {}
    at = -1
    for node, content, here in nodes:
        if node.tag != "figcaption":
            at = at if here is None else here
        elif here is not None:
            kinds |= {here: "caption"} if text_blocks[here][1] == content else {}
        elif len(content) <= CAPTION_MAX and not any(same(content) in block for block in known) and is_in_article(node, whole):
            after.setdefault(at, []).append(content)
    return list(merged(text_blocks, kinds, {n: texts for n, texts in after.items() if n < len(text_blocks) - 1}))


def shared(nodes: Iterable[Any]) -> Any:
    """The innermost element that has all of these in it."""
    common: list[Any] | None = None
    for node in nodes:
        line = [*reversed(list(node.iterancestors()))]
        common = line if common is None else [one for one, other in zip(common, line, strict=False) if one is other]
    return common[-1] if common else None


def is_in_article(node: Any, whole: Any) -> bool:
    """Not a picture that leads to another article."""
    around = list(node.iterancestors())
    return (
        whole is not None
        and any(one is whole for one in around)
        and not any(one.tag in ELSEWHERE for one in around[: around.index(whole)])
    )


def merged(text_blocks: list[Block], kinds: dict[int, str], after: dict[int, list[str]]) -> Iterator[Block]:
    yield from (("caption", content) for content in dict.fromkeys(after.get(-1, ())))
    for n, (kind, content) in enumerate(text_blocks):
        yield kinds.get(n, kind), content
        yield from (("caption", caption) for caption in dict.fromkeys(after.get(n, ())))


def same(content: str) -> str:
    """Letters and digits alone: by which two readings of one block are told to be the same."""
    return re.sub(r"[\W_]+", "", content).lower()


def joined(text_blocks: list[Block]) -> tuple[str, tuple[Known, ...]]:
    """One text with a blank line between blocks, and where the blocks of a known kind are. Code points."""
    texts, known, at = [], [], 0
    for kind, content in text_blocks:
        if kind:
            known.append(Known(kind, at, at + len(content)))
        texts.append(content)
        at += len(content) + 2
    return "\n\n".join(texts) + "\n", tuple(known)
