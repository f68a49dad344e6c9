"""Where raw bytes lie: small ones in their row, large ones as objects, those of a crawl there if somebody chose so. Whatever is read is compared with its SHA-256 first."""

from __future__ import annotations

import logging
import os
from errno import EIO
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from corpus.models import Raw
from corpus.objects.bucket import ObjectBucket
from corpus.objects.crawls import CrawlReader, path_of
from corpus.objects.folder import ObjectFolder, digest
from corpus.objects.s3 import is_bucket
from corpus.provenance.addresses import CrawlPlace

log = logging.getLogger(__name__)


class DamagedObject(Exception):
    """The bytes of a raw file are not there, or are not what was stored; the message says which, where and what to do."""


def store() -> ObjectFolder | ObjectBucket:
    """Raises MissingLibrary."""
    return bucket(settings.OBJECTS) if is_bucket(str(settings.OBJECTS)) else ObjectFolder(Path(settings.OBJECTS))


@cache
def bucket(address: str) -> ObjectBucket:
    """Kept, with its connections to the server."""
    return ObjectBucket(address)


def is_large(content: bytes) -> bool:
    return len(content) >= int(settings.OBJECTS_FROM)


def put(corpus: int, sha256: str, content: bytes) -> None:
    """Before the row that names it is committed: a crash leaves an object too many, never a row without one. Raises OSError."""
    store().put(key_of(corpus, sha256), content)


def key_of(corpus: int, sha256: str) -> str:
    return f"raw/{corpus}/{sha256}"


def columns(corpus: int, sha256: str, content: bytes, stays: CrawlPlace | None = None) -> dict[str, Any]:
    """Of the row of raw bytes, whose object is put where they are large. `stays`: where they are left in a crawl. Raises OSError."""
    own = {"corpus_id": corpus, "sha256": sha256, "size": len(content)} | in_crawl(stays)
    if stays:
        return own | {"storage": Raw.Storage.CRAWL.value, "content": None}
    if not is_large(content):
        return own | {"storage": Raw.Storage.ROW.value, "content": content}
    put(corpus, sha256, content)
    return own | {"storage": Raw.Storage.OBJECT.value, "content": None}


def in_crawl(stays: CrawlPlace | None) -> dict[str, Any]:
    crawl, offset, length = stays or (None, None, None)
    return {"crawl": crawl, "crawl_offset": offset, "crawl_length": length}


def bytes_of(raw: Raw, reader: CrawlReader | None = None) -> bytes:
    """`reader`: one that goes from one crawl to the next, for many that stay there. Raises DamagedObject."""
    if raw.content is not None:
        return bytes(raw.content)
    if raw.storage == Raw.Storage.CRAWL:
        return bytes_in_crawl(raw, reader)
    key = key_of(raw.corpus_id, raw.sha256)
    remedy = f"Restore {key} of OBJECTS from a backup."
    try:
        content = store().read(key)
    except OSError as error:
        log.exception("%s", key)  # with the server: readers of an article need not know it
        raise DamagedObject(
            f"The original file (SHA-256 {raw.sha256}) cannot be read: {os.strerror(error.errno or EIO)}. {remedy}"
        ) from error
    if digest(content) != raw.sha256:
        raise DamagedObject(f"The original file was changed: it no longer has the SHA-256 {raw.sha256}. {remedy}")
    return content


def bytes_in_crawl(raw: Raw, reader: CrawlReader | None = None) -> bytes:
    """Out of the sandbox where they are in a web archive. Raises DamagedObject."""
    own = reader or CrawlReader()
    remedy = "Put the crawl back below CRAWLS, as it was when its pages were promoted."
    stays = f"The original file (SHA-256 {raw.sha256}) stays in a crawl"
    if not settings.CRAWLS:
        raise DamagedObject(f"{stays}, and CRAWLS does not name the folder of crawls. Set it on this host.")
    try:
        path, at = path_of(Path(settings.CRAWLS), str(raw.crawl)), [(int(raw.crawl_offset or 0), int(raw.crawl_length or 0))]
        for read in (own.stored, own.unpacked):
            for content in read(path, at):
                if digest(content) == raw.sha256:
                    return content
    except OSError as error:
        log.exception("%s", raw.crawl)  # with the folder: readers of an article need not know it
        raise DamagedObject(f"{stays} that cannot be read: {os.strerror(error.errno or EIO)}. {remedy}") from error
    finally:
        if reader is None:
            own.close()
    raise DamagedObject(f"{stays} that was changed: at its place there is nothing with this SHA-256. {remedy}")
