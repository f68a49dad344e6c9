"""Units (UCUM), percent signs and counters that stand with a number."""

from __future__ import annotations

import re
from decimal import Decimal

from annotations.figures.lexicon import ALL
from annotations.figures.scan import Scan, any_of
from annotations.schemeview import SchemeView


def take_unit(scan: Scan, scheme: SchemeView) -> tuple[str | None, Decimal]:
    """(unit, factor): "decade" is ten years. Units that the scheme lacks are not read."""
    known = {word: entry for word, entry in ALL.units.items() if entry[0] in scheme.units}
    found = scan.take_all(any_of(known))
    return known[re.sub(r"\s+", " ", found[0][0])] if found else (None, Decimal(1))


def take_percent(scan: Scan) -> bool:
    return bool(scan.take_all(any_of(ALL.percent)))


def take_counter(scan: Scan) -> str | None:
    """ "people", "items" or "occasions" where a counting word (人, workers, 隻, times) says so."""
    kinds = (("people", ALL.people), ("items", ALL.items), ("occasions", ALL.occasions))
    for kind, words in kinds:
        if scan.take(any_of(words)):
            return kind
    return None
