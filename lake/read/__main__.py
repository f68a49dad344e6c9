"""`python -m corpus.sandbox lake.read DESCRIPTOR NAME START END`: reads the pages of a web archive in the sandbox, from byte START
on, up to the record that begins at END; 0: to its end.

With `-` for the descriptor it reads what comes in on standard input, thing by thing. Before each thing goes out where it lies, so
that a thing that kills this process has a name.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import Any, BinaryIO

from corpus.readers.__main__ import allow_time
from corpus.readers.budget import MEGABYTE
from corpus.readers.extracted import Part, Record, Unread, UnreadableError
from corpus.readers.records import dated, records
from corpus.readers.warc import CrawlPage, crawl_pages
from corpus.sandbox.frames import enter_sandbox, receive, send
from corpus.sandbox.process import MEMORY
from lake.read.page import page_fields

LIFE = 2_000  # things that one process reads: a parser that leaks does not grow for ever


def read_crawl(out: BinaryIO, descriptor: int, name: str, start: int, end: int = 0) -> None:
    """Raises UnreadableError where the archive is damaged."""
    with os.fdopen(descriptor, "rb") as stream:
        size = stream.seek(0, os.SEEK_END)
        stream.seek(start)
        count = 0
        for at in crawl_pages(stream, name, size):
            if end and at.offset >= end:
                break
            count += at.part is not None
            if count > LIFE:
                send(out, {"go_on": at.offset})
                return
            allow_time()
            if at.part is not None:
                answer(out, at, at.part)
    send(out, {"end": True})


def read_input(out: BinaryIO) -> None:
    while (frame := receive(sys.stdin.buffer)) is not None:
        header, data = frame
        allow_time()
        part = Part(data=data, name=header["name"])
        answer(out, CrawlPage(header["offset"], header["length"], part), part)
        send(out, {"end": True})


def answer(out: BinaryIO, at: CrawlPage, part: Part | Unread) -> None:
    send(out, {"at": [at.offset, at.length], "name": part.name})
    number = 0
    for stage, row in rows_of(part):
        minima = row.pop("minima", b"")
        send(out, row | {"stage": stage, "number": number}, minima)
        number += not stage
        allow_time()
    send(out, {"done": True})


def rows_of(part: Part | Unread) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each page of a thing with an empty stage, or the stage at which it failed with the name and the reason."""
    try:
        for record in readings(part):
            try:
                if isinstance(record, Record):
                    yield "", page_fields(record)
                else:
                    yield "page", unread(record.name, record.why)
            except ValueError as error:
                yield "text", unread(record.name, str(error))
    except MemoryError:
        yield "page", unread(part.name, f"reading it took more than {MEMORY // MEGABYTE} MB of memory")
    except RecursionError:
        yield "page", unread(part.name, "it is nested too deeply")
    except Exception as error:  # noqa: BLE001 - whatever a library raises becomes the reason
        yield "page", unread(part.name, f"its reader failed ({type(error).__name__})")


def readings(part: Part | Unread) -> Iterator[Record | Unread]:
    """As the corpus reads the page of a crawl that is imported."""
    if isinstance(part, Unread):
        yield part
        return
    for record in records(part.data, part.name, part.url, part.kind):
        yield dated(record, part)


def unread(name: str, why: str) -> dict[str, Any]:
    return {"name": name, "why": why}


def main() -> None:
    out = enter_sandbox()
    descriptor, name, start, end = sys.argv[1:5]
    if descriptor == "-":
        read_input(out)
        return
    try:
        read_crawl(out, int(descriptor), name, int(start), int(end))
    except UnreadableError as error:
        send(out, {"damaged": str(error), "end": True})


if __name__ == "__main__":
    main()
