"""How a process in the sandbox talks with the one that started it, over two pipes.

Frames go both ways: the length of a JSON header and of bytes that follow it (8 + 8 bytes, big-endian), then both. Nothing that
comes out of the sandbox is ever run or unpickled. The first frame out of it says which layers hold.
"""

from __future__ import annotations

import json
import os
import struct
import sys
from dataclasses import asdict
from typing import Any, BinaryIO

from corpus.sandbox.process import MEMORY, confine

LENGTHS = struct.Struct(">QQ")


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


def enter_sandbox(memory: int = MEMORY) -> BinaryIO:
    """Where to send the answers, once the process is confined and has said how. Ends it where it must not read like that."""
    out = sys.stdout.buffer
    # What a library prints must not get between the frames.
    sys.stdout = sys.stderr
    layers = confine(memory)
    send(out, {"layers": asdict(layers)})
    if not layers.hold and os.environ.get("READERS") != "lenient":
        sys.exit(1)
    return out


if __name__ == "__main__":
    enter_sandbox()
