"""Ids that begin with the time. Pure.

Ids by chance alone spread over every page of an index: of a large corpus, each new row reads, writes and logs pages of its
own. What is made together should lie together.
"""

from __future__ import annotations

import os
import time
from uuid import UUID

VERSION, VARIANT = 0xF << 76, 0b11 << 62


def timely() -> UUID:
    """A UUID of version 7: milliseconds of the time, then chance."""
    milliseconds, chance = time.time_ns() // 1_000_000, int.from_bytes(os.urandom(10))
    return UUID(int=(milliseconds << 80 | chance) & ~(VERSION | VARIANT) | 0x7 << 76 | 0b10 << 62)
