"""What a WSGI application answers, given to granian.

An answer that is ready, or small, is given whole, and its thread is free whoever reads it how slowly. Any other one goes through a named
pipe, which granian sends as a file: RSGI's own streams take everything that is written at once, so that a corpus would lie
in memory for a reader who is slow, while a pipe lets its writer wait, and tells the writer when the reader has gone.
"""

from __future__ import annotations

import itertools
import os
import tempfile
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

WHOLE = 2**20  # bytes: an answer of a known size up to this is not streamed
OPENED_SECONDS = 10
LOOK_SECONDS = 0.0005
SERVER = ("server", "Attest")  # granian would name itself

Headers = list[tuple[str, str]]


class Pipes:
    """Named pipes in a folder of this process, each for one answer."""

    def __init__(self) -> None:
        self.folder = tempfile.TemporaryDirectory(prefix="attest-answers-")
        self.numbers = itertools.count()

    def make(self) -> Path:
        path = Path(self.folder.name, str(next(self.numbers)))
        os.mkfifo(path, 0o600)
        return path


class WsgiCall:
    """One call of an application: `start` is its start_response."""

    def __init__(self, proto: Any, pipes: Pipes, *, closing: bool) -> None:
        self.proto, self.pipes = proto, pipes
        self.status = 500
        self.headers: Headers = [SERVER, ("connection", "close")] if closing else [SERVER]

    def start(self, status: str, headers: Headers, error: Any = None) -> None:
        self.status = int(status.partition(" ")[0])
        self.headers += headers

    def give(self, body: Iterable[bytes], method: str) -> None:
        """Send it, then close it: what Django does at the end of a request keeps nobody waiting."""
        try:
            if method == "HEAD":
                self.proto.response_empty(self.status, self.headers)
            elif self.is_whole(body):
                self.proto.response_bytes(self.status, self.headers, b"".join(body))
            else:
                self.stream(body)
        finally:
            if hasattr(body, "close"):
                body.close()

    def is_whole(self, body: Any) -> bool:
        length = next((value for name, value in self.headers if name.lower() == "content-length"), "")
        return not getattr(body, "streaming", True) or (length.isdigit() and int(length) <= WHOLE)

    def stream(self, body: Iterable[bytes]) -> None:
        path = self.pipes.make()
        try:
            self.proto.response_file(self.status, self.headers, str(path))
            pieces = iter(body)
            first = next(pieces, b"")
            pipe = opened(path)
        finally:
            path.unlink()
        with suppress(BrokenPipeError), os.fdopen(pipe, "wb", buffering=0) as file:  # the reader may go away
            for piece in itertools.chain([first], pieces):
                written(file, piece)


def opened(path: Path) -> int:
    """A pipe that granian has begun to read. Raises OSError when it does not: nobody wants the answer any more."""
    end = time.monotonic() + OPENED_SECONDS
    while True:
        try:
            pipe = os.open(path, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(LOOK_SECONDS)
        else:
            os.set_blocking(pipe, True)
            return pipe


def written(file: Any, piece: bytes) -> None:
    rest = memoryview(piece)
    while rest:
        rest = rest[file.write(rest) :]
