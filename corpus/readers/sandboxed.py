"""Readers in a process of their own: what a hostile file does to a parser, it does to that process alone.

The process is in the sandbox (corpus.sandbox): it has no network, no database, no credentials, 400 MB of
memory, 20 seconds of processor time for each text and ten minutes for each thing; it ends with us. When it
dies or says nothing for a while, the thing that it was reading is told to have done it, and the next thing
gets a new process. It may be given the next thing while we are busy with what came out of the one before.
"""

from __future__ import annotations

import atexit
import json
import os
import queue
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from fcntl import F_GETPIPE_SZ, F_SETPIPE_SZ, fcntl
from functools import cache
from pathlib import Path
from typing import Any

from corpus.readers.budget import CPU_SECONDS, SECONDS
from corpus.readers.extracted import Known, Record, Unread
from corpus.sandbox.frames import LENGTHS, send
from corpus.sandbox.layers import REMEDY, Layers
from corpus.sandbox.process import MEMORY

ROOT = Path(__file__).resolve().parents[2]
# Between two answers. Longer than the processor time, which ends what calculates; this ends what waits.
SILENCE_SECONDS = 30
# Where nobody waits at a page: a machine that is busy with much else is no fault of what is read.
PATIENT_SECONDS = 600
# Of a pipe: what fits into it is given without waiting for anybody. The longest name and address take less than HEADER of it.
ROOM, HEADER = 1 << 20, 1 << 16
# Things that one process reads: a parser that leaks does not grow for ever. To start one takes as long as to read fifty pages.
LIFE = 2_000
# Nothing of the secrets that ours has.
KEPT = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT")
# A reader calculates in one thread: it starts sooner, and a library's threads would be outside of some layers.
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
strict = True
"""Whether nothing is read where the sandbox does not hold: the setting READERS."""
KILLED_BY = {
    signal.SIGXCPU: f"reading it took more than {CPU_SECONDS} seconds",
    signal.SIGKILL: "its reader was killed, most likely for using too much memory",
}


class DeadError(Exception):
    """The process is no more; the message says why, in words for people."""


class Child:
    """One process that reads."""

    silence: int | None = None  # seconds; None: SILENCE_SECONDS
    killed_by = KILLED_BY

    def __init__(self, module: str = "corpus.readers", *arguments: str, files: Sequence[int] = ()) -> None:
        """`files`: descriptors that the process may read too."""
        environment = {name: os.environ[name] for name in KEPT if name in os.environ} | ONE_THREAD
        environment["READERS"] = "strict" if strict else "lenient"
        command = [sys.executable, "-m", "corpus.sandbox", module, *arguments]
        pipes: dict[str, Any] = {
            "stdin": subprocess.PIPE,
            "stdout": subprocess.PIPE,
            "stderr": subprocess.DEVNULL,
            "pass_fds": files,
        }
        process: Any = subprocess.Popen(command, cwd=ROOT, env=environment, **pipes)
        with suppress(OSError):  # one account may have so much in pipes and no more
            fcntl(process.stdin, F_SETPIPE_SZ, ROOM)
        self.process, self.room = process, fcntl(process.stdin, F_GETPIPE_SZ)
        self.read = self.owed = 0
        self.spent = 0.0  # seconds of processor time, as it says
        self.reported: Layers | None = None

    def give(self, data: bytes, name: str, url: str, kind: str = "") -> None:
        """Something to read after what it was given before. If it is dead, its answer says so."""
        self.read += 1
        self.owed += 1
        with suppress(BrokenPipeError):
            send(self.process.stdin, {"name": name, "url": url, "kind": kind}, data)

    def answer(self, data: bytes) -> Iterator[Record | Unread]:
        """What is in the first of the things whose answer it owes. Raises DeadError."""
        if not self.layers().hold and strict:
            self.close()
            raise DeadError(f"files cannot be read, since the sandbox of the readers is not available: {REMEDY}")
        while not (header := self.header()).get("end"):
            yield self.understood(record_from, header, data if header.get("same") else header["data"])
        self.owed -= 1
        self.spent = self.understood(float, header.get("spent", 0))

    def layers(self) -> Layers:
        """What holds it, which it says before it reads. Raises DeadError."""
        if self.reported is None:
            self.reported = self.understood(reported, self.header())
        return self.reported

    def header(self) -> dict[str, Any]:
        end = time.monotonic() + (self.silence or SILENCE_SECONDS)
        head, size = LENGTHS.unpack(self.bytes(LENGTHS.size, end))
        if head + size > MEMORY:
            self.close()
            raise DeadError(f"its reader returned more than {MEMORY // 1_000_000} MB")
        header = self.understood(read_header, self.bytes(head, end))
        header["data"] = self.bytes(size, end)
        return header

    def understood[Understood](self, understand: Callable[..., Understood], *answer: Any) -> Understood:
        """What it said, in our terms. It may be hijacked: raises DeadError for what no reader says."""
        try:
            return understand(*answer)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            self.close()
            raise DeadError("its reader returned an invalid result") from error

    def bytes(self, size: int, end: float) -> bytes:
        pipe, parts = self.process.stdout.fileno(), []
        while size:
            ready, _, _ = select.select([pipe], [], [], max(0.0, end - time.monotonic()))
            if not ready:
                self.close()
                raise DeadError(f"its reader did not respond for {self.silence or SILENCE_SECONDS} seconds")
            part = os.read(pipe, min(size, 1 << 20))
            if not part:
                raise DeadError(self.why())
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def why(self) -> str:
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(5)
        code = self.process.poll()
        self.close()
        if code is None or code >= 0:
            return "its reader crashed"
        return self.killed_by.get(signal.Signals(-code), f"its reader was ended by {signal.Signals(-code).name}")

    @property
    def is_fit(self) -> bool:
        return self.process.poll() is None and self.read < LIFE and self.spent < SECONDS

    @property
    def is_closed(self) -> bool:
        return bool(self.process.stdout.closed)

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with suppress(BrokenPipeError):
                    pipe.close()

    __del__ = close  # nobody waits for its answer any more


idle: queue.LifoQueue[Child] = queue.LifoQueue()


@atexit.register
def close_idle() -> None:
    while not idle.empty():
        idle.get_nowait().close()


class SandboxedReading:
    """A thing that a process has been given to read, and goes on with whatever we do; its texts are there for whoever iterates, once."""

    def __init__(
        self, data: bytes, name: str = "", url: str = "", kind: str = "", *, after: SandboxedReading | None = None
    ) -> None:
        """`after`: the process reads this next. It is given at once if that can be done without waiting, else when its texts are wanted."""
        self.data, self.name, self.url, self.kind = data, name, url, kind
        self.child: Child | None = None
        if after is None:
            self.give(fit_child())
        elif after.child and after.child.is_fit and len(data) + HEADER <= after.child.room:
            self.give(after.child)

    def give(self, child: Child) -> Child:
        self.child = child
        child.give(self.data, self.name, self.url, self.kind)
        return child

    def __iter__(self) -> Iterator[Record | Unread]:
        child = self.child
        if child is None or child.is_closed:  # what was read before has ended it
            child = self.give(fit_child())
        try:
            yield from child.answer(self.data)
        except DeadError as error:
            yield Unread(name=self.name, why=str(error))
        except BaseException:
            child.close()  # it is in the middle of an answer that nobody waits for
            raise
        else:
            if not child.owed:
                idle.put(child)


def records(data: bytes, name: str = "", url: str = "", kind: str = "") -> Iterator[Record | Unread]:
    """As corpus.readers.records, in a process of its own; processes are kept for the next thing."""
    yield from SandboxedReading(data, name, url, kind)


def fit_child() -> Child:
    while True:
        try:
            child = idle.get_nowait()
        except queue.Empty:
            return Child()
        if child.is_fit:
            return child
        child.close()


def start_early() -> None:
    """The process that will read, before there is anything to read: it starts while others work."""
    if idle.empty():
        idle.put(Child())


@cache
def layers() -> Layers:
    """What holds a reader that is started by this process; costs the start of a Python once. Raises DeadError."""
    child = Child("corpus.sandbox.frames")
    try:
        return child.layers()
    finally:
        child.close()


def reported(header: dict[str, Any]) -> Layers:
    return Layers(**header["layers"])


def read_header(head: bytes) -> dict[str, Any]:
    header = json.loads(head)
    return dict(header.items())


def record_from(header: dict[str, Any], raw: bytes) -> Record | Unread:
    fields = header["fields"]
    if header["kind"] == "Unread":
        return Unread(**fields)
    retrieved = fields.pop("retrieved")
    known = tuple(Known(*one) for one in fields.pop("known"))
    return Record(raw=raw, known=known, retrieved=datetime.fromisoformat(retrieved) if retrieved else None, **fields)
