"""`python -m corpus.sandbox corpus.readers.page_bytes`: in the sandbox, the bytes of pages of web archives, and nothing more of them.

It is given records, some at a time with the length of each, and sends the bytes of the page in each, in that order.
"""

from __future__ import annotations

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
    while (frame := receive(sys.stdin.buffer)) is not None:
        (header, data), begin = frame, 0
        for length in header["lengths"]:
            allow_time()
            send(out, {}, page_bytes(data[begin : begin + length], header["name"]))
            begin += length


if __name__ == "__main__":
    main()
