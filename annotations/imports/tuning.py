"""How Python works in a process that imports and does nothing else. Both settings are the whole process's: a web thread sets none."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager

OBJECTS = 1_000_000  # between two looks for garbage: a few batches make as many, and hardly any that holds itself
# Seconds for which one of two threads has the interpreter to itself. With Python's 0.005 the server would wait for its rows.
PATIENCE = 0.0005


@contextmanager
def tuned() -> Iterator[None]:
    """Looking for garbage takes a seventh of the time of an import, and finds none."""
    threshold, interval = gc.get_threshold(), sys.getswitchinterval()
    gc.set_threshold(OBJECTS, *threshold[1:])
    sys.setswitchinterval(PATIENCE)
    try:
        yield
    finally:
        gc.set_threshold(*threshold)
        sys.setswitchinterval(interval)
