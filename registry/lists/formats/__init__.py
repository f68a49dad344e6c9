"""The formats of sanctions lists: which there are, and which one a file is in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from registry.lists.record import ListContents


class Loader(NamedTuple):
    """How files of one format are read; the number grows with every change of what is read of a file."""

    name: str
    read: Callable[[Path], ListContents]
    number: int
