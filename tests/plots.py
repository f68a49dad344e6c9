"""Plots as tests read them: written, then parsed again by a reader of XML that knows nothing of how they were made."""

import re
from datetime import date
from typing import NamedTuple
from xml.etree import ElementTree as ET

from corpus.plots.elements import SvgElement, markup
from corpus.plots.frame import LIMIT
from corpus.plots.shapes import Tone

# What people and files from outside may have put into a name.
HOSTILE = [
    "<script>alert(1)</script>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)' x='",
    "</title></svg><img src=x onerror=alert(1)>",
    "]]><!--",
    "&lt;b&gt; &#60;",
    "a\x00b\x0bc\x1f",
    "\ud800 lone",
    "\ufffe\uffff",
    "\u202edesrever\u202c",
    "صادرات 北朝鮮 북한 🇰🇵",
    "e" + "\u0301" * 500,
    "x" * 20_000,
    "",
]


def read(plot: SvgElement) -> ET.Element:
    """Well-formed, within the limit, without anything that runs or that the content security policy forbids."""
    written = markup(plot)
    assert len(written.encode()) <= LIMIT
    root = ET.fromstring(written)
    for each in root.iter():
        assert each.tag in {"svg", "g", "a", "title", "text", "path", "rect", "circle", "defs", "pattern"}
        assert not [key for key in each.attrib if key == "style" or key.startswith("on")]
        assert each.get("href", "/").startswith("/")
    return root


def looks(root: ET.Element, look: str) -> list[ET.Element]:
    """The elements of a class."""
    return [each for each in root.iter() if each.get("class") == look]


def words(root: ET.Element, look: str | None = None) -> list[str]:
    """What is drawn as text, of one class or of all."""
    return [each.text or "" for each in root.iter("text") if look in (None, each.get("class"))]


def names(root: ET.Element) -> list[str]:
    """What is read aloud of each link."""
    return [each.findtext("title") or "" for each in root.iter("a")]


def numbers(data: str | None) -> list[float]:
    return [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", data or "")]


def measure(each: ET.Element, key: str) -> float:
    return float(each.attrib[key])


class DrawnItem(NamedTuple):
    """An item of a timeline that has all its words at once."""

    label: str
    href: str
    first: date | None
    last: date | None
    is_inferred: bool = False
    tone: Tone = Tone.HAPPENED
    caption: str = ""
