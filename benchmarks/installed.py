"""How many packages `requirements/base.txt` brings, and how much they hold on the disk."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from benchmarks.report import Row, single
from config.environment import ROOT


def measure(host: object, rounds: int) -> Iterator[Row]:
    found = [installed for name in names() if (installed := lookup(name))]
    yield single("packages that are installed", len(found), "", limit=90)
    yield single("  their size on the disk", sum(map(size, found)) / 1e6, "MB", limit=350)
    largest = sorted(found, key=size, reverse=True)[:5]
    for each in largest:
        yield single(f"  {each.name}", size(each) / 1e6, "MB")


def names() -> list[str]:
    return re.findall(r"^([\w.-]+)(?:\[[\w,.-]*\])?==", (ROOT / "requirements/base.txt").read_text("utf-8"), re.MULTILINE)


def lookup(name: str) -> Distribution | None:
    """None for what the file holds for other systems and versions of Python."""
    try:
        return distribution(name)
    except PackageNotFoundError:
        return None


def size(installed: Distribution) -> int:
    paths = [Path(str(installed.locate_file(file))) for file in installed.files or []]
    return sum(path.stat().st_size for path in paths if path.is_file())
