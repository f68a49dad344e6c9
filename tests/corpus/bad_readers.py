"""A process of readers with one more, which does what its input says: for tests of the walls around it."""

import os
import socket
import time
from pathlib import Path
from types import SimpleNamespace

from corpus.readers import __main__ as process
from corpus.readers import records
from corpus.readers.budget import Budget
from corpus.readers.extracted import Record
from corpus.sandbox.frames import LENGTHS

UPLOAD_SECONDS = 0.6


def claims(data, name, kind):
    return data.startswith(b"do:")


def read(data, name, url, kind):
    said = ACTS[data.removeprefix(b"do:").decode()]()
    yield Record(raw=data, raw_text=str(said), encoding="utf-8", encoding_basis="", reader="bad")


def attempt(act):
    """What became of it."""
    try:
        return f"done: {act()}"
    except OSError as error:
        return f"refused: {type(error).__name__}"


def spin():
    while True:
        pass


def work():
    """For a quarter of a second of processor time."""
    end = time.process_time() + 0.25
    while time.process_time() < end:
        pass


def say(head, size=0):
    """Something between the frames, as a hijacked reader might."""
    os.write(1, LENGTHS.pack(len(head), size) + head)


def recurse():
    return recurse()


ACTS = {
    "eat": lambda: len(bytearray(2_000_000_000)),
    "spin": spin,
    "sleep": lambda: time.sleep(60),
    "die": os.abort,
    "connect": lambda: attempt(lambda: socket.create_connection(("127.0.0.1", 9), timeout=1)),
    "write": lambda: attempt(lambda: Path("reader-was-here").write_text("x")),
    "run": lambda: attempt(lambda: os.posix_spawn("/bin/true", ["true"], {})),
    "environment": lambda: sorted(os.environ),
    "recurse": recurse,
    "work": work,
    "say too much": lambda: say(b"{}", 1 << 40),
    "say nonsense": lambda: say(b"nonsense"),
    "say a list": lambda: say(b"[]"),
    "say a strange thing": lambda: say(b'{"kind": "Record", "fields": {"raw": 1}}'),
    "say less": lambda: say(b'{"kind": "Unread"}'),
    "say no time": lambda: say(b'{"end": true, "spent": "long"}'),
}

if __name__ == "__main__":
    records.READERS = {"bad": SimpleNamespace(claims=claims, read=read), **records.READERS}
    process.CPU_SECONDS = 1
    process.main(lambda *thing: records.records(*thing, budget=Budget(seconds=UPLOAD_SECONDS)))
