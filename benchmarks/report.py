"""Rows of results: what was measured, its yardstick of the same run, and what it must reach."""

from __future__ import annotations

import math
import os
import platform
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Row:
    """Values in `unit`. `yardstick` is what the machine can do at all, in the same unit and the same run."""

    name: str
    unit: str
    least: float
    median: float
    p95: float
    limit: float | None = None
    yardstick: float | None = None
    more_is_better: bool = False

    @property
    def missed(self) -> bool:
        if self.limit is None:
            return False
        if math.isnan(self.median):  # there is no measurement
            return True
        return self.median < self.limit if self.more_is_better else self.median > self.limit

    @property
    def ratio(self) -> float | None:
        """How many times worse than the yardstick."""
        if not self.yardstick:
            return None
        return self.yardstick / self.median if self.more_is_better else self.median / self.yardstick

    def as_dict(self) -> dict[str, object]:
        return asdict(self) | {"ratio": self.ratio, "missed": self.missed}

    def __str__(self) -> str:
        values = f"{self.least:>9.2f} {self.median:>9.2f} {self.p95:>9.2f} {self.unit:<8}"
        compared = f"{self.yardstick:>9.2f} {self.ratio:>7.1f}" if self.yardstick else " " * 17
        sign = ("≥" if self.more_is_better else "≤") if self.limit is not None else ""
        reached = "" if self.limit is None else f"{sign} {self.limit:g}: " + ("missed" if self.missed else "reached")
        return f"{self.name:<46}{values}{compared}  {reached}".rstrip()


def times(name: str, seconds: Sequence[float], *, limit: float | None = None, yardstick: float | None = None) -> Row:
    """A row of milliseconds; `limit` and `yardstick` are milliseconds too."""
    ordered = sorted(second * 1000 for second in seconds)
    return Row(name, "ms", ordered[0], statistics.median(ordered), quantile(ordered), limit, yardstick)


def single(name: str, value: float, unit: str, **further: float | bool | None) -> Row:
    return Row(name, unit, value, value, value, **further)  # type: ignore[arg-type]


def quantile(ordered: Sequence[float], part: float = 0.95) -> float:
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]


def heading() -> str:
    machine = f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}"
    columns = f"{'':<46}{'min':>9} {'median':>9} {'p95':>9} {'':<8}{'yardstick':>9} {'ratio':>7}  must reach"
    return f"{machine}\n{columns}"
