"""About, on average: what a number is said to be."""

from __future__ import annotations

import re

from annotations.figures.lexicon import ALL
from annotations.figures.scan import Scan, any_of

TILDE = re.compile(r"(?<![\d\w%])\s*[~〜～∼]\s*(?=[\d$€£¥])")
# Which are about two hundred, and not 200.
COUPLE = re.compile(r"\bcouple\s+(?:of\s+)?(?:dozen|hundred|thousand|million|billion)\b")
# 30 percent higher than last year: how much more, and no bound.
COMPARED = re.compile(
    r"(?<=\d)(?P<what>[^\d]{0,40}?)(?<!or )\b(?:more|less|fewer|higher|lower|greater|larger|smaller|longer|shorter|older|younger)\s+than\b(?![^\d]*(?:\d|half|third|quarter|dozen|hundred|thousand))"
)
FROM = re.compile(r"^\s*(?:from|ranging from)\b")


def take_approximate(scan: Scan) -> bool:
    marked = bool(scan.take(TILDE)) or bool(COUPLE.search(scan.rest))
    return bool(scan.take_all(any_of(ALL.approximate))) or marked


def take_statistic(scan: Scan) -> str | None:
    words = {word: name for name, entries in ALL.statistics.items() for word in entries}
    matches = scan.take_all(any_of(words))
    return words[re.sub(r"\s+", " ", matches[0][0])] if matches else None


def drop_from(scan: Scan) -> None:
    scan.take(FROM)


def take_compared(scan: Scan) -> list[str]:
    match = COMPARED.search(scan.rest)
    if not match:
        return []
    scan.blank(match.end("what"), match.end())
    return ["a comparison"]
