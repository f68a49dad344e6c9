"""Large imports in a process of their own: what they took of memory goes when they end, and no web thread waits for their Python.

The process starts anew, since what has threads cannot be forked. That takes as long as a hundred articles, so a small file is
imported where it arrives.
"""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

from django.db import OperationalError, connection

from annotations.imports.order import Order

SMALL = 1_000_000  # bytes
ROOT = Path(__file__).resolve().parents[2]
MODULE = "config.importing"
FULL, BUSY = "full", "busy"  # what may be wrong with the database


class ImportFailed(RuntimeError):
    """The process ended without an answer; the message is what it wrote last."""


def carried_out(order: Order, file: BinaryIO, path: str, size: int) -> dict[str, Any]:
    """What `order.carry_out` answers. `path`: where the file of this size lies on the disk."""
    return order.carry_out(file) if size <= SMALL else in_process(order, path)


def in_process(order: Order, path: str) -> dict[str, Any]:
    """Raises what is wrong with the database as if it had been asked here, and ImportFailed."""
    database = connection.settings_dict["NAME"]
    request = json.dumps({"order": asdict(order), "path": path, "database": database, "parent": os.getpid()})
    done = subprocess.run([sys.executable, "-m", MODULE], input=request.encode(), cwd=ROOT, capture_output=True, check=False)
    if done.returncode:
        raise ImportFailed(done.stderr.decode(errors="replace")[-10_000:])
    answer: dict[str, Any] = json.loads(done.stdout)
    if answer.get("wrong") == FULL:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    if answer.get("wrong") == BUSY:
        raise OperationalError(answer["detail"])
    return dict(answer["summary"])
