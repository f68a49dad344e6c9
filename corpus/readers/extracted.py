"""What a reader yields: one thing that was published, as bytes and as text, and what it says of
itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from corpus.text.storable import storable


class UnreadableError(ValueError):
    """These bytes hold no text that the reader can vouch for; the message says why."""


class Known(NamedTuple):
    """A stretch of the raw text whose function the source states: a title, a caption. Code points."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A thing inside another one, to be read in its turn: a member of an archive, an attachment, a page of a crawl."""

    data: bytes
    name: str
    url: str = ""
    kind: str = ""
    """Its media type and charset as the thing around it declares them: text/html; charset=euc-kr."""
    retrieved: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A thing that no text was taken from, and why, in words for people."""

    name: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One article or other text out of a file, a page or a feed.

    `raw` is kept and hashed as it came. `raw_text` is what the reader took from it, before
    cleaning; offsets into it, and all source maps, count its code points. Everything with a
    default is a hint: blank when the thing does not say, never guessed.
    """

    raw: bytes
    raw_text: str
    encoding: str
    """Codec in which the bytes were read: utf-8, cp949 …"""
    encoding_basis: str
    """Why that codec: in words for people."""
    reader: str
    """Key in READERS, or `typed`."""
    reader_version: str = "1"
    name: str = ""
    """Of the file, with the path inside an archive or feed."""
    url: str = ""
    """Where it was found, or the address that it names as its own: whether that is known is not for a reader to say."""
    claimed: str = ""
    """An address of another site that it names as its own although it was found at `url`."""
    title: str = ""
    byline: str = ""
    outlet: str = ""
    language: str = ""
    """BCP 47, as stated."""
    published: str = ""
    """EDTF, as precise as it is known."""
    published_basis: str = ""
    """stated or inferred; blank without a date."""
    known: tuple[Known, ...] = ()
    """What of the raw text is a title or a caption, where the source says so."""
    retrieved: datetime | None = None
    """When the bytes were fetched, aware; None: when they were given to us."""

    @classmethod
    def of_text(cls, text: str, *, name: str = "", title: str = "", url: str = "") -> Record:
        """A text that a person or a program gave as text. Raises UnstorableText."""
        return cls(
            raw=storable(text).encode(),
            raw_text=text,
            encoding="utf-8",
            encoding_basis="given as text",
            reader="typed",
            name=name,
            title=title,
            url=url,
        )
