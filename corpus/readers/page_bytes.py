"""`python -m corpus.sandbox corpus.readers.page_bytes DESCRIPTOR NAME`: in the sandbox, the bytes of pages of a web archive, and nothing more of them.

It is told where the records lie, [offset, length] in bytes of the file, and sends the bytes of the page in each, in that order.
"""

from __future__ import annotations

import os
import sys

from corpus.readers import warc
from corpus.readers.__main__ import allow_time
from corpus.readers.extracted import Part, UnreadableError
from corpus.sandbox.frames import enter_sandbox, receive, send


def page_bytes(record: bytes, name: str) -> bytes:
    """Empty for what is no page."""
    try:
        part = next(warc.read(record, name, ""), None)
    except UnreadableError:
        return b""
    return part.data if isinstance(part, Part) else b""


def main() -> None:
    out = enter_sandbox()
    descriptor, name = int(sys.argv[1]), sys.argv[2]
    while (frame := receive(sys.stdin.buffer)) is not None:
        for offset, length in frame[0]["records"]:
            allow_time()
            send(out, {}, page_bytes(os.pread(descriptor, length, offset), name))


if __name__ == "__main__":
    main()
