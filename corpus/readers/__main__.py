"""The other end of corpus.readers.sandboxed: reads what comes in on standard input, in the sandbox."""

from __future__ import annotations

import resource
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from math import ceil
from time import process_time
from typing import BinaryIO

from corpus.readers.budget import CPU_SECONDS
from corpus.readers.extracted import Record, Unread
from corpus.readers.records import records
from corpus.sandbox.frames import enter_sandbox, receive, send
from corpus.sandbox.process import MEGABYTE, MEMORY

type Read = Callable[..., Iterator[Record | Unread]]
# Of the whole process: a hijacked one is ended by the system, whatever it answers. It is replaced long before.
LIFE_SECONDS = 1_800


def allow_time() -> None:
    """So much processor time from now on; the system ends the process when it is used up."""
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    most = LIFE_SECONDS if hard == resource.RLIM_INFINITY else min(hard, LIFE_SECONDS)
    resource.setrlimit(resource.RLIMIT_CPU, (min(ceil(process_time()) + CPU_SECONDS, most), most))


def answer(out: BinaryIO, data: bytes, name: str, url: str, kind: str = "", read: Read = records) -> None:
    allow_time()
    try:
        for record in read(data, name, url, kind):
            tell(out, record, data)
            allow_time()
    except MemoryError:
        tell(out, Unread(name=name, why=f"reading it took more than {MEMORY // MEGABYTE} MB of memory"), data)
    except RecursionError:
        tell(out, Unread(name=name, why="it is nested too deeply"), data)
    except Exception as error:  # noqa: BLE001 - whatever a library raises is told of, and the next thing is read
        tell(out, Unread(name=name, why=f"its reader failed ({type(error).__name__})"), data)
    send(out, {"end": True, "spent": process_time()})


def tell(out: BinaryIO, record: Record | Unread, data: bytes) -> None:
    fields = asdict(record)
    raw = fields.pop("raw", b"")
    if fields.get("retrieved"):
        fields["retrieved"] = fields["retrieved"].isoformat()
    same = isinstance(record, Record) and raw == data
    send(out, {"kind": type(record).__name__, "fields": fields, "same": same}, b"" if same else raw)


def main(read: Read = records) -> None:
    out = enter_sandbox()
    while (frame := receive(sys.stdin.buffer)) is not None:
        header, data = frame
        answer(out, data, header["name"], header["url"], header["kind"], read)


if __name__ == "__main__":
    main()
