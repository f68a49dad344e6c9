"""SVG elements as a tree, and the one way in which they are written: names from a list, all text escaped, no markup from outside.

A look is a class, whose rules are in `static/css/plots.css`; a file that stands alone has attributes in place of classes (`files.py`).
"""

from __future__ import annotations

import re
from typing import NamedTuple

NAMES = frozenset("a circle defs g line path pattern rect svg text title tspan".split())
ATTRIBUTE = re.compile(r"(?!on|style$)[a-zA-Z]+(-[a-z]+)*")
# XML 1.0 has no way to write these, not even escaped.
FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
UNSAFE = re.compile("[^ !#-%(-;=?-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # these, and what is escaped
# Of this site, or of the web: never a scheme that runs or holds something.
ADDRESS = re.compile(r"(?:https?://|/(?![/\\])|[?#])[^\s\\]*")
ESCAPES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
)
DECIMALS = 2

Attributes = dict[str, str]


class SvgElement(NamedTuple):
    """Children are elements and texts."""

    name: str
    attributes: Attributes
    children: tuple[SvgElement | str, ...] = ()


class Markup(str):
    """Written elements. Templates do not escape what says itself that it is HTML, and what `markup` writes is escaped."""

    __slots__ = ()

    def __html__(self) -> str:
        return self


def element(name: str, *children: SvgElement | str, **attributes: str | float | None) -> SvgElement:
    """`class_` stands for `class`, `text_anchor` for `text-anchor`. None leaves an attribute out."""
    if name not in NAMES:
        raise ValueError(f"<{name}> is not an element of plots; those are {', '.join(sorted(NAMES))}.")
    values = {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items() if value is not None}
    for key in values:
        if not ATTRIBUTE.fullmatch(key):
            raise ValueError(f"“{key}” is not an attribute of plots: looks are classes, and nothing runs.")
    written = {key: value if isinstance(value, str) else number(value) for key, value in values.items()}
    return SvgElement(name, written, children)


def group(*children: SvgElement | str, class_: str | None = None, transform: str | None = None) -> SvgElement:
    return element("g", *children, class_=class_, transform=transform)


def text(x: float, y: float, words: str, class_: str, anchor: str | None = None) -> SvgElement:
    return element("text", words, x=x, y=y, class_=class_, text_anchor=anchor)


def link(href: str, title: str, *children: SvgElement) -> SvgElement:
    """A link with its name; without an address that may be followed, a group with its name."""
    if ADDRESS.fullmatch(href):
        return element("a", element("title", title), *children, href=href)
    return group(element("title", title), *children)


def number(value: float) -> str:
    """With two decimals at the most: more of them nobody sees, and everybody loads."""
    written = f"{value:.{DECIMALS}f}".rstrip("0").rstrip(".") if value % 1 else f"{value:.0f}"
    if written[-1:] in "fn":
        raise ValueError(f"{value} is not a coordinate; it must be finite.")
    return "0" if written in ("-0", "") else written


def path(*steps: str | float) -> str:
    """Path data: `path("M", 1, 2.5, "h", 4)` is `M1 2.5h4`."""
    written = ""
    for step in steps:
        if isinstance(step, str):
            written += step
        else:
            digits = number(step)
            written += digits if not written or written[-1].isalpha() or digits[0] == "-" else f" {digits}"
    return written


def markup(root: SvgElement) -> Markup:
    parts: list[str] = []
    write(root, parts)
    return Markup("".join(parts))


def write(root: SvgElement, parts: list[str]) -> None:
    name, attributes, children = root
    parts.append(f"<{name}")
    for key, value in attributes.items():
        parts.append(f' {key}="{escape(value)}"')
    if not children:
        parts.append("/>")
        return
    parts.append(">")
    for child in children:
        if isinstance(child, str):
            parts.append(escape(child))
        else:
            write(child, parts)
    parts.append(f"</{name}>")


def escape(words: str) -> str:
    if UNSAFE.search(words) is None:
        return words
    return FORBIDDEN.sub("", words).translate(ESCAPES)
