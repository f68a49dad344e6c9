"""Scores and explanations that the matcher gives, line by line in `golden.tsv`: kind, name, other name, score, pairs, what is left.

    .venv/bin/python -m tests.registry.names.golden

writes the file anew for a matcher with a new number, and prints its digest for DIGESTS. Names are JSON strings, since some have signs that
cannot be seen. They are invented, or those of public persons.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from registry.names import MATCHER, Match, compare

FILE = Path(__file__).with_name("golden.tsv")
# A matcher that has a number keeps its scores. Whoever changes them raises the number and adds a line.
DIGESTS = {
    "names/1": "c07d57663f1b7f3f4dd7442dc34b6bbe70c54d012c5c0340080a58fcb7f90c24",
    "names/2": "4da2b2723868a1f96dc5fadacb31a2068cb09246e9d085091e55cc2d02d9ceef",
}


class Row(NamedTuple):
    kind: str
    name: str
    other: str
    score: int
    pairs: str
    left: str


def rows() -> list[Row]:
    return [row_of(line) for line in FILE.read_text("utf-8").splitlines()]


def row_of(line: str) -> Row:
    kind, name, other, score, pairs, left = line.split("\t")
    return Row(kind, json.loads(name), json.loads(other), int(score), pairs, left)


def line_of(kind: str, name: str, other: str) -> str:
    match = compare(name, other, kind)
    texts = [json.dumps(text, ensure_ascii=not text.isprintable()) for text in (name, other)]
    return "\t".join([kind, *texts, str(match.score), " ".join(pairs(match)), " ".join(left(match))])


def pairs(match: Match) -> Iterator[str]:
    for pair in match.pairs:
        edits = f"-{pair.edits}" if pair.edits else ""
        ranges = f"{pair.start}:{pair.end}~{pair.other_start}:{pair.other_end}"
        yield f"{ranges}={pair.how}{edits},{pair.likeness}x{pair.weight}"


def left(match: Match) -> Iterator[str]:
    for word in match.left:
        yield f"{'entity' if word.side == 0 else 'listed'}[{word.start}:{word.end}]={word.why},{word.weight}"


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def main() -> None:
    text = "".join(f"{line_of(row.kind, row.name, row.other)}\n" for row in rows())
    if DIGESTS.get(MATCHER, digest(text)) != digest(text):
        sys.exit(f"{MATCHER} has scores already: give the matcher a new number first.")
    FILE.write_text(text, "utf-8")
    print(f'"{MATCHER}": "{digest(text)}"')


if __name__ == "__main__":
    main()
