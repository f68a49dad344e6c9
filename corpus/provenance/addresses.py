"""What of an address is known, and what is only claimed: decided here for everything that is brought in. Pure.

Whoever sent the bytes answers for addresses of an equal host, and below an equal path where authors share one. Everything else that bytes say of an address is a claim: it is
kept beside its claimant, names no outlet and finds no article.
"""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urlsplit

from corpus.provenance.sites import host_of, same_author
from corpus.readers.extracted import Record

LONGEST = 2000  # bytes of an address
FETCHED = "fetched from it"
BY_ITS_SITE = "stated by its own site"
NOT_KNOWN = "not known"
STATED_BY = "stated by "
# What a reader reads, where it is fetched: other things are files.
FETCHED_KINDS = {"html": "page", "feed": "feed"}


class CrawlPlace(NamedTuple):
    """A record of a file. `crawl`: its path below the folder of crawls; offset and length: bytes of the file as it is stored."""

    crawl: str
    offset: int
    length: int


class Source(NamedTuple):
    """Where bytes came from: the address that sent them, after redirects, or the name of a file or of a way in.

    `stays`: where in a crawl they lie, if they are not to be copied."""

    name: str
    is_fetched: bool = False
    stays: CrawlPlace | None = None


class Addresses(NamedTuple):
    """Of one thing: the address that is known, with how, and the one that it claims; each is empty where there is none."""

    url: str = ""
    basis: str = ""
    claimed: str = ""
    claimed_by: str = ""


def addresses(record: Record, source: Source) -> Addresses:
    stated = [each for each in (record.url, record.claimed) if is_address(each)]
    known = next((each for each in stated[:1] if source.is_fetched and same_author(each, source.name)), "")
    claimed = next((each for each in stated if each != known), "")
    basis = "" if not known else FETCHED if known == source.name else BY_ITS_SITE
    return Addresses(known, basis, claimed, claimant(record, source))


def claimant(record: Record, source: Source) -> str:
    """Whose word it is: "the feed https://…", "the file crawl.warc (of 2017-09-04)"."""
    kind = FETCHED_KINDS.get(record.reader, "file") if source.is_fetched else "file"
    day = f" (of {record.retrieved.date()})" if record.retrieved else ""
    return f"the {kind} {source.name[:400]}{day}"


def stated_by(person: object) -> str:
    return f"{STATED_BY}{person}"


def is_address(text: str) -> bool:
    """Whether it can be an address of the web that the database holds."""
    try:
        scheme = urlsplit(text).scheme
    except ValueError:
        return False
    return scheme in ("http", "https") and bool(host_of(text)) and len(text.encode(errors="replace")) <= LONGEST
