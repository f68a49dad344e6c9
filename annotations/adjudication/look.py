"""What readers agree in can be wrong: some of it is drawn for a look. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from math import ceil

from annotations.adjudication.groups import Group, Location

SHARE = 0.02  # of all that they agree in, and at least one group of a text


def drawn(agreed: Iterable[Group], figures: Iterable[str], seed: int) -> list[Location]:
    """Figures before all else: a wrong number does the most harm. `figures`: codes of their layers. The same for a seed."""
    layers = set(figures)

    def order(location: Location) -> tuple[bool, str]:
        return location.layer not in layers, hashlib.sha256(f"{seed}/{location}".encode()).hexdigest()

    ordered = sorted((group.location for group in agreed), key=order)
    return ordered[: max(1, ceil(SHARE * len(ordered)))]
