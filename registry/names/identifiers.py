"""Identifiers that stand in the names of craft."""

from __future__ import annotations

import re

from registry.names.script import MOST_LETTERS

IMO = re.compile(r"\bIMO[\s:#.]*(?:No\.?\s*)?(\d{7})\b", re.IGNORECASE | re.ASCII)
MMSI = re.compile(r"\bMMSI[\s:#.]*(\d{9})\b", re.IGNORECASE | re.ASCII)

Uncounted = tuple[int, int, int, str]  # start, end, weight, why


def without_identifiers(name: str) -> tuple[str, tuple[str, ...], tuple[Uncounted, ...]]:
    """The name with blanks where its identifiers stand, these, and where. An IMO number with a wrong check digit is none."""
    rest, identifiers, ranges = name[:MOST_LETTERS], set(), []
    for scheme, pattern in (("imo", IMO), ("mmsi", MMSI)):
        for match in pattern.finditer(rest):
            valid = scheme != "imo" or is_imo(match[1])
            ranges.append((*match.span(), 0, "identifier" if valid else "check digit"))
            identifiers |= {f"{scheme}:{match[1]}"} if valid else set()
    for start, end, _, _ in ranges:
        rest = rest[:start] + " " * (end - start) + rest[end:]
    return rest, tuple(sorted(identifiers)), tuple(ranges)


def is_imo(digits: str) -> bool:
    return sum(int(digit) * factor for digit, factor in zip(digits, range(7, 1, -1), strict=False)) % 10 == int(digits[-1])
