"""Processor time, which other work of the machine changes little."""

from __future__ import annotations

import resource
from collections.abc import Callable


def milliseconds(work: Callable[[], object]) -> float:
    """Processor time of this process and of all that it starts."""
    before = processor_seconds()
    work()
    return (processor_seconds() - before) * 1000


def processor_seconds() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)
