"""The other end of corpus.confined: reads what comes in on standard input, in a process that can do nothing else.

Frames go both ways: the length of a JSON header and of bytes that follow it (8 + 8 bytes, big-endian),
then both. Nothing that arrives from here is ever run or unpickled by the other side.
"""

from __future__ import annotations

import json
import os
import resource
import struct
import sys
from contextlib import suppress
from dataclasses import asdict
from typing import Any, BinaryIO

from corpus.readers import records
from corpus.record import Record, Unread

MEGABYTE = 1_000_000
MEMORY, CPU_SECONDS = 400 * MEGABYTE, 20
LENGTHS = struct.Struct(">QQ")
# What a reader never does: it has all that it needs in memory already.
FORBIDDEN = (
    "socket.",
    "subprocess.",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.system",
    "os.remove",
    "os.rename",
    "os.mkdir",
    "shutil.",
    "ctypes.dlopen",
)


def send(stream: BinaryIO, header: dict[str, Any], data: bytes = b"") -> None:
    head = json.dumps(header).encode()
    stream.write(LENGTHS.pack(len(head), len(data)) + head + data)
    stream.flush()


def receive(stream: BinaryIO) -> tuple[dict[str, Any], bytes] | None:
    """None at the end of the stream."""
    lengths = stream.read(LENGTHS.size)
    if len(lengths) < LENGTHS.size:
        return None
    head, data = LENGTHS.unpack(lengths)
    return json.loads(stream.read(head)), stream.read(data)


def confine() -> None:
    """From here on: no network, no new processes, no files but those to read, and little memory."""
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for namespaces in (os.CLONE_NEWNET, os.CLONE_NEWUSER | os.CLONE_NEWNET):
        # Where the system allows neither, the hook below still stands.
        with suppress(OSError):
            os.unshare(namespaces)
            break
    sys.addaudithook(refuse)


def refuse(event: str, arguments: tuple[Any, ...]) -> None:
    writes = event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+")
    if writes or event.startswith(FORBIDDEN):
        raise PermissionError(f"a reader may not do this: {event}")


def allow_time() -> None:
    """So much processor time from now on; the system ends the process when it is used up."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + CPU_SECONDS, hard))


def answer(out: BinaryIO, data: bytes, name: str, url: str, kind: str = "") -> None:
    allow_time()
    try:
        for found in records(data, name, url, kind):
            tell(out, found, data)
            allow_time()
    except MemoryError:
        tell(out, Unread(name=name, why=f"reading it takes more than {MEMORY // MEGABYTE} MB of memory"), data)
    except RecursionError:
        tell(out, Unread(name=name, why="its parts are nested too deep to be read"), data)
    except Exception as error:  # noqa: BLE001 - whatever a library raises is told of, and the next thing is read
        tell(out, Unread(name=name, why=f"its reader does not understand it ({type(error).__name__})"), data)
    send(out, {"end": True})


def tell(out: BinaryIO, found: Record | Unread, data: bytes) -> None:
    fields = asdict(found)
    raw = fields.pop("raw", b"")
    if fields.get("retrieved"):
        fields["retrieved"] = fields["retrieved"].isoformat()
    same = isinstance(found, Record) and raw == data
    send(out, {"kind": type(found).__name__, "fields": fields, "same": same}, b"" if same else raw)


def main() -> None:
    source, out = sys.stdin.buffer, sys.stdout.buffer
    # What a library prints must not get between the frames.
    sys.stdout = sys.stderr
    confine()
    while (frame := receive(source)) is not None:
        header, data = frame
        answer(out, data, header["name"], header["url"], header["kind"])


if __name__ == "__main__":
    main()
